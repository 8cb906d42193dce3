package office

import (
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// wordings gives fields the ways to write them that fit the matter as it stands. They are Chinese whatever language the
// page has: so is the paper they go into.
func (d *dossier) wordings(form *procedure.Form, fields []FieldView) {
	if form == nil || d.r.Filer != 0 {
		return
	}
	in := *d
	in.r.Lang, in.w.lang = i18n.ZhHans, i18n.ZhHans
	for i, f := range fields {
		asked := form.Field(f.Name)
		if asked == nil {
			continue // a field of the paper at hand
		}
		for _, w := range asked.Wordings {
			if w.Fits(d.st) {
				label := d.w.text("forms." + form.Name + ".fields." + f.Name + ".wordings." + w.Name + ".label")
				fields[i].Wordings = append(fields[i].Wordings, WordingView{w.Name, label, w.Fill(in.known)})
			}
		}
	}
}

// known is what a wording names of a matter.
func (d *dossier) known(name string) string {
	return d.documentField(fieldRef{name: name}, matter.Entry{}, DocumentView{})
}

// With is the field with one of its wordings written after what stands there; as it is, where it has no such wording.
func (f FieldView) With(name string) FieldView {
	for _, w := range f.Wordings {
		if w.Name == name {
			f.Value = []string{strings.TrimSpace(strings.Join(f.Value, "\n") + "\n\n" + w.Text)}
		}
	}
	return f
}
