package procedure

import (
	"fmt"
	"slices"

	"yifa/internal/matter"
)

// mayVoid says why the last entry may not be taken back (更正), or nil. It must be an ordinary
// act of somebody else, from which nothing has gone out: no document, no opened matter.
func (s *scene) mayVoid(a *Act) *Refusal {
	why := func(w string) *Refusal { return s.refuse(a, CannotVoid, map[string]string{"why": w}) }
	if len(s.st.Done) == 0 {
		return why("opening")
	}
	last := s.st.Done[len(s.st.Done)-1]
	undone := s.p.Acts(last.Act)
	switch {
	case last.Seq != s.st.Acted:
		return why("voided")
	case last.Seq == 1:
		return why("opening")
	case last.By.Person == matter.PersonSystem:
		return why("system")
	case len(undone) == 0 || slices.ContainsFunc(undone, func(u *Act) bool { return u.Document != "" }):
		return why("served")
	case slices.ContainsFunc(undone, func(u *Act) bool { return len(u.Opens) > 0 }):
		return why("opened_others")
	case slices.ContainsFunc(undone, func(u *Act) bool { return len(u.Carries) > 0 || s.p.isOnlyFor(u, "linked") }):
		return why("carried")
	case last.By.Person == s.by.Person:
		return s.refuse(a, SecondPerson, map[string]string{"act": last.Act})
	}
	return nil
}

// void makes the compensating decision: the matter stands again where it stood before.
func (s *scene) void(a *Act, try Attempt) (Decision, error) {
	ans, err := s.fill(a, try)
	if err != nil {
		return Decision{}, err
	}
	before := s.snap.Before
	if before == nil || before.Rev != s.st.Acted-1 {
		return Decision{}, fmt.Errorf("procedure: %s: the snapshot lacks the state before entry %d", a.Name, s.st.Acted)
	}
	return Decision{
		Procedure: s.p, Act: a, Kind: matter.KindVoid, Given: ans.clear, Cite: a.Cite,
		Voids: s.st.Acted, Parts: ans.parts(), Delta: matter.Delta{Undone: before.Before(), Tell: s.tell(a, ans)},
	}, nil
}
