package desk

import (
	"net/url"

	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// taking is the address of an act's form with some of its answers filled in, as somebody chose from the help beside it.
func taking(id matter.ID, act string, fields map[string]string) string {
	q := url.Values{}
	for name, value := range fields {
		q.Set(name, value)
	}
	return matterPath(id) + "/acts/" + act + "?" + q.Encode()
}

// actLabel is what an act is called on the page of the matter.
func (m matterView) actLabel(act string) string {
	for _, a := range m.MatterView.Acts {
		if a.Act == act {
			return a.Label
		}
	}
	return act
}

// takeOver fills in what a link from the help with sorting says, and notes at each such question where it came from. Nothing
// is taken that the form does not offer; whoever sends it has seen it.
func takeOver(v visit, form office.FormView) {
	for i, f := range form.Fields {
		value := door.Clean(v.URL.Query().Get(f.Name))
		if value == "" {
			continue
		}
		offered := f.Type == "matter"
		for _, o := range f.Options {
			offered = offered || o.Value == value
		}
		if !offered {
			continue
		}
		form.Fields[i].Value = []string{value}
		if f.Type != "paper" {
			form.Fields[i].Hint = v.t("sorting.taken") + f.Hint
		}
	}
}
