package office

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

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

// shortAnswer is up to how many characters an example is of something said in one line.
const shortAnswer = 40

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

// askedOf turns a field of type filling into the questions of the paper at hand.
func (d *dossier) askedOf(f *procedure.Field, typed map[string][]string) []FieldView {
	kind, ok, err := d.o.paperKind(d.w.p, d.st, d.o.Today())
	if err != nil || !ok || f.Takes != "" {
		return nil
	}
	var out []FieldView
	for _, q := range kind.Questions(d.o.Today()) {
		v := FieldView{Name: f.Name + "." + q.Name, Type: "longtext", Class: f.Class, Label: q.Label, Required: !q.Optional, Max: f.Max, Filled: true}
		switch {
		case q.Fact:
			v.Name, v.Type = f.Name+"."+factField+q.Name, "choice"
			v.Options = []OptionView{{Value: "", Label: i18n.T(d.r.Lang, "paper.not_so")}}
			for _, value := range sortedKeys(q.Values) {
				v.Options = append(v.Options, OptionView{Value: value, Label: q.Values[value]})
			}
		case utf8.RuneCountInString(q.Example) <= shortAnswer && !strings.Contains(q.Example, "\n"):
			v.Type = "text"
		}
		if q.Example != "" {
			v.Hint = i18n.T(d.r.Lang, "paper.example", "text", strings.ReplaceAll(q.Example, "\n", " "))
		}
		if q.Cite != "" {
			v.Hint += i18n.T(d.r.Lang, "paper.by", "cite", d.o.cite(d.r.Lang, q.Cite, d.o.Today()).Text)
		}
		v.Value = typed[v.Name]
		out = append(out, v)
	}
	if kind.Free() {
		name := f.Name + "." + document.BodyField
		out = append(out, FieldView{Name: name, Type: "longtext", Class: f.Class, Label: i18n.T(d.r.Lang, "paper.body"), Hint: i18n.T(d.r.Lang, "paper.body_hint"),
			Max: f.Max, Filled: true, Value: typed[name]})
	}
	return out
}

// prefillPaper lets a paper begin with what was answered for it before, and a new one with what the matter it is part of
// tells, as its procedure says.
func (d *dossier) prefillPaper(ctx context.Context, q *store.Query, form *procedure.Form, fields []FieldView) error {
	for _, f := range form.Fields {
		if f.Type != "filling" || f.Takes != "" {
			continue
		}
		known, seq := d.filled(f.Name)
		if seq == 0 {
			var err error
			if known, err = d.toldByWhole(ctx, q); err != nil {
				return err
			}
		}
		for i, v := range fields {
			if part, own := strings.CutPrefix(v.Name, f.Name+"."); own && known[part] != "" && len(v.Value) == 0 {
				fields[i].Value = []string{known[part]}
			}
		}
	}
	return nil
}

// toldByWhole is what a new paper begins with: texts and facts of the matter it is part of.
func (d *dossier) toldByWhole(ctx context.Context, q *store.Query) (map[string]string, error) {
	whole, err := d.linked(ctx, q, "part_of")
	if err != nil || whole == nil {
		return nil, err
	}
	if own, seq := whole.filled(fillingField(whole.w.p)); seq != 0 {
		return own, nil // a paper that corrects or revokes another begins with what that one says
	}
	use := whole.w.p.Papers.Get(d.st.Facts.Text(d.w.p.PaperFact()))
	out := map[string]string{}
	if use == nil {
		return out, nil
	}
	for field, from := range use.Fill.Each {
		if out[field] = whole.text(*from); out[field] == "" {
			if values := whole.st.Facts.List(*from); len(values) > 0 {
				out[field] = whole.w.list(*from, values)
			}
		}
	}
	return out, nil
}

// fillingField is the name of the field by which a procedure asks what its paper is filled with, or "".
func fillingField(p *procedure.Procedure) string {
	for _, name := range sortedKeys(p.Forms) {
		for _, f := range p.Forms[name].Fields {
			if f.Type == "filling" && f.Takes == "" {
				return f.Name
			}
		}
	}
	return ""
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
	return filled{p, head.Hash}, nil
}
