package search

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func plain(g string) string { return g }

func TestIndex(t *testing.T) {
	doc := Index("扣押 三张桌，编号AB-12", plain)
	want := "扣押 押  三张 张桌 桌  编号 号  ab  12 "
	if got := strings.Join(doc.G, " "); got != want {
		t.Errorf("g = %q, want %q", got, want)
	}
	if got := strings.Join(doc.C, ""); got != "扣押三张桌编号" {
		t.Errorf("c = %q", got)
	}
}

func TestQuery(t *testing.T) {
	got := Query("三张桌 扣 ab", plain)
	if len(got) != 3 || strings.Join(got[0].Tokens, " ") != "三张 张桌" || !got[1].Single || got[2].Tokens[0] != "ab" {
		t.Errorf("got %+v", got)
	}
}

// Whatever stretch of a Chinese run is asked for, the index holds its phrase.
func TestEveryStretchIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(rapid.StringOfN(rapid.SampledFrom([]rune("执法监督投诉举报罚款没收")), 1, 40, -1).Draw(t, "text"))
		i := rapid.IntRange(0, len(text)-1).Draw(t, "from")
		j := rapid.IntRange(i+1, len(text)).Draw(t, "to")
		doc := Index(string(text), plain)
		for _, p := range Query(string(text[i:j]), plain) {
			if p.Single && !slices.Contains(doc.C, p.Tokens[0]) || !p.Single && !hasPhrase(doc.G, p.Tokens) {
				t.Fatalf("%q not found in %q", string(text[i:j]), string(text))
			}
		}
	})
}

func hasPhrase(g, phrase []string) bool {
	for i := 0; i+len(phrase) <= len(g); i++ {
		if slices.Equal(g[i:i+len(phrase)], phrase) {
			return true
		}
	}
	return false
}

func FuzzIndex(f *testing.F) {
	f.Add("江蓬执监诉〔2026〕86号")
	f.Add("\x00\xff〇𠮷")
	f.Fuzz(func(t *testing.T, s string) {
		d := Index(s, plain)
		if len(d.C) > len(d.G) {
			t.Fatalf("%d characters in %d tokens", len(d.C), len(d.G))
		}
		Query(s, plain)
	})
}
