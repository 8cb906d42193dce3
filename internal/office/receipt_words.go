package office

import (
	"slices"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// ReceiptWords are the labels of what a receipt can hold, in a language: of acts a filer can do as "act.NAME", of
// the texts asked in them as "field.NAME". Who checks a receipt needs no database for them.
func ReceiptWords(law *procedure.Law, lang i18n.Lang) map[string]string {
	out := map[string]string{"act." + procedure.FileAct: i18n.T(lang, "verify.filed")}
	for _, p := range law.All() {
		w := words{p: p, lang: lang}
		for _, a := range p.AllActs() {
			if !slices.Contains(a.By, matter.PersonFiler) && !slices.Contains(p.Open, a) || a.Label == "" {
				continue
			}
			out["act."+a.Name] = w.act(a.Name)
			form := p.Form(a)
			if form == nil {
				continue
			}
			for _, f := range form.Fields {
				if f.Class != procedure.Clear {
					out["field."+f.Name] = w.fieldLabel(form, f)
				}
			}
		}
	}
	return out
}

// ReceiptWords are those of the law in force here.
func (o *Office) ReceiptWords(lang i18n.Lang) map[string]string { return ReceiptWords(o.law, lang) }
