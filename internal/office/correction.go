package office

import (
	"slices"
	"strconv"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// This file offers corrections of the record: which entry to take back, and which acts of earlier stages may still be entered.

// voidsField asks which entry an act takes back, the one entered last first; false where there is nothing to choose.
func (d *dossier) voidsField(c procedure.Choice, typed []string) (FieldView, bool) {
	v := FieldView{Name: procedure.VoidsField, Type: "choice", Class: matter.Staff, Required: true, Value: typed,
		Label: i18n.T(d.r.Lang, "office.voids"), Hint: i18n.T(d.r.Lang, "office.voids_hint")}
	var all []matter.Done
	for _, by := range d.actors {
		for _, one := range d.w.p.Voidable(d.st, c.Act, by) {
			if !slices.ContainsFunc(all, func(x matter.Done) bool { return x.Seq == one.Seq }) {
				all = append(all, one)
			}
		}
	}
	slices.SortFunc(all, func(a, b matter.Done) int { return b.Seq - a.Seq })
	for _, one := range all {
		v.Options = append(v.Options, OptionView{Value: strconv.Itoa(one.Seq), Label: d.w.act(one.Act),
			Hint: i18n.T(d.r.Lang, "office.voids_entry", "n", strconv.Itoa(one.Seq), "day", i18n.DateYear(d.r.Lang, one.On.Day), "who", d.who(one.By))})
	}
	if len(v.Options) > 0 && len(v.Value) == 0 {
		v.Value = []string{v.Options[0].Value}
	}
	return v, len(v.Options) > 0
}

// mayComeLate says whether an act that belongs to an earlier stage may still be entered for a day on which the matter stood
// there. Whether a later act is in the way is seen when it is done.
func (d *dossier) mayComeLate(c procedure.Choice) bool {
	if d.r.Filer != 0 || d.outside || c.Open || c.Refusal.Reason != procedure.WrongStage || c.Act.Voids != "" || c.Act.Stale == "redo" {
		return false
	}
	return slices.ContainsFunc(d.st.Done, func(done matter.Done) bool {
		return slices.ContainsFunc(d.w.p.ActsIn(done.Stage), func(a *procedure.Act) bool { return a.Name == c.Act.Name })
	})
}
