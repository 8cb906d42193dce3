package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// existingShown is how many papers stand on a page of the table: a form of more is tiring to fill and slow to send.
const existingShown = 40

// The buttons of the table.
const (
	doField   = "do"
	doTake    = "take"
	doPage    = "page:"
	doDrop    = "drop:"
	doAll     = "all:"
	fileField = "file"
)

// existingRoutes are the addresses at which papers that were there before are taken into a matter.
func existingRoutes() []route {
	const matter = "/desk/matters/{id}/import"
	sample := func(rest string) string { return "/desk/matters/" + sampleMatter + "/import" + rest }
	up := matter + "/uploads/{upload}"
	return []route{
		{get(matter, sample("")), (*Desk).existing},
		{post(matter, sample("")), (*Desk).sortExisting},
		{post(matter+"/files", sample("/files")), (*Desk).addExisting},
		{post(matter+"/uploads", sample("/uploads")), (*Desk).beginExisting},
		{head(up, sample("/uploads/0")), (*Desk).goOnExisting},
		{patch(up, sample("/uploads/0")), (*Desk).goOnExisting},
		{remove(up, sample("/uploads/0")), (*Desk).goOnExisting},
		{post(up, sample("/uploads/0")), (*Desk).goOnExisting},
	}
}

// existingView is the page on which papers are sent and sorted.
type existingView struct {
	office.Existing
	Path, Back string
	File       web.Field
	Rows       []existingRow // of this page
	Errors     []web.FieldError
	Notes      []string
	Page       int
	Pages      int
	Sealed     int
}

// existingRow is one paper of the table.
type existingRow struct {
	office.ExistingRow
	Fields []web.Field
	Hints  []string
}

func importPathOf(id matter.ID) string { return matterPath(id) + "/import" }

// existing serves GET /desk/matters/{id}/import.
func (d *Desk) existing(v visit) error {
	page, _ := strconv.Atoi(v.URL.Query().Get("page")) // none: the first
	return d.showExisting(v, http.StatusOK, existingAsk{page: page})
}

// existingAsk is what is to be shown of the table.
type existingAsk struct {
	page  int
	check bool
	bad   []string // files that were not taken
	notes []string
}

func (d *Desk) showExisting(v visit, status int, ask existingAsk) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	made, err := d.Office.Existing(v.Context(), v.reader, id, ask.check)
	if err != nil {
		return missing(err)
	}
	out := existingView{Existing: made, Path: importPathOf(id), Back: matterPath(id), Notes: ask.notes}
	out.Pages = max(1, (len(made.Rows)+existingShown-1)/existingShown)
	out.Page = min(max(ask.page, 1), out.Pages)
	for _, one := range ask.bad {
		out.Errors = append(out.Errors, web.FieldError{Field: fileField, Text: one})
	}
	for i, row := range made.Rows {
		here := i/existingShown+1 == out.Page
		if here {
			out.Rows = append(out.Rows, v.existingRow(made, row))
		}
		for _, name := range office.SaidOfPaper {
			if row.Errors[name] == "" {
				continue
			}
			one := web.FieldError{Text: v.t("existing.wrong", "n", i+1, "name", row.Name, "label", v.t("existing.said."+name), "what", row.Errors[name])}
			if here {
				one.Field = saidName(name, row.ID)
			}
			out.Errors = append(out.Errors, one)
		}
	}
	out.File = v.existingFile(out)
	return v.show(page{status: status, title: v.t("existing.title"), nav: "/desk/matters", content: existingPage(out), scripts: []string{door.UploadScript}})
}

// existingFile is the field that takes files and folders.
func (v visit) existingFile(e existingView) web.Field {
	f := web.Field{Kind: web.FileField, Name: fileField, Label: v.t("existing.files"), Hint: v.t("existing.files_hint", "size", i18n.Size(door.MaxUploadBytes), "plain", i18n.Size(door.MaxFileBytes)), Multiple: true}
	f.Uploads = &web.Uploads{Path: e.Path + "/uploads", Page: e.Path, Folders: true, Reload: true}
	for _, u := range e.Coming {
		f.Uploads.Lines = append(f.Uploads.Lines, web.UploadLine{ID: u.ID, Name: u.Name, Print: u.Print, Size: u.Size, Arrived: u.Arrived, Whole: u.Whole})
	}
	return f
}

func saidName(name, id string) string { return "said." + name + "." + id }

