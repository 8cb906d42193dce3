package desk

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"yifa/internal/document"
	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// Buttons of a form that asks what a paper is filled with: one shows the paper, one takes its text out to be rewritten.
const (
	askPreview = "preview"
	askCompose = "compose"
)

// paperRoutes are the addresses of papers while they are made.
func paperRoutes() []route {
	const matter = "/desk/matters/{id}"
	sample := func(rest string) string { return "/desk/matters/" + sampleMatter + rest }
	return []route{
		{get(matter+"/documents/{seq}/docx", sample("/documents/1/docx")), (*Desk).documentDOCX},
		{get(matter+"/draft", sample("/draft")), (*Desk).paperDraft},
		{get(matter+"/copies", sample("/copies")), (*Desk).paperCopies},
		{post(matter+"/copies", sample("/copies")), (*Desk).copyPaper},
		{get(matter+"/draft/changes", sample("/draft/changes")), (*Desk).draftChanges},
		{get(matter+"/draft/{format}", sample("/draft/pdf")), (*Desk).draftFile},
	}
}

// previewView is a paper beside the form that fills it.
type previewView struct {
	Paper   web.Paper
	Lacks   []lackView
	Back    []office.PaperComment
	Free    bool // its text can be rewritten
	Missing string
}

// lackView is what a paper cannot be issued without.
type lackView struct {
	Text string
	Cite *web.Cite
}

// draftView is the page of a paper while it is made.
type draftView struct {
	previewView
	office.PaperDraft
	Path string
}

// changesView compares two versions of a paper.
type changesView struct {
	office.PaperChanges
	Path  string
	Lines []redline
}

// redline is a paragraph of a comparison.
type redline []document.Stretch

// changed says whether something in the paragraph came in or went out.
func (r redline) changed() bool {
	for _, s := range r {
		if s.Change != document.Same {
			return true
		}
	}
	return false
}

func previewOf(ctx context.Context, d office.PaperDraft) previewView {
	out := previewView{Paper: web.Paper{Paper: d.Paper, Within: true}, Back: d.Comments}
	if d.Missing != "" {
		out.Missing = d.Missing + " " + d.MissingCode
	}
	for _, x := range d.Lacks {
		lack := lackView{Text: x.Label}
		switch {
		case x.Given:
			lack.Text = web.T(ctx, "paper.lack_given", "label", x.Label)
		case x.Said:
			lack.Text = web.T(ctx, "paper.lack_said", "label", x.Label)
		}
		if x.Cite != nil {
			cite := door.Cite(*x.Cite)
			lack.Cite = &cite
		}
		out.Lacks = append(out.Lacks, lack)
	}
	return out
}

// asksPaper says whether a form asks what a paper is filled with, and whether that paper's text can be rewritten.
func asksPaper(fields []office.FieldView) (asks, free bool) {
	for _, f := range fields {
		asks = asks || f.Filled
		free = free || f.Filled && strings.HasSuffix(f.Name, "."+document.BodyField)
	}
	return asks, free
}

// preview puts a paper beside the form that fills it, as it would be with the answers in the form.
func (d *Desk) preview(v visit, form office.FormView, f *formView) error {
	asks, free := asksPaper(form.Fields)
	if !asks || form.Refusal != nil && !f.Sent {
		return nil
	}
	typed := map[string][]string{}
	for _, field := range form.Fields {
		typed[field.Name] = field.Value
	}
	draft, err := d.Office.PreviewPaper(v.Context(), v.reader, form.Matter.ID, typed)
	if err != nil {
		return missing(err)
	}
	out := previewOf(v.Context(), draft)
	out.Free = free
	if whole, err := d.Office.PaperDraft(v.Context(), v.reader, form.Matter.ID); err == nil {
		out.Back = whole.Comments
	}
	f.Preview = &out
	return nil
}

