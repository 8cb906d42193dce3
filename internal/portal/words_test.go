package portal

import (
	"strings"
	"testing"
)

// What was searched for is set apart in a name, and the name stays whole.
func TestSplitKeepsTheName(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"白沙街道综合行政执法办公室", "白沙 执法", "[白沙]街道综合行政[执法]办公室"},
		{"白沙", "白沙", "[白沙]"},
		{"白沙", "新会", "白沙"},
		{"白沙", "", "白沙"},
	} {
		var got strings.Builder
		for _, p := range split(c.name, c.query) {
			if p.Hit {
				got.WriteString("[" + p.Text + "]")
			} else {
				got.WriteString(p.Text)
			}
		}
		if got.String() != c.want {
			t.Errorf("split(%q, %q) = %s, want %s", c.name, c.query, got.String(), c.want)
		}
	}
}
