package main

import (
	"os"
	"strings"
	"testing"
)

// TestEdgeCases asks the program what testdata/edge.txt asks, and wants the whole answer that stands there, every line of
// which somebody has read: days worked in exchange, holidays inside, month ends, last days that move and that do not,
// standstills, extensions, sectors, hours over midnight, years without a notice.
func TestEdgeCases(t *testing.T) {
	raw, err := os.ReadFile("testdata/edge.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(string(raw), "\n> ")[1:]
	if len(cases) < 25 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		question, want, _ := strings.Cut(strings.TrimSpace(c), "\n")
		t.Run(question, func(t *testing.T) {
			t.Parallel()
			_, got, _ := yifa(t, append([]string{"law", "explain"}, strings.Fields(question)...)...)
			if strings.TrimSpace(got) != want {
				t.Errorf("%s\nwant\n%s", got, want)
			}
		})
	}
}
