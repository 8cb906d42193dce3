package door

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/indicator"
	"yifa/internal/office"
	"yifa/internal/web"
)

// FiguresSchema describes what WriteFigures writes, as JSON Schema (2020-12).
//
//go:embed figures.schema.json
var FiguresSchema []byte

// figuresFormat names the form of the file; what a program would stumble over gets another number.
const figuresFormat = "yifa.figures/1"

type figuresFile struct {
	Format     string         `json:"format"`
	Counted    calendar.Date  `json:"counted"` // the day
	Period     figuresPeriod  `json:"period"`
	Small      figuresRule    `json:"small"`
	Named      *figuresRule   `json:"named,omitempty"`
	Indicators []figuresIs    `json:"indicators"`
	Heads      []figuresCell  `json:"heads"`
	Tables     []figuresTable `json:"tables"`
}

type figuresPeriod struct {
	Key   string        `json:"key"`
	Label string        `json:"label"`
	From  calendar.Date `json:"from"`
	To    calendar.Date `json:"to"`
}

// figuresRule is the number from which something is shown, and the provision that says so.
type figuresRule struct {
	From int    `json:"from"`
	Cite string `json:"cite"`
}

// figuresIs is what an indicator counts: by id and version the definition stays the same for ever.
type figuresIs struct {
	ID       string         `json:"id"`
	Version  calendar.Date  `json:"version"`
	Unit     indicator.Unit `json:"unit"`
	Label    string         `json:"label"`
	Meaning  string         `json:"meaning"`
	Cite     []string       `json:"cite"`
	Platform bool           `json:"platform,omitempty"` // rests on a setting of the platform or a source not verified
}

type figuresTable struct {
	ID    string       `json:"id"`
	Title string       `json:"title"`
	Rows  []figuresRow `json:"rows"`
}

type figuresRow struct {
	Key   string        `json:"key,omitempty"`
	Name  string        `json:"name"`
	Total bool          `json:"total,omitempty"`
	Cells []figuresCell `json:"cells"`
}

// figuresCell is a number, or why there is none.
type figuresCell struct {
	Indicator string   `json:"indicator"`
	Value     *float64 `json:"value,omitempty"`
	Absent    string   `json:"absent,omitempty"` // few, withheld, nothing
}

// WriteFigures answers with published figures for programs: the numbers of the page and of the CSV, under names that do not
// change with the language, each with the version of its definition.
func WriteFigures(w http.ResponseWriter, r *http.Request, s office.Statistics, today calendar.Date) error {
	out := figuresFile{Format: figuresFormat, Counted: today, Small: figuresRule{s.Below, s.SmallCite.Ref}, Heads: []figuresCell{}, Tables: []figuresTable{},
		Period: figuresPeriod{s.Period.Key, s.Period.Label, s.Period.From, s.Period.To}}
	if s.Named > 0 {
		out.Named = &figuresRule{s.Named, s.NamedCite.Ref}
	}
	for _, f := range s.Heads {
		out.Heads = append(out.Heads, out.cell(f))
	}
	for _, t := range s.Tables {
		table := figuresTable{ID: t.ID, Title: web.T(r.Context(), "web.stat_table."+t.ID), Rows: []figuresRow{}}
		for _, row := range t.Rows {
			line := figuresRow{Key: row.Key, Name: row.Name, Total: row.Total}
			for _, f := range row.Cells {
				line.Cells = append(line.Cells, out.cell(f))
			}
			table.Rows = append(table.Rows, line)
		}
		out.Tables = append(out.Tables, table)
	}
	b, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Link", `<`+web.Href("", "/statistics/figures.schema.json")+`>; rel="describedby"; type="application/schema+json"`)
	_, err = w.Write(append(b, '\n'))
	return err
}

// cell is a figure without words; what it counts is told once.
func (o *figuresFile) cell(f office.Figure) figuresCell {
	if !slices.ContainsFunc(o.Indicators, func(i figuresIs) bool { return i.ID == f.ID }) {
		is := figuresIs{ID: f.ID, Version: f.Version, Unit: f.Unit, Label: f.Label, Meaning: f.Meaning, Platform: f.Unsaid, Cite: []string{}}
		for _, c := range f.Cites {
			is.Cite = append(is.Cite, c.Ref)
		}
		o.Indicators = append(o.Indicators, is)
	}
	c := figuresCell{Indicator: f.ID}
	switch {
	case f.None:
		c.Absent = "nothing"
	case f.Shown == indicator.Few:
		c.Absent = "few"
	case f.Shown == indicator.Withheld:
		c.Absent = "withheld"
	default:
		n := float64(f.N)
		if f.Unit == indicator.Percent {
			n /= 10 // it is counted in tenths
		}
		c.Value = &n
	}
	return c
}
