package portal

import (
	"errors"
	"net/http"

	"yifa/internal/office"
	"yifa/internal/web"
)

// howListView is the list of published procedures.
type howListView struct{ Procedures []office.OptionView }

// howList serves GET /how.
func (p *Portal) howList(w http.ResponseWriter, r *http.Request) error {
	v := howListView{p.Office.Procedures(langOf(r))}
	return show(w, r, http.StatusOK, web.T(r.Context(), "portal.how_title"), howListPage(v))
}

// howProcedure serves GET /how/{procedure}: a procedure drawn from its data.
func (p *Portal) howProcedure(w http.ResponseWriter, r *http.Request) error {
	v, err := p.Office.How(r.PathValue("procedure"), langOf(r))
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, v.Title, howProcedurePage(v))
}
