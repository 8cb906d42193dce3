package portal

import (
	"errors"
	"net/http"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

const inspectionsPath = "/inspections"

// inspectionsView is the public figures of inspections and of how they are rated.
type inspectionsView struct {
	web.StatView
	Below int
	Small []web.Cite
}

// inspections serves GET /inspections.
func (p *Portal) inspections(w http.ResponseWriter, r *http.Request) error {
	v, err := p.inspectionFigures(r)
	if err != nil {
		return err
	}
	web.Public(w, 60)
	return render(w, r, toShow{http.StatusOK, web.T(r.Context(), "inspection.title"), inspectionsPage(v), []string{"charts.js"}, nil})
}

// inspectionsCSV serves GET /inspections/figures.csv.
func (p *Portal) inspectionsCSV(w http.ResponseWriter, r *http.Request) error {
	v, err := p.inspectionFigures(r)
	if err != nil {
		return err
	}
	web.Public(w, 60)
	return door.SendCSV(w, r, v.StatView)
}

// inspectionsJSON serves GET /inspections/figures.json.
func (p *Portal) inspectionsJSON(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Office.PublicInspections(r.Context(), langOf(r), r.URL.Query().Get("period"))
	if err != nil {
		return err
	}
	web.Public(w, 60)
	return door.WriteFigures(w, r, s, p.Office.Today())
}

func (p *Portal) inspectionFigures(r *http.Request) (inspectionsView, error) {
	s, err := p.Office.PublicInspections(r.Context(), langOf(r), r.URL.Query().Get("period"))
	if err != nil {
		return inspectionsView{}, err
	}
	return inspectionsView{StatView: door.Statistics(r, s, "", p.Office.Periods(langOf(r))), Below: s.Below, Small: door.Cites([]office.CiteView{s.SmallCite})}, nil
}

// ownInspections is what whoever holds a rating code sees of this year's inspections of herself.
type ownInspections struct {
	Lines       []office.Inspected
	Year, Month int // how many were carried out or announced
}

// trackInspections serves GET /track/inspections.
func (p *Portal) trackInspections(w http.ResponseWriter, r *http.Request) error {
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if !found {
		p.forgetCode(w)
		return redirect(w, r, "/track?said=ended")
	}
	lines, err := p.Office.Inspections(r.Context(), reader)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	v := ownInspections{Lines: lines, Year: len(lines)}
	_, month, _ := p.Office.Today().YMD()
	for _, l := range lines {
		if _, m, _ := l.Day.YMD(); m == month {
			v.Month++
		}
	}
	web.Secret(w)
	return show(w, r, http.StatusOK, web.T(r.Context(), "inspection.own_title"), ownInspectionsPage(v))
}
