package procedure_test

import (
	"errors"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/law"
)

// An act that comes too shortly before a day names the last day on which it could still be done and the first day for which
// it can be done now, over a holiday too: both counted by hand.
func TestAheadOverNationalDay(t *testing.T) {
	t.Parallel()
	l, _ := procedure.Load(law.FS, nil)
	p, err := l.Procedure("hearing", day("2026-09-01"))
	if err != nil {
		t.Fatal(err)
	}
	st := matter.State{ID: 1, Rev: 3, Acted: 3, Procedure: p.Key(), Stage: "scheduled", Holder: "440703-sfj", Opened: calendar.DayOnly(day("2026-09-21")),
		Facts:    matter.Facts{"kind": "hearing", "starts": "2026-10-12T09:30"},
		Assigned: map[string][]string{"handler": {"he"}}}
	post := procedure.Post{ID: "p", Person: "he", Organ: "440703-sfj", Role: "supervision_officer", From: day("2026-01-01")}
	fire := func(on string) error {
		_, err := p.Fire(l, st, procedure.Snapshot{Today: day(on), Calendar: l.Calendar, Posts: []procedure.Post{post},
			Numbers: func(string, string, int) int { return 1 }}, procedure.Attempt{Matter: 1, Act: "notify", By: matter.Actor{Person: "he", Post: "p", Organ: "440703-sfj"},
			Happened: calendar.DayOnly(day(on)), Proved: &matter.Proof{How: matter.ProofPlayed}})
		return err
	}
	var no *procedure.Refusal
	if err := fire("2026-09-28"); !errors.As(err, &no) || no.Reason != procedure.TooShort || no.Args["last"] != "2026-09-27" || no.Args["first"] != "2026-10-13" || no.Cite != "xzcf/64.1.2" {
		t.Errorf("on 28 September: %v %+v", err, no)
	}
	if err := fire("2026-09-27"); err != nil {
		t.Errorf("on the last day: %v", err)
	}
}
