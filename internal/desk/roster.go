package desk

import (
	"yifa/internal/office"
	"yifa/internal/web"
)

const rosterPath = "/desk/rosters"

// rosterRoutes are the addresses of what stands behind the public lists.
func rosterRoutes() []route { return []route{{get(rosterPath, rosterPath), (*Desk).rosters}} }

// rosterView is one list: what the public sees, and the matters behind it.
type rosterView struct {
	office.RosterDesk
	Tasks []web.Task
}

// rosters serves GET /desk/rosters.
func (d *Desk) rosters(v visit) error {
	all, err := d.Office.RosterDesks(v.Context(), v.reader)
	if err != nil {
		return missing(err)
	}
	var list []rosterView
	for _, one := range all {
		out := rosterView{RosterDesk: one}
		for _, b := range one.List.Rows {
			out.Tasks = append(out.Tasks, taskOf(v.Context(), b, d.Office.Today()))
		}
		list = append(list, out)
	}
	return v.show(page{title: v.t("rosters.title"), nav: rosterPath, content: rostersPage(list)})
}
