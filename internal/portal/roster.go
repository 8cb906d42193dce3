package portal

import (
	"errors"
	"net/http"

	"yifa/internal/office"
	"yifa/internal/web"
)

const rosterPath = "/rosters"

// rosters serves GET /rosters: the public lists there are.
func (p *Portal) rosters(w http.ResponseWriter, r *http.Request) error {
	list, err := p.Office.Rosters(r.Context(), langOf(r))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, web.T(r.Context(), "rosters.title"), rostersPage(list))
}

// roster serves GET /rosters/{roster}: who or what stands in one of them today.
func (p *Portal) roster(w http.ResponseWriter, r *http.Request) error {
	v, err := p.Office.Roster(r.Context(), langOf(r), r.PathValue("roster"))
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, v.Label, rosterPage(v))
}
