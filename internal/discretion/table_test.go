package discretion_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/discretion"
	"yifa/internal/statute"
)

// An invented table, and what is found once a fault is planted in it.
func TestTables(t *testing.T) {
	raw, err := os.ReadFile("testdata/invented.yaml")
	if err != nil {
		t.Fatal(err)
	}
	book, faults := statute.Load(os.DirFS("../../law"))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, x := range []struct{ name, old, new, want string }{
		{"sound", "", "", ""},
		{"gap", "{step: 一般, from: 5000,", "{step: 一般, from: 6000,", "discretion/invented.yaml:14: gap: 货值金额 from 5000 元 to below 6000, 没有从重情形: no step applies (let a step reach so far, or add one)"},
		{"overlap", "below: 5000, if", "below: 6000, if", "overlap: 货值金额 from 5000 元 to below 6000, 没有从重情形: 从轻 and 一般 apply at once (let one end where the other begins)"},
		{"gap of a circumstance", "if: [打击报复举报人]", "if: [没有从重情形]", "打击报复举报人: no step applies"},
		{"no upper end", "below: 50000, ", "below: 40000, ", "gap: 货值金额 from 40000 元 to below 50000, 没有从重情形: no step applies"},
		{"beyond the law", "max: 10000}}", "max: 10001}}", "7000 to 10001 yuan leaves what the law allows, 1000 to 10000 (stay within it; 减轻 alone may go below it, with under: true)"},
		{"below the law", "fine: {min: 1000, max: 3000}", "fine: {min: 500, max: 3000}", "500 to 3000 yuan leaves what the law allows"},
		{"unknown circumstance", "if: [打击报复举报人]", "if: [别的]", `there is no circumstance "别的" (known: 没有从重情形, 打击报复举报人)`},
		{"backward", "from: 5000, below: 50000", "from: 50000, below: 5000", "no number is from 50000 and below 5000"},
		{"provision not listed", "basis: [xzcf/34]", "basis: [xzcf/999]", "xzcf/999 is not in force on 2026-01-01, or not listed"},
		{"id", "id: invented", "id: other", `id "other" is not the file's name "invented"`},
		{"unknown key", "conduct:", "conducts:", "unknown key"},
	} {
		text := string(raw)
		if !strings.Contains(text, x.old) {
			t.Fatalf("%s: the table does not hold %q", x.name, x.old)
		}
		_, faults := discretion.Load(fstest.MapFS{"discretion/invented.yaml": {Data: []byte(strings.Replace(text, x.old, x.new, 1))}}, book)
		var lines []string
		for _, f := range faults {
			lines = append(lines, f.Error())
		}
		got := strings.Join(lines, "\n")
		if x.want == "" && got != "" || !strings.Contains(got, x.want) {
			t.Errorf("%s: wanted\n%s\ngot\n%s", x.name, x.want, got)
		}
	}
}