// existingRow lays out the questions about one paper.
func (v visit) existingRow(e office.Existing, row office.ExistingRow) existingRow {
	out := existingRow{ExistingRow: row}
	for _, name := range office.SaidOfPaper {
		f := web.Field{Kind: web.TextField, Name: saidName(name, row.ID), Label: v.t("existing.said." + name), Value: row.Said[name], Error: row.Errors[name], Autocomplete: "off"}
		if hint := row.Hints[name]; hint != "" {
			f.Hint = hint
		}
		switch name {
		case office.SaidAct:
			f.Kind = web.Select
			for _, vol := range e.Volumes {
				f.Options = append(f.Options, web.Option{Value: vol.Act, Label: vol.Label})
			}
		case office.SaidSort:
			f.Kind, f.Options = web.Select, append([]web.Option{{Label: v.t("existing.choose")}}, optionsOf(e.Sorts)...)
		case office.SaidKind:
			f.Kind, f.Options = web.Select, append([]web.Option{{Label: v.t("existing.no_kind")}}, optionsOf(e.Kinds)...)
		case office.SaidDated:
			f.Type = "date"
		case office.SaidPages, office.SaidPlace:
			f.InputMode, f.Width = "numeric", 4
		}
		out.Fields = append(out.Fields, f)
	}
	if row.Ours {
		out.Hints = append(out.Hints, v.t("existing.ours"))
	}
	if row.Sealed {
		out.Hints = append(out.Hints, v.t("existing.sealed"))
	}
	if row.Why != "" {
		out.Hints = append(out.Hints, v.t("existing.why", "what", row.Why))
	}
	return out
}

func optionsOf(list []office.OptionView) []web.Option {
	var out []web.Option
	for _, o := range list {
		out = append(out, web.Option{Value: o.Value, Label: o.Label})
	}
	return out
}

// sortExisting serves POST /desk/matters/{id}/import: keeps the answers of a page, and does what its button says.
func (d *Desk) sortExisting(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	do := v.PostForm.Get(doField)
	all, _ := strings.CutPrefix(do, doAll)
	if all == do {
		all = ""
	}
	if err := d.Office.SortExisting(v.Context(), v.reader, id, saidIn(v.PostForm), all); err != nil {
		return missing(err)
	}
	at, _ := strconv.Atoi(v.PostForm.Get("at")) // none: the first
	switch {
	case do == doTake:
		return d.takeExisting(v, id, at)
	case strings.HasPrefix(do, doDrop):
		if err := d.Office.DropUpload(v.Context(), office.Sender{Reader: v.reader, Import: id}, do[len(doDrop):]); err != nil && !errors.Is(err, office.ErrNotFound) {
			return err
		}
	case strings.HasPrefix(do, doPage):
		at, _ = strconv.Atoi(do[len(doPage):]) // it leads to the first
	}
	return v.redirect(importPathOf(id) + "?page=" + strconv.Itoa(max(at, 1)) + "&saved=1")
}

func (d *Desk) takeExisting(v visit, id matter.ID, at int) error {
	order, err := d.Office.TakeExisting(v.Context(), v.reader, id)
	if errors.Is(err, office.ErrUnsorted) {
		return d.showExisting(v, http.StatusBadRequest, existingAsk{page: at, check: true})
	}
	if err != nil {
		return missing(err)
	}
	return v.redirect(orderPath + "/" + order)
}

// saidIn are the answers of a page of the table by file and name.
func saidIn(form url.Values) map[string]map[string]string {
	out := map[string]map[string]string{}
	for field := range form {
		name, id, _ := strings.Cut(strings.TrimPrefix(field, "said."), ".")
		if !strings.HasPrefix(field, "said.") || id == "" {
			continue
		}
		if out[id] == nil {
			out[id] = map[string]string{}
		}
		out[id][name] = door.Clean(form.Get(field))
	}
	return out
}

// addExisting serves POST /desk/matters/{id}/import/files: files that come with a form. What is refused of them is named,
// and the others are taken.
func (d *Desk) addExisting(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	bad, err := d.Office.AddExisting(v.Context(), v.reader, id, v.sent.Uploads[fileField])
	if err != nil {
		return missing(err)
	}
	if v.sent.TooLarge != "" {
		bad = append(bad, v.t("desk.files_too_large", "size", i18n.Size(door.MaxFileBytes)))
	}
	if len(bad) > 0 {
		return d.showExisting(v, http.StatusBadRequest, existingAsk{bad: bad})
	}
	return v.redirect(importPathOf(id))
}

// beginExisting serves POST /desk/matters/{id}/import/uploads: a paper is about to come piece by piece.
func (d *Desk) beginExisting(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	by := office.Sender{Reader: v.reader, Import: id}
	return door.BeginUpload(v.w, v.Request, d.Office, by, func(up string) string { return web.Href(v.lang(), importPathOf(id)+"/uploads/"+up) })
}

// goOnExisting serves HEAD, PATCH, DELETE and POST /desk/matters/{id}/import/uploads/{upload}.
func (d *Desk) goOnExisting(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	return door.GoOnUpload(v.w, v.Request, d.Office, office.Sender{Reader: v.reader, Import: id})
}
