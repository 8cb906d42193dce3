package portal

import (
	"net/http"

	"yifa/internal/office"
	"yifa/internal/web"
)

// advice is what to do about something that is handled elsewhere. The text of each stop is written by hand: it is the
// answer a person needs now, before anything is filed.
type advice struct {
	Title, Text, Pass string // keys
	Phones            []string
}

var advices = map[string]advice{
	"consumer_dispute": {"portal.advice_consumer", "portal.advice_consumer_text", "portal.advice_consumer_pass", []string{"12315"}},
	"violation_report": {"portal.advice_violation", "portal.advice_violation_text", "portal.advice_violation_pass", []string{"12345"}},
	"emergency":        {"portal.advice_emergency", "portal.advice_emergency_text", "portal.advice_emergency_pass", []string{"110", "119", "120"}},
	"petition":         {"portal.advice_petition", "portal.advice_petition_text", "portal.advice_petition_pass", []string{"12345"}},
}

// adviceOrder is the most urgent first.
var adviceOrder = []string{"emergency", "consumer_dispute", "violation_report", "petition"}

// stops gives the advice a draft's answers call for.
func stops(d office.Draft) []advice {
	var list []advice
	for _, value := range adviceOrder {
		if chosen(d, "problem", value) {
			list = append(list, advices[value])
		}
	}
	return list
}

// adviceView is the page that says where to go, and offers to pass it on.
type adviceView struct {
	Draft   string
	Advices []advice
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
