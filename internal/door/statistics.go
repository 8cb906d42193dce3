package door

import (
	"encoding/csv"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/indicator"
	"yifa/internal/office"
	"yifa/internal/web"
)

// charts says how each breakdown is drawn, and which of its columns: those of the public page, and one more
// to the right where staff see what is late now.
var charts = map[string]struct {
	kind   string
	series []string
}{
	"months": {"columns", []string{"received", "answered"}}, "holders": {"stack", []string{"answered_in_time", "answered_late"}},
	"handlers": {"stack", []string{"answered_in_time", "answered_late"}}, "results": {"bars", []string{"answered"}}, "problems": {"bars", []string{"received_by_problem"}}, "channels": {"bars", []string{"received_by_channel"}},
	"inspecting_months": {"columns", []string{"inspected", "inspection_found"}}, "inspecting": {"bars", []string{"inspected"}},
	"kinds": {"bars", []string{"received"}}, "counties": {"bars", []string{"received"}},
}

// led are the breakdowns that need a sentence on how to read them.
var led = []string{"holders", "problems", "organs", "inspecting"}

// Statistics lays figures out. list is the path of the list that numbers open; keep is what the address of
// the page says beside the period.
func Statistics(r *http.Request, s office.Statistics, list string, periods []office.Period) web.StatView {
	v := web.StatView{Path: pathOf(r), Period: s.Period.Label, Chosen: s.Period.Key, Download: pathOf(r) + "/figures.csv" + query(r, s.Period.Key)}
	for n, p := range periods {
		v.Periods = append(v.Periods, web.Option{Value: p.Key, Label: p.Label})
		if n < 5 && n != 2 {
			v.Quick = append(v.Quick, web.Crumb{Path: v.Path + query(r, p.Key), Text: p.Label})
		}
	}
	if of := r.URL.Query().Get("of"); of != "" {
		v.Kept = []web.Option{{Value: "of", Label: of}}
	}
	for _, f := range s.Heads {
		c := cell(r, f, s.Below, list)
		v.Heads = append(v.Heads, web.StatFigure{ID: f.ID, Label: f.Label, Meaning: f.Meaning, Unit: unitOf(r, f), Text: c.Text, Path: c.Path,
			Kind: c.Kind, Cites: Cites(f.Cites), Unverified: f.Unsaid})
	}
	for _, t := range s.Tables {
		if len(t.Rows) > 0 {
			v.Tables = append(v.Tables, dataTable(r, t, s, list))
		}
	}
	return v
}

func pathOf(r *http.Request) string { return strings.TrimSuffix(r.URL.Path, "/figures.csv") }

// query is the query string of the same page for another period.
func query(r *http.Request, period string) string {
	q := url.Values{"period": {period}}
	if of := r.URL.Query().Get("of"); of != "" {
		q.Set("of", of)
	}
	return "?" + q.Encode()
}

func dataTable(r *http.Request, t office.StatTable, s office.Statistics, list string) web.DataTable {
	ctx := r.Context()
	out := web.DataTable{ID: t.ID, Title: web.T(ctx, "web.stat_table."+t.ID), Head: web.T(ctx, "web.stat_head."+t.ID)}
	if slices.Contains(led, t.ID) {
		out.Lead = web.T(ctx, "web.stat_lead."+t.ID)
	}
	out.Caption = web.T(ctx, "web.stat_caption", "title", out.Title, "period", s.Period.Label)
	for n, c := range t.Columns {
		out.Columns = append(out.Columns, columnLabel(r, c))
		for _, id := range charts[t.ID].series {
			if id == c.ID {
				out.Series = append(out.Series, n)
			}
		}
	}
	for _, row := range t.Rows {
		line := web.DataRow{Name: row.Name, Short: row.Short, Total: row.Total}
		for _, f := range row.Cells {
			line.Cells = append(line.Cells, cell(r, f, s.Below, list))
		}
		out.Rows = append(out.Rows, line)
	}
	out.Chart = charts[t.ID].kind
	if out.Chart == "stack" && holes(out) {
		// A bar of which a part is not published would be read as a short one: the whole is drawn instead.
		out.Chart, out.Series = "bars", nil
		for n, c := range t.Columns {
			if c.ID == "answered" {
				out.Series = []int{n}
			}
		}
	}
	if drawn(out) < 2 { // one bar says nothing the number does not
		out.Chart = ""
	}
	return out
}

