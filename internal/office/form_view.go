package office

import (
	"context"
	"errors"
	"slices"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Form is the page "do an act", with what was typed; an act refused now comes with its refusal.
func (o *Office) Form(ctx context.Context, r Reader, id matter.ID, act string, typed map[string][]string) (FormView, error) {
	var v FormView
	var d *dossier
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		if d, err = o.open(ctx, q, r, id); err != nil {
			return err
		}
		choice, known := d.choice(act)
		if !known {
			return ErrNotFound
		}
		v = d.form(choice, d.view().Brief, typed)
		if typed != nil {
			return nil
		}
		form := d.w.p.Form(choice.Act)
		if form == nil {
			return nil
		}
		if err := d.prefillPaper(ctx, q, form, v.Fields); err != nil {
			return err
		}
		return d.prefill(ctx, q, form, v.Fields)
	})
	if err == nil && typed == nil && slices.ContainsFunc(v.Fields, func(f FieldView) bool { return len(f.Value) > 0 }) {
		err = o.noteTexts(ctx, d) // an answer may begin with her words
	}
	if err != nil {
		return FormView{}, notFound(err)
	}
	return v, nil
}

// Asked is what an act asks for, to read an answer by: revision and fields as Form has them, with no
// answer filled in. It opens no text and no entry of the matter.
func (o *Office) Asked(ctx context.Context, r Reader, id matter.ID, act string) (FormView, error) {
	var v FormView
	err := o.db.Read(ctx, func(q *store.Query) error {
		outside, err := o.outside(ctx, q, r, id)
		if err != nil {
			return err
		}
		d, err := o.stand(ctx, q, r, id)
		if err != nil {
			return err
		}
		d.outside = outside
		choice, known := d.choice(act)
		if !known {
			return ErrNotFound
		}
		v.Rev, v.Fields = d.st.Rev, d.questions(choice, nil)
		if !slices.ContainsFunc(v.Fields, namesSomebody) {
			return nil
		}
		if d.names, err = o.names(ctx, q); err == nil {
			v.Fields = d.questions(choice, nil) // an answer may be a name in the place of an id
		}
		return err
	})
	return v, notFound(err)
}

func namesSomebody(f FieldView) bool { return f.Type == "person" || f.Type == "officer" }

// questions are those of an act that the matter does not answer already.
func (d *dossier) questions(c procedure.Choice, typed map[string][]string) []FieldView {
	settled := d.w.p.NotAsked(d.o.lawNow(), d.st, d.snap, c.Act)
	fields := slices.DeleteFunc(d.o.formFields(d.r.Lang, d.w.p, c.Act, typed), func(f FieldView) bool { return slices.Contains(settled, f.Name) })
	if form := d.w.p.Form(c.Act); form != nil {
		for _, f := range form.Fields {
			if i := slices.IndexFunc(fields, func(v FieldView) bool { return v.Name == f.Name }); f.Type == "filling" && i >= 0 {
				fields = slices.Replace(fields, i, i+1, d.askedOf(f, typed)...)
			}
		}
	}
	d.o.fillPersons(d, fields)
	d.fillItems(c.Act, fields)
	if c.Act.Voids == "any" {
		if which, any := d.voidsField(c, typed[procedure.VoidsField]); any {
			fields = slices.Insert(fields, 0, which)
		}
	}
	for i, f := range fields {
		if f.Type == "holidays" {
			fields[i].Year = d.st.Facts.Text(d.w.p.Form(c.Act).Field(f.Name).Year)
		}
	}
	return fields
}

// form is the form of an act, with what was typed.
func (d *dossier) form(c procedure.Choice, b Brief, typed map[string][]string) FormView {
	v := FormView{Act: d.actView(c), Matter: b, Rev: d.st.Rev, Key: newKey(), Late: d.r.Filer == 0 && !d.outside && c.Open && c.Act.Voids == ""}
	v.LateOnly = d.mayComeLate(c)
	v.Late = v.Late || v.LateOnly
	v.Refusal = v.Act.Refusal
	v.Fields = d.questions(c, typed)
	d.wordings(d.w.p.Form(c.Act), v.Fields)
	v.Notice = noticeOf(c.Act, d.st)
	v.Prove = d.o.asksProof(d.r, d.w.p, c.Act.Name)
	return v
}

// prefill lets answers begin with texts that were given before, those the reader may see, also in
// linked matters he may read.
func (d *dossier) prefill(ctx context.Context, q *store.Query, form *procedure.Form, fields []FieldView) error {
	linked := map[string]*dossier{}
	for i, f := range fields {
		asked := form.Field(f.Name)
		if asked == nil {
			continue // the entry to correct is asked in no form
		}
		for _, from := range asked.Prefill {
			in, name := d, from
			if link, far, is := strings.Cut(from, "."); is {
				if _, known := linked[link]; !known {
					var err error
					if linked[link], err = d.linked(ctx, q, link); err != nil {
						return err
					}
				}
				in, name = linked[link], far
			}
			if in == nil || len(fields[i].Value) > 0 {
				continue
			}
			t := in.text(name)
			if t == "" && f.Type == "holidays" {
				t = byLine(in.st.Facts.Text(name))
			}
			if t != "" {
				fields[i].Value = []string{t}
			}
		}
	}
	return nil
}

