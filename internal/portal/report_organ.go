package portal

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// organView is the search for an organ and what it found.
type organView struct {
	Query    string
	Searched bool
	Hits     []office.OrganHit
	Chosen   string // key of the organ the draft names; empty: not clear which
	Answered bool   // the question was answered before
	Hint     web.Field
	Number   bool // what was searched for looks like a number, and stands in Hint now
}

const longestQuery = 100 // characters; a name, a place or a number is shorter

// organs looks up what was searched for, and the organ chosen before, so that a choice once made stays to be seen.
func (p *Portal) organs(r *http.Request, v reportView) (organView, error) {
	ctx, lang := r.Context(), i18n.From(r.Context())
	o := organView{Query: strings.TrimSpace(r.URL.Query().Get("q")), Answered: len(v.Draft.Fields["officer_hint"]) > 0}
	if utf8.RuneCountInString(o.Query) > longestQuery {
		o.Query = string([]rune(o.Query)[:longestQuery])
	}
	for _, f := range v.Fields {
		switch f.Name {
		case "organ":
			o.Chosen = f.Value
		case "officer_hint":
			o.Hint = f
		}
	}
	if o.Query != "" {
		hits, err := p.Office.FindOrgans(ctx, o.Query, lang)
		if err != nil {
			return o, err
		}
		o.Hits, o.Searched = hits, true
		if len(hits) == 0 && o.Hint.Value == "" && strings.ContainsAny(o.Query, "0123456789") {
			o.Hint.Value, o.Number = o.Query, true
		}
	}
	if o.Chosen == "" || hasHit(o.Hits, o.Chosen) {
		return o, nil
	}
	name := p.Office.OrganName(i18n.From(ctx), o.Chosen)
	if name == "" {
		o.Chosen = "" // an organ that is no more, or was never there: ask again
		return o, nil
	}
	o.Hits = append([]office.OrganHit{{Key: o.Chosen, Name: name, Hint: web.T(ctx, "portal.organ_before")}}, o.Hits...)
	return o, nil
}

func hasHit(hits []office.OrganHit, key string) bool {
	for _, h := range hits {
		if h.Key == key {
			return true
		}
	}
	return false
}
