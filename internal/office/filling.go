package office

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"yifa/internal/access"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file fills papers of the catalogue: with what is answered for them, and with what registers and matters tell.

// factField is before the name of a fact among the answers to a field of type filling.
const factField = "is_"

// paperFilling is a paper of the catalogue being filled.
type paperFilling struct {
	kind   document.Kind
	day    calendar.Date
	filled map[string]string // answers, by field
	given  map[string]string // what nobody is asked
	begins string            // a sentence before its text
}

// paperKind is the kind of paper a matter is about, as it is on a day.
func (o *Office) paperKind(p *procedure.Procedure, st matter.State, on calendar.Date) (document.Kind, bool, error) {
	catalogue, err := o.catalogue()
	if err != nil {
		return document.Kind{}, false, err
	}
	kind, ok := catalogue.Kind(st.Facts.Text(p.PaperFact()), on)
	return kind, ok, nil
}

// fillingOf is the paper of a matter as answers and registers fill it on a day. organs are those of the day, linked the
// states of linked matters.
func (o *Office) fillingOf(p *procedure.Procedure, st matter.State, snap procedure.Snapshot, on calendar.Date) (paperFilling, bool, error) {
	kind, ok, err := o.paperKind(p, st, on)
	if err != nil || !ok {
		return paperFilling{}, false, err
	}
	head, _ := o.law.Paper(kind.ID, on)
	organ := snap.Organs[o.issuer(st, head)]
	nearest := snap.Organs[st.Facts.Text("government")]
	f := paperFilling{kind: kind, day: on, filled: map[string]string{}, given: map[string]string{
		"organ": organ.Name, "short": cmp.Or(organ.Symbol, organ.Short), "government": nearest.Name, "review_body": snap.Organs[organ.ReviewBody].Name, "court": organ.Court,
		"day": i18n.DateYear(i18n.ZhHans, on), "document_number": st.Number("matter"),
	}}
	for _, l := range st.Links {
		if l.Kind == "part_of" {
			whole := snap.Linked[l.To]
			f.given["matter_number"] = whole.Number("matter")
			f.begins = o.beginning(p, st, whole)
		}
	}
	return f, true, nil
}

// beginning is the sentence by which a paper says what it does to another, as the procedure words it.
func (o *Office) beginning(p *procedure.Procedure, st, whole matter.State) string {
	first := o.procedureOf(whole)
	if first == nil || first.PaperFact() == "" {
		return ""
	}
	kind, _ := o.law.Paper(whole.Facts.Text(first.PaperFact()), whole.Opened.Day)
	for _, doc := range p.Documents.Each {
		for when, text := range doc.Begins.Each {
			if fact, value, _ := strings.Cut(when, "."); st.Facts.Text(fact) == value {
				return strings.NewReplacer("{title}", kind.Title, "{number}", whole.Number("matter")).Replace(*text)
			}
		}
	}
	return ""
}

// paper is the paper as far as it is filled in: its text as its template makes it, or as a hand has written it.
func (f paperFilling) paper() document.Paper {
	p := f.kind.Fill(f.filling())
	if text := f.filled[document.BodyField]; text != "" && f.kind.Free() {
		p = p.WithBody(text)
	}
	if f.begins != "" {
		p.Body = append([]document.Block{{Text: f.begins}}, p.Body...)
	}
	return p
}

// issuer is the organ whose paper it is: that of whoever signs it.
func (o *Office) issuer(st matter.State, kind procedure.PaperKind) string {
	if fact, ok := strings.CutPrefix(o.law.Maker(kind.Signs).At, "organ:"); ok {
		return st.Facts.Text(fact)
	}
	return st.Holder
}

func (f paperFilling) filling() document.Filling {
	facts := map[string]string{}
	for name, value := range f.filled {
		if fact, is := strings.CutPrefix(name, factField); is && value != "" {
			facts[fact] = value
		}
	}
	return document.Filling{Day: f.day, Facts: facts, Value: func(name, _ string) string {
		if v, given := f.given[name]; given {
			return v
		}
		return f.filled[name]
	}}
}

// lacks are what the paper cannot be issued without.
func (f paperFilling) lacks() []procedure.Lack {
	var out []procedure.Lack
	for _, name := range f.kind.Missing(f.filling()) {
		_, given := f.given[name]
		out = append(out, procedure.Lack{Field: name, Label: cmp.Or(f.kind.Label(name), name), Cite: f.kind.Fields[name].Cite, Given: given})
	}
	text := f.filled[document.BodyField]
	if text == "" || !f.kind.Free() || len(out) > 0 {
		return out
	}
	for _, name := range f.kind.Unsaid(f.filling(), text) {
		label := f.kind.Label(name)
		if label == "" {
			label = i18n.T(i18n.ZhHans, "paper.remedy")
		}
		out = append(out, procedure.Lack{Field: document.BodyField, Label: label, Cite: f.kind.Fields[name].Cite, Unsaid: true})
	}
	return out
}