// linked opens the newest matter linked in a way; nil where there is none the reader may read.
func (d *dossier) linked(ctx context.Context, q *store.Query, kind string) (*dossier, error) {
	for _, l := range slices.Backward(d.st.Links) {
		if l.Kind != kind || d.r.Filer != 0 {
			continue
		}
		in, err := d.o.open(ctx, q, d.r, l.To)
		if err == nil || !errors.Is(err, ErrNotFound) {
			return in, err
		}
	}
	return nil, nil //nolint:nilnil // there need be none
}

// OpenForm is the page of an act that opens a matter.
func (o *Office) OpenForm(ctx context.Context, r Reader, id, act string, typed map[string][]string) (FormView, error) {
	var v FormView
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.unopened(ctx, q, r, id)
		if err != nil {
			return err
		}
		p := d.w.p
		choice, known := d.choice(act)
		if !known {
			return ErrNotFound
		}
		v = FormView{Act: d.actView(choice), Key: newKey(), Late: r.Filer == 0 && choice.Open}
		v.Refusal, v.Prove = v.Act.Refusal, o.asksProof(r, p, choice.Act.Name)
		v.Fields = o.formFields(r.Lang, p, choice.Act, typed)
		if !slices.ContainsFunc(v.Fields, namesSomebody) || p.Subject.Shard != "zero" {
			return nil
		}
		if d.names, err = o.names(ctx, q); err == nil {
			o.fillPersons(d, v.Fields)
		}
		return err
	})
	return v, notFound(err)
}

func (d *dossier) choice(act string) (procedure.Choice, bool) {
	all := d.choices()
	i := slices.IndexFunc(all, func(c procedure.Choice) bool { return c.Act.Name == act })
	if i < 0 {
		return procedure.Choice{}, false
	}
	return all[i], true
}

// ask asks the law about an attempt that opens a matter, and stores nothing.
func (o *Office) ask(ctx context.Context, st matter.State, try procedure.Attempt) (procedure.Decision, error) {
	var out procedure.Decision
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registers(ctx, q)
		if err != nil {
			return err
		}
		p, act := o.actOf(st, try)
		if act == nil {
			return procedure.ErrUnknownAct
		}
		snap := reg.snapshot(o.Today())
		if snap.Linked, err = o.openTo(ctx, q, named(try, act.Named())); err != nil {
			return err
		}
		snap.Numbers, snap.NewID = func(string, string, int) int { return 1 }, func() matter.ID { return 1 }
		out, err = p.Fire(o.lawNow(), st, snap, try)
		return err
	})
	return out, err
}

// formFields are the questions of an act with what was typed, but those the office answers itself.
func (o *Office) formFields(lang i18n.Lang, p *procedure.Procedure, act *procedure.Act, typed map[string][]string) []FieldView {
	form := p.Form(act)
	if form == nil {
		return nil
	}
	w := words{o, p, lang}
	var out []FieldView
	for _, f := range form.Fields {
		if f.Unasked || f.Reads != "" || f.Hides != "" {
			continue
		}
		v := FieldView{Name: f.Name, Type: f.Type, Class: f.Class, Label: w.fieldLabel(form, f), Hint: w.fieldHint(form, f) + w.columns(form, f),
			Required: f.Required, Max: f.Max, Many: f.Many, Show: f.Show, Posts: f.Posts, Value: typed[f.Name]}
		for _, x := range f.Options {
			v.Options = append(v.Options, w.option(form, f, x))
		}
		if f.Class == procedure.Clear {
			v.Class = matter.Staff
		}
		switch f.Type {
		case "organ":
			v.Options = o.organOptions(lang)
		case "division":
			v.Options = o.divisionOptions(lang)
		case "paper":
			v.Type, v.Options = "choice", o.paperOptions(p, f)
		}
		out = append(out, v)
	}
	return out
}

// paperOptions are the kinds of paper that matters of a procedure may have, or, where the field takes any, all there are.
func (o *Office) paperOptions(p *procedure.Procedure, f *procedure.Field) []OptionView {
	var out []OptionView
	if f.Any {
		return o.paperKinds()
	}
	for id := range p.Papers.Each {
		if kind, ok := o.law.Paper(id, o.Today()); ok {
			out = append(out, OptionView{Value: id, Label: kind.Title})
		}
	}
	return out
}

func (o *Office) organOptions(lang i18n.Lang) []OptionView {
	reg := o.register.Load()
	if reg == nil {
		return nil
	}
	var out []OptionView
	for _, key := range sortedKeys(reg.InForce) {
		out = append(out, OptionView{Value: key, Label: o.nameIn(lang, reg.InForce[key].Name)})
	}
	return out
}

// BadForm puts messages to the fields of a form.
func (v FormView) BadForm(bad BadFields) FormView {
	for i, f := range v.Fields {
		v.Fields[i].Error = bad[f.Name]
	}
	return v
}
