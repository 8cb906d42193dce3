package office

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// BegunWith is one answer an address brings into a report, in words.
type BegunWith struct{ Label, Value string }

// BeginWith keeps, of what an address brings into a report (a poster's code, a link of ours), what its form takes today:
// the organ, the place and the kinds of problem. What it does not know is left out, as if nobody had said it. The
// answers stay the filer's own: she sees them before she begins and may change each.
func (o *Office) BeginWith(lang i18n.Lang, given map[string][]string) (map[string][]string, []BegunWith) {
	p, act := o.actOf(matter.State{}, procedure.Attempt{Procedure: complaint, Act: fileReport, Happened: calendar.MomentAt(o.now())})
	if act == nil {
		return nil, nil
	}
	w, form := words{o, p, lang}, p.Form(act)
	fields, lines := map[string][]string{}, []BegunWith(nil)
	take := func(name, value, text string) {
		f := form.Field(name)
		if text == "" || f == nil || slices.Contains(fields[name], value) {
			return
		}
		fields[name] = append(fields[name], value)
		lines = append(lines, BegunWith{w.fieldLabel(form, f), text})
	}
	if f := form.Field("problem"); f != nil {
		for _, value := range given["problem"] {
			i := slices.IndexFunc(f.Options, func(option *procedure.Option) bool { return option.Value == value && option.Stops == "" })
			if i >= 0 {
				take("problem", value, w.option(form, f, f.Options[i]).Label)
			}
		}
	}
	one := func(name string) string { return append(given[name], "")[0] }
	if organ, known := o.organ(one("organ")); known {
		take("organ", organ.Key, o.organName(lang, organ.Key))
	}
	take("division", one("division"), o.divisionName(lang, one("division")))
	return fields, lines
}
