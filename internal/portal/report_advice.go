package portal

import (
	"net/http"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// stops gives the advice a draft's answers call for.
func stops(d office.Draft) []door.Advice {
	var list []door.Advice
	for _, name := range door.AdviceOrder {
		if chosen(d, "problem", name) {
			list = append(list, door.Advices[name])
		}
	}
	return list
}

// adviceView is the page that says where to go, and offers to pass it on.
type adviceView struct {
	Draft   string
	Advices []door.Advice
	Next    string
	Go      string // key of what the button says
}

// reportAdvice serves GET /report/d/{draft}/advice.
func (p *Portal) reportAdvice(w http.ResponseWriter, r *http.Request) error {
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	v := adviceView{Draft: d.ID, Advices: stops(d), Next: draftPath(d.ID, steps[1].name), Go: "portal.advice_go"}
	if chosen(d, "problem", "emergency") {
		v.Go = "portal.advice_go_safe" // nothing waits for being passed on: whoever is in danger calls
	}
	if r.URL.Query().Get("from") == "check" {
		v.Next = draftPath(d.ID, "check")
	}
	if len(v.Advices) == 0 {
		return redirect(w, r, v.Next)
	}
	return show(w, r, http.StatusOK, web.T(r.Context(), "portal.advice_title"), reportAdvicePage(v))
}
