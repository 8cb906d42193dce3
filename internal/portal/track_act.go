package portal

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// formView is the generic page "do an act", laid out.
type formView struct {
	Act     office.ActView
	Rev     int
	Key     string
	Fields  []web.Field
	Files   bool // takes files
	Typed   bool // holds something a person typed
	Errors  []web.FieldError
	Refusal *web.Refusal
	Between []web.TimelineItem // what came between, after a conflict
}

func formOf(ctx context.Context, f office.FormView) formView {
	v := formView{Act: f.Act, Rev: f.Rev, Key: f.Key, Refusal: door.Refusal(f.Refusal), Between: door.Timeline(f.Between, "")}
	for _, field := range f.Fields {
		q := ask(ctx, field)
		v.Files = v.Files || q.Kind == web.FileField
		v.Typed = v.Typed || len(field.Value) > 0
		v.Fields = append(v.Fields, q)
	}
	v.Errors = door.Errors(ctx, f.Fields)
	return v
}

// trackAct serves GET /track/acts/{act}.
func (p *Portal) trackAct(w http.ResponseWriter, r *http.Request) error {
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if !found {
		p.forgetCode(w)
		return redirect(w, r, "/track?said=ended")
	}
	form, err := p.Office.Form(r.Context(), reader, reader.Filer, r.PathValue("act"), nil)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	status := http.StatusOK
	if form.Refusal != nil {
		status = http.StatusUnprocessableEntity
	}
	return p.showAct(w, r, reader, status, formOf(r.Context(), form))
}

func (p *Portal) showAct(w http.ResponseWriter, r *http.Request, reader office.Reader, status int, v formView) error {
	web.Secret(w)
	by := office.Sender{Reader: reader, Page: r.URL.Path}
	if err := door.Uploads(r.Context(), p.Office, by, trackUploads, pointers(v.Fields)); err != nil {
		return err
	}
	return render(w, r, toShow{status, v.Act.Label, trackActPage(v), []string{door.UploadScript}, nil})
}

// performAct serves POST /track/acts/{act}.
func (p *Portal) performAct(w http.ResponseWriter, r *http.Request) error {
	s, release, err := p.readSent(w, r)
	if err != nil {
		return err
	}
	defer release()
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if found {
		return p.perform(w, r, reader, s)
	}
	// sent twice: the first one ended the code, and its answer may have been lost
	if code, err := p.Office.CodeAfter(r.Context(), p.heldCode(r), r.PostForm.Get("key")); err == nil {
		return p.showNewCode(w, r, code)
	} else if !errors.Is(err, office.ErrNotFound) {
		return err
	}
	return p.resume(w, r, s)
}

// showNewCode shows the code that stands from now on in the place of the one an act ended. It is shown here alone.
func (p *Portal) showNewCode(w http.ResponseWriter, r *http.Request, code string) error {
	ctx := r.Context()
	qr, err := web.NewQR(p.origin(r) + web.Href(langOf(r), "/track") + "#" + code)
	if err != nil {
		return err
	}
	p.keepCode(w, code)
	web.Secret(w)
	return show(w, r, http.StatusOK, web.T(ctx, "code.new"), newCodePage(web.Receipt{Title: web.T(ctx, "code.slip"), Code: code, QR: qr}))
}

func (p *Portal) perform(w http.ResponseWriter, r *http.Request, reader office.Reader, s door.Sent) error {
	ctx, act := r.Context(), r.PathValue("act")
	form, err := p.Office.Form(ctx, reader, reader.Filer, act, nil)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	typed := door.Typed(r, form.Fields)
	if s.TooLarge != "" {
		text := web.T(ctx, "portal.files_too_large", "size", i18n.Size(door.MaxFileBytes), "n", maxFiles)
		return p.again(w, r, reader, attempt{typed, s, office.BadFields{s.TooLarge: text}})
	}
	rev, err := strconv.Atoi(r.PostForm.Get("rev"))
	if err != nil {
		rev = form.Rev
	}
	done, err := p.Office.Perform(ctx, reader, office.Act{Matter: reader.Filer, Act: act, Rev: rev, Fields: typed, Uploads: s.Uploads, Arrived: door.Arrived(r), Key: r.PostForm.Get("key")})
	if err == nil && done.Code != "" {
		return p.showNewCode(w, r, done.Code)
	}
	if err == nil {
		return redirect(w, r, "/track/matter?done="+act+"#top")
	}
	return p.again(w, r, reader, attempt{typed, s, err})
}

// attempt is what was sent and why it was not taken.
type attempt struct {
	typed map[string][]string
	sent  door.Sent
	cause error
}

// again shows the form once more with what was typed and why it was not taken.
func (p *Portal) again(w http.ResponseWriter, r *http.Request, reader office.Reader, a attempt) error {
	var bad office.BadFields
	var refused *office.Refused
	var conflict *office.Conflict
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(a.cause, &bad), errors.As(a.cause, &refused), errors.Is(a.cause, office.ErrKeyReused):
	case errors.As(a.cause, &conflict), errors.Is(a.cause, matter.ErrConflict):
		status = http.StatusConflict
	default:
		return a.cause
	}
	form, err := p.Office.Form(r.Context(), reader, reader.Filer, r.PathValue("act"), a.typed)
	if err != nil {
		return err
	}
	form = form.BadForm(bad)
	if refused != nil {
		form.Refusal = &refused.View
	}
	if conflict != nil {
		form.Between = conflict.Between
	}
	v := formOf(r.Context(), form)
	if len(a.sent.Uploads) > 0 {
		v.Errors = append(v.Errors, web.FieldError{Text: web.T(r.Context(), "portal.files_again")})
	}
	return p.showAct(w, r, reader, status, v)
}

// readSent reads a form with or without files; files take one of the places for files on their way in, until release.
func (p *Portal) readSent(w http.ResponseWriter, r *http.Request) (s door.Sent, release func(), err error) {
	release = func() {}
	if door.WithFiles(r) {
		if release, err = p.guards.upload(r); err != nil {
			return s, nil, err
		}
	}
	if s, err = door.ReadSent(w, r, true); err != nil {
		release()
		return s, nil, err
	}
	return s, release, nil
}
