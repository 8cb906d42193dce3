package raster

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/signintech/gopdf"
)

func TestMain(m *testing.M) {
	if IsChild() {
		Child()
	}
	os.Exit(m.Run())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// renderer keeps compiled code for all tests of the machine: compiling takes seconds.
func renderer(t *testing.T) *Renderer {
	t.Helper()
	return New(SharedCache())
}

// sheet makes a PDF with one line of text on each page.
func sheet(t *testing.T, size gopdf.Rect, lines ...string) []byte {
	t.Helper()
	g := &gopdf.GoPdf{}
	g.Start(gopdf.Config{PageSize: size})
	must(t, g.AddTTFFont("serif", filepath.Join("..", "document", "fonts", "YifaSong-Regular.ttf")))
	for _, line := range lines {
		g.AddPage()
		must(t, g.SetFont("serif", "", 20))
		g.SetXY(100, 200)
		must(t, g.Cell(nil, line))
	}
	out, err := g.GetBytesPdfReturnErr()
	must(t, err)
	return out
}

func TestLookDrawRead(t *testing.T) {
	r, ctx := renderer(t), t.Context()
	pdf := sheet(t, *gopdf.PageSizeA4, "电话13800138000", "第二页")
	sizes, err := r.Look(ctx, bytes.NewReader(pdf))
	must(t, err)
	if len(sizes) != 2 || sizes[0] != (Size{595, 842}) {
		t.Errorf("sizes %v", sizes)
	}
	drawn, err := r.Draw(ctx, bytes.NewReader(pdf), 2, 9, 72)
	must(t, err)
	if len(drawn) != 1 || drawn[0].Page != 2 || drawn[0].Width != 595 {
		t.Fatalf("drew %d pages", len(drawn))
	}
	read, err := r.Read(ctx, bytes.NewReader(pdf))
	must(t, err)
	text := ""
	for _, l := range read[1] {
		text += string(l.R)
	}
	if text != "电话13800138000" {
		t.Errorf("text %q", text)
	}
	if b := read[1][0].Box; b.X < 0.16 || b.X > 0.18 || b.Y < 0.22 || b.Y > 0.28 || b.W < 0.02 || b.W > 0.04 {
		t.Errorf("the first letter is at %v", b)
	}
	if _, err := r.Draw(ctx, bytes.NewReader(pdf), 3, 3, 72); !errors.Is(err, ErrNoPage) {
		t.Errorf("a page that is not there: %v", err)
	}
}

// The letters of a page that is turned are where they are seen.
func TestTurned(t *testing.T) {
	r, ctx := renderer(t), t.Context()
	var turned bytes.Buffer
	must(t, api.Rotate(bytes.NewReader(sheet(t, *gopdf.PageSizeA4, "转")), &turned, 90, nil, model.NewDefaultConfiguration()))
	read, err := r.Read(ctx, bytes.NewReader(turned.Bytes()))
	must(t, err)
	b := read[1][0].Box
	drawn, err := r.Draw(ctx, bytes.NewReader(turned.Bytes()), 1, 1, 72)
	must(t, err)
	pic := decoded(t, drawn[0])
	if pic.Bounds().Dx() <= pic.Bounds().Dy() {
		t.Fatalf("the page was not turned: %v", pic.Bounds())
	}
	if ink(pic, b) == 0 || ink(pic, Box{0, 0, 1, 1}) != ink(pic, Box{b.X - 0.005, b.Y - 0.005, b.W + 0.01, b.H + 0.01}) {
		t.Errorf("the letter is not at %v", b)
	}
}

func decoded(t *testing.T, p Picture) image.Image {
	t.Helper()
	pic, _, err := image.Decode(bytes.NewReader(p.Bytes))
	must(t, err)
	return pic
}

// ink counts dark dots.
func ink(pic image.Image, b Box) int {
	n, size := 0, pic.Bounds()
	for y := int(b.Y * float64(size.Dy())); y < int((b.Y+b.H)*float64(size.Dy())); y++ {
		for x := int(b.X * float64(size.Dx())); x < int((b.X+b.W)*float64(size.Dx())); x++ {
			if r, _, _, _ := pic.At(x, y).RGBA(); r < 0x8000 {
				n++
			}
		}
	}
	return n
}

// What is painted over is black all over, whatever lay below.
func TestCover(t *testing.T) {
	r, ctx := renderer(t), t.Context()
	one, two := sheet(t, *gopdf.PageSizeA4, "甲乙丙"), sheet(t, *gopdf.PageSizeA4, "丁戊己")
	hide := []Hidden{{Page: 1, Boxes: []Box{{0.1, 0.2, 0.4, 0.1}}}}
	var pics []image.Image
	for _, pdf := range [][]byte{one, two} {
		must(t, r.Cover(ctx, bytes.NewReader(pdf), hide, 150, func(p Picture) error {
			pics = append(pics, decoded(t, p))
			return nil
		}))
	}
	b := pics[0].Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			if pics[0].At(x, y) != pics[1].At(x, y) {
				t.Fatalf("what lay below shows at %d, %d", x, y)
			}
		}
	}
	if ink(pics[0], hide[0].Boxes[0]) == 0 {
		t.Error("nothing was painted")
	}
}

