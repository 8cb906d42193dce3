package office

import (
	"context"
	"strings"
	"unicode/utf8"

	"yifa/internal/document"
	"yifa/internal/i18n"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file asks in a form what the paper at hand needs, and what it begins with.

// shortAnswer is up to how many characters an example is of something said in one line.
const shortAnswer = 40

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
