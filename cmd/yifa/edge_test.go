package main

import (
	"os"
	"path/filepath"
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
