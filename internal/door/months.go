package door

import (
	"context"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/i18n"
	"yifa/internal/web"
)

// monthsShown is how many months of a count are drawn; of a longer one, the first and the last.
const monthsShown = 4

// Months draws the days of a count as months, Monday first.
func Months(ctx context.Context, cal *calendar.Calendar, days []clock.Day) []web.Month {
	if len(days) == 0 {
		return nil
	}
	first, last := days[0].On, days[0].On
	on := map[calendar.Date]clock.Day{}
	for _, d := range days {
		first, last = min(first, d.On), max(last, d.On)
		on[d.On] = d
	}
	var list []web.Month
	first, last = monthOf(first), monthOf(last)
	mark := func(d calendar.Date, day *web.MonthDay) { markCounted(ctx, day, on[d]) }
	if first.AddMonths(monthsShown) <= last {
		return []web.Month{Month(ctx, cal, first, mark), Month(ctx, cal, last, mark)}
	}
	for m := first; m <= last; m = m.AddMonths(1) {
		list = append(list, Month(ctx, cal, m, mark))
	}
	return list
}

// monthOf is the first day of the month a day is in.
func monthOf(d calendar.Date) calendar.Date {
	y, m, _ := d.YMD()
	return calendar.New(y, m, 1)
}

// Month draws the month that begins on a day, Monday first: its rest days and days worked in exchange, and what mark adds
// to each day.
func Month(ctx context.Context, cal *calendar.Calendar, m calendar.Date, mark func(calendar.Date, *web.MonthDay)) web.Month {
	v := web.Month{Title: i18n.Month(i18n.From(ctx), m)}
	lead := (int(m.Weekday()) + 6) % 7
	week := make([]web.MonthDay, lead, 7)
	for d := m; d < m.AddMonths(1); d++ {
		day := monthDay(ctx, cal, d)
		mark(d, &day)
		week = append(week, day)
		if len(week) == 7 {
			v.Weeks, week = append(v.Weeks, week), nil
		}
	}
	if len(week) > 0 {
		v.Weeks = append(v.Weeks, append(week, make([]web.MonthDay, 7-len(week))...))
	}
	return v
}

func monthDay(ctx context.Context, cal *calendar.Calendar, d calendar.Date) web.MonthDay {
	_, _, n := d.YMD()
	v := web.MonthDay{Day: n}
	switch cal.Kind(d) {
	case calendar.Holiday:
		v.Class, v.Note = "off", web.T(ctx, "web.month_rest")
	case calendar.Weekend:
		v.Class = "off"
	case calendar.MakeUp:
		v.Note = web.T(ctx, "web.month_work")
	}
	return v
}

// markCounted says what a day is in a count.
func markCounted(ctx context.Context, v *web.MonthDay, is clock.Day) {
	switch is.Mark {
	case clock.EventDay:
		v.Class, v.Note = "start", web.T(ctx, "web.month_start")
	case clock.StillDay:
		v.Class, v.Note = "off", web.T(ctx, "web.month_still")
	case clock.CountedDay:
		v.Class = "cnt"
		if is.N > 0 {
			v.Note = web.T(ctx, "web.month_n", "n", strconv.Itoa(is.N))
		}
	case clock.DueDay:
		v.Class, v.Note = "end", web.T(ctx, "web.month_due")
	}
}
