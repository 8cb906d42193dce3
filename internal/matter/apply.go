package matter

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"yifa/internal/calendar"
)

// Apply folds one entry into the state that the entries before it made, and returns the new
// state; s itself is not changed. It fails with ErrBrokenRecord where e does not follow.
func Apply(s State, e Entry) (State, error) {
	if e.Seq != s.Rev+1 {
		return s, fmt.Errorf("matter: apply %s/%d after %d: %w", e.Matter, e.Seq, s.Rev, ErrBrokenRecord)
	}
	if e.Seq > 1 && e.Matter != s.ID {
		return s, fmt.Errorf("matter: apply entry of %s to %s: %w", e.Matter, s.ID, ErrBrokenRecord)
	}
	switch e.Kind {
	case KindDocument:
		n := s.entered(e)
		n.Acted = s.Acted
		return n, n.file(e)
	case KindDestroy:
		n := s.entered(e)
		n.Acted = s.Acted // nothing anybody decided on has changed
		return n, n.destroy(e)
	case KindVoid:
		n := s.entered(e)
		if err := n.undo(e); err != nil {
			return s, err
		}
		return n, nil
	}
	n := s.After(e)
	if e.Delta.Redone != nil {
		n.stand(e.Seq, *e.Delta.Redone)
	}
	return n, nil
}

// After returns what an act makes of a state, whatever its place in the record: a correction decides anew in the law's
// order of days, which need not be that of seq.
func (s State) After(e Entry) State {
	n := s.entered(e)
	n.fold(e.Delta)
	n.Done = append(n.Done, Done{Seq: e.Seq, Act: e.Act, On: e.Happened, By: e.Actor, Stage: n.Stage, Stopped: stopped(s, e.Delta)})
	return n
}

// InLaw orders entries as the law does: by the day they happened, then by seq.
func InLaw(a, b Entry) int {
	return cmp.Or(cmp.Compare(a.Happened.Day, b.Happened.Day), cmp.Compare(a.Seq, b.Seq))
}

// entered is a copy of the state that knows of one entry more, and nothing yet of what it changes.
func (s State) entered(e Entry) State {
	n := s.clone()
	if e.Seq == 1 {
		n.ID, n.Opened = e.Matter, e.Happened
	}
	n.Procedure, n.Hash, n.Rev, n.Acted = e.Procedure, e.Hash, e.Seq, e.Seq
	return n
}

