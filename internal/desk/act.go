package desk

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/internal/web"
)

// happenedField is the day an act happened, where that is not today.
const happenedField = "happened"

// formView is the generic page "do an act", laid out.
type formView struct {
	Act      office.ActView
	Brief    office.Brief
	Action   string // where the form goes
	Back     string
	Trail    []web.Crumb // of an act in no matter of its own: the pages between the first and this one
	Rev      int
	Key      string
	Fields   []question
	Files    bool // takes files
	Late     *lateView
	Errors   []web.FieldError
	Refusal  *web.Refusal
	Between  []web.TimelineItem // what came between, after a conflict
	Conflict bool
	Own      bool // everything that came between was done by the reader
	Sent     bool // comes back with what was typed: it stays, and can be sent again
	Cites    []web.Cite
	Words    bool // offers wordings
	Asks     bool // what it moves can be asked before it is done
	Forecast *forecastView
	Proof    *proofView   // the act asks who does it
	Preview  *previewView // the paper it fills
}

// lateView asks for the day an act happened on and how that day is proved, for what is entered later.
type lateView struct {
	Open       bool
	Only       bool // the act cannot be done today
	Day, Proof web.Field
}

func formOf(ctx context.Context, f office.FormView) formView {
	v := formView{Act: f.Act, Brief: f.Matter, Rev: f.Rev, Key: f.Key, Refusal: door.Refusal(f.Refusal), Between: timelineOf(ctx, f.Between)}
	for _, field := range f.Fields {
		q := ask(ctx, field, f.Fields)
		v.Asks = v.Asks || field.Type == fieldHolidays
		v.Words = v.Words || len(q.Wordings) > 0
		v.Files = v.Files || q.Kind == web.FileField
		v.Fields = append(v.Fields, q)
	}
	v.Errors, v.Cites = door.Errors(ctx, f.Fields), door.Cites(f.Act.Cites)
	if f.Late {
		v.Late = &lateView{Open: f.LateOnly, Only: f.LateOnly,
			Day:   web.Field{Kind: web.DateField, Name: happenedField, Label: web.T(ctx, "desk.happened"), Hint: web.T(ctx, "desk.happened_hint")},
			Proof: web.Field{Kind: web.AreaField, Name: procedure.LateProof, Label: web.T(ctx, "desk.late_proof"), Hint: web.T(ctx, "desk.late_proof_hint"), Rows: 2, Sees: web.SeenByStaff},
		}
	}
	return v
}

// act serves GET /desk/matters/{id}/acts/{act}.
func (d *Desk) act(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	form, err := d.Office.Form(v.Context(), v.reader, id, v.PathValue("act"), nil)
	if err != nil {
		return missing(err)
	}
	if form.Act.Imports && form.Refusal == nil {
		return v.redirect(importPathOf(id))
	}
	takeOver(v, form) // a link may say what an answer is to be, such as of which kind a paper
	if err := d.markedWords(v, id, form); err != nil {
		return err
	}
	status := http.StatusOK
	if form.Refusal != nil {
		status = http.StatusUnprocessableEntity
	}
	out := formOf(v.Context(), form)
	if form.Notice != nil {
		f, err := d.Office.Forecast(v.Context(), v.reader, form.Notice.Year, form.Notice.Rest, 0)
		if err != nil {
			return missing(err)
		}
		what := forecastOf(f)
		out.Forecast = &what
	}
	if err := errors.Join(d.preview(v, form, &out), d.covers(v, id, form, &out)); err != nil {
		return err
	}
	return d.showForm(v, status, form, out)
}

// showForm shows the form of an act for the first time.
func (d *Desk) showForm(v visit, status int, form office.FormView, out formView) error {
	if form.Prove && form.Refusal == nil {
		if err := d.askProof(v, &out); err != nil {
			return err
		}
	}
	return d.showAct(v, status, out)
}

func (d *Desk) showAct(v visit, status int, f formView) error {
	f.Action, f.Back = v.URL.Path, "/desk"
	nav := v.URL.Path // of a matter not opened yet
	if f.Brief.ID != 0 {
		f.Back, nav = matterPath(f.Brief.ID), "/desk/matters"
	}
	if err := d.uploads(v, &f); err != nil {
		return err
	}
	return v.show(page{status: status, title: f.Act.Label, nav: nav, content: actPage(f), scripts: scriptsOf(f)})
}

// scriptsOf are the scripts of the form of an act.
func scriptsOf(f formView) []string {
	var out []string
	if f.Files {
		out = append(out, door.UploadScript)
	}
	if slices.ContainsFunc(f.Fields, func(q question) bool { return q.Cover != nil }) {
		out = append(out, coverScript)
	}
	return out
}

// attempt is an act as it was sent.
type attempt struct {
	form  office.FormView // what is asked for now
	again func(typed map[string][]string) (office.FormView, error)
	act   office.Act
}

