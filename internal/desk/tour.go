package desk

import (
	"yifa/internal/access"
	"yifa/internal/office"
	"yifa/internal/web"
)

// tourStep is one thing to see: a sentence, and the real thing. Without a link there is nothing of it yet.
type tourStep struct {
	Name, Text string
	Link       web.Crumb
	None       string
}

// tour serves GET /desk/tour: for new staff, what there is to know, each shown on the reader's own matters.
func (d *Desk) tour(v visit) error {
	list, err := d.Office.List(v.Context(), v.reader, office.Filter{})
	if err != nil {
		return err
	}
	running, any := tourMatters(list.Rows)
	on := func(b *office.Brief, rest, none string) (web.Crumb, string) {
		if b == nil {
			return web.Crumb{}, v.t(none)
		}
		return web.Crumb{Path: matterPath(b.ID) + rest, Text: b.Title}, ""
	}
	steps := []tourStep{v.tourStep("desk.tour_today", "/desk", "desk.nav_today"), v.tourStep("desk.tour_list", "/desk/matters", "desk.nav_matters")}
	why, acts, record := v.tourStep("desk.tour_why", "", ""), v.tourStep("desk.tour_refused", "", ""), v.tourStep("desk.tour_record", "", "")
	why.Link, why.None = on(running, "#clocks", "desk.tour_none_running")
	acts.Link, acts.None = on(any, "#acts", "desk.tour_none")
	record.Link, record.None = on(any, "/record", "desk.tour_none")
	steps = append(steps, why, acts, record)
	if v.reader.May(access.Overview) {
		steps = append(steps, v.tourStep("desk.tour_leader", "/desk/leader", "desk.nav_leader"))
	}
	if v.reader.May(access.Figures) {
		steps = append(steps, v.tourStep("desk.tour_figures", "/desk/statistics?of=mine", "desk.nav_statistics"))
	}
	steps = append(steps, v.tourStep("desk.tour_how", "/how", "desk.tour_how_link"), v.tourStep("desk.tour_help", "/desk/help", "desk.nav_help"))
	return v.show(page{title: v.t("desk.tour"), nav: "/desk/help", content: tourPage(steps)})
}

// tourMatters are a matter whose clock runs for the reader's side, and one of which the whole record may be read; nil
// where there is none.
func tourMatters(rows []office.Brief) (running, any *office.Brief) {
	for i, b := range rows {
		if any == nil {
			any = &rows[i]
		}
		if running == nil && b.Due != nil && !b.Waiting {
			running = &rows[i]
		}
	}
	return running, any
}

// tourStep is a step with its words, and a link where its page is always there.
func (v visit) tourStep(stem, path, label string) tourStep {
	s := tourStep{Name: v.t(stem), Text: v.t(stem + "_text")}
	if path != "" {
		s.Link = web.Crumb{Path: path, Text: v.t(label)}
	}
	return s
}