// Replay folds a whole record.
func Replay(entries []Entry) (State, error) {
	var s State
	for _, e := range entries {
		var err error
		if s, err = Apply(s, e); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (s *State) fold(d Delta) {
	if d.Stage != "" {
		s.Stage = d.Stage
	}
	if d.Holder != "" {
		s.Holder = d.Holder
	}
	for k, v := range d.Facts {
		if v == nil {
			delete(s.Facts, k)
		} else {
			s.Facts[k] = v
		}
	}
	maps.Copy(s.Clocks, d.Clocks)
	for role, persons := range d.Assign {
		if len(persons) == 0 {
			delete(s.Assigned, role)
		} else {
			s.Assigned[role] = persons
		}
	}
	for _, n := range d.Numbers {
		n.Seq = s.Rev
		s.Numbers = append(s.Numbers, n)
	}
	s.Links = append(slices.DeleteFunc(s.Links, func(l Link) bool { return slices.Contains(d.Unlinks, l) }), d.Links...)
	s.Access = append(s.Access, d.Access...)
	s.Items = append(s.Items, d.Items...)
	if d.Booking != nil {
		s.Booking = d.Booking
	}
}

// stopped is the due day of each clock that stood before an act and is stopped by it.
func stopped(before State, d Delta) map[string]calendar.Date {
	var out map[string]calendar.Date
	for key, c := range d.Clocks {
		if was, ran := before.Clocks[key]; ran && c.Status == Stopped && was.Status != Stopped {
			if out == nil {
				out = map[string]calendar.Date{}
			}
			out[key] = c.Due
		}
	}
	return out
}

// file notes where a paper was filed: once, after the entry that made it.
func (s *State) file(e Entry) error {
	f := e.Delta.Filed
	if f == nil || f.Of < 1 || f.Of >= e.Seq || s.Filed[f.Of] != 0 {
		return fmt.Errorf("matter: %s/%d files no paper that waits for it: %w", e.Matter, e.Seq, ErrBrokenRecord)
	}
	if s.Filed == nil {
		s.Filed = map[int]int{}
	}
	s.Filed[f.Of] = e.Seq
	return nil
}

// IsOlder says whether a page that showed a revision is older than what was decided since. A paper filed
// meanwhile makes no page old.
func (s State) IsOlder(rev int) bool { return rev < s.Acted || rev > s.Rev }

// undo takes back the entry e.Voids: the state returns to what e.Delta.Undone says stood
// before it. Numbers and links stay: an unused number is voided, never reused.
func (s *State) undo(e Entry) error {
	i := slices.IndexFunc(s.Done, func(d Done) bool { return d.Seq == e.Voids })
	if i < 0 || e.Delta.Undone == nil {
		return fmt.Errorf("matter: %s/%d voids %d, which does not stand: %w", e.Matter, e.Seq, e.Voids, ErrBrokenRecord)
	}
	s.Done = slices.Delete(s.Done, i, i+1)
	maps.DeleteFunc(s.Voided, func(_, by int) bool { return by == e.Voids }) // what fell with it stands again
	s.Voided[e.Voids] = e.Seq
	s.stand(e.Seq, *e.Delta.Undone)
	return nil
}

// stand puts the matter where the correction made by entry seq says that it stands.
func (s *State) stand(seq int, u Snapshot) {
	s.Stage, s.Holder = u.Stage, u.Holder
	s.Facts, s.Clocks, s.Assigned = orEmpty(u.Facts), orEmpty(u.Clocks), orEmpty(u.Assigned)
	s.Access, s.Items = u.Access, u.Items
	s.Booking = s.Booking.again(u.Booking)
	if u.Done != nil {
		s.Done = u.Done
	}
	for _, fell := range u.Fell {
		s.Voided[fell] = seq
	}
}

// Before returns what voiding the newest entry would restore: s must be the state before it.
func (s State) Before() *Snapshot {
	c := s.clone()
	return &Snapshot{Stage: c.Stage, Holder: c.Holder, Facts: c.Facts, Clocks: c.Clocks, Assigned: c.Assigned, Access: c.Access, Items: c.Items, Booking: c.Booking}
}

// Corrected returns where the matter stands after a correction: s must be what its entries come to in legal order.
func (s State) Corrected(fell ...int) *Snapshot {
	out := s.Before()
	out.Done, out.Fell = slices.Clone(s.Done), fell
	return out
}

func (s State) clone() State {
	s.Facts, s.Clocks, s.Assigned = orEmpty(s.Facts), orEmpty(s.Clocks), orEmpty(s.Assigned)
	s.Voided = orEmpty(s.Voided)
	if s.Filed != nil {
		s.Filed = maps.Clone(s.Filed)
	}
	s.Numbers, s.Links = slices.Clone(s.Numbers), slices.Clone(s.Links)
	s.Access, s.Items, s.Done = slices.Clone(s.Access), slices.Clone(s.Items), slices.Clone(s.Done)
	return s
}

func orEmpty[M ~map[K]V, K comparable, V any](m M) M {
	if m == nil {
		return M{}
	}
	return maps.Clone(m)
}

// LastOf returns the newest standing act with one of the names, and whether there is one.
func (s State) LastOf(acts ...string) (Done, bool) {
	for _, d := range slices.Backward(s.Done) {
		if slices.Contains(acts, d.Act) {
			return d, true
		}
	}
	return Done{}, false
}

// Number returns the newest number drawn for a purpose ("matter" or a document), or "".
func (s State) Number(purpose string) string {
	for _, n := range slices.Backward(s.Numbers) {
		if n.For == purpose {
			return n.Text
		}
	}
	return ""
}
