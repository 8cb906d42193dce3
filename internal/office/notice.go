package office

import (
	"fmt"
	"strconv"
	"strings"

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