// answeredAt is the newest standing act that answered a field of type filling, 0 where none has.
func answeredAt(p *procedure.Procedure, done []matter.Done, field string) int {
	for _, d := range slices.Backward(done) {
		for _, a := range p.Acts(d.Act) {
			if f := p.Form(a).Field(field); f != nil && f.Type == "filling" && f.Takes == "" {
				return d.Seq
			}
		}
	}
	return 0
}

// standing are the answers to a field of type filling as they stand in the transaction.
func (b *batch) standing(ctx context.Context, st matter.State, field string) map[string]string {
	p := b.o.procedureOf(st)
	seq := answeredAt(p, st.Done, field)
	if seq == 0 {
		return nil
	}
	parts, err := b.tx.Parts(ctx, st.ID)
	b.fail(err)
	out := map[string]string{}
	for _, stored := range parts {
		if stored.Seq != seq {
			continue
		}
		part, err := b.o.unseal(st.ID, seq, sealedOf(stored))
		b.fail(err)
		maps.Copy(out, procedure.Filled(field, part.Fields))
	}
	return out
}

// papers lets an act in a matter about a paper of the catalogue read what it is filled with and what it lacks.
func (b *batch) papers(ctx context.Context, st matter.State, snap *procedure.Snapshot) {
	p := b.o.procedureOf(st)
	if p == nil || p.PaperFact() == "" {
		return
	}
	snap.Standing = func(field string) map[string]string { return b.standing(ctx, st, field) }
	at := *snap
	snap.Lacks = func(_ string, on calendar.Date, filled map[string]string) []procedure.Lack {
		f, ok, err := b.o.fillingOf(p, st, at, on)
		b.fail(err)
		if !ok {
			return nil
		}
		f.filled = filled
		return f.lacks()
	}
}

// filled are the answers to a field of type filling as the reader sees them stand, and the act that gave them.
func (d *dossier) filled(field string) (map[string]string, int) {
	seq := answeredAt(d.w.p, d.st.Done, field)
	return d.filledAt(seq, field), seq
}

func (d *dossier) filledAt(seq int, field string) map[string]string {
	out := map[string]string{}
	for _, p := range d.parts[seq] {
		maps.Copy(out, procedure.Filled(field, p.Fields))
	}
	return out
}

// partPapers are the papers that stand in the parts of a matter which the reader may act in.
func (d *dossier) partPapers() []DocumentView {
	var out []DocumentView
	if d.outside || !d.r.Official() {
		return nil
	}
	for _, l := range d.st.Links {
		st := d.snap.Linked[l.To]
		p := d.o.procedureOf(st)
		if l.Kind != "has_part" || p == nil || !access.To(project(st, p).Access, d.o.accessReader(d.r.keys)).Act {
			continue
		}
		w := words{d.o, p, d.r.Lang}
		for _, done := range st.Done {
			a := p.PaperAct(done.Act)
			if a == nil {
				continue
			}
			v := DocumentView{In: l.To, Name: a.Document, Label: w.document(a.Document), Seq: done.Seq, On: done.On.Day, Class: p.CircleIn(d.o.law, st, a.Document), Number: st.Number(a.Document)}
			if p.Documents.Get(a.Document).Catalogue {
				v.Label, v.Number = d.o.kindTitle(w, st), st.Number("matter")
			}
			out = append(out, v)
		}
	}
	return out
}

// cataloguePaper fills the paper of the catalogue that an entry made, from what that entry says of it.
func (d *dossier) cataloguePaper(ctx context.Context, q *store.Query, e matter.Entry) (filled, error) {
	then, err := d.at(ctx, q, e.Seq, d.circleOf(d.documentAct(e.Act).Document))
	if err != nil {
		return filled{}, err
	}
	f, ok, err := d.o.fillingOf(d.w.p, then.st, then.snap, e.Happened.Day)
	if err != nil || !ok {
		return filled{}, cmp.Or(err, ErrNotFound)
	}
	for _, field := range d.w.p.Form(d.documentAct(e.Act)).Fields {
		if field.Type == "filling" {
			f.filled = then.filledAt(e.Seq, field.Name)
		}
	}
	p := f.paper()
	p.By = then.signedFor(e.Actor)
	p.Note = i18n.T(i18n.ZhHans, "office.document.unsealed")
	head, _ := d.o.law.Paper(f.kind.ID, e.Happened.Day)
	p.Signature, err = then.signature(ctx, q, e)
	return filled{p, head.Hash}, err
}
