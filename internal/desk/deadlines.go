package desk

import (
	"net/url"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// deadlinesView is the days of many matters, as a list or as a month.
type deadlinesView struct {
	Whose  []web.Field // whose days are shown; empty: only one's own can be
	Action string      // address of the form
	Day    calendar.Date
	Views  [2]web.Crumb // list and month
	Now    int          // which of them is shown

	Late, Rows, Still []web.Task
	AllLate           string // path of everything late, where there is more
	Start, Next       string

	Month      web.Month
	Prev, Then *web.Crumb
	Full       bool
}

// deadlines serves GET /desk/deadlines: the list, what is late first.
func (d *Desk) deadlines(v visit) error {
	q := v.URL.Query()
	f := office.DeadlineFilter{Whose: q.Get("whose"), After: q.Get("after")}
	if day, err := calendar.Parse(q.Get("day")); err == nil {
		f.Day = day
	}
	l, err := d.Office.Deadlines(v.Context(), v.reader, f)
	if err != nil {
		return err
	}
	kept := url.Values{"whose": {l.Whose}}
	out := deadlinesView{Action: "/desk/deadlines", Whose: v.whoseField(l.Whose, l.Choices), Day: f.Day}
	out.Views = v.deadlineViews(l.Today, kept)
	if f.Day != 0 {
		kept.Set("day", f.Day.String())
		out.Views = v.deadlineViews(f.Day, url.Values{"whose": {l.Whose}})
	}
	mine := l.Whose == "mine"
	out.Late, out.Rows, out.Still = v.deadlineRows(l.Late, l.Today, mine), v.deadlineRows(l.Rows, l.Today, mine), v.deadlineRows(l.Still, l.Today, mine)
	if l.MoreLate {
		out.AllLate = "/desk/matters?due=late"
	}
	if f.After != "" {
		out.Start = "/desk/deadlines?" + kept.Encode()
	}
	if l.Next != "" {
		kept.Set("after", l.Next)
		out.Next = "/desk/deadlines?" + kept.Encode()
	}
	return v.show(page{title: v.t("desk.nav_deadlines"), nav: "/desk/deadlines", content: deadlinesPage(out)})
}

// deadlineRows are rows of work whose second line begins with the clock, and ends with who works on it unless all are mine.
func (v visit) deadlineRows(list []office.Brief, today calendar.Date, mine bool) []web.Task {
	var rows []web.Task
	for _, b := range list {
		t := taskOf(v.Context(), b, today)
		if b.Waiting && !b.Due.Suspended {
			t.Due, t.Today = b.Due.On, b.Due.On == today
		}
		t.Meta = append([]string{b.Due.Label}, t.Meta...)
		if !mine && !b.Outside {
			t.Meta = append(t.Meta, b.Handlers...)
		}
		rows = append(rows, t)
	}
	return rows
}

// whoseField chooses whose days are shown.
func (v visit) whoseField(whose string, choices []office.OptionView) []web.Field {
	if len(choices) == 0 && !v.reader.May(access.Handling) {
		return nil
	}
	f := web.Field{Kind: web.Select, Name: "whose", Label: v.t("desk.deadlines_whose"), Value: whose,
		Options: []web.Option{{Value: "all", Label: v.t("desk.deadlines_all")}, {Value: "mine", Label: v.t("desk.sum_mine")}}}
	for _, c := range choices {
		f.Options = append(f.Options, web.Option{Value: c.Value, Label: c.Label, Group: c.Group})
	}
	return []web.Field{f}
}

// deadlineViews are the two ways to see the days: as a list, and as the month of a day.
func (v visit) deadlineViews(d calendar.Date, kept url.Values) [2]web.Crumb {
	return [2]web.Crumb{{Text: v.t("desk.deadlines_list"), Path: "/desk/deadlines?" + kept.Encode()}, {Text: v.t("desk.deadlines_month"), Path: monthPath(d, kept)}}
}

func monthPath(d calendar.Date, kept url.Values) string {
	return "/desk/deadlines/" + d.String()[:7] + "?" + kept.Encode()
}

// monthsAhead is how far the months of deadlines go.
const monthsAhead = 24

// deadlinesIn serves GET /desk/deadlines/{month}: a month, with how much is due on each day.
func (d *Desk) deadlinesIn(v visit) error {
	first, err := calendar.Parse(v.PathValue("month") + "-01")
	today := d.Office.Today()
	y, m, _ := today.YMD()
	this := calendar.New(y, m, 1)
	if err != nil || first < this.AddMonths(-monthsAhead) || first > this.AddMonths(monthsAhead) {
		return web.NotFound
	}
	l, err := d.Office.DeadlineMonth(v.Context(), v.reader, office.DeadlineFilter{Whose: v.URL.Query().Get("whose")}, first)
	if err != nil {
		return err
	}
	kept := url.Values{"whose": {l.Whose}}
	out := deadlinesView{Action: "/desk/deadlines/" + v.PathValue("month"), Whose: v.whoseField(l.Whose, l.Choices), Full: l.Full}
	out.Views, out.Now = v.deadlineViews(first, kept), 1
	if at := first.AddMonths(-1); at >= this.AddMonths(-monthsAhead) {
		out.Prev = &web.Crumb{Text: i18n.Month(v.lang(), at), Path: monthPath(at, kept)}
	}
	if at := first.AddMonths(1); at <= this.AddMonths(monthsAhead) {
		out.Then = &web.Crumb{Text: i18n.Month(v.lang(), at), Path: monthPath(at, kept)}
	}
	due := map[calendar.Date]int{}
	for _, day := range l.Days {
		due[day.On] = day.Due
	}
	out.Month = door.Month(v.Context(), l.Calendar, first, func(day calendar.Date, cell *web.MonthDay) {
		cell.Today = day == today
		if due[day] == 0 {
			return
		}
		cell.Class, cell.Note = "cnt", v.t("web.due_count", "n", due[day])
		if day < today {
			cell.Class = "late"
		}
		cell.Path = "/desk/deadlines?" + url.Values{"whose": {l.Whose}, "day": {day.String()}}.Encode()
	})
	return v.show(page{title: v.t("desk.nav_deadlines"), nav: "/desk/deadlines", content: deadlinesPage(out)})
}
