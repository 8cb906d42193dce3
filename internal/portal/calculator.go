package portal

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// calculatorView is the calculator of limits: its form as it was filled, and the answer.
type calculatorView struct {
	office.CalcView
	Ask    office.CalcAsk
	Which  web.Field
	From   web.Field
	More   []web.Field
	Errors []web.FieldError
	Open   bool // what is under 更多 was used
	Months []web.Month
	JSON   string // path of the answer for programs
}

// calculator serves GET /calculator?term=…&from=…: the answer has an address of its own, to be sent to others. The three
// boxes of its form lead there.
func (p *Portal) calculator(w http.ResponseWriter, r *http.Request) error {
	if err := door.ReadText(r); err != nil {
		return err
	}
	q := r.Form
	typed := q.Get("from")
	if q.Has("from-y") {
		day, text, err := web.ReadDate(r, "from")
		if typed = text; err == nil && day != 0 {
			return redirect(w, r, "/calculator?"+canonical(q, day.String()).Encode())
		}
	}
	ask := askOf(q, typed)
	v, err := p.Office.Calculate(langOf(r), ask)
	status := http.StatusOK
	var bad office.BadFields
	if ask.Term == "" && q.Has("term") {
		err = office.BadFields{"term": web.T(r.Context(), "calculator.pick")}
	}
	if errors.As(err, &bad) {
		status = http.StatusUnprocessableEntity
	} else if err != nil {
		return err
	}
	page := calculatorForm(r, v, ask, bad)
	if status == http.StatusOK {
		web.Public(w, 60)
	}
	return show(w, r, status, web.T(r.Context(), "calculator.title"), calculatorPage(page))
}

// calculatorJSON serves GET /calculator.json?term=…&from=…: the answer of the calculator for programs, as yifa law explain
// --json prints it. What cannot be counted is a problem (RFC 9457) that names the parameter.
func (p *Portal) calculatorJSON(w http.ResponseWriter, r *http.Request) error {
	if err := door.ReadText(r); err != nil {
		return err
	}
	q := r.Form
	v, err := p.Office.Calculate(langOf(r), askOf(q, q.Get("from")))
	var bad office.BadFields
	switch {
	case errors.As(err, &bad):
	case err != nil:
		return err
	case v.Term == "":
		bad = office.BadFields{"term": web.T(r.Context(), "calculator.pick")}
	case q.Get("from") == "":
		bad = office.BadFields{"from": web.T(r.Context(), "calculator.from")}
	}
	if len(bad) > 0 || v.None != "" {
		return sendJSON(w, "application/problem+json", problem{Title: v.None, Status: http.StatusUnprocessableEntity, Errors: bad})
	}
	web.Public(w, 60)
	return sendJSON(w, "application/json", v.Derivation)
}

// problem says to a program why there is no answer (RFC 9457).
type problem struct {
	Title  string            `json:"title,omitempty"`
	Status int               `json:"status"`
	Errors map[string]string `json:"errors,omitempty"` // by parameter, in the reader's language
}

