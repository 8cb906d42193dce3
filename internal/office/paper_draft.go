package office

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file shows a paper of the catalogue while it is made: as it stands, with what it lacks, what was said of it and how
// its versions differ. Only the office that makes it sees any of that.

// PaperDraft is the paper of a matter while it is made.
type PaperDraft struct {
	Brief       Brief
	Paper       document.Paper
	Lacks       []PaperLack
	Comments    []PaperComment // of whoever sent it back last, while nothing was changed since
	Versions    []PaperVersion // newest first
	Issued      int            // the entry that made it an official paper; 0: it is a draft
	Edit        ActView        // fills it in; its Act is empty where the reader cannot
	Missing     string         // the character that no font has
	MissingCode string
}

// PaperLack is what a paper cannot be issued without.
type PaperLack struct {
	Label string
	Cite  *CiteView
	Given bool // the registers should tell it
	Said  bool // it is filled in, but a text written by hand leaves it out
}

// PaperComment is what somebody wrote on sending a paper back.
type PaperComment struct {
	By, Text string
	On       calendar.Moment
}

// PaperVersion is a paper as one act left it.
type PaperVersion struct {
	Seq     int
	On      calendar.Moment
	By, Act string
}

// PaperChanges is how two versions of a paper differ.
type PaperChanges struct {
	Brief    Brief
	From, To PaperVersion
	Versions []PaperVersion
	Lines    [][]document.Stretch
}

// commentsField is the text by which a paper is sent back.
const commentsField = "comments"

// PaperDraft is the paper of a matter as it stands; ErrNotFound where the matter is about none, or the reader has no part
// in making it.
func (o *Office) PaperDraft(ctx context.Context, r Reader, id matter.ID) (PaperDraft, error) {
	var v PaperDraft
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.drafted(ctx, q, r, id)
		if err != nil {
			return err
		}
		filled, _ := d.filled(fillingField(d.w.p))
		if v, err = d.draftView(filled); err != nil {
			return err
		}
		v.Versions, v.Comments = d.versions(), d.sentBack()
		for _, a := range d.choices() {
			if form := d.w.p.Form(a.Act); a.Open && v.Edit.Act == "" && form.Field(fillingField(d.w.p)) != nil {
				v.Edit = d.actView(a)
			}
		}
		return nil
	})
	return v, notFound(err)
}

// PreviewPaper is the paper of a matter as it would be with some answers to a form, field by field as Form has them.
func (o *Office) PreviewPaper(ctx context.Context, r Reader, id matter.ID, typed map[string][]string) (PaperDraft, error) {
	var v PaperDraft
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.drafted(ctx, q, r, id)
		if err == nil {
			v, err = d.draftView(joined(procedure.Filled(fillingField(d.w.p), typed)))
		}
		return err
	})
	return v, notFound(err)
}

// ComposePaper is the text that the template makes of some answers, for a hand to go on with, and the answer it belongs to;
// no answer where the paper's text cannot be written by hand.
func (o *Office) ComposePaper(ctx context.Context, r Reader, id matter.ID, typed map[string][]string) (answer, text string, err error) {
	err = o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.drafted(ctx, q, r, id)
		if err != nil {
			return err
		}
		f, ok, err := d.o.fillingOf(d.w.p, d.st, d.snap, d.o.Today())
		if err != nil || !ok || !f.kind.Free() {
			return err
		}
		f.filled = joined(procedure.Filled(fillingField(d.w.p), typed))
		answer, text = fillingField(d.w.p)+"."+document.BodyField, f.kind.Body(f.filling())
		return nil
	})
	return answer, text, notFound(err)
}

func joined(typed map[string][]string) map[string]string {
	out := map[string]string{}
	for name, values := range typed {
		out[name] = strings.TrimSpace(strings.Join(values, "\n"))
	}
	return out
}

// DraftFile is a draft as PDF or DOCX, each page marked as one. It fails with *document.MissingGlyph.
func (o *Office) DraftFile(ctx context.Context, r Reader, id matter.ID, format string) (name string, file []byte, err error) {
	v, err := o.PaperDraft(ctx, r, id)
	if err != nil {
		return "", nil, err
	}
	if v.Issued != 0 {
		return "", nil, ErrNotFound // it is an official paper now
	}
	name = i18n.T(i18n.ZhHans, "paper.draft") + " " + v.Paper.Title + "." + format
	name = shortName(name)
	if format == "docx" {
		file, err = document.DOCX(v.Paper)
		return name, file, err
	}
	file, err = o.fonts.PDF(v.Paper)
	return name, file, err
}

