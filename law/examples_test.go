package law_test

import (
	"testing"

	"yifa/internal/statute"
	"yifa/law"
)

// TestEveryRuleHasAnExample: a limit nobody counted by hand, and a rule of counting nobody tried, do not go in.
func TestEveryRuleHasAnExample(t *testing.T) {
	book, faults := statute.Load(law.FS)
	for _, f := range faults {
		t.Error(f)
	}
	if book == nil {
		return
	}
	for _, s := range book.Statutes() {
		if len(s.Examples) == 0 {
			t.Errorf("statutes/%s.yaml has no example", s.Key)
		}
	}
	for _, term := range book.Terms() {
		if len(term.Examples) == 0 {
			t.Errorf("term %s has no example", term.ID)
		}
	}
}
