package worked_test

import (
	"strings"
	"testing"

	"yifa/internal/procedure"
	"yifa/internal/procedure/proof"
)

// A statute that ends while matters still open under a version is warned of, with its day, wherever it is
// cited; nothing is warned of where a later version of the statute goes on listing the provision.
func TestLapsing(t *testing.T) {
	const versions, one = "statutes/hrc.yaml", `{id: "2024-01-01", from: 2024-01-01}`
	for _, x := range []struct {
		name, file, old, new string
		want                 []string // of the warnings; nil: none
		not                  string
	}{
		{"as it is", versions, one, one, nil, ""},
		{"repealed", versions, one, `{id: "2024-01-01", from: 2024-01-01, to: 2026-07-01, by: [new]}`, []string{
			"procedures/repair.notice/2026-01-01/procedure.yaml:5: basis: hrc/1 ceases to be in force on 2026-07-01, replaced by new (have a version ready from that day that cites what is then in force)",
			"procedure.yaml:37: clock finish suspends: hrc/4 ceases", "procedure.yaml:13: role head: hrc/7 ceases", "procedure.yaml:60: act refuse when: hrc/8 ceases",
			"terms/repair.yaml:15: term rep-02: hrc/3 ceases to be in force on 2026-07-01"}, ""},
		{"followed by another version", versions, one, one[:len(one)-1] + ", to: 2026-07-01}\n  - {id: \"2026-07-01\", from: 2026-07-01}", nil, ""},
		{"ended before", versions, one, `{id: "2020-01-01", from: 2020-01-01, to: 2024-01-01}` + "\n  - " + one, nil, ""},
		{"term that ends", "terms/repair.yaml", "{from: 2024-01-01, length: 5 工作日,", "{from: 2024-01-01, to: 2026-09-01, length: 5 工作日,",
			[]string{"procedure.yaml:25: clock accept: term rep-01 ceases to be in force on 2026-09-01 (have a version ready from that day, or give the term a version)"}, "hrc"},
	} {
		law := small()
		text := string(law[x.file].Data)
		if !strings.Contains(text, x.old) {
			t.Fatalf("%s: %s does not hold %q", x.name, x.file, x.old)
		}
		law[x.file].Data = []byte(strings.Replace(text, x.old, x.new, 1))
		l, faults := procedure.Load(law, nil)
		if len(faults) > 0 {
			t.Fatalf("%s: %v", x.name, faults)
		}
		var lines []string
		for _, w := range proof.Lapsing(l) {
			lines = append(lines, w.Error())
		}
		got := strings.Join(lines, "\n")
		for _, w := range x.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: wanted %s, got\n%s", x.name, w, got)
			}
		}
		if x.want == nil && got != "" || x.not != "" && strings.Contains(got, x.not) {
			t.Errorf("%s: got\n%s", x.name, got)
		}
	}
}

func TestUnusedTerms(t *testing.T) {
	l, _ := procedure.Load(small(), nil)
	if n := len(proof.Unused(l)); n != 1 { // rep-05, of 2027
		t.Errorf("%d terms are used by no procedure, not 1", n)
	}
}
