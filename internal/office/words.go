package office

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/statute"
)

// words speaks a procedure in one language.
type words struct {
	o    *Office
	p    *procedure.Procedure
	lang i18n.Lang
}

// text is the text at a path of the version's text files.
func (w words) text(path string) string { return w.p.Text(string(w.lang), path) }

// named is a label by its path, or the name itself where there is none.
func (w words) named(path, name string) string {
	if t := w.text(path); t != "" {
		return t
	}
	return name
}

func (w words) title() string { return w.text("title") }

func (w words) stage(name string) (label, public string) {
	return w.named("stages."+name+".label", name), w.text("stages." + name + ".public")
}

func (w words) stageNext(name string) string { return w.text("stages." + name + ".next") }

func (w words) act(name string) string       { return w.named("acts."+name+".label", name) }
func (w words) actPublic(name string) string { return w.text("acts." + name + ".public") }
func (w words) actNote(name string) string   { return w.text("acts." + name + ".note") }
func (w words) role(name string) string      { return w.named("roles."+name+".label", name) }
func (w words) clock(name string) string     { return w.named("clocks."+name+".label", name) }
func (w words) document(name string) string  { return w.named("documents."+name+".title", name) }

// definition is the act's first definition, which carries its words; nil where there is none.
func (w words) definition(name string) *procedure.Act {
	for _, a := range w.p.Acts(name) {
		if a.Label != "" {
			return a
		}
	}
	return nil
}

func (w words) fieldLabel(form *procedure.Form, f *procedure.Field) string {
	return w.named("forms."+form.Name+".fields."+f.Name+".label", f.Name)
}

func (w words) fieldHint(form *procedure.Form, f *procedure.Field) string {
	return w.text("forms." + form.Name + ".fields." + f.Name + ".hint")
}

func (w words) option(form *procedure.Form, f *procedure.Field, o *procedure.Option) OptionView {
	path := "forms." + form.Name + ".fields." + f.Name + ".options." + o.Value
	return OptionView{Value: o.Value, Label: w.named(path+".label", o.Value), Hint: w.text(path + ".hint"), Stops: o.Stops}
}

// value words a clear value of a field: the option's label, a day, an organ's name.
func (w words) value(field, value string) string {
	for _, form := range w.p.Asking(field) {
		f := form.Field(field)
		for _, o := range f.Options {
			if o.Value == value {
				return w.option(form, f, o).Label
			}
		}
		if name := w.o.itemName(f.Of, value); name != "" {
			return w.o.nameIn(w.lang, name)
		}
	}
	if m, err := calendar.ParseMoment(value); err == nil && m.Minute >= 0 {
		return i18n.MomentFull(w.lang, m)
	}
	if w.namesPaper(field) {
		if kind, known := w.o.law.Paper(value, w.o.Today()); known {
			return kind.Title
		}
	}
	if organ, known := w.o.organ(value); known {
		return w.o.nameIn(w.lang, organ.Name)
	}
	if place := w.o.divisionName(w.lang, value); place != "" {
		return place
	}
	if d, err := calendar.Parse(value); err == nil {
		return i18n.DateYear(w.lang, d)
	}
	return value
}

// namesPaper says whether a fact or field says of which kind a paper is.
func (w words) namesPaper(field string) bool {
	if def := w.p.Facts.Get(field); def != nil && def.Type == "paper" {
		return true
	}
	return slices.ContainsFunc(w.p.Asking(field), func(f *procedure.Form) bool { return f.Field(field).Type == "paper" })
}

// cite is a provision as the reader sees it on a day.
func (o *Office) cite(lang i18n.Lang, ref string, on calendar.Date) CiteView {
	c, err := statute.ParseCite(ref)
	if err != nil {
		return CiteView{Ref: ref, Text: ref}
	}
	v := CiteView{Ref: ref, Text: o.law.Book.Name(c, string(lang))}
	if p, known := o.law.Book.Provision(c, on); known {
		v.Gist, v.Status = p.Words(string(lang)), string(p.Status)
		v.Unsaid = p.Status != statute.Verified
	}
	if version, known := o.law.Book.Cited(c, on); known {
		v.Since = version.From
		if now, known := o.law.Book.InForce(statute.Cite{Key: c.Key}, o.Today()); !known || now.From != version.From {
			v.On = version.From
		}
	}
	return v
}

func (o *Office) cites(lang i18n.Lang, refs []string, on calendar.Date) []CiteView {
	var out []CiteView
	for _, r := range refs {
		out = append(out, o.cite(lang, r, on))
	}
	return out
}

// why is the derivation of a clock's day, in the reader's language.
func (o *Office) why(lang i18n.Lang, c matter.Clock) []WhyLine {
	return o.whyLines(lang, c, clock.Explain(o.law.Book, o.calendar(), c))
}

func (o *Office) whyLines(lang i18n.Lang, c matter.Clock, lines []clock.Line) []WhyLine {
	var out []WhyLine
	for _, l := range lines {
		out = append(out, WhyLine{When: l.When(string(lang), o.Today().Year()), Text: l.Text(string(lang)),
			Cite: o.cite(lang, l.Cite.String(), c.Anchor), Source: l.Source(o.law.Book, string(lang)), Unsaid: l.Unverified(), Answer: l.Answer})
	}
	return out
}

// calendar is the calendar in force: the law's, with the notices entered since.
func (o *Office) calendar() *calendar.Calendar {
	if reg := o.register.Load(); reg != nil {
		return reg.Calendar
	}
	return o.law.Calendar
}
