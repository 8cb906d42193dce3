package clock_test

import (
	"fmt"
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/statute"
)

func TestDays(t *testing.T) {
	b, cal := official(t)
	pause, err := statute.ParsePause("2026-09-29..2026-09-30")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		term, from string
		pauses     []statute.Pause
		want       string
	}{
		{"pen-07", "2026-09-24", nil, "09-24 event; 09-28 1; 09-29 2; 09-30 3; 10-08 4; 10-09 due"},
		{"pen-11", "2026-10-10", nil, "10-10 event; 10-09 1; 10-08 2; 09-30 due"},
		{"cmp-01", "2026-09-28", []statute.Pause{pause}, "09-28 event; 09-29 1; 09-30 still; 10-08 2; 10-09 3; 10-10 4; 10-12 due"},
		{"mea-02", "2026-09-28", nil, "09-28 event; 09-29 due"},
	} {
		c, err := clock.Count(b, cal, clock.Ask{Term: x.term, From: calendar.DayOnly(day(x.from)), Pauses: x.pauses})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range clock.Days(c, cal) {
			what := string(d.Mark)
			if d.N > 0 {
				what = fmt.Sprint(d.N)
			}
			got = append(got, d.On.String()[5:]+" "+what)
		}
		if s := strings.Join(got, "; "); s != x.want {
			t.Errorf("%s from %s: %s, want %s", x.term, x.from, s, x.want)
		}
	}
}
