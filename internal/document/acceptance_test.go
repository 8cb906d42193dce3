package document_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yifa/internal/document"
	"yifa/law"
)

// papers are one filled example of every paper there is: those of the catalogue, and those of the procedures, whose fields
// say their own names.
func papers(t *testing.T) map[string]document.Paper {
	t.Helper()
	out := map[string]document.Paper{}
	for _, k := range catalogue(t) {
		out[k.ID] = k.Sample()
	}
	files, err := fs.Glob(law.FS, "procedures/*/*/documents/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := fs.ReadFile(law.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		template, err := document.Parse(string(raw))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		p := template.Fill(func(name, _ string) string {
			switch name {
			case "organ":
				return "江门市蓬江区司法局"
			case "day":
				return "2026年3月5日"
			case "document_number", "matter_number":
				return "江蓬执监诉〔2026〕86号"
			case "no":
				return "1"
			}
			return "按照办理记录填写的内容"
		})
		p.Signature = signed()
		out[strings.Split(file, "/")[1]+"/"+strings.TrimSuffix(filepath.Base(file), ".md")] = p
	}
	return out
}

// Where a page may have text: GB/T 9704's type area, and above it on papers no standard binds.
const (
	areaLeft, areaRight = 28.0, 28 + 156.0
	areaBottom          = 37 + 225.0
	numberTop           = areaBottom + 7
)

// TestEveryPage: each page of every paper is held to the measures of GB/T 9704, the later ones too: text inside the type
// area, at most 25 lines (22 but where that saves a page) of at most 28 characters, the number of the page in its place, the
// signature with text above it on its page and in its place, no heading at the foot of a page.
func TestEveryPage(t *testing.T) {
	set := fonts(t)
	all := papers(t)
	for name, p := range all {
		t.Run(name, func(t *testing.T) {
			pages := pagesOf(t, mustPDF(t, set, p))
			for i, page := range pages {
				at := sheetOf{t, p, page, i + 1, len(pages)}
				at.inside()
				at.number()
				at.lines()
			}
			signedAt(t, p, pages)
		})
	}
	if n := len(pagesOf(t, mustPDF(t, set, all["hearing_record"]))); n != 5 {
		t.Errorf("the hearing record has %d pages, five are to be measured", n)
	}
}

// sheetOf is one page under test.
type sheetOf struct {
	t     *testing.T
	p     document.Paper
	words []word
	n, of int
}

// body are the words of the type area.
func (s sheetOf) body() []word {
	var out []word
	for _, w := range s.words {
		if w.Top/mm < areaBottom {
			out = append(out, w)
		}
	}
	return out
}

// inside holds the words to the edges of the type area.
func (s sheetOf) inside() {
	top := map[document.Form]float64{document.Official: 37, document.Letter: 29, document.Sheet: 21, document.Plain: 23, document.Record: 23}[formOf(s.p)]
	if s.n > 1 && formOf(s.p) == document.Letter {
		top = 37
	}
	for _, w := range s.body() {
		if w.Bottom-w.Top > 36 { // the organ's mark, whose font has much room above
			w.Top += 0.2 * (w.Bottom - w.Top)
		}
		if w.Left/mm < areaLeft-0.5 || w.Right/mm > areaRight+0.7 || w.Top/mm < top-1.5 || w.Bottom/mm > areaBottom+1.2 {
			s.t.Errorf("page %d: %q stands from %.1f to %.1f mm, %.1f to %.1f mm down", s.n, w.Text, w.Left/mm, w.Right/mm, w.Top/mm, w.Bottom/mm)
		}
	}
}

func formOf(p document.Paper) document.Form {
	if p.Form == "" {
		return document.Letter
	}
	return p.Form
}

// number holds the number of the page to its place and its words.
func (s sheetOf) number() {
	text, left, right := "", 1000.0, 0.0
	for _, w := range s.words {
		if top := w.Top / mm; top >= areaBottom+3 && top < numberTop+3 {
			text, left, right = text+w.Text, min(left, w.Left/mm), max(right, w.Right/mm)
		}
	}
	want := fmt.Sprintf("—%d—", s.n)
	if counted := formOf(s.p) == document.Sheet || formOf(s.p) == document.Record; counted {
		want = fmt.Sprintf("第%d页共%d页", s.n, s.of)
	} else if odd := s.n%2 == 1; odd && !near(right, areaRight-14*25.4/72, 1) || !odd && !near(left, areaLeft+14*25.4/72, 1) {
		s.t.Errorf("page %d: its number stands from %.1f to %.1f mm", s.n, left, right)
	}
	if text != want {
		s.t.Errorf("page %d is numbered %q, want %q", s.n, text, want)
	}
}

// lines counts lines and characters of papers without tables.
func (s sheetOf) lines() {
	if slices.ContainsFunc(s.p.Body, func(b document.Block) bool { return b.Table != nil }) || len(s.p.Annexes) > 0 {
		return
	}
	rows := map[int]float64{}
	for _, w := range s.body() {
		if w.Bottom-w.Top < 19 || w.Bottom-w.Top > 28 { // the head and the places to sign have other sizes
			continue
		}
		row := int(w.Top + 0.5)
		for near := range rows {
			if near-row < 4 && row-near < 4 {
				row = near
			}
		}
		wide := 0.0
		for _, r := range w.Text {
			if r > 0x2E7F || strings.ContainsRune("“”‘’—…", r) {
				wide++
			}
		}
		rows[row] += wide
	}
	most := 25
	if f := formOf(s.p); f == document.Plain || f == document.Record {
		most += 2
	}
	if len(rows) > most {
		s.t.Errorf("page %d has %d lines", s.n, len(rows))
	}
	for row, n := range rows {
		if n > 28 {
			s.t.Errorf("page %d: the line at %d points has %.0f characters", s.n, row, n)
		}
	}
}

