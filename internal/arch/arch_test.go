package arch

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// TestRepository holds the whole repository to the rules.
func TestRepository(t *testing.T) {
	faults, err := Check(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	left, unused := apply(allowances, faults)
	for _, f := range left {
		t.Error(f)
	}
	for _, a := range unused {
		t.Errorf("allow.go: nothing needs the allowance of %s for %s any more: delete it", a.rule, a.path)
	}
}

// source is a file of a package with a comment, so that only the planted fault is found in it.
func source(name, rest string) string {
	return "// Package " + name + " is planted.\npackage " + name + "\n" + rest
}

// Each rule finds the fault planted for it, and nothing else.
func TestPlantedFaults(t *testing.T) {
	body := func(lines int) string { return strings.Repeat("\t_ = 0\n", lines) }
	note := "TO" + "DO"
	for _, c := range []struct{ name, path, text, want string }{
		{"a pure package above it", "internal/calendar/a.go", source("calendar", `import _ "yifa/internal/clock"`), "internal/calendar imports internal/clock: that is above it"},
		{"neighbours", "internal/desk/a.go", source("desk", `import _ "yifa/internal/portal"`), "neighbours do not know each other"},
		{"office knows a door", "internal/office/a.go", source("office", `import _ "yifa/internal/web"`), "that is above it"},
		{"office reads the law", "internal/office/a.go", source("office", `import _ "yifa/law"`), "only the command"},
		{"law knows the store", "law/procedures/x/2026-01-01/hooks.go", source("v20260101", `import _ "yifa/internal/store"`), "law/ knows only"},
		{"a test helper in the program", "internal/store/a.go", source("store", `import _ "yifa/internal/pgtest"`), "for tests only"},
		{"a package that stands nowhere", "internal/queue/a.go", source("queue", ``), "stands nowhere"},
		{"HTTP below the doors", "internal/office/a.go", source("office", `import _ "net/http"`), "nothing below the doors knows HTTP"},
		{"HTTP below the doors, by a part", "internal/job/a.go", source("job", `import _ "net/http/httputil"`), "nothing below the doors knows HTTP"},
		{"SQL outside store", "internal/search/a.go", source("search", `import _ "database/sql"`), "only store knows SQL"},
		{"a driver outside store", "cmd/yifa/a.go", "// Command yifa is planted.\npackage main\n\nimport _ \"github.com/jackc/pgx/v5\"\n", "only store knows SQL"},
		{"files in a pure package", "internal/statute/a.go", source("statute", `import _ "os"`), "internal/statute imports os"},
		{"the clock", "internal/clock/a.go", source("clock", "import \"time\"\n\nvar x = time.Now()"), "a.go:5: internal/clock reads the clock by time.Now"},
		{"the clock, renamed", "internal/clock/a.go", source("clock", "import hour \"time\"\n\nvar x = hour.Since"), "reads the clock by time.Since"},
		{"the clock, by the law", "law/procedures/x/2026-01-01/hooks.go", source("v20260101", "import \"time\"\n\nvar x = time.Now()"), "reads the clock"},
		{"a long file", "internal/matter/a.go", source("matter", strings.Repeat("\n", 300)), "302 lines, at most 300"},
		{"a long function", "internal/matter/a.go", source("matter", "func long() {\n"+body(59)+"}\n"), "long has 61 lines, at most 60"},
		{"many parameters", "internal/matter/a.go", source("matter", "import \"context\"\n\nfunc many(ctx context.Context, a, b, c, d, e int) {}\n"), "many takes 5 parameters"},
		{"many parameters of a method", "internal/matter/a.go", source("matter", "type T interface{ Many(a, b, c, d, e int) }\n"), "Many takes 5 parameters"},
		{"many parameters of a literal", "internal/matter/a.go", source("matter", "var f = func(a, b, c, d, e int) {}\n"), "a function literal takes 5 parameters"},
		{"no package comment", "internal/matter/a.go", "package matter\n", "package matter has no comment"},
		{"no command comment", "cmd/yifa/a.go", "// Package main is planted.\npackage main\n", "package main has no comment"},
		{"a vague name", "internal/store/util/a.go", source("util", ""), "says nothing by its name"},
		{"a note in Go", "internal/matter/a.go", source("matter", "// "+note+": later\n"), "left behind"},
		{"the text of a statute", "internal/lawtext/testdata/a.md", strings.Repeat("**第十条**　甲。\n", 11), "holds the text of a statute"},
		{"the document of a statute", "law/a.docx", "PK", "is a document of Word"},
		{"a note in data", "law/terms/cmp.yaml", "# FIX" + "ME\n", "left behind"},
	} {
		t.Run(c.name, func(t *testing.T) {
			faults, err := Check(fstest.MapFS{c.path: {Data: []byte(c.text)}})
			if err != nil {
				t.Fatal(err)
			}
			if len(faults) != 1 || !strings.Contains(faults[0].String(), c.want) {
				t.Errorf("found %v, want one fault: … %s …", faults, c.want)
			}
		})
	}
}

// What the rules let pass: tests, generated files, foreign folders, and imports down the direction.
func TestNoFault(t *testing.T) {
	note := "TO" + "DO"
	faults, err := Check(fstest.MapFS{
		"docs/a.md":                      {Data: []byte(strings.Repeat("第十条 甲。\n", 10) + strings.Repeat("见第十条 的规定。\n", 9))},
		"internal/calendar/a.go":         {Data: []byte(source("calendar", "import \"time\"\n\nvar x = time.UTC"))},
		"internal/clock/a.go":            {Data: []byte(source("clock", "import (\n_ \"yifa/internal/calendar\"\n_ \"yifa/internal/matter\"\n_ \"yifa/internal/statute\"\n)"))},
		"internal/clock/a_test.go":       {Data: []byte("package clock\n\nimport (\n_ \"os\"\n_ \"yifa/internal/store\"\n)\n" + strings.Repeat("\n", 400))},
		"internal/store/a.go":            {Data: []byte(source("store", "import (\n_ \"database/sql\"\n_ \"yifa/internal/vault\"\n)"))},
		"internal/store/storetest/a.go":  {Data: []byte(source("storetest", "import _ \"yifa/internal/pgtest\""))},
		"internal/web/page_templ.go":     {Data: []byte("// Code generated by templ - DO NOT EDIT.\n\npackage web\n" + strings.Repeat("\n", 400))},
		"internal/web/a.go":              {Data: []byte(source("web", "import _ \"net/http\""))},
		"internal/portal/a.go":           {Data: []byte(source("portal", "import (\n_ \"yifa/internal/office\"\n_ \"yifa/internal/web\"\n)"))},
		"internal/desk/a.go":             {Data: []byte(source("desk", "import \"net/http\"\n\nfunc f(w http.ResponseWriter, r *http.Request, a, b, c int) {}"))},
		"law/law.go":                     {Data: []byte(source("law", "import _ \"yifa/internal/procedure\""))},
		"cmd/yifa/a.go":                  {Data: []byte("// Command yifa is planted.\npackage main\n\nimport (\n_ \"yifa/law\"\n_ \"yifa/internal/desk\"\n)\n")},
		"web/node_modules/x/y.js":        {Data: []byte("// " + note)},
		"internal/x/testdata/bad.go":     {Data: []byte("not Go, " + note)},
		"internal/web/static/js/yifa.js": {Data: []byte("/* " + note + " */")},
	})
	if err != nil || len(faults) > 0 {
		t.Errorf("found %v, %v", faults, err)
	}
}

func TestAllowances(t *testing.T) {
	faults := []Fault{{Rule: "file", Path: "law/a.go"}, {Rule: "function", Path: "law/a.go"}}
	left, unused := apply([]allowance{{"file", "law/*.go", "a table"}, {"file", "cmd/a.go", "a table"}, {"function", "law/a.go", ""}}, faults)
	if len(left) != 1 || left[0].Rule != "function" {
		t.Errorf("left %v", left)
	}
	if len(unused) != 2 || unused[0].path != "cmd/a.go" || unused[1].why != "" {
		t.Errorf("unused %v", unused)
	}
}
