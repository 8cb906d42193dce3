package document_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"yifa/internal/document"
)

func fonts(t testing.TB) *document.Fonts {
	t.Helper()
	f, err := document.OpenFonts(nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// letter is a paper of about two pages.
func letter() document.Paper {
	p := document.Paper{Issuer: "江门市蓬江区司法局", Title: "答复书", Number: "江蓬执监诉〔2026〕86号", Addressee: "提交人：",
		Signer: "江门市蓬江区司法局", Day: "2026年3月5日", Note: "本文书由平台按办理记录生成。"}
	for i := range 12 {
		level := 0
		if i%4 == 0 {
			level = 1
		}
		p.Body = append(p.Body, document.Block{Level: level, Text: fmt.Sprintf("第%d段。办理期间和办结以后，“申请行政复议”、提起行政诉讼的期限都照常计算（行政复议法第二十条），不因为向我们反映而停下来。", i+1)})
	}
	return p
}

// tool skips the test where a program of the checks is not installed; scripts/checks.sh lets nothing be skipped.
func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

// textOf is what a reader can copy out of a PDF, without white space; a page's text in the order it was written.
func textOf(t testing.TB, pdf []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool(t, "qpdf"), "--check", name).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v: %s", err, out)
	}
	out, err := exec.Command(tool(t, "pdftotext"), "-raw", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return squeeze(string(out))
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestPDF(t *testing.T) {
	p := letter()
	p.Body = append(p.Body, document.Block{Text: "当事人：𠮷野㐂三、䶮某。"})
	pdf, err := fonts(t).PDF(p)
	if err != nil {
		t.Fatal(err)
	}
	if len(pdf) > 200_000 {
		t.Errorf("%d bytes", len(pdf))
	}
	text := textOf(t, pdf)
	at := 0
	for _, part := range []string{p.Issuer, p.Number, p.Title, p.Addressee, p.Body[0].Text, p.Body[len(p.Body)-1].Text, p.Signer + p.Day} {
		i := strings.Index(withoutNumbers(text)[at:], squeeze(part))
		if i < 0 {
			t.Fatalf("%q does not follow in\n%s", part, text)
		}
		at += i
	}
	for _, page := range []string{"—1—", "—2—"} {
		if !strings.Contains(text, page) {
			t.Errorf("no page number %s", page)
		}
	}
}

// withoutNumbers takes the page numbers out, which stand between the lines of a paragraph.
func withoutNumbers(s string) string {
	for i := range 9 {
		s = strings.ReplaceAll(s, fmt.Sprintf("—%d—", i+1), "")
	}
	return strings.ReplaceAll(s, "\f", "")
}

// TestSameBytes: a paper's hash can be recomputed at any time, by another process too.
func TestSameBytes(t *testing.T) {
	one, err1 := fonts(t).PDF(letter())
	two, err2 := fonts(t).PDF(letter())
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, two) {
		t.Error("the same paper gives different bytes")
	}
}

// TestMissingGlyph: a paper is refused rather than altered, and the error names the character.
func TestMissingGlyph(t *testing.T) {
	f := fonts(t)
	for text, want := range map[string]string{"😀": "U+1F600", "甲": "", "葛\U000e0100": "U+845B U+E0100", "\ue000": "U+E000", "\xff": "U+FFFD"} {
		for _, where := range []func(*document.Paper){
			func(p *document.Paper) { p.Body[3].Text += text }, func(p *document.Paper) { p.Signer = text },
			func(p *document.Paper) { p.Issuer = text }, func(p *document.Paper) { p.Title = text },
		} {
			p := letter()
			where(&p)
			_, err := f.PDF(p)
			var missing *document.MissingGlyph
			switch {
			case want == "" && err != nil:
				t.Errorf("%q: %v", text, err)
			case want != "" && (!errors.As(err, &missing) || missing.Code() != want):
				t.Errorf("%q: %v, want %s", text, err, want)
			}
		}
	}
}

// TestFontFiles: the fonts built in are the ones scripts/fonts.sh made.
func TestFontFiles(t *testing.T) {
	sums, err := os.ReadFile("fonts/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(sums)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		raw, err := os.ReadFile(filepath.Join("fonts", strings.TrimSpace(name)))
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%x", sha256.Sum256(raw)) != sum {
			t.Errorf("%s is not the one scripts/fonts.sh made", name)
		}
		n++
	}
	if n != 5 {
		t.Errorf("%d fonts are listed", n)
	}
}

// TestOwnFonts: a city's font is asked first, and a file that is no font is an error that names it.
func TestOwnFonts(t *testing.T) {
	raw, err := os.ReadFile("fonts/YifaSong-Bold.ttf")
	if err != nil {
		t.Fatal(err)
	}
	f, err := document.OpenFonts(fstest.MapFS{"body.ttf": {Data: raw}, "readme.txt": {Data: []byte("x")}})
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := f.PDF(letter())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(pdf, []byte("YIFAAA+Own1")) || bytes.Contains(pdf, []byte("YifaSong-Regular")) {
		t.Error("the text is not set in the city's own font")
	}
	if _, err := document.OpenFonts(fstest.MapFS{"title.ttf": {Data: raw[:500]}}); err == nil || !strings.Contains(err.Error(), "title.ttf") {
		t.Errorf("half a font: %v", err)
	}
}

// FuzzPDF: whatever people write, a paper is either whole or refused, never a panic.
func FuzzPDF(f *testing.F) {
	for _, s := range []string{"", "GD-4407-2026-ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789-0123456789-0123456789-0123456789-0123456789",
		"e\u0301\u0301\u0301", "👩‍👩‍👧", "。、）》」", "（《“‘", strings.Repeat("很长", 3000), strings.Repeat("x", 3000), "\u200b\u200b", "a\tb\x00c", "﷽", "𠮷",
		"don’t", "———……", strings.Repeat("“", 100), strings.Repeat(" ", 200) + "字"} {
		f.Add(s)
	}
	set := fonts(f)
	f.Fuzz(func(t *testing.T, s string) {
		p := document.Paper{Issuer: "机关" + s[:0], Title: s, Number: "1号", Addressee: s + "：", Body: []document.Block{{Text: s}, {Level: 1, Text: s}}, Signer: "机关", Day: s, Note: s}
		pdf, err := set.PDF(p)
		var missing *document.MissingGlyph
		if err != nil {
			if !errors.As(err, &missing) {
				t.Fatal(err)
			}
			return
		}
		if !bytes.HasPrefix(pdf, []byte("%PDF-1.7")) || !bytes.HasSuffix(pdf, []byte("%%EOF\n")) {
			t.Error("not a PDF")
		}
	})
}

func BenchmarkPDF(b *testing.B) {
	f := fonts(b)
	p := letter()
	if _, err := f.PDF(p); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := f.PDF(p); err != nil {
			b.Fatal(err)
		}
	}
}
