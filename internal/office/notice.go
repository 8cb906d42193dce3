package office

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// byLine writes holidays a line each, as they are typed.
func byLine(rest string) string { return strings.ReplaceAll(rest, "; ", "\n") }

// notice takes a State Council notice from the register into the calendar: it replaces what was
// known of its year.
func (r *register) notice(i store.RegisterItem) error {
	year, err := strconv.Atoi(i.Attrs.Text("year"))
	if err != nil {
		return fmt.Errorf("office: notice %s: year %q", i.Key, i.Attrs.Text("year"))
	}
	y, err := noticeYear(year, i.Attrs)
	if err != nil {
		return fmt.Errorf("office: notice %s: %w", i.Key, err)
	}
	y.Matter = i.Matter.String()
	r.Calendar = r.Calendar.With(y)
	return nil
}

// noticeYear is what a notice says of its year.
func noticeYear(year int, a matter.Facts) (calendar.Year, error) {
	blocks, err := calendar.ParseHolidays(year, a.Text("rest"))
	return calendar.Year{Schema: 1, Year: year, Holidays: blocks,
		Notices: []calendar.Notice{{ID: a.Text("number"), Title: a.Text("notice"), URL: a.Text("link")}}}, err
}

// calendarAt is the calendar as it was known at an instant: with the notices entered until then.
func (o *Office) calendarAt(ctx context.Context, q *store.Query, at time.Time) (*calendar.Calendar, error) {
	r := register{Calendar: o.law.Calendar}
	items, err := q.Items(ctx, "calendar", 0, at)
	for _, i := range items {
		if err == nil {
			err = r.notice(i)
		}
	}
	return r.Calendar, err
}
