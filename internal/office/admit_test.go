package office_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// A report that is not admitted is not filed, and the proof it came with stays spent.
func TestNotAdmitted(t *testing.T) {
	c := officetest.New(t)
	draft, until := c.Draft(officetest.Report()), officetest.Start.Add(time.Hour)
	full := errors.New("too many")
	var fresh []bool
	spends := func(then error) func(office.Spend) error {
		return func(spend office.Spend) error {
			gone, leave := context.WithCancel(t.Context())
			leave() // a sender who goes away
			first, err := spend(gone, "one proof", until)
			fresh = append(fresh, first)
			return errors.Join(err, then)
		}
	}
	if _, err := c.Office.FileReport(t.Context(), draft, i18n.ZhHans, spends(full)); !errors.Is(err, full) {
		t.Errorf("not admitted: %v", err)
	}
	if d, err := c.Office.Draft(t.Context(), draft); err != nil || d.Filed != nil {
		t.Errorf("a report not admitted: %+v, %v", d.Filed, err)
	}
	first, err := c.Office.FileReport(t.Context(), draft, i18n.ZhHans, spends(nil))
	if err != nil || len(fresh) != 2 || !fresh[0] || fresh[1] {
		t.Errorf("fresh %v: %v", fresh, err)
	}
	// What is filed is filed: nobody is asked again.
	again, err := c.Office.FileReport(t.Context(), draft, i18n.ZhHans, spends(full))
	if err != nil || again.ID != first.ID || again.Code != first.Code || again.Proof != first.Proof || len(fresh) != 2 {
		t.Errorf("%+v, then %+v: %v", first, again, err)
	}
}
