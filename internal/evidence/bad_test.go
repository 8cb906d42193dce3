package evidence

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

func picture(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a ZIP of so many zeros that unpack from a few kilobytes.
func bomb(t testing.TB, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		for range 50 {
			if _, err = w.Write(make([]byte, 1<<20)); err != nil {
				break
			}
		}
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// absurd is a PNG that says how large it is and holds nothing; its checksums are right.
func absurd(side uint32) []byte {
	chunk := func(kind string, data []byte) []byte {
		out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
		body := append([]byte(kind), data...)
		return binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, side), side)
	return append(append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, 8, 2, 0, 0, 0))...), chunk("IEND", nil)...)
}

func damagedPNG(t testing.TB) []byte {
	b := picture(t)
	b[bytes.Index(b, []byte("IDAT"))+6] ^= 0xff
	return b
}

func jpegOf(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 16, 16)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// trap is a PDF that starts programs, runs a script, sends a form and carries a file.
func trap() []byte {
	return pdfOf("",
		"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R/AcroForm<</Fields[]/XFA("+secret+")>>/Names<</JavaScript<</Names[(a)5 0 R]>>/EmbeddedFiles<</Names[(x.exe)7 0 R]>>>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Annots[6 0 R 9 0 R]/AA<</O 5 0 R>>>>",
		stream("", "q Q"),
		"<</S/JavaScript/JS(app.launchURL\\('http://"+secret+"'\\))>>",
		"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(cmd.exe)/Win<</F(cmd.exe)/P("+secret+")>>/Next 5 0 R>>>>",
		"<</Type/Filespec/F(x.exe)/EF<</F 8 0 R>>>>",
		stream("/Type/EmbeddedFile", "MZ"+secret),
		"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/SubmitForm/F("+secret+")>>>>")
}

// Files that are something else, or more than one thing, or a trap: each is refused in words, or kept sealed with a reason, or
// comes out as a copy in which only what it claims to be is left.
func TestBadFiles(t *testing.T) {
	const script = "<script>alert(1)</script>"
	html := "<!doctype html><html><body>" + script
	movie, _ := film("isom")
	for name, c := range map[string]struct {
		content []byte
		refused Why    // "": taken in
		reason  Reason // "": has a clean copy
		without string // what the clean copy must not hold
	}{
		"zip bomb":                   {content: bomb(t, "a"), refused: WrongKind},
		"zip bomb called DOCX":       {content: bomb(t, "word/document.xml"), refused: WrongKind},
		"HTML":                       {content: []byte(html), refused: WrongKind},
		"SVG with script":            {content: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), refused: WrongKind},
		"program":                    {content: append([]byte("MZ\x90\x00\x03"), make([]byte, 200)...), refused: WrongKind},
		"GIF that is JavaScript":     {content: []byte("GIF89a/*" + strings.Repeat("x", 50) + "*/=1;alert(1)"), refused: WrongKind},
		"HTML before a PDF":          {content: append([]byte(html), trap()...), without: script},
		"nothing":                    {refused: Empty},
		"JPEG and HTML":              {content: append(jpegOf(t), html...), without: script},
		"JPEG and ZIP":               {content: append(jpegOf(t), bomb(t, "x.exe")...), without: "x.exe"},
		"PNG and HTML":               {content: append(picture(t), html...), without: script},
		"PDF and ZIP":                {content: append(trap(), bomb(t, "x.exe")...), without: "PK\x03\x04"},
		"PDF with traps":             {content: trap(), without: secret},
		"PNG with a bad checksum":    {content: damagedPNG(t), reason: Unreadable},
		"PNG of absurd size":         {content: absurd(100_000), reason: TooManyPixels},
		"PNG as large as PNG allows": {content: absurd(1<<31 - 1), reason: Unreadable},
		"truncated PNG":              {content: picture(t)[:40], reason: Unreadable},
		"truncated MP4":              {content: movie[:len(movie)/2], reason: Unreadable},
		"PDF cut off":                {content: trap()[:300], reason: Unreadable},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDir(t)
			f, err := NewIntake(d, Limits{}).Take(t.Context(), "证据.jpg", bytes.NewReader(c.content))
			var no *Unacceptable
			switch {
			case c.refused != "":
				if !errors.As(err, &no) || no.Why != c.refused {
					t.Fatalf("%+v %v", f, err)
				}
				if list, _ := d.Addresses(); len(list) > 0 {
					t.Errorf("kept %v", list)
				}
			case err != nil:
				t.Fatal(err)
			case !bytes.Equal(get(t, d, f.Original), c.content):
				t.Error("the original was altered")
			case f.NoCleanCopy != c.reason || (f.Clean == nil) != (c.reason != ""):
				t.Errorf("%+v", f)
			case f.Clean != nil:
				out := get(t, d, *f.Clean)
				for _, trace := range []string{c.without, "/Launch", "/JavaScript", "/SubmitForm", "cmd.exe"} {
					if trace != "" && bytes.Contains(out, []byte(trace)) {
						t.Errorf("the copy holds %q", trace)
					}
				}
			}
		})
	}
}
