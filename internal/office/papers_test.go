package office_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"yifa/internal/document"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
)

// TestPapers plays worked cases until every paper of every procedure was made, and reads each PDF back: whole, in
// order, with nothing left to fill in. With YIFA_SHOTS the files are left there to be looked at.
func TestPapers(t *testing.T) {
	l := officetest.New(t).Law
	all, faults := worked.Load(l)
	for _, f := range faults {
		t.Fatal(f)
	}
	seen := map[string]bool{}
	for _, one := range all {
		if len(one.Kept) > 0 || !makesNew(one, seen) { // of matters the case does not tell: the certificate is made of real ones below
			continue
		}
		c := freshPapers(t, one)
		ids, faults := worked.Play(t.Context(), c.Law, one, performer{c})
		for _, f := range faults {
			t.Fatal(f)
		}
		for _, id := range ids {
			papersOf(t, c, id, seen)
		}
	}
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), LazyPapers: true})
	destroyed := c.Refused()
	later(c, 10)
	c.Know()
	list := c.Destroyed("whole", destroyed)
	papersOf(t, c, list, seen)
	for _, p := range l.All() {
		for name := range p.Documents.Each {
			if !seen[p.ID+"."+name] {
				t.Errorf("no worked case makes the paper %s of %s", name, p.ID)
			}
		}
	}
}

// makesNew says whether a case makes a paper not seen yet.
func makesNew(one worked.Case, seen map[string]bool) bool {
	return slices.ContainsFunc(one.Lines, func(line worked.Line) bool {
		if line.Step == nil {
			return false
		}
		p := line.Step.Procedure
		a := p.PaperAct(line.Step.Act)
		return a != nil && !seen[p.ID+"."+a.Document]
	})
}

// papersOf reads every paper of a matter.
func papersOf(t *testing.T, c *officetest.City, id matter.ID, seen map[string]bool) {
	t.Helper()
	st := c.State(id)
	p, err := c.Law.ByKey(st.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	for _, done := range st.Done {
		a := p.PaperAct(done.Act)
		if a == nil || seen[p.ID+"."+a.Document] {
			continue
		}
		paper, pdf, made, err := c.Office.Paper(t.Context(), id, done.Seq)
		if err != nil || !made {
			t.Fatalf("%s: made %v: %v", a.Document, made, err)
		}
		seen[p.ID+"."+a.Document] = true
		t.Run(p.ID+"."+a.Document, func(t *testing.T) {
			readBack(t, paper, pdf)
			shoot(t, p, a, pdf)
		})
	}
}

func readBack(t *testing.T, p document.Paper, pdf []byte) {
	t.Helper()
	if len(pdf) > 200_000 {
		t.Errorf("%d bytes", len(pdf))
	}
	parts := []string{p.Issuer, p.Number, p.Title}
	if p.IsPlain() {
		parts = []string{p.Issuer, p.Title}
		if p.Number != "" {
			parts = append(parts, p.Number)
		}
	}
	if p.Addressee != "" {
		parts = append(parts, p.Addressee)
	}
	for _, para := range p.Body {
		if para.Table == nil { // grids are read back by the tests of internal/document
			parts = append(parts, para.Text)
		}
	}
	if p.Form == document.Sheet {
		parts = []string{p.Issuer, p.Title, p.Note}
		if p.Number != "" {
			parts = append(parts[:2], p.Number, p.Note)
		}
	} else {
		if p.Signer+p.Day != "" {
			parts = append(parts, p.Signer+p.Day)
		}
		parts = append(parts, p.Note)
	}
	text, at := pdfText(t, pdf), 0
	for _, foot := range p.PageFoot { // a paragraph that goes on over the page has them in its middle
		text = strings.ReplaceAll(text, squeeze(foot), "")
	}
	for _, part := range parts {
		switch i := strings.Index(text[at:], squeeze(part)); {
		case strings.TrimSpace(part) == "", strings.ContainsAny(part, "{}"):
			t.Errorf("%q is not filled in", part)
		case i < 0:
			t.Errorf("%q does not follow in\n%s", part, text)
		default:
			at += i
		}
	}
}

// pdfText is what can be copied out of a PDF, without white space and page numbers.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tool := range []string{"qpdf", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	if out, err := exec.Command("qpdf", "--check", name).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v: %s", err, out)
	}
	out, err := exec.Command("pdftotext", "-raw", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := squeeze(string(out))
	for i := range 9 {
		text = strings.ReplaceAll(text, fmt.Sprintf("—%d—", i+1), "")
	}
	return pageOf.ReplaceAllString(text, "")
}

// pageOf is the number of a page of a record or a grid.
var pageOf = regexp.MustCompile(`第\d+页共\d+页`)

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func shoot(t *testing.T, p *procedure.Procedure, a *procedure.Act, pdf []byte) {
	t.Helper()
	dir := os.Getenv("YIFA_SHOTS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, p.ID+"."+a.Document+".pdf"), pdf, 0o600); err != nil {
		t.Error(err)
	}
}

// freshPapers is a city in which papers wait until they are asked for.
func freshPapers(t *testing.T, one worked.Case) *officetest.City {
	t.Helper()
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), LazyPapers: true})
	begin(t, c, one)
	return c
}
