package portal

import (
	"testing"

	"yifa/internal/browser"
)

// In large type on the narrowest phone the steps of a count keep room for their words: at least ten characters a line.
func TestLargeTypeHasRoom(t *testing.T) {
	s := open(t, noLimits)
	p := browser.New(t).Page(browser.Narrow)
	p.Goto(s.URL + "/?type=large")
	p.Goto(s.URL + "/calculator?term=pen-07&from=2026-09-24")
	p.Check("calculator-large")
	const room = `Math.min(...[...document.querySelectorAll('.yifa-why > li > :last-child')].map(e => e.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize)))`
	if wide := browser.Evaluate[float64](p, room); wide < 10 {
		t.Errorf("the words of a step have %.1f characters a line", wide)
	}
}
