package portal

import (
	"net/http"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// statisticsView is the public figures with the rules by which small ones are not shown.
type statisticsView struct {
	web.StatView
	Below, Named int
	Small, Name  []web.Cite
}

// statistics serves GET /statistics.
func (p *Portal) statistics(w http.ResponseWriter, r *http.Request) error {
	v, err := p.figures(r)
	if err != nil {
		return err
	}
	page := newPage(r, web.T(r.Context(), "portal.stat_title"))
	page.Current, page.Scripts = "/statistics", []string{"charts.js"}
	web.Public(w, 60)
	return web.Render(w, r, http.StatusOK, page, statisticsPage(v))
}

// statisticsCSV serves GET /statistics/figures.csv.
func (p *Portal) statisticsCSV(w http.ResponseWriter, r *http.Request) error {
	v, err := p.figures(r)
	if err != nil {
		return err
	}
	web.Public(w, 60)
	return door.SendCSV(w, r, v.StatView)
}

func (p *Portal) figures(r *http.Request) (statisticsView, error) {
	s, err := p.Office.PublicStatistics(r.Context(), langOf(r), r.URL.Query().Get("period"))
	if err != nil {
		return statisticsView{}, err
	}
	return statisticsView{StatView: door.Statistics(r, s, "", p.Office.Periods(langOf(r))), Below: s.Below, Named: s.Named,
		Small: door.Cites([]office.CiteView{s.SmallCite}), Name: door.Cites([]office.CiteView{s.NamedCite})}, nil
}
