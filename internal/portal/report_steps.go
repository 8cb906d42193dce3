package portal

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// step is one question of the report, with the fields of the form it asks for.
type step struct {
	name   string // in the address
	label  string // key of what stands above the bar
	title  string // key of the h1
	sees   web.SeenBy
	fields []string
	page   func(reportView) templ.Component
}

// steps are the questions in their order. A test holds them to the form of the law: each field is asked once.
// The supervision office a report goes to (`to`) is found by the office itself and never asked.
var steps = []step{
	{name: "what", label: "portal.step_what", title: "portal.what_title", sees: web.SeenByFiler, fields: []string{"problem"}, page: reportWhatPage},
	{name: "organ", label: "portal.step_organ", title: "portal.organ_title", sees: web.SeenByFiler, fields: []string{"organ", "officer_hint"}, page: reportOrganPage},
	{name: "when", label: "portal.step_when", title: "portal.when_title", sees: web.SeenByFiler, fields: []string{"happened_on", "happened_about", "division", "place"}, page: reportFieldsPage},
	{name: "story", label: "portal.step_story", title: "portal.story_title", sees: web.SeenByFiler, fields: []string{"account", "wish", "money", "how_often", "notice_shown", "seized", "asked_before", "not_given", "others", "skipped", "sign", "praised", "received_paper", "paper_day", "told_remedy"}, page: reportFieldsPage},
	{name: "files", label: "portal.step_files", title: "portal.files_title", sees: web.SeenByFiler, fields: []string{"files"}},
	{name: "who", label: "portal.step_who", title: "portal.who_title", sees: web.SeenByNone, fields: []string{"identity", "name", "phone", "email", "may_publish", "lang"}, page: reportWhoPage},
	{name: "check", label: "portal.step_check", title: "portal.check_title"},
}

func stepNamed(name string) (int, bool) {
	for i, s := range steps {
		if s.name == name {
			return i, true
		}
	}
	return 0, false
}

// reportView is what every page of the journey shows around its question.
type reportView struct {
	Draft   office.Draft
	Step    web.StepView
	Name    string // of the step
	Title   string
	Sees    web.SeenBy
	Fields  []web.Field
	Errors  []web.FieldError
	Back    string
	Action  string
	Save    string // where the script keeps what is being typed
	Days    int    // a draft stays on a device
	Keep    string // name under which the tab keeps it; empty: not on this page
	Check   bool   // came from the check page and goes back there
	NotKept int    // seconds after which what was typed can be kept; 0: it was
	Renewed bool   // the draft had run out; this is a new one with what was just typed
	Organs  organView
	Before  *office.Outcome // it goes on from
}

func draftPath(id, name string) string { return "/report/d/" + id + "/" + name }

// draft opens the draft of the address. A filed one is answered with its receipt: done is true then.
func (p *Portal) draft(w http.ResponseWriter, r *http.Request) (d office.Draft, done bool, err error) {
	d, err = p.Office.Draft(r.Context(), r.PathValue("draft"))
	if errors.Is(err, office.ErrNotFound) {
		return d, false, web.Gone
	}
	if err != nil || d.Filed == nil {
		return d, false, err
	}
	return d, true, redirect(w, r, draftPath(d.ID, "receipt"))
}

// reportStep serves GET /report/d/{draft}/{step}.
func (p *Portal) reportStep(w http.ResponseWriter, r *http.Request) error {
	at, known := stepNamed(r.PathValue("step"))
	if !known {
		return web.NotFound
	}
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	all, err := p.Office.ReportFields(r.Context(), d, i18n.From(r.Context()), false)
	if err != nil {
		return err
	}
	return p.showStep(w, r, http.StatusOK, p.view(r, at, d, all))
}

// view lays out step number at of a draft.
func (p *Portal) view(r *http.Request, at int, d office.Draft, all map[string]office.FieldView) reportView {
	ctx, s := r.Context(), steps[at]
	v := reportView{
		Draft: d, Name: s.name, Title: web.T(ctx, s.title), Sees: s.sees,
		Step:   web.StepView{Journey: web.T(ctx, "portal.nav_report"), Name: web.T(ctx, s.label), N: at + 1, Of: len(steps)},
		Fields: askEach(ctx, asked(all, s)),
		Action: draftPath(d.ID, s.name), Save: draftPath(d.ID, s.name) + "/save",
		Days: p.Office.DraftDays(), Back: "/report", Check: r.FormValue("from") == "check",
	}
	if at > 0 {
		v.Back = draftPath(d.ID, steps[at-1].name)
	}
	if v.Check {
		v.Back = draftPath(d.ID, "check")
	}
	if s.sees != web.SeenByNone { // a name is not left behind in the browser
		v.Keep = "report-" + s.name
	}
	v.Errors = door.Errors(ctx, asked(all, s))
	return v
}

// asked are the fields of a step that earlier answers ask for. Those that hang on an answer of the step itself are there
// from the first, since a page without script does not change.
func asked(all map[string]office.FieldView, s step) []office.FieldView {
	list := named(all, s.fields)
	if s.name == "who" {
		return list
	}
	return slices.DeleteFunc(list, func(f office.FieldView) bool { return !f.Asked })
}

func (p *Portal) showStep(w http.ResponseWriter, r *http.Request, status int, v reportView) error {
	at, _ := stepNamed(v.Name)
	var err error
	switch v.Name {
	case "organ":
		v.Organs, err = p.organs(r, v)
	case "what":
		v.Before, err = p.before(r, v.Draft)
	}
	if err != nil {
		return err
	}
	return render(w, r, toShow{status, v.Title, steps[at].page(v), []string{deviceScript}, nil})
}

