package web

import (
	"context"
	"strings"
	"testing"
)

// TestNumbersStayWhole: the number of a matter stands in one line, wherever it is said, and nothing is added to the text.
func TestNumbersStayWhole(t *testing.T) {
	for text, want := range map[string]string{
		"江蓬执监诉〔2026〕54号（核查中）":       `<span class="yifa-num">江蓬执监诉〔2026〕54号</span>（核查中）`,
		"我们收到“违建”（江蓬执监诉〔2026〕43号）。": `我们收到“违建”（<span class="yifa-num">江蓬执监诉〔2026〕43号</span>）。`,
		"蓬江区环市街道":                   "蓬江区环市街道",
	} {
		var b strings.Builder
		if err := Text(text).Render(context.Background(), &b); err != nil || b.String() != want {
			t.Errorf("got %q, want %q: %v", b.String(), want, err)
		}
	}
}
