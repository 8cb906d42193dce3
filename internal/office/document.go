package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"yifa/internal/document"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Document is an official paper as a readable page, filled from the entry that made it and from nothing later.
func (o *Office) Document(ctx context.Context, r Reader, id matter.ID, seq int) (DocumentText, error) {
	var out DocumentText
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return err
		}
		e, _ := d.entry(seq)
		view, made := d.document(e)
		if !made {
			return ErrNotFound
		}
		if out = (DocumentText{DocumentView: view, Matter: d.view().Brief}); view.Gone != "" {
			out.Paper = document.Paper{Issuer: d.o.organName(r.Lang, d.st.Holder), Title: view.Label, Number: view.Number, Body: []document.Block{{Text: view.Gone}}}
			return nil
		}
		made2, err := d.paper(ctx, q, e)
		if err != nil {
			return err
		}
		if view.Filed != nil && view.Filed.Seal != "" {
			made2.paper.Note = i18n.T(i18n.ZhHans, "office.document.sealed")
		}
		out.Paper = made2.paper
		return nil
	})
	if err != nil {
		return out, notFound(err)
	}
	var missing *document.MissingGlyph
	if out.Filed == nil && out.Gone == "" && errors.As(o.fonts.Check(out.Paper), &missing) {
		out.Missing, out.MissingCode = missing.Text, missing.Code()
	}
	return out, nil
}

// filled is a paper as its template says it, with the hash of that template.
type filled struct {
	paper    document.Paper
	template string // SHA-256, hex
}

// paper fills the paper an entry made: as the record stood with that entry, from the texts that all who read the
// paper may read. An official paper is Chinese, whatever language the page around it has.
func (d *dossier) paper(ctx context.Context, q *store.Query, e matter.Entry) (filled, error) {
	def := d.documentAct(e.Act)
	if d.w.p.Documents.Get(def.Document).Catalogue {
		return d.cataloguePaper(ctx, q, e)
	}
	raw, err := d.template(def.Document)
	if err != nil {
		return filled{}, err
	}
	template, err := document.Parse(string(raw))
	if err != nil {
		return filled{}, err
	}
	then, err := d.at(ctx, q, e.Seq, d.circleOf(def.Document))
	if err != nil {
		return filled{}, err
	}
	view, _ := then.document(e)
	sum := sha256.Sum256(raw)
	p := template.Fill(func(name, of string) string { return then.documentField(fieldRef{name, of}, e, view) })
	p.By = then.signedFor(e.Actor)
	p.Note = i18n.T(i18n.ZhHans, "office.document.unsealed")
	p.Signature, err = then.signature(ctx, q, e)
	return filled{p, hex.EncodeToString(sum[:])}, err
}

// signedFor says on a paper that it was made by somebody standing in for another; "" where nobody did. The filer is told
// no names of staff.
func (d *dossier) signedFor(by matter.Actor) string {
	switch {
	case by.For == "":
		return ""
	case d.circle == matter.Filer || d.circle == matter.Public:
		return i18n.T(i18n.ZhHans, "office.document.for_holder")
	}
	return i18n.T(i18n.ZhHans, "office.document.for", "a", d.o.nameOf(d.names, by.Person), "b", d.o.nameOf(d.names, by.For))
}

// at is the dossier as it was once an entry stood, read by a circle.
func (d *dossier) at(ctx context.Context, q *store.Query, seq int, circle matter.Class) (*dossier, error) {
	then := &dossier{o: d.o, r: Reader{Lang: i18n.ZhHans}, circle: circle, w: d.w, row: d.row, entries: d.entries[:seq],
		parts: map[int][]matter.Part{}, names: d.names, snap: d.snap}
	then.w.lang = i18n.ZhHans
	entries := make([]matter.Entry, seq)
	for i := range entries {
		entries[i] = d.entries[i].Entry
	}
	var err error
	if then.st, err = matter.Replay(entries); err != nil {
		return nil, err
	}
	return then, then.readParts(ctx, q)
}

// template is the text of a document in the very version the matter is decided under.
func (d *dossier) template(name string) ([]byte, error) {
	def := d.w.p.Documents.Get(name)
	if def == nil {
		return nil, ErrNotFound
	}
	return d.o.readLaw(d.w.p.Dir + "/" + def.Template)
}

// documents are the official papers made so far, newest first.
func (d *dossier) documents() []DocumentView {
	var out []DocumentView
	for _, s := range slices.Backward(d.entries) {
		if v, made := d.document(s.Entry); made {
			out = append(out, v)
		}
	}
	return out
}

