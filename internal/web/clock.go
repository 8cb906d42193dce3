package web

import (
	"context"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
)

// Face is how a clock bar stands (look.md §5.1).
type Face string

// The faces.
const (
	Running     Face = "running"
	Soon        Face = "soon" // a tenth or less is left
	Suspended   Face = "suspended"
	Late        Face = "late"
	Provisional Face = "provisional" // the day rests on a calendar not yet given by notice
	Closed      Face = "closed"
)

// Unit is what a clock counts.
type Unit string

// The units of a clock.
const (
	Workdays Unit = "workday"
	Days     Unit = "day"
	Hours    Unit = "hour"
)

// Pause is a span that is not counted, both days included. To is zero while it still runs.
type Pause struct{ From, To calendar.Date }

// LedgerRow is one line of how a clock was counted, for staff.
type LedgerRow struct {
	From, To   calendar.Date
	ToToday    bool
	Paused     bool
	Counted    int
	Ground     string
	Who        string
	Unverified bool
}

// Clock is one limit as a page shows it. Nothing here is computed by the page but the widths of the bar.
type Clock struct {
	ID         string // unique in the page
	Title      string
	Cite       *Cite
	Unverified bool
	Level      int // of the heading: 2 or 3
	Face       Face
	Unit       Unit
	Total      int // of the term, in Unit
	Used       int
	Left       int  // in Unit; for Late: the days gone over
	Over       int  // Closed: the days it was late when it ended
	Missed     bool // Closed: nobody acted in its time
	From       calendar.Date
	FromLabel  string // 9月29日受理; empty: the day alone
	Due        calendar.Date
	Today      calendar.Date
	Pauses     []Pause
	Calendar   string // Closed: the calendar it was frozen with; Provisional: the year that has no notice yet
	Key        bool   // explain the colours under the bar
	Ledger     []LedgerRow
	Why        *Why
}

// bar is one rectangle of the clock bar, in per cent of its width.
type bar struct {
	Class   string // run, left, late, or pause (hatched)
	X, Wide string
}

func (c Clock) hasBar() bool {
	return c.Face != Provisional && c.Face != Closed && !c.From.IsZero() && !c.Today.IsZero()
}

// end is the day at the right end of the bar: the due day, today when late, a guess while the clock stands still.
func (c Clock) end() calendar.Date {
	end := c.Due
	if c.Face == Suspended {
		end = c.Today.AddDays(c.Left)
		if c.Unit == Workdays {
			end = c.Today.AddDays((c.Left*7 + 4) / 5)
		}
	}
	return max(end, c.Today, c.From.AddDays(1))
}

// at is the place of a day on the bar, in per cent.
func (c Clock) at(d calendar.Date) float64 {
	return float64(d-c.From) * 100 / float64(c.end()-c.From)
}

// bars are the rectangles from left to right.
func (c Clock) bars() []bar {
	var bars []bar
	add := func(class string, from, to calendar.Date) {
		if to > from {
			bars = append(bars, bar{class, percent(c.at(from)), percent(c.at(to) - c.at(from))})
		}
	}
	reached := min(c.Today, c.end())
	if c.Face == Late {
		reached = min(reached, c.Due)
	}
	at := c.From
	for _, p := range c.Pauses {
		from, to := max(p.From.AddDays(-1), at), p.To
		if to.IsZero() {
			to = c.Today
		}
		from, to = min(from, reached), min(to, reached)
		add("run", at, from)
		add("pause", from, to)
		at = max(at, to)
	}
	add("run", at, reached)
	if c.Face == Late {
		add("late", max(c.Due, c.From), c.Today)
	} else {
		add("left", max(at, reached), c.end())
	}
	return bars
}

// showsNow says whether 今天 stands under the bar: not at its ends, where it would lie over their labels.
func (c Clock) showsNow() bool {
	x := c.at(c.Today)
	return c.Face != Late && x > 0 && x < 100
}

// nowLabel says whether there is room for the word under the line between the days at the ends; English days are longer.
func (c Clock) nowLabel(lang i18n.Lang) bool {
	x := c.at(c.Today)
	if lang == i18n.En {
		return x >= 36 && x <= 62
	}
	return x >= 22 && x <= 78
}

func percent(x float64) string { return fmt.Sprintf("%.4g%%", x) }

func (u Unit) key() string {
	switch u {
	case Workdays:
		return "web.unit_workday"
	case Hours:
		return "web.unit_hour"
	}
	return "web.unit_day"
}

func (f Face) icon() string {
	switch f {
	case Late, Soon:
		return "alert"
	case Suspended:
		return "pause"
	case Provisional:
		return "calendar"
	case Closed:
		return "check"
	}
	return ""
}

func (r LedgerRow) span(ctx context.Context) string {
	l := i18n.From(ctx)
	if r.ToToday {
		return i18n.T(l, "web.ledger_to_today", "day", i18n.Date(l, r.From))
	}
	if r.To.IsZero() {
		return i18n.Date(l, r.From)
	}
	return i18n.DateRange(l, r.From, r.To)
}

// closed says how a clock that has ended came to its end.
func (c Clock) closed(ctx context.Context) string {
	switch {
	case c.Missed:
		return T(ctx, "web.clock_missed", "day", i18n.Date(i18n.From(ctx), c.Due))
	case c.Over > 0:
		return T(ctx, "web.clock_closed_late", "n", c.Over, "calendar", c.Calendar)
	case c.Used == 0 && len(c.Ledger) == 0:
		return T(ctx, "web.clock_closed_at_once", "calendar", c.Calendar)
	}
	return T(ctx, "web.clock_closed", "n", c.Used, "unit", T(ctx, c.Unit.key(), "n", c.Used), "calendar", c.Calendar)
}

// spoken is the bar in words, for who cannot see it.
func (c Clock) spoken(ctx context.Context) string {
	unit := T(ctx, c.Unit.key(), "n", c.Total)
	if c.Face == Late {
		return T(ctx, "web.clock_label_late", "total", c.Total, "over", c.Left, "unit", unit)
	}
	return T(ctx, "web.clock_label", "total", c.Total, "used", c.Used, "left", c.Left, "unit", unit)
}
