package document_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/document"
)

// volume is one of so many letters of two pages.
func volume(t testing.TB, f *document.Fonts, n int) document.Volume {
	t.Helper()
	pdf, err := f.PDF(letter())
	if err != nil {
		t.Fatal(err)
	}
	v := document.Volume{Cover: document.Paper{Form: document.Plain, Issuer: "江门市蓬江区司法局", Title: "行政执法监督案卷", Number: "江蓬执监诉〔2026〕86号", Body: []document.Block{{Text: "正卷"}}},
		Last: document.Paper{Form: document.Sheet, Issuer: "江门市蓬江区司法局", Title: "备考表", Body: []document.Block{{Text: "本卷情况说明：无。"}}}}
	for i := range n {
		v.Pieces = append(v.Pieces, document.Piece{Number: fmt.Sprintf("江蓬执监诉〔2026〕%d号", i+1), By: "江门市蓬江区司法局", Title: fmt.Sprintf("第%d份答复书", i+1), On: "2026-03-05", PDF: pdf})
	}
	return v
}

// TestBind: every piece is there in its order, the list names the page it begins on, that page bears that number, and a
// bookmark leads there.
func TestBind(t *testing.T) {
	f := fonts(t)
	pdf, err := f.Bind(volume(t, f, 5))
	if err != nil {
		t.Fatal(err)
	}
	pages := pagesOf(t, pdf)
	if len(pages) != 1+1+5*2+1 {
		t.Fatalf("%d pages", len(pages))
	}
	for i := range 5 {
		first := pages[2+2*i]
		text := ""
		number := ""
		for _, w := range first {
			text += w.Text
			if w.Top < 15*mm {
				number = w.Text
			}
		}
		if want := fmt.Sprint(2*i + 1); number != want || !strings.Contains(text, "答复书") {
			t.Errorf("piece %d begins on a page numbered %q, want %s", i+1, number, want)
		}
	}
	list := ""
	for _, w := range pages[1] {
		list += w.Text + " "
	}
	for i := range 5 {
		if want := fmt.Sprintf("第%d份答复书", i+1); !strings.Contains(list, want) {
			t.Errorf("the list lacks %s: %s", want, list)
		}
	}
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool(t, "qpdf"), "--check", name).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v: %s", err, out)
	}
}

// BenchmarkBind binds some 200 pages.
func BenchmarkBind(b *testing.B) {
	f := fonts(b)
	v := volume(b, f, 100)
	for b.Loop() {
		if _, err := f.Bind(v); err != nil {
			b.Fatal(err)
		}
	}
}
