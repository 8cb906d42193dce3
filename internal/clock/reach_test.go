package clock_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
)

// anyNotice replaces a year or two of a calendar by rest days and worked weekends at random.
func anyNotice(t *rapid.T, cal *calendar.Calendar) *calendar.Calendar {
	for range rapid.IntRange(1, 2).Draw(t, "notices") {
		year := rapid.IntRange(2026, 2029).Draw(t, "year")
		y := calendar.Year{Year: year, Provisional: rapid.Bool().Draw(t, "provisional")}
		if old, ok := cal.Year(year); ok && rapid.Bool().Draw(t, "as before") {
			y.Holidays = append(y.Holidays, old.Holidays...)
		}
		for range rapid.IntRange(0, 3).Draw(t, "blocks") {
			from := calendar.New(year, 1, 1).AddDays(rapid.IntRange(0, 350).Draw(t, "rest"))
			b := calendar.Block{Name: "节", From: from, To: from.AddDays(rapid.IntRange(0, 7).Draw(t, "long"))}
			if b.From.Year() == b.To.Year() {
				y.Holidays = append(y.Holidays, b)
			}
		}
		if !y.Provisional {
			y.Notices = []calendar.Notice{{ID: "x", Title: "通知"}}
		}
		cal = cal.With(y)
	}
	return cal
}

// oneDay makes one day near another a day of rest, or one of work, and changes nothing else.
func oneDay(t *rapid.T, cal *calendar.Calendar, near calendar.Date) *calendar.Calendar {
	d := near.AddDays(rapid.IntRange(-2, 2).Draw(t, "near"))
	y, ok := cal.Year(d.Year())
	if !ok {
		return cal
	}
	b := calendar.Block{Name: "节", From: d, To: d}
	if !cal.IsWorkday(d) {
		b = calendar.Block{Name: "节", Work: []calendar.Date{d}}
	}
	y.Holidays = append(append([]calendar.Block{}, y.Holidays...), b)
	return cal.With(y)
}

// What may be passed over after a notice is never a clock that a recount would move, whatever was done with it before.
func TestReachMissesNothing(t *testing.T) {
	b, cal := official(t)
	var terms []string
	for _, x := range b.Terms() {
		if _, err := clock.Start(b, cal, clock.Ref{Name: "x", Term: x.ID}, day("2026-06-01")); err == nil {
			terms = append(terms, x.ID)
		}
	}
	if len(terms) < 100 {
		t.Fatalf("only %d terms can be counted", len(terms))
	}
	moved, passed := 0, 0
	one := func(t *rapid.T) {
		before := anyNotice(t, cal)
		from := day("2026-06-01").AddDays(rapid.IntRange(0, 500).Draw(t, "from"))
		c, err := clock.Start(b, before, clock.Ref{Name: "x", Term: rapid.SampledFrom(terms).Draw(t, "term")}, from)
		if err != nil {
			return // the term is no longer in force
		}
		on := c.Anchor
		for range rapid.IntRange(0, 4).Draw(t, "acts") {
			on = on.AddDays(rapid.IntRange(0, 20).Draw(t, "later"))
			switch rapid.IntRange(0, 3).Draw(t, "act") {
			case 0:
				c = clock.Suspend(c, on, matter.Span{Ground: "x"}, before)
			case 1:
				c = clock.Resume(c, on, before)
			case 2:
				c, _ = clock.Extend(b, before, c, clock.Grant{On: on, By: "head"})
			default:
				if rapid.IntRange(0, 9).Draw(t, "stop") == 0 {
					c = clock.Stop(c, on, before)
				}
			}
		}
		var after *calendar.Calendar
		switch rapid.IntRange(0, 4).Draw(t, "notice") {
		case 0:
			after = anyNotice(t, before)
		case 1:
			after = oneDay(t, before, c.Anchor)
		case 2:
			after = oneDay(t, before, on)
		default:
			after = oneDay(t, before, c.Due)
		}
		again := clock.Recount(after, c)
		if calendar.Changed(before, after).Touch(clock.Reach(c)) {
			if !reflect.DeepEqual(again, c) {
				moved++
			}
			return
		}
		if passed++; !reflect.DeepEqual(again, c) {
			first, last := clock.Reach(c)
			t.Fatalf("%s to %s is not touched by %v, but\n%+v\nbecomes\n%+v", first, last, calendar.Changed(before, after), c, again)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for range 30 { // a miss is rare: it takes a change on the very edge
			one(t)
		}
	})
	if moved == 0 || passed == 0 {
		t.Errorf("%d clocks moved, %d were passed over: the test says nothing", moved, passed)
	}
}

// Hours, calendar days and what is closed hang on no day of the calendar; a last day that rolls, on the few days it may.
func TestReach(t *testing.T) {
	_, cal := official(t)
	workdays := start(t, "cmp-01", "2026-09-23")
	for _, x := range []struct {
		name        string
		c           matter.Clock
		first, last string
	}{
		{"working days", workdays, "2026-09-24", workdays.Due.String()},
		{"suspended", clock.Suspend(workdays, day("2026-09-24"), matter.Span{}, cal), "2026-09-24", "2026-09-24"},
		{"stopped", clock.Stop(workdays, day("2026-09-24"), cal), "", ""},
		{"calendar days of an organ", start(t, "pen-15n", "2026-09-23"), "", ""},
	} {
		first, last := clock.Reach(x.c)
		if first.String() != x.first || last.String() != x.last {
			t.Errorf("%s: %s to %s, want %s to %s", x.name, first, last, x.first, x.last)
		}
	}
	rolling := matter.Clock{Term: "x", Length: 9, Unit: "day", Rolls: true, Anchor: day("2026-09-22"), Status: matter.Running, Due: day("2026-10-08")}
	if first, last := clock.Reach(rolling); first.String() != "2026-10-01" || last.String() != "2026-10-08" {
		t.Errorf("a last day that rolled from 1 October: %s to %s", first, last)
	}
}