func sendJSON(w http.ResponseWriter, media string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", media)
	if p, failed := v.(problem); failed {
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(p.Status)
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

func askOf(q url.Values, from string) office.CalcAsk {
	return office.CalcAsk{Term: q.Get("term"), From: from, Served: q.Get("served"), Suspend: stretches(q), Extend: q.Get("extend"), Profile: q.Get("profile")}
}

// canonical is the query of an answer: what was given, nothing else.
func canonical(q url.Values, from string) url.Values {
	out := url.Values{"term": {q.Get("term")}}
	if at := strings.TrimSpace(q.Get("at")); at != "" && !strings.Contains(from, "T") {
		from += "T" + at
	}
	out.Set("from", from)
	for _, name := range []string{"served", "extend", "profile"} {
		if v := strings.TrimSpace(q.Get(name)); v != "" {
			out.Set(name, v)
		}
	}
	if s := stretches(q); s != "" {
		out.Set("suspend", s)
	}
	return out
}

var untilWord = regexp.MustCompile(`\s*(?:\.\.|至|到|to)\s*`)

// stretches are the days of suspension as an address says them, 2026-03-10..2026-03-20 with the ground chosen before them,
// from what a person wrote: 2026-03-10 至 2026-03-20.
func stretches(q url.Values) string {
	typed := strings.TrimSpace(untilWord.ReplaceAllString(q.Get("suspend"), ".."))
	if ground := q.Get("ground"); ground != "" && typed != "" && !strings.Contains(typed, ":") {
		return ground + ":" + typed
	}
	return typed
}

// suspension is the fields in which days of suspension are written; on which ground is asked only where there is a choice.
func suspension(r *http.Request, v office.CalcView, suspend string, bad office.BadFields) []web.Field {
	ctx := r.Context()
	ground, days, named := strings.Cut(suspend, ":")
	if !named || strings.ContainsAny(days, ":") {
		ground, days = "", suspend
	}
	shown := strings.TrimSpace(strings.ReplaceAll(days, "..", web.T(ctx, "calculator.to")))
	fields := []web.Field{{Kind: web.TextField, Name: "suspend", Label: web.T(ctx, "calculator.suspend"), Hint: web.T(ctx, "calculator.suspend_hint"), Value: shown, Error: bad["suspend"]}}
	if len(v.Grounds) > 1 {
		fields = append(fields, web.Field{Kind: web.Select, Name: "ground", Label: web.T(ctx, "calculator.ground"), Value: ground,
			Options: append([]web.Option{{Label: web.T(ctx, "calculator.pick")}}, options(v.Grounds, "")...)})
	}
	return fields
}

// calculatorForm lays the form out as it was filled.
func calculatorForm(r *http.Request, v office.CalcView, ask office.CalcAsk, bad office.BadFields) calculatorView {
	ctx := r.Context()
	day, at, _ := strings.Cut(ask.From, "T")
	page := calculatorView{CalcView: v, Ask: ask, Months: door.Months(ctx, v.Calendar, v.Days), Open: at+ask.Served+ask.Suspend+ask.Extend+ask.Profile != ""}
	page.Which = web.Field{Kind: web.Select, Name: "term", Label: web.T(ctx, "calculator.term"), Value: v.Term, Error: bad["term"], Options: []web.Option{{Label: web.T(ctx, "calculator.pick")}}}
	for _, f := range v.Families {
		page.Which.Options = append(page.Which.Options, options(f.Terms, f.Label)...)
	}
	page.From = web.Field{Kind: web.DateField, Name: "from", Label: web.T(ctx, "calculator.from"), Value: day, Error: bad["from"]}
	if v.Anchor != "" {
		page.From.Label = web.T(ctx, "calculator.from_event", "event", v.Anchor)
	}
	page.More = []web.Field{
		{Kind: web.TextField, Name: "at", Label: web.T(ctx, "calculator.at"), Hint: web.T(ctx, "calculator.at_hint"), Value: at, Error: bad["at"], Width: 4},
		{Kind: web.TextField, Name: "extend", Label: web.T(ctx, "calculator.extend"), Hint: web.T(ctx, "calculator.extend_hint"), Value: ask.Extend, Error: bad["extend"], Width: 10},
	}
	if v.Term == "" || v.Service || ask.Served != "" {
		page.More = slices.Insert(page.More, 1, web.Field{Kind: web.TextField, Name: "served", Label: web.T(ctx, "calculator.served"), Hint: web.T(ctx, "calculator.served_hint"), Value: ask.Served, Error: bad["served"], Width: 10})
	}
	page.More = append(page.More, suspension(r, v, ask.Suspend, bad)...)
	if len(v.Profiles) > 0 || bad["profile"] != "" {
		page.More = append(page.More, web.Field{Kind: web.Select, Name: "profile", Label: web.T(ctx, "calculator.profile"), Value: ask.Profile, Error: bad["profile"],
			Options: append([]web.Option{{Label: web.T(ctx, "calculator.profile_none")}}, options(v.Profiles, "")...)})
	}
	if v.Due.Day != 0 || v.Suspended {
		page.JSON = "/calculator.json?" + canonical(r.Form, ask.From).Encode()
	}
	page.Errors = namedErrors(langOf(r), append([]web.Field{page.Which, page.From}, page.More...))
	return page
}

// namedErrors says of each error which field it is about: several of them may read alike.
func namedErrors(lang i18n.Lang, fields []web.Field) []web.FieldError {
	for i, f := range fields {
		if f.Error != "" {
			fields[i].Error = i18n.Labelled(lang, f.Label, f.Error)
		}
	}
	return web.FieldErrors(fields)
}

// options are choices of a select, under a heading where there is one.
func options(list []office.OptionView, group string) []web.Option {
	var out []web.Option
	for _, o := range list {
		out = append(out, web.Option{Value: o.Value, Label: o.Label, Group: group})
	}
	return out
}
