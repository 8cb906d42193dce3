package procedure

import (
	"fmt"
	"slices"
	"strconv"

	"yifa/internal/matter"
)

// mayVoid says why the entry chosen, or else the last one, may not be taken back (更正), or nil. With nothing chosen yet
// an act that may take back any entry is open while there is one.
func (s *scene) mayVoid(a *Act) *Refusal {
	if s.voids == 0 && len(s.voidable(a)) > 0 {
		return nil
	}
	why := func(w string) *Refusal { return s.refuse(a, CannotVoid, map[string]string{"why": w}) }
	i := slices.IndexFunc(s.st.Done, func(d matter.Done) bool { return d.Seq == s.voids })
	if s.voids <= 0 {
		i = newest(s.st.Done)
	}
	switch {
	case i < 0:
		return why("opening")
	case s.voids <= 0 && s.st.Done[i].Seq != s.st.Acted:
		return why("voided")
	}
	if w := s.cannotVoid(s.st.Done[i]); w != "" {
		return why(w)
	}
	if shareOne(selves(s.st.Done[i].By), s.selves()) {
		return s.refuse(a, SecondPerson, map[string]string{"act": s.st.Done[i].Act})
	}
	return nil
}

// newest is the place of the standing act that was entered last; -1 where there is none.
func newest(done []matter.Done) int {
	best := -1
	for i, d := range done {
		if best < 0 || d.Seq > done[best].Seq {
			best = i
		}
	}
	return best
}

// cannotVoid is why nobody may take an entry back, or "": it opened the matter, the law did it, or something has gone
// out from it.
func (s *scene) cannotVoid(d matter.Done) string {
	switch {
	case d.Seq == 1:
		return "opening"
	case d.By.Person == matter.PersonSystem:
		return "system"
	case len(s.p.Acts(d.Act)) == 0:
		return "served"
	}
	return s.sentOut(d.Act)
}

// voidable lists the entries an act may take back, the one entered last first. Whether a later act is in the way is
// seen when it is done.
func (s *scene) voidable(a *Act) []matter.Done {
	if a.Voids != "any" {
		return nil
	}
	var out []matter.Done
	for _, d := range s.st.Done {
		if s.cannotVoid(d) == "" && !shareOne(selves(d.By), s.selves()) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(x, y matter.Done) int { return y.Seq - x.Seq })
	return out
}

// Voidable lists the entries the actor may take back by an act, the one entered last first: what VoidsField may say.
func (p *Procedure) Voidable(st matter.State, a *Act, by matter.Actor) []matter.Done {
	s := &scene{p: p, st: st, by: by}
	return s.voidable(a)
}

// chosen reads which entry is to be taken back: the last one where none is named.
func (s *scene) chosen(a *Act, try Attempt) error {
	s.voids = -1
	values := try.Fields[VoidsField]
	if a.Voids != "any" || len(values) == 0 {
		return nil
	}
	n, err := strconv.Atoi(values[0])
	if err != nil || !slices.ContainsFunc(s.st.Done, func(d matter.Done) bool { return d.Seq == n }) {
		return FieldErrors{{Field: VoidsField, Key: "not_an_option"}}
	}
	s.voids = n
	return nil
}

// void makes the compensating decision: the matter stands again where it stood before, or where it would stand had
// the entry never been.
func (s *scene) void(a *Act, try Attempt) (Decision, error) {
	ans, err := s.fill(a, try)
	if err != nil {
		return Decision{}, err
	}
	if len(s.snap.Record) != s.st.Rev {
		return Decision{}, fmt.Errorf("procedure: %s: the snapshot lacks the record up to entry %d", a.Name, s.st.Rev)
	}
	which := s.voids
	if which < 0 {
		which = s.st.Acted
	}
	undone, err := s.without(a, which)
	if err != nil {
		return Decision{}, err
	}
	if r := s.bookedAgain(a, undone.Booking); r != nil {
		return Decision{}, r
	}
	return Decision{
		Procedure: s.p, Act: a, Kind: matter.KindVoid, Given: ans.clear, Cite: a.Cite,
		Voids: which, Parts: ans.parts(), Delta: matter.Delta{Undone: undone, Tell: s.tell(a, ans)},
	}, nil
}

// without is where the matter stands without an entry. For the last one that is where it stood before it.
func (s *scene) without(a *Act, which int) (*matter.Snapshot, error) {
	if which != s.st.Acted {
		return s.refire(a, which, nil)
	}
	before, err := matter.Replay(s.snap.Record[:which-1])
	if err != nil {
		return nil, err
	}
	if s.snap.Record[which-1].Delta.Redone != nil {
		return before.Corrected(), nil
	}
	return before.Before(), nil
}
