package document

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func text(l line) string {
	var b strings.Builder
	for _, c := range l.clusters {
		b.WriteString(c.text)
	}
	return b.String()
}

// TestKinsoku: no closing mark begins a line, no opening one ends it, nothing is lost, and no line is too long.
func TestKinsoku(t *testing.T) {
	f, err := OpenFonts(nil)
	if err != nil {
		t.Fatal(err)
	}
	pieces := []string{"监督", "办", "理", "。", "、", "，", "）", "（", "《", "》", "“", "”", "：", "；", "2026年", "GD-4407", "A", "〔2026〕86号", "！", "？"}
	rapid.Check(t, func(t *rapid.T) {
		s := "字" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 200).Draw(t, "pieces"), "")
		if hasLongRun(s) {
			t.Skip("no line can be ended lawfully in a run of marks")
		}
		all, err := f.clusters(f.body, s, bodySize)
		if err != nil {
			t.Fatal(err)
		}
		whole := ""
		lines := breakLines(all, bodySize, width, indent)
		for i, l := range lines {
			one := text(l)
			whole += one
			if w := widthOf(l.clusters) + l.indent; w > width+0.1 {
				t.Fatalf("line %d is %.1f wide", i, w)
			}
			if i > 0 && strings.IndexAny(one, "。、，）》”：；〕！？") == 0 {
				t.Fatalf("line %d begins with %s", i, one)
			}
			if i+1 < len(lines) && strings.ContainsRune("（《“〔", last(one)) {
				t.Fatalf("line %d ends with %s", i, one)
			}
			if i+1 < len(lines) && l.gap > 0 && math.Abs(justified(l)-width) > 0.1 {
				t.Fatalf("line %d is %.1f wide when justified", i, justified(l))
			}
		}
		if whole != s {
			t.Fatalf("%q became %q", s, whole)
		}
	})
}

// last is the last character of a text.
func last(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// hasLongRun: so many marks on end that a line of nothing else cannot be ended well.
func hasLongRun(s string) bool {
	run := 0
	for _, r := range s {
		if strings.ContainsRune("。、，）》（《“”：；！？〔〕", r) {
			run++
		} else {
			run = 0
		}
		if run > 8 {
			return true
		}
	}
	return false
}

func justified(l line) float64 {
	w := widthOf(l.clusters) + l.indent
	for i := range l.clusters[1:] {
		if opens(l.clusters[i], l.clusters[i+1]) {
			w += l.gap
		}
	}
	return w
}

// TestSignatureNeverAlone: whatever the length, the page with the signature has a line of the body.
func TestSignatureNeverAlone(t *testing.T) {
	f, err := OpenFonts(nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < 60; n++ {
		p := Paper{Issuer: "江门市司法局", Title: "通知书", Addressee: "提交人：", Signer: "江门市司法局", Day: "2026年3月5日"}
		for range n {
			p.Body = append(p.Body, Block{Text: "正文一行。"})
		}
		l, err := f.lay(p)
		if err != nil {
			t.Fatal(err)
		}
		last := ""
		for _, m := range l.last().marks {
			last += m.text
		}
		if !strings.Contains(last, "正文一行。") || !strings.Contains(last, "江门市司法局") {
			t.Errorf("%d lines: the last page says only %s", n, last)
		}
		for i, page := range l.sheets {
			for _, m := range page.marks {
				if m.size == bodySize && m.y > top+height {
					t.Errorf("%d lines: on page %d %q stands below the type area", n, i+1, m.text)
				}
			}
		}
	}
}
