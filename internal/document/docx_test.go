package document_test

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yifa/internal/document"
	"yifa/internal/statute"
	"yifa/law"
)

func catalogue(t testing.TB) []document.Kind {
	t.Helper()
	book, faults := statute.Load(law.FS)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	c, faults := document.LoadCatalogue(law.FS, book)
	for _, f := range faults {
		t.Error(f)
	}
	return c.All()
}

// TestDOCX: a word processor reads every paper of the catalogue as the PDF says it, on as many pages but one.
func TestDOCX(t *testing.T) {
	office, pdftotext := tool(t, "soffice"), tool(t, "pdftotext")
	dir := t.TempDir()
	set := fonts(t)
	pages := map[string]int{}
	want, heads := map[string]string{}, map[string][]string{}
	args := []string{"--headless", "-env:UserInstallation=file://" + dir + "/profile", "--convert-to", "pdf", "--outdir", dir}
	for _, k := range catalogue(t) {
		paper := k.Sample()
		docx, err := document.DOCX(paper)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := document.DOCX(paper); err != nil || !bytes.Equal(docx, again) {
			t.Errorf("%s: the same paper gives different bytes: %v", k.ID, err)
		}
		pdf, err := set.PDF(paper)
		if err != nil {
			t.Fatalf("%s: %v", k.ID, err)
		}
		heads[k.ID] = headsOf(paper)
		want[k.ID], pages[k.ID] = textOf(t, pdf), len(pagesOf(t, pdf))
		name := filepath.Join(dir, k.ID+".docx")
		if err := os.WriteFile(name, docx, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for id, text := range want {
		name := filepath.Join(dir, id+".pdf")
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Errorf("%s was not read: %v", id, err)
			continue
		}
		if n := len(pagesOf(t, raw)); n < pages[id]-1 || n > pages[id]+1 {
			t.Errorf("%s has %d pages, its PDF %d", id, n, pages[id])
		}
		out, err := exec.Command(pdftotext, "-raw", name, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := squeeze(string(out)); letters(once(got, heads[id])) != letters(once(text, heads[id])) {
			t.Errorf("%s says\n%s\nits PDF\n%s", id, got, text)
		}
	}
}

// headsOf are the heads of a paper's tables and its places to sign, which stand again on every page.
func headsOf(p document.Paper) []string {
	var out []string
	for _, line := range p.PageFoot {
		out = append(out, squeeze(line))
	}
	for _, block := range p.Body {
		if block.Table == nil {
			continue
		}
		for _, row := range block.Table.Rows {
			head := ""
			for _, c := range row.Cells {
				head += squeeze(c.Text)
			}
			if row.Head {
				out = append(out, head)
			}
		}
	}
	return out
}

// once takes heads of tables out of a text.
func once(text string, heads []string) string {
	for _, head := range heads {
		text = strings.ReplaceAll(text, head, "")
	}
	return text
}

// letters are the characters of a text but those of page numbers and what is repeated on pages, sorted by nothing: as
// many of each as there are. The order of cells differs between programs.
func letters(s string) string {
	count := map[rune]int{}
	for _, r := range s {
		if !strings.ContainsRune("—-－0123456789\f第页共", r) {
			count[r]++
		}
	}
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(count)) {
		b.WriteRune(k)
		for range count[k] {
			b.WriteByte('.')
		}
	}
	return b.String()
}

// TestSamples: every paper of the catalogue is made, whole, checked by qpdf and with fonts of its own.
func TestSamples(t *testing.T) {
	set := fonts(t)
	for _, k := range catalogue(t) {
		pdf, err := set.PDF(k.Sample())
		if err != nil {
			t.Errorf("%s: %v", k.ID, err)
			continue
		}
		if text := textOf(t, pdf); strings.Contains(text, "{") || !strings.Contains(text, squeeze(k.Sample().Title)) {
			t.Errorf("%s: %s", k.ID, text)
		}
		if len(pdf) > 200_000 {
			t.Errorf("%s has %d bytes", k.ID, len(pdf))
		}
		for name, f := range k.Fields {
			if lacks := lacksWithout(k, name); lacks == f.Optional {
				t.Errorf("%s without %s is missing something: %v", k.ID, name, lacks)
			}
		}
	}
}

// lacksWithout says whether a paper cannot be issued without a field, whatever remedies the facts choose.
func lacksWithout(k document.Kind, name string) bool {
	for _, facts := range []map[string]string{nil, {"power": "own"}, {"fine": "none"}} {
		f := k.Example()
		f.Facts = facts
		f.Value = func(asked, _ string) string {
			if asked == name {
				return " "
			}
			return "有"
		}
		if slices.Contains(k.Missing(f), name) {
			return true
		}
	}
	return false
}

// TestLongValues: whatever is filled in with 300 characters stays on the page, in each form, and none is lost.
func TestLongValues(t *testing.T) {
	set := fonts(t)
	forms := map[document.Form]bool{}
	for _, k := range catalogue(t) {
		if forms[k.Form] || k.Reader == document.Inside && k.Form != document.Sheet {
			continue
		}
		forms[k.Form] = true
		f := k.Example()
		short := f.Value
		f.Value = func(name, of string) string {
			if _, own := k.Fields[name]; own {
				return strings.Repeat("很长的名称", 60)
			}
			return short(name, of)
		}
		pdf, err := set.PDF(k.Fill(f))
		if err != nil {
			t.Errorf("%s: %v", k.ID, err)
			continue
		}
		for i, page := range pagesOf(t, pdf) {
			for _, w := range page {
				if w.Right > (28+156+8)*mm || w.Left < 20*mm || w.Bottom > 290*mm {
					t.Errorf("%s, page %d: %q stands from %.0f to %.0f mm, down to %.0f mm", k.ID, i+1, w.Text, w.Left/mm, w.Right/mm, w.Bottom/mm)
				}
			}
		}
	}
	if len(forms) != 5 {
		t.Errorf("only %v were tried", forms)
	}
}
