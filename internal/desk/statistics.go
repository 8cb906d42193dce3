package desk

import (
	"yifa/internal/door"
	"yifa/internal/web"
)

// statisticsView is the figures an official may see, and whose they are.
type statisticsView struct {
	web.StatView
	Whole bool
	Other *web.Crumb // the same for whom else
	Cites []web.Cite
}

// statistics serves GET /desk/statistics.
func (d *Desk) statistics(v visit) error {
	s, err := d.figures(v)
	if err != nil {
		return missing(err)
	}
	return v.show(page{title: v.t("desk.nav_statistics"), nav: "/desk/statistics", content: statisticsPage(s), scripts: []string{"charts.js"}})
}

// statisticsCSV serves GET /desk/statistics/figures.csv.
func (d *Desk) statisticsCSV(v visit) error {
	s, err := d.figures(v)
	if err != nil {
		return missing(err)
	}
	return door.SendCSV(v.w, v.Request, s.StatView)
}

// figures are of the reader's division unless the address asks for the matters he may read.
func (d *Desk) figures(v visit) (statisticsView, error) {
	q := v.URL.Query()
	s, err := d.Office.Statistics(v.Context(), v.reader, q.Get("period"), q.Get("of") == "mine")
	if err != nil {
		return statisticsView{}, err
	}
	out := statisticsView{StatView: door.Statistics(v.Request, s, "/desk/matters", d.Office.Periods(v.lang())), Whole: s.Whole, Cites: door.Cites(s.WholeCites[:min(1, len(s.WholeCites))])}
	switch {
	case s.Whole && s.CanGiven:
		out.Other = &web.Crumb{Path: "/desk/statistics?of=mine&period=" + s.Period.Key, Text: v.t("desk.stat_given")}
	case !s.Whole && s.CanWhole:
		out.Other = &web.Crumb{Path: "/desk/statistics?period=" + s.Period.Key, Text: v.t("desk.stat_whole")}
	}
	return out, nil
}