// PaperChanges compares two versions of a paper, by the entries that made them; 0 for the two that matter most: what was
// last sent on, or what there was before, and what there is now.
func (o *Office) PaperChanges(ctx context.Context, r Reader, id matter.ID, from, to int) (PaperChanges, error) {
	var v PaperChanges
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.drafted(ctx, q, r, id)
		if err != nil {
			return err
		}
		v.Brief, v.Versions = d.o.brief(d.w, d.st, d.row, d.names), d.versions()
		if len(v.Versions) == 0 {
			return ErrNotFound
		}
		v.To, v.From = v.Versions[0], d.before(v.Versions)
		for _, one := range v.Versions {
			if one.Seq == to {
				v.To = one
			}
			if one.Seq == from {
				v.From = one
			}
		}
		papers := [2]document.Paper{}
		for i, one := range []PaperVersion{v.From, v.To} {
			if papers[i], err = d.paperAt(one.Seq); err != nil {
				return err
			}
		}
		v.Lines = document.Redline(papers[0], papers[1])
		return nil
	})
	return v, notFound(err)
}

// drafted opens a matter about a paper for those who make it.
func (o *Office) drafted(ctx context.Context, q *store.Query, r Reader, id matter.ID) (*dossier, error) {
	d, err := o.open(ctx, q, r, id)
	if err != nil {
		return nil, err
	}
	if d.outside || !r.Official() || fillingField(d.w.p) == "" {
		return nil, ErrNotFound
	}
	return d, nil
}

// draftView is the paper filled with some answers, as a draft.
func (d *dossier) draftView(filled map[string]string) (PaperDraft, error) {
	v := PaperDraft{Brief: d.o.brief(d.w, d.st, d.row, d.names)}
	f, ok, err := d.o.fillingOf(d.w.p, d.st, d.snap, d.o.Today())
	if err != nil || !ok {
		return v, cmp.Or(err, ErrNotFound)
	}
	f.filled = filled
	for _, doc := range d.documents() {
		v.Issued = doc.Seq
	}
	v.Paper = f.paper()
	if v.Issued == 0 {
		v.Paper.Note = i18n.T(i18n.ZhHans, "paper.draft_note")
		v.Paper.PageFoot = append([]string{i18n.T(i18n.ZhHans, "paper.draft_foot")}, v.Paper.PageFoot...)
		for _, x := range f.lacks() {
			lack := PaperLack{Label: x.Label, Given: x.Given, Said: x.Unsaid}
			if x.Cite != "" {
				cite := d.o.cite(d.r.Lang, x.Cite, d.o.Today())
				lack.Cite = &cite
			}
			v.Lacks = append(v.Lacks, lack)
		}
	}
	var missing *document.MissingGlyph
	if errors.As(d.o.fonts.Check(v.Paper), &missing) {
		v.Missing, v.MissingCode = missing.Text, missing.Code()
	}
	return v, nil
}

// paperAt is the paper as one of its versions says it.
func (d *dossier) paperAt(seq int) (document.Paper, error) {
	f, ok, err := d.o.fillingOf(d.w.p, d.st, d.snap, d.o.Today())
	if err != nil || !ok {
		return document.Paper{}, cmp.Or(err, ErrNotFound)
	}
	f.filled = d.filledAt(seq, fillingField(d.w.p))
	f.given["day"], f.given["document_number"] = "", "" // both change by themselves
	return f.paper(), nil
}

// versions are all that the paper was, newest first.
func (d *dossier) versions() []PaperVersion {
	var out []PaperVersion
	field := fillingField(d.w.p)
	for _, done := range slices.Backward(d.st.Done) {
		if slices.ContainsFunc(d.w.p.Acts(done.Act), func(a *procedure.Act) bool { return d.w.p.Form(a).Field(field) != nil }) {
			out = append(out, PaperVersion{Seq: done.Seq, On: done.On, By: d.who(done.By), Act: d.w.act(done.Act)})
		}
	}
	return out
}

// before is the version that the newest is best held against: the one that was sent on when it last came back.
func (d *dossier) before(all []PaperVersion) PaperVersion {
	back := 0
	for _, done := range d.st.Done {
		if d.textOf(done.Seq, commentsField) != "" {
			back = done.Seq
		}
	}
	for _, one := range all[1:] {
		if back == 0 || one.Seq < back {
			return one
		}
	}
	return all[len(all)-1]
}

// sentBack is what was said when the paper was last sent back, while nothing was changed since.
func (d *dossier) sentBack() []PaperComment {
	var out []PaperComment
	for _, done := range d.st.Done {
		if text := d.textOf(done.Seq, commentsField); text != "" {
			out = []PaperComment{{By: d.who(done.By), Text: text, On: done.On}}
		}
	}
	if len(out) > 0 && d.st.Stage != d.stageBack() {
		return nil
	}
	return out
}

// stageBack is the stage to which the paper was last sent back.
func (d *dossier) stageBack() string {
	stage := ""
	for _, done := range d.st.Done {
		if d.textOf(done.Seq, commentsField) != "" {
			stage = done.Stage
		}
	}
	return stage
}