// asksPreview tells whether a form that was sent asks what the paper would be, and is not to be done.
func asksPreview(v visit) bool {
	return v.PostForm.Get(askPreview) != "" || v.PostForm.Get(askCompose) != ""
}

// showPreview shows a form again with the paper it would fill; asked to, with the paper's text to be rewritten.
func (d *Desk) showPreview(v visit, a attempt) error {
	a.act.Fields = door.Typed(v.Request, a.form.Fields)
	if v.PostForm.Get(askCompose) != "" {
		answer, text, err := d.Office.ComposePaper(v.Context(), v.reader, a.form.Matter.ID, a.act.Fields)
		if err != nil {
			return missing(err)
		}
		if answer != "" {
			a.act.Fields[answer] = []string{text}
		}
	}
	form, err := a.again(a.act.Fields)
	if err != nil {
		return missing(err)
	}
	f := formOf(v.Context(), form)
	f.Sent = true
	if f.Late != nil {
		v.lateAgain(&f, nil)
	}
	if err := d.preview(v, form, &f); err != nil {
		return err
	}
	return d.showAct(v, http.StatusOK, f)
}

// paperDraft serves GET /desk/matters/{id}/draft: a paper as it stands, what it lacks, and its versions.
func (d *Desk) paperDraft(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	draft, err := d.Office.PaperDraft(v.Context(), v.reader, id)
	if err != nil {
		return missing(err)
	}
	out := draftView{previewOf(v.Context(), draft), draft, matterPath(id)}
	return v.show(page{title: v.t("paper.draft_title", "title", draft.Paper.Title), nav: "/desk/matters", content: draftPage(out)})
}

// draftFile serves GET /desk/matters/{id}/draft/{format}: a draft to be read or gone on with elsewhere.
func (d *Desk) draftFile(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	format := v.PathValue("format")
	media, known := map[string]string{"pdf": "application/pdf", "docx": docxMedia}[format]
	if err != nil || !known {
		return web.NotFound
	}
	name, file, err := d.Office.DraftFile(v.Context(), v.reader, id, format)
	var glyph *document.MissingGlyph
	if errors.As(err, &glyph) {
		return v.redirect(matterPath(id) + "/draft")
	}
	if err != nil {
		return missing(err)
	}
	return door.SendFile(v.w, office.FileView{Name: name, Media: media, Size: int64(len(file))}, io.NopCloser(bytes.NewReader(file)))
}

const docxMedia = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// documentDOCX serves GET /desk/matters/{id}/documents/{seq}/docx: the text of a paper for a word processor. What was filed
// and sealed is the PDF.
func (d *Desk) documentDOCX(v visit) error {
	id, seq, err := v.entry()
	if err != nil {
		return err
	}
	doc, err := d.Office.Document(v.Context(), v.reader, id, seq)
	if err == nil && doc.Gone != "" {
		err = office.ErrNotFound
	}
	if err != nil {
		return missing(err)
	}
	file, err := document.DOCX(doc.Paper)
	if err != nil {
		return err
	}
	name := strings.TrimSpace(doc.Number+" "+doc.Paper.Title) + ".docx"
	return door.SendFile(v.w, office.FileView{Name: name, Media: docxMedia, Size: int64(len(file))}, io.NopCloser(bytes.NewReader(file)))
}

// draftChanges serves GET /desk/matters/{id}/draft/changes: what came in and what went out between two versions.
func (d *Desk) draftChanges(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	from, _ := strconv.Atoi(v.URL.Query().Get("from"))
	to, _ := strconv.Atoi(v.URL.Query().Get("to"))
	changes, err := d.Office.PaperChanges(v.Context(), v.reader, id, from, to)
	if err != nil {
		return missing(err)
	}
	out := changesView{PaperChanges: changes, Path: matterPath(id)}
	for _, line := range changes.Lines {
		out.Lines = append(out.Lines, line)
	}
	return v.show(page{title: v.t("paper.changes"), nav: "/desk/matters", content: changesPage(out)})
}
