package clock

import (
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Mark says what a day is to a count.
type Mark string

// The marks. Counted days of a term in days carry their number; those of months and years do not.
const (
	EventDay   Mark = "event"
	CountedDay Mark = "counted"
	StillDay   Mark = "still" // the clock stood still
	DueDay     Mark = "due"
)

// Day is one day of a count, for a page that draws months. Days not listed are not counted.
type Day struct {
	On   calendar.Date
	Mark Mark
	N    int // which unit it is; 0: no number
}

// Days lists the days of a count from the event to the last day, or for a backward term from the
// last day to the event. A term in hours and one that ends on a fixed day have the two ends only.
func Days(c matter.Clock, cal *calendar.Calendar) []Day {
	if len(c.More) > 0 {
		return legDays(legs(c, cal), cal)
	}
	days := []Day{{On: c.Anchor, Mark: EventDay}}
	step, still := calendar.Date(1), standing(c.Spans)
	if c.Direction == string(statute.Backward) {
		step, still = -1, nil
	}
	n, end := 0, c.Due
	if end == 0 { // it stands still: what was counted before
		end = still[len(still)-1].From
	}
	for day := c.Anchor + step; pausable(c) && day != end && (day < end) == (step > 0); day += step {
		switch {
		case stands(still, day):
			days = append(days, Day{On: day, Mark: StillDay})
		case c.Unit == string(statute.Workday) && !cal.IsWorkday(day):
		case c.Unit == string(statute.Month) || c.Unit == string(statute.Year):
			days = append(days, Day{On: day, Mark: CountedDay})
		case n < c.Length:
			n++
			days = append(days, Day{On: day, Mark: CountedDay, N: n})
		}
	}
	if c.Due != 0 && c.Due != c.Anchor {
		days = append(days, Day{On: c.Due, Mark: DueDay})
	}
	return days
}

// legDays lists the days of the legs of a count; its numbers begin anew with each.
func legDays(list []matter.Clock, cal *calendar.Calendar) []Day {
	days := []Day{{On: list[0].Anchor, Mark: EventDay}}
	for i, leg := range list {
		days = append(days, Days(leg, cal)[1:]...)
		if i < len(list)-1 {
			days[len(days)-1] = Day{On: leg.Due, Mark: CountedDay, N: leg.Length}
		}
	}
	return days
}

func stands(still []matter.Span, day calendar.Date) bool {
	for _, s := range still {
		if s.From <= day && (s.To == 0 || day <= s.To) {
			return true
		}
	}
	return false
}
