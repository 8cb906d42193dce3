package office_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/raster"
)

// linesPDF is a PDF of one page with lines of Latin text a hundred points apart.
func linesPDF(lines ...string) []byte {
	text := "BT /F 24 Tf 72 800 Td"
	for _, line := range lines {
		text += " 0 -100 Td (" + line + ") Tj"
	}
	text += " ET"
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[4 0 R]/Count 1>>", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>>>", fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(text), text)} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	b.WriteString("xref\n0 6\n0000000000 65535 f \n")
	for _, off := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&b, "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", start)
	return b.Bytes()
}

// ledgerPage has a telephone number twice, once with hyphens, and a name.
func ledgerPage(who string) []byte {
	return linesPDF("Tel 13800138000 came", "call 138-0013-8000 again", who, "Checked")
}

// given brings a file as evidence into a matter, and tells the piece.
func given(t *testing.T, c *officetest.City, name string, body []byte) matter.ID {
	t.Helper()
	held, _ := c.Accepted()
	done, err := c.Office.Perform(t.Context(), c.As(officetest.Officer), office.Act{Matter: held, Act: "add_evidence",
		Fields:  map[string][]string{"evidence_kind": {"documentary"}, "title": {"检查台账"}, "proves": {"检查的时间"}, "how": {"supplied"}, "source": {"投诉人"}, "got_on": {"2026-09-21"}, "got_by": {"两人"}, "original": {"original"}},
		Uploads: map[string][]office.Upload{"files": {{Name: name, Body: bytes.NewReader(body)}}}})
	if err != nil {
		t.Fatal(err)
	}
	return done.Opened[0]
}

func redact(c *officetest.City, piece matter.ID, lines string) (office.Done, error) {
	return c.Office.Perform(context.Background(), c.As(officetest.Officer), office.Act{Matter: piece, Act: "redact", Fields: map[string][]string{"cover": {lines}}})
}

// copyOf reads the copy that an entry made.
func copyOf(t *testing.T, c *officetest.City, r office.Reader, piece matter.ID, seq int) []byte {
	t.Helper()
	f, body, err := c.Office.OpenFile(t.Context(), r, piece, office.FileRef{Seq: seq, Class: matter.Parties})
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(body)
	if err = errors.Join(err, body.Close()); err != nil {
		t.Fatal(err)
	}
	if f.Media != "application/pdf" || f.Of != "1/staff/0" {
		t.Errorf("the copy is %s of %q", f.Media, f.Of)
	}
	return out
}

// What is covered is gone from the copy: no text, no name, no dot of it; what is not covered stays. Two files that differ
// only below the boxes have the very same copy.
func TestRedact(t *testing.T) {
	c := officetest.New(t)
	var copies [][]byte
	for _, body := range []string{"Chen, secret plan", "Wang"} {
		piece := given(t, c, "陈某的台账.pdf", ledgerPage(body))
		done, err := redact(c, piece, "file 1/staff/0\npersonal text 13800138000\nother 1 10 36 60 8")
		if err != nil {
			t.Fatal(err)
		}
		copies = append(copies, copyOf(t, c, c.As(officetest.Officer), piece, done.Seq))
	}
	if !bytes.Equal(copies[0], copies[1]) {
		t.Error("what lay below the boxes makes a difference to the copy")
	}
	for _, gone := range []string{"Chen", "138", "陈", "Producer", "CreationDate", "BaseFont"} {
		if bytes.Contains(copies[0], []byte(gone)) {
			t.Errorf("the copy holds %q", gone)
		}
	}
	r := raster.New(raster.SharedCache())
	letters, err := r.Read(t.Context(), bytes.NewReader(copies[0]))
	if err != nil || len(letters[1])+len(letters[2]) != 0 {
		t.Errorf("text can be taken out of the copy: %v %v", letters, err)
	}
	drawn, err := r.Draw(t.Context(), bytes.NewReader(copies[0]), 1, 9, 72)
	if err != nil || len(drawn) != 2 {
		t.Fatalf("%d pages: the page and what the marks mean are two; %v", len(drawn), err)
	}
	if dir := os.Getenv("YIFA_SHOTS"); dir != "" {
		for _, p := range drawn {
			_ = os.WriteFile(filepath.Join(dir, "copy-"+string(rune('0'+p.Page))+".png"), p.Bytes, 0o600)
		}
	}
	if path, err := exec.LookPath("pdftotext"); err == nil {
		name := filepath.Join(t.TempDir(), "copy.pdf")
		if err := os.WriteFile(name, copies[0], 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), path, name, "-").Output(); err != nil || strings.TrimSpace(string(out)) != "" {
			t.Errorf("pdftotext finds %q, %v", out, err)
		}
	}
}

