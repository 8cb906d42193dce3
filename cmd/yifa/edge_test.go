package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// edgeCase is one question of testdata/edge: the comment over it, which names its source in the research (enforcement
// §9.14), what stands after `yifa law explain`, and the whole answer. An answer that begins with "! " is what the program
// refuses with.
type edgeCase struct{ file, heading, question, answer string }

func edgeCases(t *testing.T) []edgeCase {
	t.Helper()
	files, err := filepath.Glob("testdata/edge/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	var cases []edgeCase
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for block := range strings.SplitSeq(strings.TrimSpace(string(raw)), "\n\n") {
			c := edgeCase{file: filepath.Base(file)}
			for line := range strings.SplitSeq(block, "\n") {
				switch {
				case strings.HasPrefix(line, "# ") && c.question == "":
					c.heading += line[2:] + " "
				case strings.HasPrefix(line, "> ") && c.question == "":
					c.question = line[2:]
				default:
					c.answer += line + "\n"
				}
			}
			if c.heading == "" || c.question == "" || c.answer == "" {
				t.Fatalf("%s: heading, question or answer is missing in\n%s", file, block)
			}
			cases = append(cases, c)
		}
	}
	return cases
}

// TestEdgeCases asks the program what testdata/edge asks, and wants the whole answer that stands there, every line of
// which somebody has read against the law: days worked in exchange, holidays inside, month ends, last days that move and
// that do not, standstills, extensions, sectors, hours over midnight, years without a notice.
func TestEdgeCases(t *testing.T) {
	l, err := (&lawCmd{}).loaded()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range edgeCases(t) {
		t.Run(c.file+" "+c.question, func(t *testing.T) {
			var asked explainCmd
			p, err := kong.New(&asked)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.Parse(strings.Fields(c.question)); err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			if err := asked.answer(&got, l); err != nil {
				got.WriteString("! " + err.Error())
			}
			if strings.TrimSpace(got.String()) != strings.TrimSpace(c.answer) {
				t.Errorf("%s\nwant\n%s", got.String(), c.answer)
			}
		})
	}
}

var (
	edgePoint = regexp.MustCompile(`(enforcement|disputes|decisions) §\d+\.\d+`)
	edgeList  = regexp.MustCompile(`(enforcement|disputes|decisions) §(\d+) 1–(\d+)`)
	named     = regexp.MustCompile("`([^`]+)`")
)

// TestEveryEdgeCaseIsAccountedFor: each number of the three lists of the research stands over a case or in the table of
// docs/edge-cases.md, and what the table names as proof is there.
func TestEveryEdgeCaseIsAccountedFor(t *testing.T) {
	raw, err := os.ReadFile("../../docs/edge-cases.md")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, c := range edgeCases(t) {
		for _, point := range edgePoint.FindAllString(c.heading, -1) {
			found[point] = true
		}
	}
	rows := map[string]bool{}
	for line := range strings.SplitSeq(string(raw), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 2 || !edgePoint.MatchString(cells[1]) {
			continue
		}
		point := strings.TrimSpace(cells[1])
		if len(cells) != 5 || strings.TrimSpace(cells[2]) == "" || strings.TrimSpace(cells[3]) == "" || rows[point] {
			t.Errorf("%s stands twice, or without its gist or its proof", point)
			continue
		}
		rows[point], found[point] = true, true
		for _, name := range named.FindAllStringSubmatch(cells[3], -1) {
			isThere(t, point, name[1])
		}
	}
	for _, list := range edgeList.FindAllStringSubmatch(string(raw), -1) {
		last, _ := strconv.Atoi(list[3])
		for n := 1; n <= last; n++ {
			if point := fmt.Sprintf("%s §%s.%d", list[1], list[2], n); !found[point] {
				t.Errorf("%s has no case, and no row", point)
			}
		}
	}
}

// isThere holds a test or file that is named as proof against the tree.
func isThere(t *testing.T, point, name string) {
	t.Helper()
	switch {
	case strings.Contains(name, "/"):
		if _, err := os.Stat("../../" + name); err != nil {
			t.Errorf("%s: %v", point, err)
		}
	case strings.HasPrefix(name, "Test"):
		for _, dir := range []string{"../../*/*_test.go", "../../*/*/*_test.go", "../../*/*/*/*_test.go"} {
			files, _ := filepath.Glob(dir)
			for _, f := range files {
				if b, err := os.ReadFile(f); err == nil && bytes.Contains(b, []byte("func "+name+"(")) {
					return
				}
			}
		}
		t.Errorf("%s: there is no test %s", point, name)
	}
}