// document is the paper an entry made, if it made one that stands and the reader may read.
func (d *dossier) document(e matter.Entry) (DocumentView, bool) {
	def := d.documentAct(e.Act)
	_, voided := d.st.Voided[e.Seq]
	switch {
	case def == nil || voided || e.Kind == matter.KindVoid:
		return DocumentView{}, false
	case (d.outside || d.r.Filer != 0) && !d.standing().ReadsPaper(d.circleOf(def.Document)):
		return DocumentView{}, false
	}
	v := DocumentView{Name: def.Document, Label: d.w.document(def.Document), Seq: e.Seq, On: e.Happened.Day, Class: d.circleOf(def.Document),
		Filed: d.filed(e.Seq)}
	v.Gone = d.gonePaper(e.Seq)
	v.Making = v.Filed == nil && v.Gone == "" && !d.o.lazyPapers
	for _, n := range e.Delta.Numbers {
		if n.For == def.Document {
			v.Number = n.Text
		}
	}
	if d.w.p.Documents.Get(def.Document).Catalogue {
		v.Label, v.Number = d.o.kindTitle(d.w, d.st), d.st.Number("matter")
	}
	return v, true
}

// filed is where the bytes of a paper lie, nil while they are not made.
func (d *dossier) filed(seq int) *FiledView {
	e, known := d.entry(d.st.Filed[seq])
	if !known {
		return nil
	}
	for _, p := range d.parts[e.Seq] {
		for _, f := range p.Files {
			return &FiledView{Seal: e.Delta.Filed.Seal, On: e.Happened, Size: f.Size, SHA256: hex.EncodeToString(f.SHA256), SM3: hex.EncodeToString(f.SM3), file: f}
		}
	}
	return nil
}

// documentAct is the definition of an act that makes a document.
func (d *dossier) documentAct(name string) *procedure.Act { return d.w.p.PaperAct(name) }

// fieldRef is a field of a template: {due:answer} is due of answer.
type fieldRef struct{ name, of string }

// documentField is the value of one field as it stood when the entry was made.
func (d *dossier) documentField(f fieldRef, e matter.Entry, view DocumentView) string {
	switch f.name {
	case "organ":
		return d.o.organName(d.r.Lang, d.st.Holder)
	case "document_number":
		return view.Number
	case "matter_number":
		return d.st.Number("matter")
	case "title":
		return d.title()
	case "received":
		return i18n.DateYear(d.r.Lang, d.st.Opened.Day)
	case "day":
		return i18n.DateYear(d.r.Lang, e.Happened.Day)
	case "feedback":
		return i18n.T(d.r.Lang, "office.feedback")
	case "due":
		if c, known := d.st.Clocks[f.of]; known && !c.Due.IsZero() {
			return i18n.DateFull(d.r.Lang, c.Due)
		}
		return ""
	case "term":
		if _, t, err := d.o.law.Book.Term(f.of, e.Happened.Day); err == nil {
			return t.Length.Words()
		}
		return ""
	case "cite":
		if c, known := d.st.Clocks[f.of]; known {
			if _, t, err := d.o.law.Book.Term(c.Term, c.Anchor); err == nil {
				return d.o.cite(d.r.Lang, t.Cite.String(), e.Happened.Day).Text
			}
		}
		return ""
	}
	if len(d.w.p.Acts(f.of)) > 0 {
		return d.each(f)
	}
	return d.answer(f.name, e)
}

// answer is a text or fact as an entry gave it, or else as it stood then.
func (d *dossier) answer(name string, e matter.Entry) string {
	if t := d.textOf(e.Seq, name); t != "" {
		return t
	}
	for _, facts := range []matter.Facts{e.Given, e.Delta.Facts, d.st.Facts} {
		if n, counted := facts[name].(int64); counted {
			return i18n.Number(int(n))
		}
		if values := facts.List(name); len(values) > 0 {
			return d.w.list(name, d.named(name, values))
		}
	}
	return d.text(name)
}

// each is a field of every standing entry of an act, a line for each: {signer:sign_pages}.
func (d *dossier) each(f fieldRef) string {
	var lines []string
	for _, s := range d.entries {
		if _, voided := d.st.Voided[s.Entry.Seq]; voided || s.Entry.Act != f.of {
			continue
		}
		line := i18n.DateYear(d.r.Lang, s.Entry.Happened.Day)
		if f.name != "day" {
			line = d.answer(f.name, s.Entry)
		}
		lines = append(lines, strings.ReplaceAll(line, "\n", "　"))
	}
	return strings.Join(lines, "\n")
}

// named gives the persons that a fact names their names: on a paper that staff alone read, or where the law has them told.
func (d *dossier) named(fact string, values []string) []string {
	def := d.w.p.Facts.Get(fact)
	if def == nil || def.Type != "person" && def.Type != "persons" || d.circle != matter.Staff && len(def.Named) == 0 {
		return values
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = d.o.nameOf(d.names, v)
	}
	return out
}

// circleOf is the class of those who read a paper of the matter.
func (d *dossier) circleOf(paper string) matter.Class {
	return d.w.p.CircleIn(d.o.law, d.st, paper)
}
