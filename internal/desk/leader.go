package desk

import (
	"net/url"
	"strings"

	"yifa/internal/office"
	"yifa/internal/web"
)

// leaderView is who is late, and with what.
type leaderView struct {
	office.LeaderView
	Late     []lateTask
	Extended []lateTask
	ByCounty []lateRow
	ByOrgan  []lateRow
	ByPerson []lateRow
}

// lateRow is one line of counts. Numbers lead to their list where the reader may open at least one of its matters.
type lateRow struct {
	office.LateCount
	Path string // of the list, ending so that a filter can be added; empty where nothing may be opened
}

// list is the address of the matters a number counts.
func (r lateRow) list(due string) string {
	if due == "" {
		return r.Path
	}
	return r.Path + "&due=" + due
}

// lateRows are lines of counts with the parameters that make the list of each.
func lateRows(counts []office.LateCount, list func(key string) url.Values) []lateRow {
	var rows []lateRow
	for _, c := range counts {
		row := lateRow{LateCount: c}
		if c.Readable > 0 {
			row.Path = "/desk/matters?" + list(c.Key).Encode()
		}
		rows = append(rows, row)
	}
	return rows
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
	out.ByCounty = lateRows(l.ByCounty, func(key string) url.Values { return url.Values{"area": {key}} })
	out.ByOrgan = lateRows(l.ByOrgan, func(key string) url.Values { return url.Values{"holder": {key}} })
	out.ByPerson = lateRows(l.ByPerson, func(key string) url.Values {
		organ, person, _ := strings.Cut(key, "/")
		if person == "" {
			return url.Values{"holder": {organ}, "scope": {"pool"}}
		}
		return url.Values{"holder": {organ}, "handler": {person}}
	})
	return v.show(page{title: v.t("desk.nav_leader"), nav: "/desk/leader", content: leaderPage(out)})
}
