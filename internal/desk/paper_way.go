package desk

import (
	"yifa/internal/office"
	"yifa/internal/web"
)

// ways are what comes before the likeliest acts that wait for a signed paper: drafting it, or going on with the one there is.
func (v visit) ways(m office.MatterView) []web.Act {
	var out []web.Act
	for _, a := range m.Acts {
		w := a.Way
		switch {
		case w == nil:
		case w.In != 0:
			out = append(out, web.Act{Name: v.t("desk.way_go", "paper", w.Title), Note: v.t("desk.way_there", "act", a.Label, "stage", w.Stage), Path: matterPath(w.In)})
		case w.Act != "":
			out = append(out, web.Act{Name: v.t("desk.way_draft", "paper", w.Title), Note: v.t("desk.way_first", "act", a.Label),
				Path: matterPath(m.ID) + "/acts/" + w.Act + "?kind=" + w.Kind})
		}
	}
	return out
}