// saveStep serves POST /report/d/{draft}/{step}: what was typed is kept first and judged afterwards.
func (p *Portal) saveStep(w http.ResponseWriter, r *http.Request) error {
	at, known := stepNamed(r.PathValue("step"))
	if !known || steps[at].page == nil {
		return web.NotFound
	}
	d, renewed, err := p.keepStep(r, at)
	var many *web.Problem
	if errors.As(err, &many) && many.Status == http.StatusTooManyRequests {
		return p.notKept(w, r, at, many)
	}
	if err != nil {
		return err
	}
	if d.Filed != nil {
		return redirect(w, r, draftPath(d.ID, "receipt"))
	}
	all, err := p.Office.ReportFields(r.Context(), d, i18n.From(r.Context()), true)
	if err != nil {
		return err
	}
	v := p.view(r, at, d, all)
	switch {
	case renewed:
		v.Renewed, v.Errors = true, nil
		r.URL.Path = v.Action // where the language switch leads
		return p.showStep(w, r, http.StatusGone, v)
	case len(v.Errors) > 0:
		return p.showStep(w, r, http.StatusUnprocessableEntity, v)
	}
	return redirect(w, r, next(d, at, v.Check))
}

// next is the page after a step.
func next(d office.Draft, at int, check bool) string {
	switch {
	case steps[at].name == "what" && len(stops(d)) > 0:
		return withCheck(draftPath(d.ID, "advice"), check)
	case check:
		return draftPath(d.ID, "check")
	}
	return draftPath(d.ID, steps[at+1].name)
}

// autosave serves POST /report/d/{draft}/{step}/save, which the script calls while somebody writes.
func (p *Portal) autosave(w http.ResponseWriter, r *http.Request) error {
	at, known := stepNamed(r.PathValue("step"))
	if !known || steps[at].page == nil {
		return web.NotFound
	}
	if err := door.ReadText(r); err != nil {
		return err
	}
	if err := p.guards.save(r, r.PathValue("draft")); err != nil {
		return err
	}
	_, err := p.Office.SaveDraft(r.Context(), r.PathValue("draft"), p.stepValues(r, at))
	if errors.Is(err, office.ErrNotFound) {
		return web.Gone
	}
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// keepStep saves what was typed. Where the draft has run out meanwhile, a new one takes it: nothing typed is lost.
func (p *Portal) keepStep(r *http.Request, at int) (d office.Draft, renewed bool, err error) {
	if err := door.ReadText(r); err != nil {
		return d, false, err
	}
	ctx, values := r.Context(), p.stepValues(r, at)
	if err := p.guards.save(r, r.PathValue("draft")); err != nil {
		return d, false, err
	}
	d, err = p.Office.Draft(ctx, r.PathValue("draft"))
	if err == nil && d.Filed != nil {
		return d, false, nil
	}
	if errors.Is(err, office.ErrNotFound) {
		if err := p.guards.renew(r); err != nil {
			return d, false, err
		}
		if d, err = p.newDraft(r); err != nil {
			return d, false, err
		}
		renewed = true
	}
	if err != nil {
		return d, false, err
	}
	d, err = p.Office.SaveDraft(ctx, d.ID, values)
	return d, renewed, err
}

// notKept shows a step with what was typed in it where it cannot be kept just now: nothing typed is lost.
func (p *Portal) notKept(w http.ResponseWriter, r *http.Request, at int, many *web.Problem) error {
	d := office.Draft{ID: r.PathValue("draft"), Fields: p.stepValues(r, at)}
	all, err := p.Office.ReportFields(r.Context(), d, i18n.From(r.Context()), false)
	if err != nil {
		return err
	}
	v := p.view(r, at, d, all)
	v.NotKept = many.Retry
	w.Header().Set("Retry-After", strconv.Itoa(many.Retry))
	r.URL.Path = v.Action
	return p.showStep(w, r, http.StatusTooManyRequests, v)
}

// newDraft begins a report in the language of the page.
func (p *Portal) newDraft(r *http.Request) (office.Draft, error) {
	ctx := r.Context()
	d, err := p.Office.NewDraft(ctx)
	if err != nil {
		return d, err
	}
	return p.Office.SaveDraft(ctx, d.ID, map[string][]string{"lang": {string(i18n.From(ctx))}})
}

// stepValues reads the fields of one step from the form.
func (p *Portal) stepValues(r *http.Request, at int) map[string][]string {
	var fields []office.FieldView
	for _, name := range steps[at].fields {
		fields = append(fields, office.FieldView{Name: name, Type: typeOf[name]})
	}
	values := door.Typed(r, fields)
	if steps[at].name == "what" && r.PostForm.Get(apart) != "" {
		values[continues] = []string{}
	}
	if steps[at].name == "who" && r.PostForm.Get("identity") == "anonymous" {
		for _, name := range ofName { // changed one's mind: a name is not kept beside "anonymous"
			values[name] = []string{}
		}
	}
	return values
}

// ofName are the fields only of a person who gives a name.
var ofName = []string{"name", "phone", "email"}

// typeOf says which fields of the report are more than one line of text.
var typeOf = map[string]string{"problem": "choices", "not_given": "choices", "skipped": "choices", "happened_on": "date", "paper_day": "date", "files": "files"}

// chosen tells whether a draft holds a value of a field.
func chosen(d office.Draft, field, value string) bool {
	for _, v := range d.Fields[field] {
		if v == value {
			return true
		}
	}
	return false
}
