package clock_test

import (
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
)

func moment(t *testing.T, s string) calendar.Moment {
	t.Helper()
	m, err := calendar.ParseMoment(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestVerdict(t *testing.T) {
	b, cal := official(t)
	for _, x := range []struct {
		term, from string
		do         clock.Doing
		want       string
	}{
		{"sup-05", "2026-09-23", clock.Doing{Done: moment(t, "2026-10-14")}, "in time"},
		{"sup-05", "2026-09-23", clock.Doing{Done: moment(t, "2026-10-15")}, "past its end by 1 working day: not asked"},
		{"sup-02", "2026-09-23", clock.Doing{Done: moment(t, "2026-10-09")}, "past its end by 1 day: "},
		{"sup-02", "2026-09-23", clock.Doing{Done: moment(t, "2026-09-22")}, "too early, it begins on 23 September"},
		{"crm-03", "2026-09-30T10:00", clock.Doing{Done: moment(t, "2026-10-01T10:00")}, "10:00 done: in time"},
		{"crm-03", "2026-09-30T10:00", clock.Doing{Done: moment(t, "2026-10-01T10:01")}, "10:01 done: past its end: "},
		{"crm-03", "2026-09-30T10:00", clock.Doing{Done: moment(t, "2026-10-01")}, "! clock: crm-03: the term ends at an hour"},
		{"pen-10", "2026-03-02", clock.Doing{Done: moment(t, "2026-03-10")}, "too early, 11 March at the earliest"},
		{"pen-10", "2026-03-02", clock.Doing{Done: moment(t, "2026-03-11")}, "done: may be done"},
		{"fy-13", "2026-10-12", clock.Doing{Done: moment(t, "2026-09-30")}, "past its end by 1 working day"},
		{"pen-06h", "2026-03-02", clock.Doing{Then: day("2026-03-09")}, "what waits for the end of the term: too early, 10 March at the earliest"},
		{"pen-06h", "2026-03-02", clock.Doing{Then: day("2026-03-10")}, "what waits for the end of the term: may be done"},
		{"fy-13", "2026-10-12", clock.Doing{Then: day("2026-09-30")}, "! clock: fy-13: it is counted back"},
		{"mea-01", "2026-09-01", clock.Doing{Left: []int{5, 0}}, "5 days left once this day is over; 0 days left once this day is over"},
		{"crm-03", "2026-09-30T10:00", clock.Doing{Left: []int{1}}, "! clock: crm-03: so much is never left"},
		{"pen-07", "2026-03-02", clock.Doing{Posted: day("2026-03-09"), Done: moment(t, "2026-03-13")}, "posted, arrived on 13 March, and the day of posting decides: in time"},
		{"pen-07", "2026-03-02", clock.Doing{Posted: day("2026-03-10")}, "the day of posting decides: past its end by 1 working day"},
		{"pen-07", "2026-03-02", clock.Doing{Posted: day("2026-03-09"), Done: moment(t, "2026-03-08")}, "! clock: pen-07: it arrived before it was posted"},
		{"pen-15n", "2026-03-02", clock.Doing{Posted: day("2026-03-09")}, "! clock: pen-15n: no text we hold"},
	} {
		c, err := clock.Count(b, cal, clock.Ask{Term: x.term, From: moment(t, x.from)})
		if err != nil {
			t.Fatal(err)
		}
		if got := said(clock.Verdict(b, cal, c, x.do)); !strings.Contains(got, x.want) {
			t.Errorf("%s %+v: %s, want %s", x.term, x.do, got, x.want)
		}
	}
}

func said(lines []clock.Line, err error) string {
	if err != nil {
		return "! " + err.Error()
	}
	var all []string
	for _, l := range lines {
		all = append(all, l.Text("en"))
	}
	return strings.Join(all, "; ")
}

// What waits for a clock that stands still waits on; what is done meanwhile is in time.
func TestVerdictWhileItStandsStill(t *testing.T) {
	b, cal := official(t)
	c, err := clock.Start(b, cal, clock.Ref{Term: "pen-15n"}, day("2026-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	c = clock.Suspend(c, day("2026-04-01"), matter.Span{}, cal)
	got := said(clock.Verdict(b, cal, c, clock.Doing{Done: moment(t, "2026-09-01"), Then: day("2026-09-01")}))
	if got != "done: in time; what waits for the end of the term: the term stands still and has not run out" {
		t.Error(got)
	}
}

// A term that begins when others have run out begins with the last of them, all counted from the same service.
func TestTheLaterOfTwoTerms(t *testing.T) {
	b, cal := official(t)
	a := clock.Ask{Term: "enf-02", From: moment(t, "2026-01-10"), Served: day("2026-01-15")}
	c, err := clock.Count(b, cal, a)
	if err != nil || c.Anchor != day("2026-07-15") || c.Due != day("2026-10-15") {
		t.Errorf("from %s due %s: %v", c.Anchor, c.Due, err)
	}
	if got := said(clock.Beforehand(b, cal, a), nil); !strings.HasSuffix(got, "“Applying for reconsideration” runs out; the time for “Bringing an administrative suit” runs out") {
		t.Error(got)
	}
	a.Served = day("2026-01-09")
	if _, err := clock.Count(b, cal, a); err == nil || err.Error() != "clock: enf-02: the paper was served before it was made" {
		t.Error(err)
	}
}
