package office_test

import (
	"slices"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// The provisions of a statute stand in the order of its text, however its file lists them.
func TestProvisionsInTextOrder(t *testing.T) {
	v, err := officetest.New(t).Office.Statute(t.Context(), i18n.ZhHans, "ptsd", office.TextAsk{})
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int {
		return slices.IndexFunc(v.Provisions, func(p office.ProvisionView) bool { return p.At == name })
	}
	for _, pair := range [][2]string{{"9", "10"}, {"66", "70"}, {"100", "140"}, {"73", "100"}} {
		if a, b := at(pair[0]), at(pair[1]); a < 0 || b < 0 || a > b {
			t.Errorf("article %s stands at %d, article %s at %d", pair[0], a, pair[1], b)
		}
	}
}
