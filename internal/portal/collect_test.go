package portal

import (
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
)

// TestCollect: a party opens the link on a phone, gets what she must know wrong once, opens her paper, sees her days, and
// comes back with the code; without scripts and in each language; the link then says that it was used.
func TestCollect(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
	}{
		{browser.Phone, ""},
		{browser.Narrow.WithoutScript(), "/en"},
		{browser.Desktop.InDark(), "/zh-hant"},
	} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := open(t, noLimits)
			id := s.city.Serve(s.city.Issued(), "陈阿妹|自然人|紫茶路 8 号")[0]
			s.city.Consent(id)
			s.city.Do(s.city.As(officetest.Officer), id, "hand_link", nil)
			slip, err := s.city.Office.LinkSlip(t.Context(), s.city.As(officetest.Officer), id)
			must(t, err)
			p := browser.New(t).Page(j.view)
			p.Goto(s.URL + j.prefix + slip.Path + "x")
			p.Check("collect-unknown")
			p.Goto(s.URL + j.prefix + slip.Path)
			p.Check("collect")
			if strings.Contains(p.Source(), "陈") || strings.Contains(p.Source(), "监意") {
				t.Error("the page tells whom the paper is for, or which it is, before it is opened")
			}
			const open = "main form .govuk-button"
			p.Fill("#check", "0000")
			p.Click(open)
			p.Check("collect-wrong")
			p.Fill("#check", "241x")
			p.Click(open)
			p.Check("collect-done")
			p.Click("main p .govuk-button")
			p.Check("collect-matter")
			p.Sees("监意〔2026〕1号")
			if st := s.city.State(id); st.Stage != "served" || len(s.city.State(id).Clocks) < 3 {
				t.Errorf("%s %v", st.Stage, st.Clocks)
			}
			p.Goto(s.URL + j.prefix + slip.Path)
			p.Check("collect-used")
		})
	}
}
