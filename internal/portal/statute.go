package portal

import (
	"errors"
	"net/http"

	"yifa/internal/office"
	"yifa/internal/web"
)

// statutes serves GET /law: every text of law the platform cites.
func (p *Portal) statutes(w http.ResponseWriter, r *http.Request) error {
	web.Public(w, 60)
	return show(w, r, http.StatusOK, web.T(r.Context(), "statute.title"), statutesPage(p.Office.Statutes(langOf(r))))
}

// statute serves GET /law/{statute}: its versions, how it counts days, and the provisions cited.
func (p *Portal) statute(w http.ResponseWriter, r *http.Request) error {
	v, err := p.Office.Statute(r.PathValue("statute"), langOf(r))
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	web.Public(w, 60)
	return show(w, r, http.StatusOK, v.Title, statutePage(v))
}
