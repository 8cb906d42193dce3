package procedure_test

import (
	"testing"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/law"
)

// What a file is to hold: what was done is there, what was not is missing, what cannot be needed says so, and what hangs
// on something undecided waits. A part that is not done with is missing and named.
func TestComplete(t *testing.T) {
	t.Parallel()
	l, faults := procedure.Load(law.FS, nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	p, err := l.Procedure("supervision.case", day("2026-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	stands := func(st matter.State, linked map[matter.ID]matter.State) (map[string]procedure.Stands, []matter.ID) {
		t.Helper()
		all, err := p.Complete(l, st, procedure.Snapshot{Today: day("2026-03-10"), Calendar: l.Calendar, Linked: linked})
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]procedure.Stands{}
		var parts []matter.ID
		for _, one := range all {
			out[one.Name] = one.State
			parts = append(parts, one.Parts...)
		}
		return out, parts
	}
	st := matter.State{ID: 1, Procedure: p.Key(), Stage: "concluded", Facts: matter.Facts{"outcome": "not_filed"},
		Done: []matter.Done{{Seq: 1, Act: "register_clue"}, {Seq: 2, Act: "check_clue"}, {Seq: 3, Act: "decline"}}}
	got, _ := stands(st, nil)
	for name, want := range map[string]procedure.Stands{"checked": procedure.Present, "decided": procedure.Present, "notified": procedure.NotNeeded,
		"verified": procedure.NotNeeded, "told": procedure.Missing, "hearings": procedure.NotNeeded} {
		if got[name] != want {
			t.Errorf("declined: %s is %s, want %s", name, got[name], want)
		}
	}
	hearing, err := l.Procedure("hearing", day("2026-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	st.Links = []matter.Link{{Kind: "has_part", To: 7}}
	for stage, want := range map[string]procedure.Stands{"called": procedure.Missing, "reported": procedure.Present} {
		got, parts := stands(st, map[matter.ID]matter.State{7: {ID: 7, Procedure: hearing.Key(), Stage: stage}})
		if got["hearings"] != want || (len(parts) == 1) != (want == procedure.Missing) {
			t.Errorf("a hearing %s: %s %v, want %s", stage, got["hearings"], parts, want)
		}
	}
}
