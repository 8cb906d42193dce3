package portal

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

const outcomesPath = "/outcomes"

// outcomesView is one page of published results, newest first, with what may be asked of them.
type outcomesView struct {
	office.OutcomesView
	Words   web.Field
	Choices []web.Field
	Typical web.Field
	Asked   []string // what the list is narrowed to, in words
	Pages   web.PagesView
	ByMail  bool // it can be followed by mail
}

// outcomes serves GET /outcomes.
func (p *Portal) outcomes(w http.ResponseWriter, r *http.Request) error {
	list, err := p.Office.Outcomes(r.Context(), langOf(r), outcomeFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	v := layOutcomes(r.Context(), list)
	v.ByMail = p.Office.CanSubscribe()
	if list.Next != "" {
		next := list.Filter
		next.After = list.Next
		v.Pages.Next = outcomesAt(next)
	}
	if first := list.Filter; first.After != "" {
		first.After = ""
		v.Pages.Prev = outcomesAt(first)
	}
	title := web.T(r.Context(), "portal.outcomes_title")
	return render(w, r, toShow{http.StatusOK, title, outcomesPage(v), nil, &web.Crumb{Path: v.feedAt(), Text: feedTitle(r.Context(), v)}})
}

// outcomeFilter reads what an address asks.
func outcomeFilter(q url.Values) office.OutcomeFilter {
	return office.OutcomeFilter{Words: q.Get("q"), Organ: q.Get("organ"), Place: q.Get("place"), Kind: q.Get("kind"), Result: q.Get("result"),
		Period: q.Get("period"), Only: q.Get("only"), After: q.Get("after")}
}

// outcomesAt is the address of the list under a filter.
func outcomesAt(f office.OutcomeFilter) string { return outcomesPath + outcomeQuery(f) }

// outcomeQuery is a filter as addresses say it, with its question mark.
func outcomeQuery(f office.OutcomeFilter) string {
	q := url.Values{}
	for _, c := range []struct{ name, value string }{{"q", f.Words}, {"organ", f.Organ}, {"place", f.Place}, {"kind", f.Kind}, {"result", f.Result},
		{"period", f.Period}, {"only", f.Only}, {"after", f.After}} {
		if c.value != "" {
			q.Set(c.name, c.value)
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

func layOutcomes(ctx context.Context, list office.OutcomesView) outcomesView {
	f := list.Filter
	v := outcomesView{OutcomesView: list, Words: web.Field{Kind: web.TextField, Type: "search", Name: "q", Label: web.T(ctx, "portal.outcomes_words"),
		Hint: web.T(ctx, "portal.outcomes_words_hint"), Value: f.Words},
		Typical: web.Field{Kind: web.Checkboxes, Name: "only", Label: web.T(ctx, "portal.outcomes_only"),
			Options: []web.Option{{Value: "typical", Label: web.T(ctx, "portal.outcomes_only_typical")}}}}
	v.Asked = list.Said(i18n.From(ctx))
	for _, c := range []struct {
		name, label, value string
		choices            []office.Choice
	}{
		{"organ", web.T(ctx, "portal.outcome_organ"), f.Organ, list.Organs}, {"place", web.T(ctx, "portal.outcome_place"), f.Place, list.Places},
		{"kind", web.T(ctx, "portal.outcome_kind"), f.Kind, list.Kinds}, {"result", web.T(ctx, "portal.outcome_finding"), f.Result, list.Results},
		{"period", web.T(ctx, "portal.outcomes_period"), f.Period, list.Periods},
	} {
		field := web.Field{Kind: web.Select, Name: c.name, Label: c.label, Value: c.value, Options: []web.Option{{Label: web.T(ctx, "portal.outcomes_any")}}}
		for _, o := range c.choices {
			field.Options = append(field.Options, web.Option{Value: o.Value, Label: o.Label})
		}
		v.Choices = append(v.Choices, field)
	}
	if f.Only != "" {
		v.Typical.Values = []string{f.Only}
	}
	return v
}

// narrowed says whether anything is asked but words.
func (v outcomesView) narrowed() bool {
	f := v.Filter
	f.Words, f.After = "", ""
	return f != office.OutcomeFilter{}
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
	return show(w, r, http.StatusOK, v.Title, outcomePage(v, p.Office.CanSubscribe()))
}
