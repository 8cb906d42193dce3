package clock

import (
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Reach is the days whose being worked or not, or provisional, the count of an open clock hangs on, first and last inclusive;
// two zeros where it hangs on none: it is closed, runs in hours, ends on a fixed day that stays, or in calendar days. Recount
// by a calendar that says the same of these days changes nothing. It may hold more days than were looked at, never fewer.
func Reach(c matter.Clock) (first, last calendar.Date) {
	open := c.Status == matter.Running || c.Status == matter.Suspended
	switch unit := statute.Unit(c.Unit); {
	case !open || unit.Timed():
		return 0, 0
	case len(c.More) > 0:
		return c.Anchor + 1, c.Due
	case unit != statute.Workday:
		return rollReach(c)
	case c.Direction == string(statute.Backward):
		first, last = c.Due, c.Anchor-1
	case c.Status == matter.Suspended:
		still := standing(c.Spans)
		first, last = c.Anchor+1, still[len(still)-1].From-1
	default:
		first, last = c.Anchor+1, c.Due
	}
	if last < first {
		return 0, 0
	}
	return first, last
}

// rollReach is the reach of a clock that asks the calendar only whether its last day is worked.
func rollReach(c matter.Clock) (first, last calendar.Date) {
	if !c.Rolls || c.Status != matter.Running || c.Direction == string(statute.Backward) {
		return 0, 0
	}
	last, c.Rolls = c.Due, false
	return reckon(c, nil).due, last // no calendar: in these units nothing else asks it
}
