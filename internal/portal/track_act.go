package portal

import (
	"context"
	"errors"
	"net/http"
	"strconv"

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
	Errors  []web.FieldError
	Refusal *web.Refusal
	Between []web.TimelineItem // what came between, after a conflict
}

func formOf(ctx context.Context, f office.FormView) formView {
	v := formView{Act: f.Act, Rev: f.Rev, Key: f.Key, Refusal: refusalOf(f.Refusal), Between: timelineOf(f.Between, "")}
	for _, field := range f.Fields {
		q := ask(ctx, field)
		v.Files = v.Files || q.Kind == web.FileField
		v.Fields = append(v.Fields, q)
	}
	v.Errors = web.FieldErrors(v.Fields)
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
	return p.showAct(w, r, status, formOf(r.Context(), form))
}

func (p *Portal) showAct(w http.ResponseWriter, r *http.Request, status int, v formView) error {
	web.Secret(w)
	return show(w, r, status, v.Act.Label, trackActPage(v))
}

// performAct serves POST /track/acts/{act}.
func (p *Portal) performAct(w http.ResponseWriter, r *http.Request) error {
	done, err := p.readForm(w, r)
	if err != nil {
		return err
	}
	defer done()
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if !found {
		return p.resume(w, r)
	}
	return p.perform(w, r, reader)
}

func (p *Portal) perform(w http.ResponseWriter, r *http.Request, reader office.Reader) error {
	ctx, act := r.Context(), r.PathValue("act")
	form, err := p.Office.Form(ctx, reader, reader.Filer, act, nil)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	values := typed(r, kindsOf(form.Fields))
	uploads, closeAll, err := uploadsOf(r)
	if err != nil {
		return err
	}
	defer closeAll()
	rev, err := strconv.Atoi(r.PostForm.Get("rev"))
	if err != nil {
		rev = form.Rev
	}
	_, err = p.Office.Perform(ctx, reader, office.Act{Matter: reader.Filer, Act: act, Rev: rev, Fields: values, Uploads: uploads, Key: r.PostForm.Get("key")})
	if err == nil {
		return redirect(w, r, "/track/matter?done="+act+"#top")
	}
	return p.again(w, r, reader, values, err)
}

// again shows the form once more with what was typed and why it was not taken.
func (p *Portal) again(w http.ResponseWriter, r *http.Request, reader office.Reader, values map[string][]string, cause error) error {
	var bad office.BadFields
	var refused *office.Refused
	var conflict *office.Conflict
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(cause, &bad), errors.As(cause, &refused), errors.Is(cause, office.ErrKeyReused):
	case errors.As(cause, &conflict), errors.Is(cause, matter.ErrConflict):
		status = http.StatusConflict
	default:
		return cause
	}
	form, err := p.Office.Form(r.Context(), reader, reader.Filer, r.PathValue("act"), values)
	if err != nil {
		return err
	}
	for i, f := range form.Fields {
		if text, ok := bad[f.Name]; ok {
			form.Fields[i].Error = text
		} else {
			form.Fields[i].Error = "" // only what the attempt itself was told
		}
	}
	if refused != nil {
		form.Refusal = &refused.View
	}
	if conflict != nil {
		form.Between = conflict.Between
	}
	v := formOf(r.Context(), form)
	if broughtFiles(r) {
		v.Errors = append(v.Errors, web.FieldError{Text: web.T(r.Context(), "portal.files_again")})
	}
	return p.showAct(w, r, status, v)
}

// broughtFiles tells whether the request had files: browsers never give them back to a form.
func broughtFiles(r *http.Request) bool {
	return r.MultipartForm != nil && len(r.MultipartForm.File) > 0
}

func kindsOf(fields []office.FieldView) map[string]string {
	kinds := make(map[string]string, len(fields))
	for _, f := range fields {
		kinds[f.Name] = f.Type
	}
	return kinds
}

// readForm reads a form with or without files. Files stay in memory, never in a temporary file: they are not yet sealed.
func (p *Portal) readForm(w http.ResponseWriter, r *http.Request) (done func(), err error) {
	if !isMultipart(r) {
		if err := r.ParseForm(); err != nil {
			return nil, formFault(err)
		}
		return func() {}, nil
	}
	release, err := p.guards.upload(r)
	if err != nil {
		return nil, err
	}
	web.AllowBody(w, r, maxActBytes)
	if err := r.ParseMultipartForm(maxActBytes); err != nil {
		release()
		return nil, formFault(err)
	}
	return func() { _ = r.MultipartForm.RemoveAll(); release() }, nil
}

// maxActBytes bounds one act with its files; the office judges each file by itself.
const maxActBytes = 3*maxFileBytes + 1<<20

func formFault(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return web.BadInput("", "")
}

// uploadsOf opens the files of the form by field.
func uploadsOf(r *http.Request) (map[string][]office.Upload, func(), error) {
	uploads := map[string][]office.Upload{}
	var closers []func() error
	closeAll := func() {
		for _, c := range closers {
			_ = c() // memory: nothing can be lost by closing
		}
	}
	if r.MultipartForm == nil {
		return uploads, closeAll, nil
	}
	for field, list := range r.MultipartForm.File {
		for _, f := range list {
			if f.Size == 0 && f.Filename == "" {
				continue
			}
			body, err := f.Open()
			if err != nil {
				closeAll()
				return nil, func() {}, err
			}
			closers = append(closers, body.Close)
			uploads[field] = append(uploads[field], office.Upload{Name: f.Filename, Body: body})
		}
	}
	return uploads, closeAll, nil
}
