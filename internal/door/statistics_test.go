package door

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/indicator"
	"yifa/internal/office"
)

// The unit beside a number that is not shown does not tell whether it is one.
func TestUnitTellsNothing(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r = r.WithContext(i18n.With(r.Context(), i18n.En))
	for _, unit := range []indicator.Unit{indicator.Matters, indicator.Days} {
		for _, shown := range []indicator.Shown{indicator.Few, indicator.Withheld} {
			one, four := unitOf(r, office.Figure{Of: "supervision.complaint", Unit: unit, N: 1, Shown: shown}), unitOf(r, office.Figure{Of: "supervision.complaint", Unit: unit, N: 4, Shown: shown})
			if one != four {
				t.Errorf("%v, shown %v: one is %q, four are %q", unit, shown, one, four)
			}
		}
	}
	if got := unitOf(r, office.Figure{Of: "supervision.complaint", Unit: indicator.Matters, N: 1}); got != "complaint" {
		t.Errorf("one that is shown is %q", got)
	}
}
