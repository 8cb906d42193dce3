package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
)

// TestServeJourney: an officer serves one paper on forty parties, sees them all with where each stands and its days, and
// prints a slip for one of them; wide, and on the narrowest phone without scripts.
func TestServeJourney(t *testing.T) {
	for _, view := range []browser.View{browser.Desktop, browser.Narrow.WithoutScript()} {
		t.Run(view.Name, func(t *testing.T) {
			s := openDesk(t)
			paper := s.city.Issued()
			w := &walk{Page: browser.New(t).Page(view), s: s, path: matterPath(paper), noScript: view.NoScript}
			w.enter(officetest.Officer)
			w.open(w.path + "/acts/serve_paper")
			w.Check("serve-form")
			var lines []string
			for n := range 40 {
				lines = append(lines, fmt.Sprintf("当事人%02d|自然人|白沙街道 %d 号", n+1, n+1))
			}
			w.Fill("#recipients", strings.Join(lines, "\n")+"\n当事人41|个人")
			w.Press("input[name=remedy][value=general]")
			w.Click(confirm)
			w.Check("serve-bad-line")
			w.Sees("41")
			w.Fill("#recipients", strings.Join(lines, "\n"))
			w.Click(confirm)
			w.open(w.path)
			w.Sees("当事人01", "当事人40")
			w.Check("served-table")
			var first string
			for _, l := range s.city.State(paper).Links {
				if l.Kind == "has_part" {
					first = matterPath(l.To)
					s.city.Consent(l.To)
					s.city.Do(s.city.As(officetest.Officer), l.To, "hand_link", nil)
					break
				}
			}
			w.open(first)
			w.Check("service")
			if view.NoScript {
				w.Click("form[action$=slip] .govuk-button")
			} else {
				w.Press("form[action$=slip] .govuk-button") // it stands in what moves along with the page
			}
			for range 50 {
				if w.Has("footer") && w.Has("#slip-how") {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
			w.Sees("/collect/")
			w.Check("slip")
		})
	}
}
