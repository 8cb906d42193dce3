package search

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func plain(g string) string { return strings.ReplaceAll(g, "\x00", "") }

func TestIndex(t *testing.T) {
	docs := Index("扣押 三张桌，编号AB-12", plain)
	if len(docs) != 1 {
		t.Fatalf("got %d documents, want 1", len(docs))
	}
	want := "扣押 押 | 三张 张桌 桌 | 编号 号 | ab | 12 |"
	if got := strings.Join(docs[0].G, " "); got != want {
		t.Errorf("g = %q, want %q", got, want)
	}
	if got := strings.Join(docs[0].C, ""); got != "扣押三张桌编号" {
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
		doc := Index(string(text), plain)[0]
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
		for _, d := range Index(s, plain) {
			if len(d.G) > chunk*2 {
				t.Fatalf("a row of %d tokens", len(d.G))
			}
		}
		Query(s, plain)
	})
}
