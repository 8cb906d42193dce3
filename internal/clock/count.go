package clock

import (
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// standing returns the spans during which a clock stood still. The whole ledger follows from
// them and the anchor, so every change edits these and counts anew.
func standing(spans []matter.Span) []matter.Span {
	var still []matter.Span
	for _, s := range spans {
		if s.Kind == matter.Withheld || s.Kind == matter.Excluded {
			still = append(still, s)
		}
	}
	return still
}

// end is where a count comes to.
type end struct {
	last        calendar.Date // the last day as counted, before it rolls
	due         calendar.Date // the last day; zero while the clock stands still
	left        int           // remainder while it does
	provisional bool
}

// count writes what follows from anchor, length and standstills: due day, remainder and ledger.
func count(c matter.Clock, cal *calendar.Calendar) matter.Clock {
	e := reckon(c, cal)
	c.Due, c.Left, c.Provisional = e.due, e.left, e.provisional
	if statute.Unit(c.Unit).Timed() {
		c.DueAt = addMinutes(c.Since, minutes(c))
		c.Due = c.DueAt.Day
	}
	c.Calendar = cal.Version()
	c.Spans = ledger(c, cal, 0)
	return c
}

func reckon(c matter.Clock, cal *calendar.Calendar) end {
	if c.Direction == string(statute.Backward) {
		d, provisional := step(cal, statute.Unit(c.Unit), c.Anchor, -c.Length)
		return end{last: d, due: d, provisional: provisional}
	}
	if len(c.More) > 0 {
		return reckonLegs(c, cal)
	}
	still := standing(c.Spans)
	var e end
	switch statute.Unit(c.Unit) {
	case statute.Hour, statute.Minute:
		return end{}
	case statute.Yearly, statute.Monthly:
		e.last = nextFixed(c)
	case statute.Month, statute.Year:
		e = reckonMonths(c, still)
	default:
		e = reckonDays(c, cal, still)
	}
	// A clock that still stood still after its last day was lawfully asked to wait on that day:
	// it cannot fall due before the waiting ends.
	for _, s := range still {
		switch {
		case s.From <= e.last:
		case s.To == 0:
			return end{last: e.last, provisional: e.provisional, left: e.left}
		default:
			e.last = max(e.last, s.To)
		}
	}
	if e.left > 0 {
		return e
	}
	e.due = e.last
	if c.Rolls && c.Unit != string(statute.Workday) {
		var provisional bool
		e.due, provisional = cal.NextWorkday(e.last)
		e.provisional = e.provisional || provisional
	}
	return e
}

// reckonDays walks from day to day, over standstills, until the length is used up.
func reckonDays(c matter.Clock, cal *calendar.Calendar, still []matter.Span) end {
	e := end{last: c.Anchor}
	working := c.Unit == string(statute.Workday)
	for n := c.Length; n > 0; {
		if len(still) > 0 && e.last+1 >= still[0].From {
			if still[0].To == 0 {
				e.left = n
				return e
			}
			e.last, still = max(e.last, still[0].To), still[1:]
			continue
		}
		e.last++
		e.provisional = e.provisional || working && cal.Provisional(e.last)
		if !working || cal.IsWorkday(e.last) {
			n--
		}
	}
	return e
}

// reckonMonths finds the corresponding day and moves it by the days the clock stood still, for a
// part of a month has no length of its own; the remainder is in days.
func reckonMonths(c matter.Clock, still []matter.Span) end {
	e := end{last: c.Anchor.AddMonths(months(c))}
	for _, s := range still {
		if s.From > e.last {
			break
		}
		if s.To == 0 {
			e.left = int(e.last - s.From + 1)
			return e
		}
		e.last += s.To - s.From + 1
	}
	return e
}

func months(c matter.Clock) int {
	if c.Unit == string(statute.Year) {
		return 12 * c.Length
	}
	return c.Length
}

// step goes n units from a day, back where n is negative.
func step(cal *calendar.Calendar, u statute.Unit, d calendar.Date, n int) (calendar.Date, bool) {
	switch u {
	case statute.Workday:
		return cal.AddWorkdays(d, n)
	case statute.Month:
		return d.AddMonths(n), false
	case statute.Year:
		return d.AddMonths(12 * n), false
	case statute.Hour:
		return d.AddDays(n / 24), false
	case statute.Minute:
		return d.AddDays(n / (24 * 60)), false
	}
	return d.AddDays(n), false
}

// Ledger returns a clock's spans as they stand at the end of a day: open ones end on it, and days
// past the due day are late. The record itself never holds what depends on today.
func Ledger(c matter.Clock, cal *calendar.Calendar, today calendar.Date) []matter.Span {
	if c.Status != matter.Running && c.Status != matter.Suspended {
		return c.Spans
	}
	return ledger(c, cal, today)
}

// ledger builds the spans up to a day; with no day the last one stays open.
func ledger(c matter.Clock, cal *calendar.Calendar, until calendar.Date) []matter.Span {
	if c.Direction == string(statute.Backward) || !pausable(c) {
		return nil
	}
	if len(c.More) > 0 {
		c.Length, c.Unit = int(c.Due-c.Anchor), string(statute.Day) // as Budget tells it
	}
	l := book{c: c, cal: cal, until: until, left: c.Length}
	from := c.Anchor + 1
	for _, s := range standing(c.Spans) {
		l.counted(from, s.From-1)
		if until != 0 && (s.To == 0 || s.To > until) {
			s.To = until
		}
		if s.To == 0 || s.From <= s.To {
			l.spans = append(l.spans, s)
		}
		if from = s.To + 1; s.To == 0 {
			return l.spans
		}
	}
	switch {
	case until == 0:
		l.counted(from, 0)
	case until <= c.Due || c.Due == 0:
		l.counted(from, until)
	default:
		l.counted(from, c.Due)
		l.spans = append(l.spans, matter.Span{From: c.Due + 1, To: until, Kind: matter.LateSince, Count: int(until - c.Due)})
	}
	return l.spans
}

// book gathers the spans of a ledger; left is what the counted ones may still use.
type book struct {
	c     matter.Clock
	cal   *calendar.Calendar
	until calendar.Date
	left  int
	spans []matter.Span
}

func (l *book) counted(from, to calendar.Date) {
	if l.until != 0 {
		to = min(to, l.until)
	}
	if to != 0 && to < from {
		return
	}
	s := matter.Span{From: from, To: to, Kind: matter.Counted}
	if to != 0 {
		switch statute.Unit(l.c.Unit) {
		case statute.Workday:
			s.Count = min(l.left, l.cal.CountWorkdays(from-1, to))
		case statute.Day:
			s.Count = min(l.left, int(to-from+1)) // days a last day rolled over are not counted
		default:
			s.Count = int(to - from + 1)
		}
		l.left -= s.Count
	}
	l.spans = append(l.spans, s)
}

// Left is how many units are left after today: working days for a term in working days, days for
// any other, also once it was extended in another unit. Negative: so many calendar days late. While suspended it is the remainder kept, and
// of a stopped clock what was left on the day it stopped.
func Left(c matter.Clock, cal *calendar.Calendar, today calendar.Date) int {
	switch {
	case c.Status == matter.Stopped:
		today = c.Ended
	case c.Status == matter.Lapsed:
		return 0
	}
	if c.Due == 0 {
		return c.Left
	}
	if today > c.Due {
		return -int(today - c.Due)
	}
	if c.Direction != string(statute.Backward) {
		today = max(today, c.Anchor)
	}
	if _, unit := Budget(c); unit == statute.Workday {
		return cal.CountWorkdays(today, c.Due)
	}
	return int(c.Due - today)
}

// RungDay is the day at whose end so much is left: a rung of 0 is the due day itself. It is no
// day while the clock is suspended.
func RungDay(c matter.Clock, cal *calendar.Calendar, left statute.Length) calendar.Date {
	if c.Due == 0 {
		return 0
	}
	unit := left.Unit
	if unit == "" {
		unit = statute.Day
	}
	d, _ := step(cal, unit, c.Due, -left.N)
	return d
}

// Opens is the first day on which an act that waits for the clock may be done: the day itself
// for a not_before term, else the day after the last one. It is no day while suspended.
func Opens(c matter.Clock) calendar.Date {
	if c.Due == 0 || c.Direction == string(statute.NotBefore) {
		return c.Due
	}
	return c.Due + 1
}