// perform serves POST /desk/matters/{id}/acts/{act}.
func (d *Desk) perform(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	name := v.PathValue("act")
	again := func(typed map[string][]string) (office.FormView, error) {
		return d.Office.Form(v.Context(), v.reader, id, name, typed)
	}
	form, err := d.Office.Asked(v.Context(), v.reader, id, name)
	if err != nil {
		return missing(err)
	}
	rev, err := strconv.Atoi(v.PostForm.Get("rev"))
	if err != nil || rev < 1 {
		rev = form.Rev
	}
	a := attempt{form: form, again: again, act: office.Act{Matter: id, Act: name, Rev: rev}}
	if asksForecast(v) {
		return d.showForecast(v, a)
	}
	if asksWording(v) {
		return d.showWording(v, a)
	}
	if asksPreview(v) {
		a.form.Matter.ID = id
		return d.showPreview(v, a)
	}
	done, err := d.try(v, &a)
	if err != nil {
		return d.again(v, a, err)
	}
	if done.Code != "" {
		return d.showHandOut(v, done, form.Act.Label)
	}
	if done.Go != 0 {
		return v.redirect(matterPath(done.Go) + "?done=" + name)
	}
	where := matterPath(done.Matter) + "?done=" + name
	if name == actMessage || name == actNote {
		where += "#" + map[string]string{actMessage: "dialogue", actNote: "notes"}[name]
	}
	return v.redirect(where)
}

// try reads what was typed into the act and performs it.
func (d *Desk) try(v visit, a *attempt) (office.Done, error) {
	a.act.Fields, a.act.Uploads, a.act.Key = door.Typed(v.Request, a.form.Fields), v.sent.Uploads, v.PostForm.Get("key")
	a.act.Arrived = door.Arrived(v.Request)
	if proof := door.Clean(v.PostForm.Get(procedure.LateProof)); proof != "" {
		a.act.Fields[procedure.LateProof] = []string{proof}
	}
	switch {
	case v.unsure != "":
		return office.Done{}, office.ErrProve
	case v.PostForm.Get(lostField) != "" && len(v.sent.Uploads) == 0:
		return office.Done{}, errFilesLost
	}
	day, _, err := web.ReadDate(v.Request, happenedField)
	if err != nil {
		return office.Done{}, office.BadFields{happenedField: v.t("desk.happened_wrong")}
	}
	if !day.IsZero() && day != d.Office.Today() {
		a.act.Happened = calendar.DayOnly(day)
	}
	if v.sent.TooLarge != "" {
		return office.Done{}, office.BadFields{v.sent.TooLarge: v.t("desk.files_too_large", "size", i18n.Size(door.MaxFileBytes))}
	}
	return d.Office.Perform(v.Context(), v.reader, a.act)
}

// again shows the form once more with everything typed and why it was not taken: 400 for what is to be mended, 401 where
// whoever sent it has to show who he is, 422 where the law says no, 409 where somebody was faster.
func (d *Desk) again(v visit, a attempt, cause error) error {
	var bad office.BadFields
	var refused *office.Refused
	var conflict *office.Conflict
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(cause, &bad):
		status = http.StatusBadRequest
	case errors.Is(cause, office.ErrProve):
		status = http.StatusUnauthorized
	case errors.As(cause, &refused), errors.Is(cause, office.ErrKeyReused), errors.Is(cause, errFilesLost):
	case errors.As(cause, &conflict), errors.Is(cause, matter.ErrConflict):
		status = http.StatusConflict
	default:
		return missing(cause)
	}
	form, err := a.again(a.act.Fields)
	if err != nil {
		return missing(err)
	}
	form = form.BadForm(bad)
	if refused != nil {
		form.Refusal = &refused.View
	}
	if conflict != nil {
		form.Between = conflict.Between
	}
	form.Late = true
	f := formOf(v.Context(), form)
	f.Conflict, f.Sent = status == http.StatusConflict, true
	f.Own = conflict != nil && conflict.Own
	v.lateAgain(&f, bad)
	if errors.Is(cause, office.ErrKeyReused) {
		f.Errors = append(f.Errors, web.FieldError{Text: v.t("desk.key_reused")})
	}
	if status == http.StatusUnauthorized || form.Prove {
		if err := d.askProof(v, &f); err != nil {
			return err
		}
	}
	if status == http.StatusUnauthorized {
		v.asked(&f)
	}
	if err := errors.Join(d.preview(v, form, &f), d.covers(v, a.act.Matter, form, &f)); err != nil {
		return err
	}
	if len(v.sent.Uploads) > 0 || errors.Is(cause, errFilesLost) {
		f.Errors = append(f.Errors, web.FieldError{Text: v.t("desk.files_again")})
	}
	return d.showAct(v, status, f)
}

// lateAgain gives the two fields of a late entry back as they were typed.
func (v visit) lateAgain(f *formView, bad office.BadFields) {
	_, day, _ := web.ReadDate(v.Request, happenedField)
	l := f.Late
	l.Day.Value, l.Proof.Value = day, door.Clean(v.PostForm.Get(procedure.LateProof))
	l.Day.Error = bad[happenedField]
	if bad[procedure.LateProof] != "" {
		l.Proof.Error = v.t("desk.late_proof_wrong")
	}
	l.Open = l.Only || l.Day.Value != "" || l.Proof.Value != "" || l.Day.Error != "" || l.Proof.Error != ""
	f.Errors = append(f.Errors, web.FieldErrors([]web.Field{l.Day, l.Proof})...)
}
