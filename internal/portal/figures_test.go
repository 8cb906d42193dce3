package portal

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"yifa/internal/calendar"
	"yifa/internal/web/webtest"
)

// readFigures is the file as a program reads it.
type readFigures struct {
	Period     struct{ Key, From, To string }
	Indicators []struct{ ID, Version, Label string }
	Heads      []readFigure
	Tables     []struct {
		ID, Title string
		Rows      []struct {
			Key, Name string
			Cells     []readFigure
		}
	}
}

type readFigure struct {
	Indicator, Absent string
	Value             *float64
}

// text is the figure as the CSV in Chinese has it.
func (f readFigure) text() string {
	switch f.Absent {
	case "few":
		return "少于 5"
	case "withheld":
		return "不公布"
	case "nothing":
		return "—"
	}
	return strconv.FormatFloat(*f.Value, 'f', -1, 64)
}

func figuresSchema(t *testing.T, v *visitor) *jsonschema.Schema {
	t.Helper()
	a := v.Get("/statistics/figures.schema.json")
	if a.Status != http.StatusOK || a.Header.Get("Content-Type") != "application/schema+json" {
		t.Fatalf("%d %s", a.Status, a.Header.Get("Content-Type"))
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(a.Body))
	must(t, err)
	c := jsonschema.NewCompiler()
	must(t, c.AddResource("figures", doc))
	s, err := c.Compile("figures")
	must(t, err)
	return s
}

func readJSON(t *testing.T, a webtest.Answer, s *jsonschema.Schema) (f readFigures) {
	t.Helper()
	if a.Status != http.StatusOK || a.Header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Fatalf("%d %s", a.Status, a.Header.Get("Content-Type"))
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(a.Body))
	must(t, err)
	if err := s.Validate(doc); err != nil {
		t.Errorf("%v in %s", err, a.Body)
	}
	must(t, json.Unmarshal([]byte(a.Body), &f))
	return f
}

// The figures for programs are those of the CSV, small ones left out alike, under names that no language changes; each
// tells the version of its definition, and the file is what its schema says.
func TestFiguresJSON(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	for range 6 {
		s.city.Published()
	}
	schema := figuresSchema(t, v)
	for _, path := range []string{"/statistics", "/inspections"} {
		f := readJSON(t, v.Get(path+"/figures.json?period=2026"), schema)
		if f.Period.Key != "2026" || f.Period.From != "2026-01-01" || f.Period.To != "2026-12-31" {
			t.Errorf("%+v", f.Period)
		}
		labels := map[string]string{}
		for _, i := range f.Indicators {
			if _, err := calendar.Parse(i.Version); err != nil || labels[i.ID] != "" {
				t.Errorf("%+v: %v", i, err)
			}
			labels[i.ID] = i.Label
		}
		var lines []string
		for _, h := range f.Heads {
			lines = append(lines, "|"+labels[h.Indicator]+"|"+h.text())
		}
		for _, table := range f.Tables {
			for _, row := range table.Rows {
				for _, c := range row.Cells {
					lines = append(lines, row.Name+"|"+labels[c.Indicator]+"|"+c.text())
				}
			}
		}
		if got, want := strings.Join(lines, "\n"), inCSV(t, v.Get(path+"/figures.csv?period=2026")); got != want {
			t.Errorf("%s: as JSON\n%s\nas CSV\n%s", path, got, want)
		}
		again := readJSON(t, v.Get("/en"+path+"/figures.json?period=2026"), schema)
		if names(f) != names(again) {
			t.Errorf("%s: names in Chinese\n%s\nin English\n%s", path, names(f), names(again))
		}
	}
	if all := v.Get("/statistics/figures.json?period=2026").Body; !strings.Contains(all, `"value": 6`) || !strings.Contains(all, `"absent": "nothing"`) {
		t.Errorf("nothing of six complaints in\n%s", all)
	}
	v.Get("/statistics?period=2026").Is(t, http.StatusOK, "/statistics/figures.json?period=2026", "给程序读的（JSON）")
}

// names are what does not change with the language.
func names(f readFigures) string {
	var b strings.Builder
	for _, table := range f.Tables {
		for _, row := range table.Rows {
			for _, c := range row.Cells {
				b.WriteString(table.ID + " " + row.Key + " " + c.Indicator + "\n")
			}
		}
	}
	return b.String()
}

// inCSV are the rows of the CSV that pages show: row, figure and number. The findings have a line each and one label for
// all: theirs is the row's.
func inCSV(t *testing.T, a webtest.Answer) string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader([]byte(strings.TrimPrefix(a.Body, "\ufeff")))).ReadAll()
	must(t, err)
	var lines []string
	for _, r := range rows[1:] {
		figure := r[3]
		if r[1] == "查下来怎样" {
			figure = r[2]
		}
		for _, unit := range []string{"（天）", "（%）"} {
			figure = strings.TrimSuffix(figure, unit)
		}
		lines = append(lines, r[2]+"|"+figure+"|"+strings.TrimSuffix(r[4], "%"))
	}
	return strings.Join(lines, "\n")
}
