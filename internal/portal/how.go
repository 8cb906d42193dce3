package portal

import (
	"errors"
	"net/http"
	"sync"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
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
	v, err := p.how(r.PathValue("procedure"), langOf(r))
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, v.Title, howProcedurePage(v))
}

// drawn keeps the procedures drawn today: drawing one takes longer than all the rest of a page, and a published
// version never changes.
type drawn struct {
	mu    sync.Mutex
	day   calendar.Date
	views map[drawnKey]office.HowView
}

type drawnKey struct {
	procedure string
	lang      i18n.Lang
}

// how gives a procedure as it stands today.
func (p *Portal) how(procedure string, lang i18n.Lang) (office.HowView, error) {
	key, today := drawnKey{procedure, lang}, p.Office.Today()
	p.drawn.mu.Lock()
	defer p.drawn.mu.Unlock()
	if p.drawn.day != today {
		p.drawn.day, p.drawn.views = today, map[drawnKey]office.HowView{}
	}
	if v, done := p.drawn.views[key]; done {
		return v, nil
	}
	v, err := p.Office.How(procedure, lang)
	if err == nil {
		p.drawn.views[key] = v
	}
	return v, err
}
