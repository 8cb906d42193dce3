package portal

import (
	"net/http"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/door"
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
	list, err := p.Office.Outcomes(ctx, lang, office.OutcomeFilter{})
	if err != nil {
		return err
	}
	standing := slices.DeleteFunc(list.Rows, func(o office.Outcome) bool { return o.Withdrawn != nil })
	v := homeView{Outcomes: standing[:min(len(standing), homeOutcomes)]}
	v.Accept, v.Answer = promises(how.Clocks)
	if v.Month, v.Figures, err = p.lastMonth(r); err != nil {
		return err
	}
	page := newPage(r, web.T(ctx, "portal.home_title"))
	page.Bare = true
	return web.Render(w, r, http.StatusOK, page, homePage(v))
}

// homeFigures are the figures of the first page.
var homeFigures = []string{"received", "in_time_rate", "median_days", "pleased_rate"}

// lastMonth gives the figures of the month before the one of today; one that is not shown is left out.
func (p *Portal) lastMonth(r *http.Request) (string, []web.Figure, error) {
	y, m, _ := p.Office.Today().YMD()
	before := calendar.New(y, m-1, 1).String()[:len("2026-09")]
	s, err := p.Office.PublicStatistics(r.Context(), langOf(r), before)
	if err != nil {
		return "", nil, err
	}
	var list []web.Figure
	for _, f := range door.Statistics(r, s, "", nil).Heads {
		if slices.Contains(homeFigures, f.ID) && f.Kind != "quiet" && f.Text != "0" {
			list = append(list, web.Figure{Value: f.Text, Unit: f.Unit, Label: f.Label, Path: "/statistics?period=" + before})
		}
	}
	return s.Period.Label, list, nil
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