// holes says whether a number that would be drawn is not shown.
func holes(t web.DataTable) bool {
	return slices.ContainsFunc(t.Rows, func(row web.DataRow) bool {
		return !row.Total && slices.ContainsFunc(t.Series, func(n int) bool { return row.Cells[n].Value == "" })
	})
}

// drawn counts the bars that would be seen.
func drawn(t web.DataTable) int {
	bars := 0
	for _, row := range t.Rows {
		for _, n := range t.Series {
			if v := row.Cells[n].Value; !row.Total && v != "" && v != "0" {
				bars++
			}
		}
	}
	return bars
}

// columnLabel is the indicator with its unit where that is not matters.
func columnLabel(r *http.Request, f office.Figure) string {
	switch f.Unit {
	case indicator.Days:
		return f.Label + web.T(r.Context(), "web.stat_in_days")
	case indicator.Percent:
		return f.Label + web.T(r.Context(), "web.stat_in_percent")
	}
	return f.Label
}

// unitOf is the unit of a figure, in the plural where the number is not shown: a singular would tell that it is one.
func unitOf(r *http.Request, f office.Figure) string {
	n := f.N
	if f.Shown != indicator.Plain {
		n = 2
	}
	switch f.Unit {
	case indicator.Percent:
		return "%"
	case indicator.Days:
		return web.T(r.Context(), "web.stat_days", "n", n)
	}
	return web.T(r.Context(), "web.stat_count."+f.Of, "n", n)
}

// cell is a number as it is read, or why there is none.
func cell(r *http.Request, f office.Figure, below int, list string) web.StatCell {
	c := web.StatCell{Kind: "quiet"}
	switch {
	case f.None:
		c.Text = "—"
	case f.Shown == indicator.Few:
		c.Text = web.T(r.Context(), "web.stat_few", "n", below)
	case f.Shown == indicator.Withheld:
		c.Text = web.T(r.Context(), "web.stat_withheld")
	case f.Unit == indicator.Percent:
		c.Kind, c.Value = "", strconv.FormatFloat(float64(f.N)/10, 'f', -1, 64)
		c.Text = c.Value
	default:
		c.Kind, c.Value, c.Text = "", strconv.Itoa(f.N), i18n.Number(f.N)
	}
	if f.Query != "" && c.Value != "" {
		c.Path = list + "?" + f.Query
	}
	if (f.ID == "late_now" || f.ID == "answered_late") && f.N > 0 && c.Value != "" {
		c.Kind = "late"
	}
	return c
}

// WriteCSV writes the figures as rows of table, row, figure, number and unit, in UTF-8 with the mark that
// spreadsheets want. A cell that a spreadsheet would read as a formula is set in quotes of its own.
func WriteCSV(w io.Writer, r *http.Request, v web.StatView) error {
	ctx := r.Context()
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	write := func(cells ...string) {
		for i, c := range cells {
			if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
				cells[i] = "'" + c
			}
		}
		_ = out.Write(cells) // told by Error below
	}
	write(web.T(ctx, "web.stat_period"), web.T(ctx, "web.stat_csv_table"), web.T(ctx, "web.stat_csv_row"), web.T(ctx, "web.stat_csv_figure"), web.T(ctx, "web.stat_csv_number"), web.T(ctx, "web.stat_csv_unit"))
	for _, f := range v.Heads {
		write(v.Period, web.T(ctx, "web.stat_csv_all"), "", f.Label, strings.ReplaceAll(f.Text, ",", ""), f.Unit)
	}
	for _, t := range v.Tables {
		for _, row := range t.Rows {
			for n, c := range row.Cells {
				write(v.Period, t.Title, row.Name, t.Columns[n], strings.ReplaceAll(c.Text, ",", ""), "")
			}
		}
	}
	out.Flush()
	return out.Error()
}

// SendCSV answers with the figures as a file.
func SendCSV(w http.ResponseWriter, r *http.Request, v web.StatView) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="yifa-`+v.Chosen+`.csv"`)
	return WriteCSV(w, r, v)
}
