package clock_test

import (
	"errors"
	"reflect"
	"sync"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/statute"
	"yifa/law"
)

var load = sync.OnceValues(func() (*statute.Book, *calendar.Calendar) {
	b, _ := statute.Load(law.FS)
	cal, _ := calendar.Load(law.FS, "calendar")
	return b, cal
})

// official is what the repository ships.
func official(t testing.TB) (*statute.Book, *calendar.Calendar) {
	t.Helper()
	b, cal := load()
	if b == nil || cal == nil {
		t.Fatal("the law files have faults: see the tests of statute and calendar")
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

func start(t testing.TB, term, from string) matter.Clock {
	t.Helper()
	b, cal := official(t)
	c, err := clock.Start(b, cal, clock.Ref{Name: term, Term: term}, day(from))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The days are counted by hand on the calendar of the year.
func TestDueDay(t *testing.T) {
	for _, x := range []struct {
		why, term, from, due string
		provisional          bool
	}{
		{"over Mid-Autumn and National Day", "cmp-01", "2026-09-23", "2026-10-08", false},
		{"a worked Saturday is counted", "cmp-01", "2026-09-28", "2026-10-10", false},
		{"received on a worked Sunday, next day is day 1", "cmp-01", "2026-09-20", "2026-09-28", false},
		{"received on a holiday night", "cmp-01", "2026-10-04", "2026-10-13", false},
		{"thirty working days", "cmp-02", "2026-09-29", "2026-11-16", false},
		{"a bare 5 日 is working days in this law", "pen-07", "2026-09-24", "2026-10-09", false},
		{"a bare 90 日 is calendar days in the same law", "pen-15n", "2026-03-02", "2026-05-31", false},
		{"ten days or less are working days", "enf-01", "2026-09-18", "2026-10-09", false},
		{"a party's last day on a Sunday rolls", "sup-01", "2026-10-16", "2026-11-16", false},
		{"a party's last day at the start of a holiday rolls past it", "rel-01", "2026-08-02", "2026-10-08", false},
		{"an organ's last day on a holiday stays", "mea-01", "2026-09-01", "2026-10-01", false},
		{"six months from the 31st end on the 28th, a worked Saturday", "rel-04", "2025-08-31", "2026-02-28", false},
		{"six months that end on a Saturday roll", "rel-04", "2026-04-17", "2026-10-19", false},
		{"two years from 29 February", "pen-01", "2024-02-29", "2026-02-28", false},
		{"an hour nobody knows", "mea-02", "2026-11-20", "2026-11-21", false},
		{"not before", "pen-10", "2026-09-28", "2026-10-13", false},
		{"backward over National Day", "pen-11", "2026-10-10", "2026-09-30", false},
		{"into a year without notice", "cmp-02", "2026-12-01", "2027-01-13", true},
		{"calendar days into it, where the last day may roll", "cmp-08", "2026-12-10", "2027-01-11", true},
		{"calendar days of an organ need no notice", "mea-01", "2026-12-10", "2027-01-09", false},
		{"over the winter of 2025, worked Sunday 4 January", "pub-01", "2025-12-30", "2026-01-09", false},
	} {
		c := start(t, x.term, x.from)
		if c.Due != day(x.due) || c.Provisional != x.provisional {
			t.Errorf("%s: %s from %s is due %s %t, want %s %t", x.why, x.term, x.from, c.Due, c.Provisional, x.due, x.provisional)
		}
	}
}

func TestHours(t *testing.T) {
	b, cal := official(t)
	at, _ := calendar.ParseMoment("2026-09-30T20:14")
	c, err := clock.StartAt(b, cal, clock.Ref{Name: "approve", Term: "mea-02"}, at)
	if err != nil || c.DueAt.String() != "2026-10-01T20:14" || c.Due != day("2026-10-01") {
		t.Errorf("due %s on %s, %v: hours run through holidays", c.DueAt, c.Due, err)
	}
	if again := clock.Suspend(c, at.Day, matter.Span{}, cal); !reflect.DeepEqual(again, c) {
		t.Error("a term in hours was suspended")
	}
}

// mocked is the matter of the desk's mock screen: accepted on 29 September, material asked for on
// the 30th and received on 9 October.
func mocked(t testing.TB) (matter.Clock, *calendar.Calendar) {
	t.Helper()
	_, cal := official(t)
	c := start(t, "cmp-02", "2026-09-29")
	c = clock.Suspend(c, day("2026-09-30"), matter.Span{Ground: "ask_supplement", Cite: "ptsd/5", By: "he"}, cal)
	if c.Status != matter.Suspended || c.Due != 0 || c.Left != 29 {
		t.Fatalf("suspended: %s, due %s, left %d", c.Status, c.Due, c.Left)
	}
	return clock.Resume(c, day("2026-10-09"), cal), cal
}

func TestLedgerOfTheDesk(t *testing.T) {
	c, cal := mocked(t)
	today := day("2026-10-28")
	if c.Due != day("2026-11-18") || clock.Left(c, cal, today) != 15 {
		t.Errorf("due %s with %d left, want 2026-11-18 with 15", c.Due, clock.Left(c, cal, today))
	}
	want := []matter.Span{
		{From: day("2026-09-30"), To: day("2026-09-30"), Kind: matter.Counted, Count: 1},
		{From: day("2026-10-01"), To: day("2026-10-09"), Kind: matter.Withheld, Ground: "ask_supplement", Cite: "ptsd/5", By: "he"},
		{From: day("2026-10-10"), To: today, Kind: matter.Counted, Count: 14},
	}
	if got := clock.Ledger(c, cal, today); !reflect.DeepEqual(got, want) {
		t.Errorf("ledger\n%v, want\n%v", got, want)
	}
	late := clock.Ledger(c, cal, day("2026-11-20"))
	if last := late[len(late)-1]; last.Kind != matter.LateSince || last.From != day("2026-11-19") || last.Count != 2 {
		t.Errorf("two days late: %v", last)
	}
	if n := clock.Left(c, cal, day("2026-11-20")); n != -2 {
		t.Errorf("left is %d two days late", n)
	}
}

func TestStopLateAndInTime(t *testing.T) {
	c, cal := mocked(t)
	in := clock.Stop(c, day("2026-10-28"), cal)
	if in.Status != matter.Stopped || clock.Left(in, cal, day("2027-05-01")) != 15 || in.Spans[2].Count != 14 {
		t.Errorf("stopped in time: %+v", in)
	}
	out := clock.Stop(c, day("2026-11-20"), cal)
	if n := len(out.Spans); clock.Left(out, cal, 0) != -2 || out.Spans[n-1].Kind != matter.LateSince || out.Spans[n-2].Count != 29 {
		t.Errorf("stopped late: %+v", out.Spans)
	}
	if again := clock.Resume(clock.Suspend(out, day("2026-11-21"), matter.Span{}, cal), day("2026-11-25"), cal); !reflect.DeepEqual(again, out) {
		t.Error("a closed clock moved")
	}
}

func TestSuspendedOnTheLastDay(t *testing.T) {
	_, cal := official(t)
	c := start(t, "cmp-01", "2026-09-23")
	c = clock.Suspend(c, c.Due, matter.Span{}, cal)
	if c.Status != matter.Suspended || c.Left != 0 || c.Due != 0 {
		t.Fatalf("%s, left %d, due %s", c.Status, c.Left, c.Due)
	}
	if c = clock.Resume(c, day("2026-10-20"), cal); c.Due != day("2026-10-20") {
		t.Errorf("due %s: nothing was left, so it is due when the waiting ends", c.Due)
	}
	if late := clock.Suspend(c, c.Due+1, matter.Span{}, cal); late.Status != matter.Running {
		t.Error("a late clock was suspended: waiting heals nothing")
	}
}

func TestExtend(t *testing.T) {
	b, cal := official(t)
	c := start(t, "cmp-02", "2026-09-29")
	longer, err := clock.Extend(b, cal, c, clock.Grant{On: c.Due, By: "head"})
	if err != nil || longer.Due != day("2026-11-30") || longer.Extended != 1 {
		t.Fatalf("due %s, %v, want 2026-11-30", longer.Due, err)
	}
	for reason, try := range map[string]func() error{
		"used_up": func() error {
			_, err := clock.Extend(b, cal, longer, clock.Grant{On: day("2026-11-20"), By: "head"})
			return err
		},
		"not_your_role": func() error {
			_, err := clock.Extend(b, cal, c, clock.Grant{On: day("2026-11-16"), By: "handler"})
			return err
		},
		"too_late": func() error { _, err := clock.Extend(b, cal, c, clock.Grant{On: c.Due + 1, By: "head"}); return err },
		"not_allowed": func() error {
			_, err := clock.Extend(b, cal, start(t, "cmp-01", "2026-09-29"), clock.Grant{On: day("2026-09-30"), By: "head"})
			return err
		},
	} {
		var no *clock.NotExtended
		if err := try(); !errors.As(err, &no) || no.Reason != reason {
			t.Errorf("%v, want %s", err, reason)
		}
	}
}

func TestLapse(t *testing.T) {
	_, cal := official(t)
	c := start(t, "cmp-07", "2026-10-09")
	if early := clock.Lapse(c, c.Due, cal); early.Status != matter.Running {
		t.Error("lapsed on its last day")
	}
	if c = clock.Lapse(c, c.Due+1, cal); c.Status != matter.Lapsed || c.Due != day("2026-10-29") {
		t.Errorf("%s, due %s", c.Status, c.Due)
	}
}

func TestRecountAfterANotice(t *testing.T) {
	_, cal := official(t)
	moving, staying := start(t, "cmp-02", "2026-12-01"), start(t, "cmp-01", "2026-09-23")
	closed := clock.Stop(moving, day("2026-12-20"), cal)
	notice := cal.With(calendar.Year{Year: 2027, Notices: []calendar.Notice{{ID: "2027", Title: "通知"}}, Holidays: []calendar.Block{
		{Name: "元旦", From: day("2027-01-01"), To: day("2027-01-04"), Work: []calendar.Date{day("2027-01-10")}}}})
	if c := clock.Recount(notice, moving); c.Due != day("2027-01-13") || c.Provisional || c.Calendar != notice.Version() {
		t.Errorf("due %s, provisional %t", c.Due, c.Provisional)
	}
	midYear := cal.With(calendar.Year{Year: 2026, Notices: []calendar.Notice{{ID: "2026", Title: "通知"}}})
	if c := clock.Recount(midYear, staying); c.Due != day("2026-09-30") || c.Provisional {
		t.Errorf("due %s once 2026 has no holidays", c.Due)
	}
	if c := clock.Recount(notice, staying); !reflect.DeepEqual(c, staying) {
		t.Error("a clock whose day does not move got a new calendar")
	}
	if c := clock.Recount(notice, closed); !reflect.DeepEqual(c, closed) {
		t.Error("a closed clock was counted again")
	}
}

func TestRungs(t *testing.T) {
	_, cal := official(t)
	c := start(t, "cmp-01", "2026-09-23")
	for length, want := range map[string]string{"0 日": "2026-10-08", "2 工作日": "2026-09-29", "1 日": "2026-10-07"} {
		l, err := statute.ParseLength(length)
		if err != nil {
			t.Fatal(err)
		}
		if got := clock.RungDay(c, cal, l); got != day(want) {
			t.Errorf("%s left on %s, want %s", length, got, want)
		}
	}
	year, _ := statute.ParseLength("1 年")
	if got := clock.RungDay(start(t, "pen-01", "2026-03-02"), cal, year); got != day("2027-03-02") {
		t.Errorf("a year left on %s", got)
	}
	if clock.Opens(start(t, "pen-10", "2026-09-28")) != day("2026-10-13") || clock.Opens(c) != day("2026-10-09") {
		t.Error("an act that waits opens after the last day, or on the day of a not_before term")
	}
}

func TestBeforeTheFirstVersion(t *testing.T) {
	b, cal := official(t)
	_, err := explain(b, cal, clock.Ask{Term: "cmp-01", From: calendar.DayOnly(day("2026-01-31"))})
	var not *statute.NotInForce
	if !errors.As(err, &not) || not.From != day("2026-02-01") {
		t.Errorf("error %v does not say from when", err)
	}
	var unknown statute.UnknownTerm
	if _, err := explain(b, cal, clock.Ask{Term: "cmp-99", From: calendar.DayOnly(day("2026-03-01"))}); !errors.As(err, &unknown) {
		t.Errorf("error %v for an unknown term", err)
	}
}
