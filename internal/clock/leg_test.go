package clock_test

import (
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
)

// Five working days, and fifteen calendar days more: 农业行政处罚程序规定 arts. 53 and 89.
func TestAnExtensionInAnotherUnit(t *testing.T) {
	b, cal := official(t)
	c, err := clock.Extend(b, cal, start(t, "pen-14a", "2026-04-28"), clock.Grant{On: day("2026-05-06"), By: "head"})
	if err != nil || c.Due != day("2026-05-25") || c.Length != 5 {
		t.Fatalf("due %s of %d, %v", c.Due, c.Length, err)
	}
	if n, unit := clock.Budget(c); n != 27 || unit != "day" {
		t.Errorf("budget %d %s", n, unit)
	}
	if left := clock.Left(c, cal, day("2026-05-20")); left != 5 {
		t.Errorf("%d left", left)
	}
	if spans := clock.Ledger(c, cal, day("2026-05-28")); len(spans) != 2 || spans[0].Count != 27 || spans[1].Count != 3 {
		t.Errorf("ledger %+v", spans)
	}
	days := clock.Days(c, cal)
	if last := days[len(days)-1]; last.On != c.Due || last.Mark != clock.DueDay || len(days) != 1+5+15+1 {
		t.Errorf("%d days, last %+v", len(days), last)
	}
	if _, err := clock.Extend(b, cal, c, clock.Grant{On: c.Anchor, By: "head"}); err == nil {
		t.Error("extended twice")
	}
	// Days that become days of rest move both legs.
	year, _ := cal.Year(2026)
	year.Holidays = append(year.Holidays, calendar.Block{Name: "台风", From: day("2026-05-06"), To: day("2026-05-07")})
	first, last := clock.Reach(c)
	if n := clock.Recount(cal.With(year), c); n.Due != day("2026-05-26") || first > day("2026-05-06") || last < c.Due {
		t.Errorf("counted anew: due %s; reach %s to %s", n.Due, first, last)
	}
	if stopped := clock.Stop(c, day("2026-05-20"), cal); stopped.Status != matter.Stopped || stopped.Spans[0].Count != 22 {
		t.Errorf("stopped: %+v", stopped.Spans)
	}
}
