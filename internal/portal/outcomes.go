package portal

import (
	"errors"
	"net/http"
	"net/url"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// outcomesView is one page of published results, newest first.
type outcomesView struct {
	List  []office.Outcome
	Pages web.PagesView
}

// outcomes serves GET /outcomes.
func (p *Portal) outcomes(w http.ResponseWriter, r *http.Request) error {
	after := r.URL.Query().Get("after")
	list, next, err := p.Office.Outcomes(r.Context(), langOf(r), after)
	if err != nil {
		return err
	}
	v := outcomesView{List: list}
	if next != "" {
		v.Pages.Next = "/outcomes?after=" + url.QueryEscape(next)
	}
	if after != "" {
		v.Pages.Prev = "/outcomes"
	}
	return show(w, r, http.StatusOK, web.T(r.Context(), "portal.outcomes_title"), outcomesPage(v))
}

// outcome serves GET /outcomes/{id}.
func (p *Portal) outcome(w http.ResponseWriter, r *http.Request) error {
	id, err := matter.ParseID(r.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	v, err := p.Office.Outcome(r.Context(), langOf(r), id)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, v.Title, outcomePage(v))
}
