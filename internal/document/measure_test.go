package document_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/document"
)

const mm = 72 / 25.4

// word is a run of text as pdftotext finds it on a page, in points from the upper left.
type word struct {
	Left   float64 `xml:"xMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Top    float64 `xml:"yMin,attr"`
	Bottom float64 `xml:"yMax,attr"`
	Text   string  `xml:",chardata"`
}

// pagesOf measures the lines of a PDF, page by page.
func pagesOf(t *testing.T, pdf []byte) [][]word {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool(t, "pdftotext"), "-bbox", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Pages []struct {
			Words []word `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	var pages [][]word
	for _, p := range doc.Pages {
		pages = append(pages, p.Words)
	}
	return pages
}

func near(a, b, by float64) bool { return math.Abs(a-b) <= by }

// TestMeasures: the page of GB/T 9704: 28 characters in 156 mm from 28 mm on, 22 lines in 225 mm, the number of the
// page 7 mm below, at the right on odd pages and at the left on even ones. In the fonts that are built in, and in a
// 仿宋 of the operator's.
func TestMeasures(t *testing.T) {
	t.Run("built in", func(t *testing.T) { measure(t, fonts(t), "YifaSong") })
	t.Run("仿宋", func(t *testing.T) { measure(t, fangSong(t), "Own1") })
}

// fangSong are the fonts where the operator gives a 仿宋 for the text.
func fangSong(t *testing.T) *document.Fonts {
	t.Helper()
	raw, err := os.ReadFile("/usr/share/fonts/truetype/cwtex/cwfs.ttf")
	if err != nil {
		t.Fatalf("%v: install the Debian package fonts-cwtex-fs", err)
	}
	f, err := document.OpenFonts(fstest.MapFS{"body.ttf": {Data: raw}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func measure(t *testing.T, f *document.Fonts, font string) {
	p := document.Paper{Form: document.Official, Issuer: "江门市司法局文件", Title: "关于监督工作的通知", Number: "江司〔2026〕1号", Signer: "江门市司法局", Day: "2026年3月5日",
		Body: []document.Block{{Text: strings.Repeat("字", 26+28*60)}}}
	pdf, err := f.PDF(p)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(pdf, []byte(font)) {
		t.Errorf("the paper is not set in %s", font)
	}
	pages := pagesOf(t, pdf)
	if len(pages) < 3 {
		t.Fatalf("%d pages", len(pages))
	}
	measureText(t, pages[1])
	measureNumbers(t, pages)
}

// measureText holds the lines of a full page to the type area.
func measureText(t *testing.T, page []word) {
	t.Helper()
	var lines []word
	for _, w := range page {
		if strings.HasPrefix(w.Text, "字") {
			lines = append(lines, w)
		}
	}
	if len(lines) != 22 {
		t.Fatalf("%d lines on a full page: %v", len(lines), lines)
	}
	for i, l := range lines {
		if n := len([]rune(l.Text)); n != 28 || !near(l.Left, 28*mm, 0.7) || !near(l.Right, (28+156)*mm, 0.7) {
			t.Errorf("line %d has %d characters from %.1f to %.1f mm", i, n, l.Left/mm, l.Right/mm)
		}
		if i > 0 && !near(l.Top-lines[i-1].Top, 225*mm/22, 0.05) {
			t.Errorf("line %d stands %.2f points below the one before", i, l.Top-lines[i-1].Top)
		}
	}
	if first, last := lines[0], lines[21]; first.Top < 36*mm || last.Bottom > (37+225+1)*mm {
		t.Errorf("the text reaches from %.1f to %.1f mm", first.Top/mm, last.Bottom/mm)
	}
}

// measureNumbers holds the numbers of the pages to their place.
func measureNumbers(t *testing.T, pages [][]word) {
	t.Helper()
	for i, page := range pages {
		var number []word
		for _, w := range page {
			if w.Top > (37+225+5)*mm {
				number = append(number, w)
			}
		}
		if len(number) == 0 {
			t.Fatalf("page %d has no number", i+1)
		}
		if top := number[0].Top / mm; !near(top, 37+225+7, 1.5) {
			t.Errorf("the number of page %d stands at %.1f mm", i+1, top)
		}
		if odd := i%2 == 0; odd && number[len(number)-1].Right < 170*mm || !odd && number[0].Left > 40*mm {
			t.Errorf("the number of page %d stands on the wrong side", i+1)
		}
	}
}

// TestRedRule: the mark stands 35 mm below the top of the type area, the rule is as wide as that and stands 4 mm below
// the number, as pixels say.
func TestRedRule(t *testing.T) {
	p := document.Paper{Form: document.Official, Issuer: "江门市司法局文件", Title: "通知", Number: "江司〔2026〕1号", Signer: "江门市司法局", Day: "2026年3月5日",
		Body: []document.Block{{Text: "正文。"}}}
	pdf, err := fonts(t).PDF(p)
	if err != nil {
		t.Fatal(err)
	}
	number := word{}
	for _, w := range pagesOf(t, pdf)[0] {
		if strings.HasPrefix(w.Text, "江司") {
			number = w
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.pdf"), pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	const dots = 254 // an inch: ten a millimetre
	if out, err := exec.Command(tool(t, "pdftoppm"), "-r", fmt.Sprint(dots), "-png", filepath.Join(dir, "a.pdf"), filepath.Join(dir, "a")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f, err := os.Open(filepath.Join(dir, "a-1.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	red := func(x, y int) bool {
		r, g, b, _ := img.At(x, y).RGBA()
		return r > 0x9000 && g < 0x6000 && b < 0x6000
	}
	mark, rule := 0, 0
	for y := range img.Bounds().Dy() {
		n := 0
		for x := range img.Bounds().Dx() {
			if red(x, y) {
				n++
			}
		}
		switch {
		case n > 1500 && rule == 0:
			rule = y
			if !near(float64(n)/10, 156, 0.3) {
				t.Errorf("the rule is %.1f mm wide", float64(n)/10)
			}
		case n > 0 && mark == 0:
			mark = y
		}
	}
	if at := float64(mark)/10 - 37; !near(at, 35, 2) {
		t.Errorf("the mark begins %.1f mm below the top of the type area", at)
	}
	if at := float64(rule)/10 - number.Bottom/mm; !near(at, 4, 1.5) {
		t.Errorf("the rule stands %.1f mm below the number", at)
	}
}
