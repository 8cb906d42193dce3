package portal

import (
	"net/http"
	"strings"

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

// statisticsJSON serves GET /statistics/figures.json.
func (p *Portal) statisticsJSON(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Office.PublicStatistics(r.Context(), langOf(r), r.URL.Query().Get("period"))
	if err != nil {
		return err
	}
	web.Public(w, 60)
	return door.WriteFigures(w, r, s, p.Office.Today())
}

// figuresSchema serves GET /statistics/figures.schema.json: what the figures are as JSON.
func (p *Portal) figuresSchema(w http.ResponseWriter, _ *http.Request) error {
	web.Public(w, helpKept)
	w.Header().Set("Content-Type", "application/schema+json")
	_, _ = w.Write(door.FiguresSchema) // the reader went away
	return nil
}

func (p *Portal) figures(r *http.Request) (statisticsView, error) {
	s, err := p.Office.PublicStatistics(r.Context(), langOf(r), r.URL.Query().Get("period"))
	if err != nil {
		return statisticsView{}, err
	}
	return statisticsView{StatView: door.Statistics(r, s, "", p.Office.Periods(langOf(r))), Below: s.Below, Named: s.Named,
		Small: door.Cites([]office.CiteView{s.SmallCite}), Name: door.Cites([]office.CiteView{s.NamedCite})}, nil
}

// asJSON is the address of the same figures for programs.
func asJSON(csv string) string { return strings.Replace(csv, "/figures.csv", "/figures.json", 1) }
