package door

import (
	"context"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/i18n"
	"yifa/internal/web"
)

// Year lays a year of the calendar out; false where nothing is known of it. path is the address of a year without its number.
func Year(ctx context.Context, cal *calendar.Calendar, n int, path string, today calendar.Date) (web.Year, bool) {
	y, known := cal.Year(n)
	if !known {
		return web.Year{}, false
	}
	v := web.Year{N: n, Path: path, Provisional: y.Provisional, Workdays: cal.CountWorkdays(calendar.New(n, 1, 0), calendar.New(n, 12, 31))}
	if _, ok := cal.Year(n - 1); ok {
		v.Before = n - 1
	}
	if _, ok := cal.Year(n + 1); ok {
		v.After = n + 1
	}
	for _, x := range y.Notices {
		notice := web.YearNotice{Title: x.Title, URL: x.URL}
		if y.Matter != "" {
			notice.Number = x.ID
		}
		v.Notices = append(v.Notices, notice)
	}
	for _, b := range y.Holidays {
		h := web.YearHoliday{Name: clock.HolidayName(b.Name, string(i18n.From(ctx))), From: b.From, To: b.To, Work: b.Work}
		v.Holidays = append(v.Holidays, h)
	}
	mark := func(d calendar.Date, day *web.MonthDay) { day.Today = d == today }
	for m := calendar.New(n, 1, 1); m < calendar.New(n+1, 1, 1); m = m.AddMonths(1) {
		v.Months = append(v.Months, Month(ctx, cal, m, mark))
	}
	return v, true
}
