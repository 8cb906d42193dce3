package portal

import (
	"context"
	"math"
	"net/http"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// homeOutcomes is how many results the first page shows.
const homeOutcomes = 3

// homeView is the first page.
type homeView struct {
	Accept, Answer office.HowClock // the two promises; Length empty where the procedure has none
	Outcomes       []office.Outcome
	Month          string
	Figures        []web.Figure
}

// home serves GET /.
func (p *Portal) home(w http.ResponseWriter, r *http.Request) error {
	ctx, lang := r.Context(), langOf(r)
	how, err := p.Office.How(complaint, lang)
	if err != nil {
		return err
	}
	list, _, err := p.published(r, "")
	if err != nil {
		return err
	}
	v := homeView{Outcomes: list[:min(len(list), homeOutcomes)]}
	v.Accept, v.Answer = promises(how.Clocks)
	figures, err := p.lastMonth(ctx)
	if err != nil {
		return err
	}
	if figures.Answered > 0 {
		v.Month, v.Figures = i18n.Month(lang, figures.From), figuresOf(r, figures)
	}
	page := web.NewPage(r, web.Portal, web.T(ctx, "portal.home_title"))
	page.Bare = true
	return web.Render(w, r, http.StatusOK, page, homePage(v))
}

// lastMonth gives the figures of the month before the one of today.
func (p *Portal) lastMonth(ctx context.Context) (office.Figures, error) {
	y, m, _ := p.Office.Today().YMD()
	return p.Office.Figures(ctx, calendar.New(y, m-1, 1), calendar.New(y, m, 1).AddDays(-1))
}

// figuresOf lays the numbers of a month out; one that cannot be said of so few matters is left out.
func figuresOf(r *http.Request, f office.Figures) []web.Figure {
	ctx := r.Context()
	list := []web.Figure{
		{Value: i18n.Number(f.Received), Unit: web.T(ctx, "portal.unit_matters", "n", f.Received), Label: web.T(ctx, "portal.figure_received")},
	}
	if f.Answered >= enough {
		list = append(list,
			web.Figure{Value: percent(f.InTime, f.Answered), Unit: "%", Label: web.T(ctx, "portal.figure_in_time")},
			web.Figure{Value: i18n.Number(f.MedianDays), Unit: web.T(ctx, "web.unit_workday", "n", f.MedianDays), Label: web.T(ctx, "portal.figure_days")})
	}
	if f.Rated >= enough {
		list = append(list, web.Figure{Value: percent(f.Pleased, f.Rated), Unit: "%", Label: web.T(ctx, "portal.figure_pleased")})
	}
	return list
}

// enough is from how many matters a share of them is said: of fewer it would speak of single people.
const enough = 5

func percent(part, whole int) string {
	return strconv.FormatFloat(math.Round(float64(part)*1000/float64(whole))/10, 'f', -1, 64)
}

// promises are the limits for deciding whether a report is taken up and for answering it.
func promises(clocks []office.HowClock) (accept, answer office.HowClock) {
	if len(clocks) > 0 {
		accept = clocks[0]
	}
	if len(clocks) > 1 {
		answer = clocks[1]
	}
	return accept, answer
}
