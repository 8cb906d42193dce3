package office

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
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

// calendarProcedure is the procedure of holiday notices.
const calendarProcedure = "register.calendar"

// HolidaysView is a notice of holidays as it stands in its matter.
type HolidaysView struct {
	ID    matter.ID
	Year  string
	Rest  string // the holidays, as they are typed
	Title string
	Stage string // label
	Next  string // the likely act, in words; "" where the reader has none
	Act   string // its name
}

// noticeOf is the notice that an act of its matter brings into force; nil where it does not.
func noticeOf(act *procedure.Act, st matter.State) *HolidaysView {
	if !slices.ContainsFunc(act.Items, func(i *procedure.ItemRule) bool { return i.Kind == "calendar" }) {
		return nil
	}
	return &HolidaysView{ID: st.ID, Year: st.Facts.Text("year"), Rest: byLine(st.Facts.Text("rest")), Title: st.Facts.Text("notice")}
}

// holidaysShown is how many notices a page of the calendar lists.
const holidaysShown = 50

// Notices lists the notices of a year whose matters the reader may read and that are not closed.
func (o *Office) Notices(ctx context.Context, r Reader, year int) ([]HolidaysView, error) {
	list, err := o.List(ctx, r, Filter{Procedure: calendarProcedure, Limit: holidaysShown})
	if err != nil || len(list.Rows) == 0 {
		return nil, err
	}
	ids := make([]matter.ID, len(list.Rows))
	for i, b := range list.Rows {
		ids[i] = b.ID
	}
	var states map[matter.ID]matter.State
	err = o.db.Read(ctx, func(q *store.Query) (err error) { states, err = q.StatesOf(ctx, ids); return err })
	var out []HolidaysView
	for _, b := range list.Rows {
		if f := states[b.ID].Facts; f.Text("year") == strconv.Itoa(year) {
			out = append(out, HolidaysView{ID: b.ID, Year: f.Text("year"), Rest: byLine(f.Text("rest")), Title: f.Text("notice"), Stage: b.Stage, Next: b.Next, Act: b.NextAct})
		}
	}
	return out, err
}
