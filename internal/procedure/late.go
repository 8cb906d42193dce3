package procedure

import (
	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// comesLate says whether staff enter something that happened before what stands already. Dialogue is bound by no order,
// and a correction happens when it is made.
func (s *scene) comesLate(a *Act) bool {
	return len(s.snap.Record) > 0 && s.by.Post != "" && a.Stale != "redo" && a.Voids == "" && s.st.Rev > 0 &&
		s.st.Opened.Day <= s.on && s.on < s.snap.Today && s.on < s.lastDay()
}

// lastDay is the day of the last act that binds later ones: dialogue does not.
func (s *scene) lastDay() calendar.Date {
	last := s.st.Opened.Day
	for _, d := range s.st.Done {
		if acts := s.p.Acts(d.Act); len(acts) > 0 && acts[0].Stale != "redo" {
			last = max(last, d.On.Day)
		}
	}
	return last
}

// late decides an act as the matter stood on its day, and what follows it in law anew.
func (s *scene) late(try Attempt) (Decision, error) {
	st, err := s.until(s.on)
	if err != nil {
		return Decision{}, err
	}
	t := *s
	t.st = st
	a := s.p.pick(st, try.Act)
	t.form = s.p.Form(a)
	d, err := t.attempt(a, try)
	if err != nil {
		return d, err
	}
	d.Delta.Redone, err = s.refire(a, 0, &matter.Entry{Matter: s.st.ID, Seq: s.st.Rev + 1, Kind: d.Kind, Procedure: s.p.Key(), Hash: s.p.Hash,
		Act: try.Act, Happened: try.Happened, Actor: try.By, Given: d.Given, Delta: d.Delta})
	return d, err
}
