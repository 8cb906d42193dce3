package web

import (
	"regexp"
	"strings"
	"testing"
)

// TestStyleSheet holds the built files to what look.md and the content policy promise.
func TestStyleSheet(t *testing.T) {
	css := strings.ToLower(string(assets()["yifa.css"].body))
	if len(css) < 20_000 {
		t.Fatal("style sheet not built: run web/build.sh")
	}
	for _, bad := range []string{"url(http", "url(//", "@import", "gds transport", "crown", "expression("} {
		if strings.Contains(css, bad) {
			t.Errorf("style sheet has %s", bad)
		}
	}
	// Colours of the parts we build on that must not shine through ours.
	for _, old := range []string{"#0b0c0c", "#1d70b8", "#003078", "#00703c", "#0f7a52", "#d4351c", "#ffdd00", "#f3f2f1", "#505a5f", "#b1b4b6"} {
		if strings.Contains(css, old) {
			t.Errorf("style sheet keeps the fixed colour %s", old)
		}
	}
	for _, m := range regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(css, -1) {
		name := strings.TrimPrefix(strings.Trim(m[1], `"'`), "/static/")
		if _, found := assets()[name]; !found {
			t.Errorf("style sheet asks for %s, which we do not have", m[1])
		}
	}
	for _, js := range []string{"yifa.js", "pow.js", "charts.js"} {
		if body := string(assets()[js].body); body == "" || strings.Contains(body, "eval(") || strings.Contains(body, "http:") {
			t.Errorf("%s missing or unsafe", js)
		}
	}
}
