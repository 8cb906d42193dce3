package desk

import (
	"yifa/internal/office"
	"yifa/internal/web"
)

// leaderView is who is late, and with what.
type leaderView struct {
	office.LeaderView
	Late     []lateTask
	Extended []lateTask
}

// lateTask is one matter that is late or was extended.
type lateTask struct {
	office.LateRow
	Path string
	Tag  web.Tag
}

// leader serves GET /desk/leader.
func (d *Desk) leader(v visit) error {
	l, err := d.Office.Leader(v.Context(), v.reader)
	if err != nil {
		return missing(err)
	}
	out := leaderView{LeaderView: l}
	for _, row := range l.Rows {
		tag := web.Tag{Text: v.t("desk.late_by", "n", row.By), Kind: "red"}
		out.Late = append(out.Late, lateTask{row, matterPath(row.ID), tag})
	}
	for _, row := range l.Extended {
		out.Extended = append(out.Extended, lateTask{row, matterPath(row.ID), web.Tag{Text: v.t("desk.extended"), Kind: "yellow"}})
	}
	return v.show(page{title: v.t("desk.nav_leader"), nav: "/desk/leader", content: leaderPage(out)})
}
