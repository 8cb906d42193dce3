package worked_test

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
	"yifa/law"
)

// watched plays a case and, before each act, holds what Enabled says against what Fire does.
type watched struct {
	*worked.Pure
	t *testing.T
}

func (w watched) Perform(ctx context.Context, id matter.ID, c worked.Case, s worked.Step) (matter.ID, error) {
	st, _ := w.State(ctx, id)
	snap, _ := w.Snapshot(ctx, id, c, s.Today())
	var choice *procedure.Choice
	for _, x := range s.Procedure.Enabled(w.Law, st, snap, worked.Actor(s)) {
		if x.Act.Name == s.Act {
			choice = &x
		}
	}
	id, err := w.Pure.Perform(ctx, id, c, s)
	late := !s.Recorded.IsZero() // Enabled looks at today, a late entry at its own day
	lapse := worked.Actor(s).Person == matter.PersonSystem
	var r *procedure.Refusal
	switch {
	case choice == nil || late || lapse:
	case err == nil && !choice.Open:
		w.t.Errorf("%s: %s %s was done, but Enabled refused it: %v", c.Name, s.Day, s.Act, choice.Refusal)
	case errors.As(err, &r) && !choice.Open && choice.Refusal.Reason != r.Reason:
		w.t.Errorf("%s: %s %s was refused as %s, but Enabled said %s", c.Name, s.Day, s.Act, r.Reason, choice.Refusal.Reason)
	}
	return id, err
}

// TestEnabledAgreesWithFire over every case of the small law and of the law that is shipped.
func TestEnabledAgreesWithFire(t *testing.T) {
	shipped, faults := procedure.Load(law.FS, nil)
	invented, more := procedure.Load(small(), nil)
	for _, f := range append(faults, more...) {
		t.Fatal(f)
	}
	for _, l := range []*procedure.Law{shipped, invented} {
		cases, faults := worked.Load(l)
		for _, f := range faults {
			t.Error(f)
		}
		if len(cases) == 0 {
			t.Fatal("there are no cases")
		}
		for _, c := range cases {
			worked.Play(t.Context(), l, c, watched{worked.NewPure(l), t})
		}
	}
}

// TestVary makes another matter of a case: other persons, organs, days and texts.
func TestVary(t *testing.T) {
	l, _ := procedure.Load(small(), nil)
	cases, _ := worked.Load(l)
	for _, c := range cases {
		if c.Name != "whole" {
			continue
		}
		v := c.Vary(worked.Variation{
			Persons: map[string]string{"chen": "ou"}, Organs: map[string]string{"north-office": "south-office"}, Days: 7,
			Text: func(_ worked.Step, field, _ string) string { return field + "！" },
		})
		first, accept := v.Lines[0].Step, v.Lines[2].Step
		if first.Day.String() != "2026-03-09T23:30" || first.Fields["what"][0] != "what！" || first.Fields["seen_on"][0] != "2026-03-08" {
			t.Errorf("opened as %+v", first)
		}
		if accept.Person != "ou" || accept.Organ != "south-office" || accept.Post != "ou@south-office/officer" {
			t.Errorf("accepted by %+v", accept)
		}
		for _, line := range v.Lines {
			if line.Step == nil || line.Step.Refused != nil {
				t.Errorf("line %d is no act that is done", line.N)
			}
		}
		if c.Lines[0].Step.Fields["what"][0] == "what！" {
			t.Error("the case itself was changed")
		}
		return
	}
	t.Fatal("there is no case `whole`")
}

// FuzzRead: a case file never breaks the reader.
func FuzzRead(f *testing.F) {
	f.Add("2026-03-02 filer report what=\"a\\\"b\" kind=minor\n! refused report hrc/1 no\n= stage x ; due a b\non 1\norgan: a b kind=c\nstaff: a b c from=x")
	f.Add("on 99\n2026-03-02 system report")
	files := small()
	l, _ := procedure.Load(files, nil)
	town := files[notice+"cases/town.inc"]
	f.Fuzz(func(t *testing.T, text string) {
		files := fstest.MapFS{notice + "cases/fuzz.txt": {Data: []byte("use: town\n" + text)}, notice + "cases/town.inc": town}
		one := *l
		one.FS = files
		cases, _ := worked.Load(&one)
		for _, c := range cases {
			worked.Play(t.Context(), &one, c, worked.NewPure(&one))
		}
	})
}