// A file that is hostile is an outcome, and ends nobody but the child.
func TestHostile(t *testing.T) {
	r := renderer(t)
	var locked, many bytes.Buffer
	conf := model.NewAESConfiguration("geheim", "geheim", 256)
	must(t, api.Encrypt(bytes.NewReader(sheet(t, *gopdf.PageSizeA4, "锁")), &locked, conf))
	g := &gopdf.GoPdf{}
	g.Start(gopdf.Config{PageSize: gopdf.Rect{W: 10, H: 10}})
	for range 10_000 {
		g.AddPage()
	}
	raw, err := g.GetBytesPdfReturnErr()
	must(t, err)
	many.Write(raw)
	for name, c := range map[string]struct {
		pdf  []byte
		want error
	}{
		"locked":     {locked.Bytes(), ErrLocked},
		"broken":     {[]byte("%PDF-1.7\nnothing of the kind"), ErrBroken},
		"empty":      {nil, ErrBroken},
		"cut short":  {sheet(t, *gopdf.PageSizeA4, "半")[:300], ErrBroken},
		"many pages": {many.Bytes(), ErrTooMany},
	} {
		if _, err := r.Look(t.Context(), bytes.NewReader(c.pdf)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	huge, err := r.Draw(t.Context(), bytes.NewReader(sheet(t, gopdf.Rect{W: 14_000, H: 14_000}, "大")), 1, 1, 200)
	must(t, err)
	if n := huge[0].Width * huge[0].Height; n > maxPixels {
		t.Errorf("a huge page has %d dots", n)
	}
	long := strings.Replace(string(sheet(t, *gopdf.PageSizeA4, "长")), "/MediaBox [ 0 0 595", "/MediaBox [ 0 0 9e9", 1)
	if _, err := r.Draw(t.Context(), strings.NewReader(long), 1, 1, 200); err != nil {
		t.Errorf("a page of absurd width: %v", err)
	}
	ended, stop := context.WithTimeout(t.Context(), time.Millisecond)
	defer stop()
	if _, err := r.Look(ended, bytes.NewReader(raw)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("after its time: %v", err)
	}
}

// A child has nothing of its parent's environment, and starts no children of its own.
func TestChildAlone(t *testing.T) {
	args := os.Args
	defer func() { os.Args = args }()
	os.Args = []string{args[0], Command, "x"}
	if _, err := renderer(t).Look(t.Context(), bytes.NewReader(nil)); !errors.Is(err, ErrNoRenderer) {
		t.Errorf("a child starts children: %v", err)
	}
}

// What is packed is the PDFium of the module that go.mod names.
func TestPacked(t *testing.T) {
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium").Output()
	must(t, err)
	want, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "webassembly", "pdfium.wasm"))
	must(t, err)
	got, err := unpacked()
	must(t, err)
	if !bytes.Equal(got, want) {
		t.Error("run scripts/pdfium.sh")
	}
}