// signedAt holds signer and day to their place (7.3.5): the day leaves four characters free at its right, the signer stands
// in the middle above it, and two lines of text stand on the same page.
func signedAt(t *testing.T, p document.Paper, pages [][]word) {
	t.Helper()
	if p.Signer == "" {
		return
	}
	for i, page := range pages {
		day, signer := -1, -1
		for k, w := range page { // a table may say the day too, and so does the block of the signature
			for m, above := range page {
				if w.Text == p.Day && above.Text == squeeze(p.Signer) && above.Top < w.Top && w.Top-above.Top < 60 {
					day, signer = k, m
				}
			}
		}
		if signer < 0 {
			continue
		}
		s, d := page[signer], page[day]
		if !near(d.Right/mm, areaRight-4*156.0/28, 1.5) {
			t.Errorf("the day ends at %.1f mm", d.Right/mm)
		}
		if mid := (s.Left + s.Right) / 2; !near(mid, (d.Left+d.Right)/2, 2) && s.Right/mm < areaRight-1 {
			t.Errorf("the signer's middle is at %.1f mm, the day's at %.1f mm", mid/mm, (d.Left+d.Right)/2/mm)
		}
		above := map[int]bool{}
		for _, w := range page {
			if w.Top < s.Top-4 {
				above[int(w.Top/8)] = true
			}
		}
		if len(above) < 2 {
			t.Errorf("page %d: the signature stands alone", i+1)
		}
		return
	}
	t.Errorf("no page has %s over %s", p.Signer, p.Day)
}

// TestHeadings: no heading is the last line of a page.
func TestHeadings(t *testing.T) {
	set := fonts(t)
	for name, p := range papers(t) {
		pages := pagesOf(t, mustPDF(t, set, p))
		for _, b := range p.Body {
			head := squeeze(b.Text)
			if b.Level == 0 || head == "" {
				continue
			}
			for i, page := range pages[:len(pages)-1] {
				last := word{}
				for _, w := range page {
					if w.Bottom/mm < areaBottom+1 && w.Bottom-w.Top > 14 && w.Top >= last.Top {
						last = w
					}
				}
				if last.Text == head {
					t.Errorf("%s: page %d ends with the heading %s", name, i+1, head)
				}
			}
		}
	}
}

// TestFontsEmbedded: every paper carries its fonts, as subsets.
func TestFontsEmbedded(t *testing.T) {
	set := fonts(t)
	pdffonts := tool(t, "pdffonts")
	for name, p := range papers(t) {
		pdf := mustPDF(t, set, p)
		file := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(file, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(pdffonts, file).Output()
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if len(lines) < 3 {
			t.Errorf("%s has no font", name)
			continue
		}
		for _, line := range lines[2:] {
			if !strings.HasPrefix(line, "YIFAAA+") || !strings.Contains(line, "yes yes yes") {
				t.Errorf("%s: %s", name, line)
			}
		}
		textOf(t, pdf) // held to qpdf too
	}
}

// TestLongName: a party whose name has 300 characters stands whole in title, addressee, cell, signature and file of every
// form, on the page, in the PDF and for the word processor.
func TestLongName(t *testing.T) {
	set := fonts(t)
	long := strings.Repeat("江门市蓬江区某某建筑工程", 25)
	for _, form := range []document.Form{document.Official, document.Letter, document.Plain, document.Sheet, document.Record} {
		p := letter()
		p.Form, p.Title, p.Addressee, p.Signer, p.Signatory, p.CopyTo, p.Printer = form, "关于"+long+"的通知", long+"：", long, long, long, long
		p.Body = append(p.Body, document.Block{Table: &document.Table{Columns: []float64{0.2, 0.8}, Rows: []document.Row{{Cells: []document.Cell{{Text: "当事人", Label: true, Span: 1, Down: 1}, {Text: long, Span: 1, Down: 1}}}}}})
		pdf := mustPDF(t, set, p)
		text := strings.Count(withoutNumbers(textOf(t, pdf)), "某某")
		want := 25 * 6 // in title, addressee, cell, signature, and twice in the imprint
		if form == document.Official {
			want += 25 // 签发人
		}
		if text < want-3 { // a line or page may end within the two characters
			t.Errorf("%s: %d pieces of the name, want %d", form, text, want)
		}
		for i, page := range pagesOf(t, pdf) {
			for _, w := range page {
				if w.Right > (28+156+1)*mm || w.Left < 26*mm || w.Bottom > 294*mm {
					t.Errorf("%s, page %d: %q stands from %.0f to %.0f mm, down to %.0f mm", form, i+1, w.Text, w.Left/mm, w.Right/mm, w.Bottom/mm)
				}
			}
		}
		if docx, err := document.DOCX(p); err != nil || len(docx) == 0 {
			t.Errorf("%s: %v", form, err)
		}
	}
}
