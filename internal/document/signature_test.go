package document_test

import (
	"strings"
	"testing"

	"yifa/internal/document"
)

func signed() document.Signature {
	return document.Signature{By: "宋知文（单位领导）", At: "2026年3月10日 09:30", Proved: "密码、动态口令", Entry: "第9条", Log: "yifa/0123456789abcdef",
		Place: "第48213位", Print: strings.Repeat("0123456789abcdef", 4)}
}

// TestSignatureBlock: in each form the block of the signature stands below the number of the last page and above the edge
// that printers leave white, in small print, and takes no line of the text; where it has no room there it has a page of its
// own after the paper. The word processor's file has it too.
func TestSignatureBlock(t *testing.T) {
	set := fonts(t)
	for _, form := range []document.Form{document.Official, document.Letter, document.Plain, document.Sheet, document.Record} {
		t.Run(string(form), func(t *testing.T) {
			p := letter()
			p.Form = form
			p.Note = "本文书按办理记录生成，已加盖电子印章，可用 PDF 阅读软件查验；打印件与 PDF 不一致的，以 PDF 为准。" // as the office says it
			plain := pagesOf(t, mustPDF(t, set, p))
			p.Signature = signed()
			pages := pagesOf(t, mustPDF(t, set, p))
			if len(pages) != len(plain) {
				t.Fatalf("%d pages, without the signature %d", len(pages), len(plain))
			}
			for i, page := range pages {
				low := ""
				for _, w := range page {
					if w.Top < 274.5*mm && !strings.Contains(w.Text, "电子签名") {
						continue
					}
					if low += w.Text; w.Bottom > 293.8*mm || w.Right > (28+156+0.5)*mm || w.Left < 27.5*mm || w.Bottom-w.Top > 14 {
						t.Errorf("page %d: %q stands from %.1f to %.1f mm, down to %.1f mm", i+1, w.Text, w.Left/mm, w.Right/mm, w.Bottom/mm)
					}
				}
				all := squeeze(strings.Join(p.Signature.Lines(), "") + p.Note)
				if last := i == len(pages)-1; last && low != all || !last && low != "" {
					t.Errorf("below page %d stands %q", i+1, low)
				}
			}
			p.Signature.By = strings.Repeat("很长的名称", 60)
			long := pagesOf(t, mustPDF(t, set, p))
			if len(long) != len(plain)+1 || !strings.Contains(wordsOf(long[len(long)-1]), "电子签名页") || !strings.Contains(wordsOf(long[len(long)-1]), p.Signature.Print) {
				t.Errorf("a long one: %d pages, the last says %s", len(long), wordsOf(long[len(long)-1]))
			}
		})
	}
}

func mustPDF(t *testing.T, set *document.Fonts, p document.Paper) []byte {
	t.Helper()
	pdf, err := set.PDF(p)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func wordsOf(page []word) string {
	var b strings.Builder
	for _, w := range page {
		b.WriteString(w.Text)
	}
	return b.String()
}
