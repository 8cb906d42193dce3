package desk

import (
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/office"
	"yifa/internal/web"
)

// todayView is the first page of the desk.
type todayView struct {
	office.TodayView
	Lead    string // what kind of day it is, and what it brings
	Sums    []web.Sum
	All     string // path of everything counted under 先办这些
	First   []web.Task
	Pool    []pickRow
	Act     string
	Key     string
	Days    []web.DayCell
	Unread  []web.Task
	Notices []noticeRow
}

// noticeRow is something the reader was told.
type noticeRow struct {
	office.NoticeView
	Path string
}

// pickRow is a matter that can be chosen for an act on many.
type pickRow struct {
	web.Task
	Pick string // id and the revision the page showed
	ID   string // of the checkbox
}

// today serves GET /desk.
func (d *Desk) today(v visit) error {
	t, err := d.Office.TodayPage(v.Context(), v.reader)
	if err != nil {
		return err
	}
	scope := "scope=mine&"
	if v.reader.May(access.Overview) {
		scope = "" // they answer for everybody's
	}
	out := todayView{TodayView: t, Lead: v.lead(t), All: "/desk/matters?" + strings.TrimSuffix(scope, "&"), Act: actClaim, Key: newKey()}
	list := func(query string) string { return "/desk/matters?" + query }
	out.Sums = []web.Sum{
		{Value: t.Late, Label: v.t("desk.sum_late"), Path: list(scope + "due=late"), Kind: "late"},
		{Value: t.DueToday, Label: v.t("desk.sum_today"), Path: list(scope + "due=today"), Kind: "soon"},
		{Value: t.Soon, Label: v.t("desk.sum_soon"), Path: list(scope + "due=soon")},
		{Value: t.Mine, Label: v.t("desk.sum_mine"), Path: list("scope=mine")},
		{Value: t.Pool, Label: v.t("desk.sum_pool"), Path: list("scope=pool")},
	}
	if t.Outside { // what has a day stands on this page
		out.All = "/desk/matters"
		out.Sums = []web.Sum{
			{Value: t.Late, Label: v.t("desk.sum_late"), Path: "/desk#first", Kind: "late"},
			{Value: t.DueToday, Label: v.t("desk.sum_today"), Path: "/desk#first", Kind: "soon"},
			{Value: t.Soon, Label: v.t("desk.sum_soon"), Path: "/desk#first"},
			{Value: t.Mine, Label: v.t("desk.sum_open"), Path: "/desk/matters"},
		}
	}
	for i, s := range out.Sums {
		if s.Value == 0 {
			out.Sums[i].Kind = ""
		}
	}
	for _, b := range t.First {
		out.First = append(out.First, taskOf(v.Context(), b, t.Today))
	}
	for _, b := range t.Waiting {
		out.Pool = append(out.Pool, pickOf(v, b, t.Today))
	}
	for _, b := range t.Unread {
		out.Unread = append(out.Unread, taskOf(v.Context(), b, t.Today))
	}
	told := map[string]bool{} // in two posts one is told the same twice
	for _, n := range t.Notices {
		if same := n.ID.String() + n.Text; !told[same] {
			told[same] = true
			out.Notices = append(out.Notices, noticeRow{n, matterPath(n.ID)})
		}
	}
	for _, day := range t.Days {
		out.Days = append(out.Days, web.DayCell{Day: day.On, Today: day.Today, Count: day.Due,
			Off: day.Kind == calendar.Weekend || day.Kind == calendar.Holiday, Workday: day.Kind == calendar.MakeUp})
	}
	return v.show(page{title: v.t("desk.nav_today"), nav: "/desk", content: todayPage(out)})
}

func pickOf(v visit, b office.Brief, today calendar.Date) pickRow {
	return pickRow{Task: taskOf(v.Context(), b, today), Pick: pickValue(b), ID: "pick-" + b.ID.String()}
}

// lead says what kind of day it is and what it brings.
func (v visit) lead(t office.TodayView) string {
	kind := map[calendar.DayKind]string{calendar.Workday: "desk.day_workday", calendar.Weekend: "desk.day_weekend",
		calendar.Holiday: "desk.day_holiday", calendar.MakeUp: "desk.day_makeup"}[t.Kind]
	text := v.t(kind)
	if t.DueToday > 0 {
		text += v.t("desk.lead_due", "n", t.DueToday)
	}
	if t.Late > 0 {
		text += v.t("desk.lead_late", "n", t.Late)
	}
	unclaimed := 0
	for _, b := range t.Waiting {
		if b.Due != nil && b.Due.On < t.Today {
			unclaimed++
		}
	}
	switch {
	case unclaimed > 0 && t.Late == 0: // what nobody has claimed is nobody's in the figures
		text += v.t("desk.lead_pool", "n", unclaimed)
	case t.DueToday == 0 && t.Late == 0:
		text += v.t("desk.lead_none")
	}
	return text
}
