package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/internal/web"
)

// rightsCmd prints the matrix of rights: what /desk/rights shows, as one document.
type rightsCmd struct {
	Today calendar.Date `help:"Day on which the procedures are in force; today by default."`
	Lang  string        `enum:"zh-Hans,zh-Hant,en" default:"zh-Hans" help:"zh-Hans, zh-Hant or en."`
}

// Run prints it.
func (k *rightsCmd) Run(c *lawCmd) error {
	l, err := c.loaded()
	if err != nil {
		return err
	}
	if k.Today.IsZero() {
		k.Today = calendar.On(time.Now())
	}
	printRights(os.Stdout, l, k.Today, i18n.Lang(k.Lang))
	return nil
}

func printRights(w io.Writer, l *procedure.Law, on calendar.Date, lang i18n.Lang) {
	t := func(key string, args ...any) string { return i18n.T(lang, key, args...) }
	extents := map[access.Extent]string{access.All: t("rights.sees_all"), access.Own: t("rights.sees_own"), access.Nothing: t("rights.sees_nothing")}
	fmt.Fprintf(w, "# %s\n\n%s\n\n## %s\n\n", t("rights.title"), t("rights.lead"), t("rights.sees_head"))
	head, rows := []string{t("rights.sees_who")}, [][]string{}
	for _, c := range matter.Classes {
		head = append(head, t(web.SeenBy(c).Key()))
	}
	for _, s := range office.Sees(lang) {
		row := []string{s.Label}
		for _, e := range s.Extent {
			row = append(row, extents[e])
		}
		rows = append(rows, row)
	}
	printTable(w, head, rows)
	fmt.Fprintf(w, "%s\n\n## %s\n\n", t("rights.sees_note"), t("rights.rooms_head"))
	rows = nil
	for _, r := range office.Rooms(lang) {
		rows = append(rows, []string{r.Label, strings.Join(r.Posts, t("desk.list_sep"))})
	}
	printTable(w, []string{t("rights.rooms_room"), t("rights.rooms_posts")}, rows)
	fmt.Fprintf(w, "%s\n", t("rights.rooms_note"))
	for _, v := range office.Rights(l, on, lang) {
		printRightsOf(w, v, t)
	}
}

func printRightsOf(w io.Writer, v office.RightsView, t func(string, ...any) string) {
	fmt.Fprintf(w, "\n## %s（%s）\n\n", v.Title, v.Version)
	var rows [][]string
	for _, l := range v.Lines {
		where := strings.Join(l.Stages, t("desk.list_sep"))
		if len(l.Stages) == 0 {
			where = t("rights.opens")
		}
		rows = append(rows, append([]string{"**" + l.Act + "**<br>" + where}, l.Cells...))
	}
	printTable(w, append([]string{t("rights.act")}, v.Who...), rows)
	printLines(w, t("rights.given_head"), v.Given)
	printLines(w, t("rights.barred_head"), v.Barred)
	fmt.Fprintf(w, "### %s\n\n", t("rights.texts_head"))
	rows = nil
	for _, x := range v.Texts {
		rows = append(rows, []string{t(web.SeenBy(x.Class).Key()), strings.Join(x.Labels, t("desk.list_sep"))})
	}
	printTable(w, []string{t("rights.texts_class"), t("rights.texts_asked")}, rows)
}

func printLines(w io.Writer, head string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(w, "### %s\n\n", head)
	for _, l := range lines {
		fmt.Fprintf(w, "- %s\n", l)
	}
	fmt.Fprintln(w)
}

func printTable(w io.Writer, head []string, rows [][]string) {
	line := func(cells []string) { fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | ")) }
	line(head)
	fmt.Fprintf(w, "|%s\n", strings.Repeat("---|", len(head)))
	for _, r := range rows {
		line(r)
	}
	fmt.Fprintln(w)
}