// A picture is covered too, and becomes a page.
func TestRedactPicture(t *testing.T) {
	c := officetest.New(t)
	pic := image.NewRGBA(image.Rect(0, 0, 400, 200))
	for i := range pic.Pix {
		pic.Pix[i] = 255
	}
	pic.Set(100, 100, color.RGBA{255, 0, 0, 255})
	var b bytes.Buffer
	if err := png.Encode(&b, pic); err != nil {
		t.Fatal(err)
	}
	piece := given(t, c, "门口.png", b.Bytes())
	done, err := redact(c, piece, "file 1/staff/0; personal 1 20 40 10 20")
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := raster.New(raster.SharedCache()).Draw(t.Context(), bytes.NewReader(copyOf(t, c, c.As(officetest.Officer), piece, done.Seq)), 1, 1, 72)
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := image.Decode(bytes.NewReader(drawn[0].Bytes))
	if err != nil {
		t.Fatal(err)
	}
	at := func(x, y float64) color.Color {
		return color.GrayModel.Convert(got.At(int(x*float64(got.Bounds().Dx())), int(y*float64(got.Bounds().Dy()))))
	}
	if at(0.22, 0.45) != (color.Gray{}) || at(0.6, 0.5) != (color.Gray{Y: 255}) {
		t.Errorf("covered %v, beside it %v", at(0.22, 0.45), at(0.6, 0.5))
	}
}

// What cannot be covered as asked is said at the field, and leaves nothing behind.
func TestRedactBadly(t *testing.T) {
	c := officetest.New(t)
	piece := given(t, c, "台账.pdf", ledgerPage("Chen"))
	for lines, want := range map[string]string{
		"file 1/staff/0\npersonal text 13900139000": "没有找到",
		"file 1/staff/0\npersonal 2 0 0 10 10":      "没有第 2 页",
		"file 1/staff/7\npersonal 1 0 0 10 10":      "没有选要遮盖的文件",
		"file 1/sealed/0\npersonal 1 0 0 10 10":     "没有选要遮盖的文件",
		"file 1/staff/0\nnothing 1 0 0 10 10":       "没有选遮盖的理由",
		"file 1/staff/0\npersonal 1 0 0 1000 10":    "位置不对",
		"file 1/staff/0\npersonal 1 0 0 0 10":       "位置不对",
		"file 1/staff/0\npersonal text 1":           "文字太短",
		"file 1/staff/0":                            "没有写要遮盖哪里",
		"personal 1 0 0 10 10":                      "没有选要遮盖的文件",
		"":                                          "",
	} {
		var bad office.BadFields
		_, err := redact(c, piece, lines)
		if !errors.As(err, &bad) || !strings.Contains(bad["cover"], want) {
			t.Errorf("%q: %v", lines, err)
		}
	}
	kept := func() int {
		list, err := filepath.Glob(filepath.Join(c.Dir, "evidence", "??", "*"))
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	before := kept()
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Stranger), office.Act{Matter: piece, Act: "redact", Fields: map[string][]string{"cover": {"file 1/staff/0\npersonal 1 0 0 10 10"}}}); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("a stranger redacts: %v", err)
	}
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Officer2), office.Act{Matter: piece, Act: "redact", Fields: map[string][]string{"cover": {"file 1/staff/0\npersonal 1 0 0 10 10"}}}); err == nil {
		t.Error("a colleague who does not keep it redacts it")
	}
	if after := kept(); before == 0 || after != before {
		t.Errorf("%d files are kept, before %d", after, before)
	}
}

// The organ concerned sees the newest copy and nothing else; the copy lies in the main volume, the file inside.
func TestRedactedCopyIsShown(t *testing.T) {
	c := officetest.New(t)
	officer, contact := c.As(officetest.Officer), c.As("zhong-lingyun")
	piece := given(t, c, "台账.pdf", ledgerPage("Chen"))
	first, err := redact(c, piece, "file 1/staff/0\npersonal text 13800138000")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Office.Matter(t.Context(), contact, piece); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("the organ knows of it before it is shown: %v", err)
	}
	c.Do(officer, piece, "show_copy", map[string][]string{"shown_to": {"440703-scjg"}, "reason": {"请说明。"}})
	copyOf(t, c, contact, piece, first.Seq)
	second, err := redact(c, piece, "file 1/staff/0\npersonal text 13800138000\nother 1 0 30 100 20")
	if err != nil {
		t.Fatal(err)
	}
	copyOf(t, c, contact, piece, second.Seq)
	for name, ref := range map[string]office.FileRef{"the former copy": {Seq: first.Seq, Class: matter.Parties}, "the file": {Seq: 1, Class: matter.Staff}, "the original": {Seq: 1, Class: matter.Sealed}} {
		if _, _, err := c.Office.OpenFile(t.Context(), contact, piece, ref); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("the organ opens %s: %v", name, err)
		}
	}
	copyOf(t, c, officer, piece, first.Seq) // staff keep it
	for part, want := range map[string][]int{office.VolumeMain: {second.Seq}, office.VolumeInside: {1}} {
		v, err := c.Office.Volume(t.Context(), officer, piece, part)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, p := range v.Pieces {
			if p.File != nil {
				got = append(got, p.Seq)
			}
		}
		if part == office.VolumeInside {
			want = append(want, first.Seq)
		}
		if len(got) != len(want) || got[0] != want[0] {
			t.Errorf("%s holds files of entries %v, want %v", part, got, want)
		}
	}
	if _, _, err := c.Office.BindVolume(t.Context(), officer, piece, office.VolumeMain); err != nil {
		t.Errorf("the volume with the copy: %v", err)
	}
}
