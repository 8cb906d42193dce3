package clock_test

import (
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/statute"
	"yifa/law"
)

func official(t testing.TB) (*statute.Book, *calendar.Calendar) {
	t.Helper()
	b, faults := statute.Load(law.FS)
	cal, more := calendar.Load(law.FS, "calendar")
	for _, f := range append(faults, more...) {
		t.Fatal(f)
	}
	return b, cal
}

func day(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestPrintAll(t *testing.T) {
	b, cal := official(t)
	for _, x := range []struct{ id, from string }{{"cmp-01", "2026-09-23"}, {"pen-07", "2026-09-24"}, {"sup-01", "2026-10-16"}, {"rel-04", "2025-08-31"}, {"rel-01", "2026-08-02"},{"pen-10","2026-09-28"},{"pen-11","2026-10-12"},{"mea-02","2026-11-20"},{"cmp-02","2026-12-01"},{"mea-01","2026-09-01"},{"pen-01","2024-02-29"}} {
		s, err := clock.ExplainTerm(b, cal, x.id, day(x.from))
		t.Logf("%s %s %v\n%s", x.id, x.from, err, s)
	}
	_, err := clock.ExplainTerm(b, cal, "cmp-01", day("2026-01-31"))
	t.Log(err)
}
