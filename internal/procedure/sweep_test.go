package procedure_test

import (
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// TestLapses: what the law does by itself happens the day after the last day, once.
func TestLapses(t *testing.T) {
	b := newBench(t)
	b.do(b.report())
	if got := b.p.Lapses(b.st, day("2026-03-09")); len(got) != 0 {
		t.Errorf("on the last day: %v", got)
	}
	b.snap.Today = day("2026-03-20")
	got := b.p.Lapses(b.st, b.snap.Today)
	if len(got) != 1 || got[0] != (procedure.Lapse{Clock: "accept", Act: "deem_accepted", Day: day("2026-03-10")}) {
		t.Fatalf("got %v", got)
	}
	// Somebody wrote meanwhile; the lapse still happened on its own day.
	b.do(b.try("take", chen))
	try := got[0].Attempt(b.st)
	if try.Key == "" || try.Happened != calendar.DayOnly(day("2026-03-10")) {
		t.Errorf("attempt is %+v", try)
	}
	b.do(try)
	if b.st.Stage != "accepted" || b.st.Clocks["accept"].Status != matter.Lapsed || b.st.Clocks["finish"].Anchor != day("2026-03-10") {
		t.Errorf("stands at %+v", b.st)
	}
	if again := b.p.Lapses(b.st, b.snap.Today); len(again) != 0 {
		t.Errorf("lapses again: %v", again)
	}
}

// TestRungs: all that were reached, in order, also after days without a sweep.
func TestRungs(t *testing.T) {
	b := newBench(t)
	b.do(b.report())
	b.do(b.try("take", chen))
	b.do(b.try("accept", chen)) // finish: due 2026-04-01
	if got := b.p.Rungs(b.law.Calendar, b.st, day("2026-03-21")); len(got) != 0 {
		t.Errorf("too soon: %v", got)
	}
	got := b.p.Rungs(b.law.Calendar, b.st, day("2026-04-10"))
	if len(got) != 2 || got[0].Day != day("2026-03-22") || got[0].Tell[0] != "handler" || got[1].Day != day("2026-04-02") || got[1].Raise != "overdue" {
		t.Errorf("got %+v", got)
	}
}

// TestRecount: a notice moves a day, is entered by the system, and only where a day moves.
func TestRecount(t *testing.T) {
	b := newBench(t)
	b.do(b.report()) // accept: five working days from Monday 2 March
	if _, moved := b.p.Recount(b.st, b.law.Calendar, "hrc/1"); moved {
		t.Error("the same calendar moved a day")
	}
	files := smallFS()
	files["calendar/2026.yaml"].Data = append(files["calendar/2026.yaml"].Data, []byte("  - {name: 春节, from: 2026-03-05, to: 2026-03-06}\n")...)
	other, faults := calendar.Load(files, "calendar")
	for _, f := range faults {
		t.Fatal(f)
	}
	d, moved := b.p.Recount(b.st, other, "hrc/1")
	if !moved || d.Delta.Clocks["accept"].Due != day("2026-03-11") || d.Cite[0] != "hrc/1" || len(d.Delta.Tell) != 2 {
		t.Errorf("got %+v", d)
	}
	if b.p.Text("zh-Hans", "acts."+d.Act.Name+".label") == "" {
		t.Error("the act has no name")
	}
	// Others go on after it, and nobody takes it back.
	next, err := matter.Apply(b.st, matter.Entry{Matter: 1025, Seq: 2, Kind: d.Kind, Act: d.Act.Name, Happened: calendar.DayOnly(b.snap.Today),
		Actor: matter.Actor{Person: matter.PersonSystem}, Delta: d.Delta})
	if err != nil {
		t.Fatal(err)
	}
	b.st = next
	if got := b.refused(b.try("correct", zhou, "reason", "x")); got != procedure.CannotVoid {
		t.Errorf("taken back: %s", got)
	}
	b.do(b.try("take", chen))
}
