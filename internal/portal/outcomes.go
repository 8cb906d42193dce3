package portal

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

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
	list, next, err := p.published(r, after)
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

// published gives a page of results. The office pages them by the day they came in; within a page the latest result
// comes first, as the days beside them say.
func (p *Portal) published(r *http.Request, after string) ([]office.Outcome, string, error) {
	list, next, err := p.Office.Outcomes(r.Context(), langOf(r), after)
	slices.SortStableFunc(list, func(a, b office.Outcome) int { return int(b.On - a.On) })
	return list, next, err
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
