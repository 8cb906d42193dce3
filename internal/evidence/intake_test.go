package evidence

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"
)

// secret stands for whatever must not be in a clean copy.
const secret = "GPS 22.5790,113.0815"

func take(t testing.TB, name string, content []byte) (*Dir, File) {
	t.Helper()
	d := openDir(t)
	f, err := NewIntake(d, Limits{}).Take(t.Context(), name, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(get(t, d, f.Original), content) {
		t.Fatal("the original was altered")
	}
	return d, f
}

// cleaned gives the clean copy and checks that the secret is in the original and not in the copy.
func cleanCopy(t testing.TB, name string, content []byte) ([]byte, File) {
	t.Helper()
	d, f := take(t, name, content)
	if f.Clean == nil {
		t.Fatalf("%s has no clean copy: %s", name, f.NoCleanCopy)
	}
	out := get(t, d, *f.Clean)
	if !bytes.Contains(content, []byte(secret)) || bytes.Contains(out, []byte(secret)) || bytes.Contains(out, []byte("GPS ")) {
		t.Fatalf("%s: the copy still has what it must not", name)
	}
	return out, f
}

// corners is a picture 3 wide and 2 high times 16 whose left upper block is red and right upper blue.
func corners() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 48, 32))
	for y := range 32 {
		for x := range 48 {
			c := color.NRGBA{255, 255, 255, 255}
			switch {
			case x < 16 && y < 16:
				c = color.NRGBA{255, 0, 0, 255}
			case x >= 32 && y < 16:
				c = color.NRGBA{0, 0, 255, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// exif is a TIFF block with an orientation and the secret as GPS text.
func exif(order binary.AppendByteOrder, mark string, orientation uint16) []byte {
	b := append([]byte(mark), order.AppendUint32(nil, 8)...)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(order.AppendUint16(b, 0x010F), 2) // maker, text
	b = order.AppendUint32(order.AppendUint32(b, uint32(len(secret))), 38)
	b = order.AppendUint16(order.AppendUint16(b, 274), 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(order.AppendUint16(b, orientation), 0)
	return append(order.AppendUint32(b, 0), secret...)
}

func jpegWith(t testing.TB, segments ...[]byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, corners(), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	out := append([]byte{}, buf.Bytes()[:2]...)
	for _, s := range segments {
		out = append(out, 0xFF, s[0])
		out = binary.BigEndian.AppendUint16(out, uint16(len(s)+1))
		out = append(out, s[1:]...)
	}
	return append(out, buf.Bytes()[2:]...)
}

func app1(tiff []byte) []byte { return append([]byte("\xE1"+exifMark), tiff...) }

func TestJPEGCopyHasNoPlaceAndStandsUpright(t *testing.T) {
	// Where red and blue lie after turning, in sixteenths: EXIF tag 274 as CIPA DC-008 draws it.
	for o, want := range map[uint16][2]image.Point{
		1: {{0, 0}, {2, 0}}, 2: {{2, 0}, {0, 0}}, 3: {{2, 1}, {0, 1}}, 4: {{0, 1}, {2, 1}},
		5: {{0, 0}, {0, 2}}, 6: {{1, 0}, {1, 2}}, 7: {{1, 2}, {1, 0}}, 8: {{0, 2}, {0, 0}},
	} {
		content := jpegWith(t, app1(exif(binary.BigEndian, "MM\x00*", o)), []byte("\xFE"+secret))
		out, f := cleanCopy(t, "IMG_0001.HEIC", append(content, secret...))
		if f.Kind != JPEG || f.CleanKind != JPEG || f.Name != "IMG_0001.jpg" {
			t.Fatalf("%+v", f)
		}
		img, err := jpeg.Decode(bytes.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		at := func(p image.Point) (r, b uint32) {
			r, _, b, _ = img.At(p.X*16+8, p.Y*16+8).RGBA()
			return r >> 8, b >> 8
		}
		if r, b := at(want[0]); r < 200 || b > 60 {
			t.Errorf("orientation %d: no red at %v of %v", o, want[0], img.Bounds())
		}
		if r, b := at(want[1]); r > 60 || b < 200 {
			t.Errorf("orientation %d: no blue at %v of %v", o, want[1], img.Bounds())
		}
	}
}

func pngChunkOf(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func pngWith(t testing.TB, chunks ...[]byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, corners()); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 25 // signature and IHDR
	out := bytes.Clone(buf.Bytes()[:head])
	return append(append(out, bytes.Join(chunks, nil)...), buf.Bytes()[head:]...)
}

func TestPNGCopyHasNoText(t *testing.T) {
	out, f := cleanCopy(t, "a.png", pngWith(t, pngChunkOf("tEXt", []byte("Comment\x00"+secret)), pngChunkOf("eXIf", exif(binary.LittleEndian, "II*\x00", 6))))
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil || f.CleanKind != PNG || img.Bounds() != image.Rect(0, 0, 32, 48) {
		t.Fatalf("%v %v %v", err, f.CleanKind, img.Bounds())
	}
}

func TestWebPCopyIsAnImageWithoutEXIF(t *testing.T) {
	lossless, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==") // 1 × 1
	if err != nil {
		t.Fatal(err)
	}
	body := append([]byte("WEBPVP8X\x0a\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"), lossless[12:]...)
	tiff := exif(binary.LittleEndian, "II*\x00", 1)
	body = append(append(body, "EXIF"...), binary.LittleEndian.AppendUint32(nil, uint32(len(tiff)))...)
	body = append(body, tiff...)
	content := append(append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body)))...), body...)
	out, f := cleanCopy(t, "a.webp", content)
	if _, kind, err := image.Decode(bytes.NewReader(out)); err != nil || "image/"+kind != string(f.CleanKind) {
		t.Fatalf("%v %s %s", err, kind, f.CleanKind)
	}
}

func TestWhatCannotBeCleanedIsKeptAndSaysWhy(t *testing.T) {
	huge := pngWith(t)
	binary.BigEndian.PutUint32(huge[16:], 60_000)
	binary.BigEndian.PutUint32(huge[20:], 60_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	for name, c := range map[string]struct {
		content []byte
		kind    Kind
		want    Reason
	}{
		"bomb.png": {huge, PNG, TooManyPixels}, "cut.jpg": {jpegWith(t)[:200], JPEG, Unreadable},
		"a.heic":   {mbox("ftyp", []byte("heic\x00\x00\x00\x00mif1heic")), HEIC, NoCleanerForKind},
		"junk.pdf": {[]byte("%PDF-1.7\nnothing of the sort"), PDF, Unreadable}, "junk.mp4": {mbox("ftyp", []byte("isom\x00\x00\x00\x00isom")), MP4, Unreadable},
	} {
		_, f := take(t, name, c.content)
		if f.Kind != c.kind || f.Clean != nil || f.NoCleanCopy != c.want {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestOtherKindsAreRefusedWhateverTheirName(t *testing.T) {
	in := NewIntake(openDir(t), Limits{FileBytes: 1000, Files: 2})
	for name, content := range map[string]string{
		"page.jpg": "<!DOCTYPE html><script>alert(1)</script>", "run.pdf": "MZ\x90\x00\x03\x00\x00\x00", "x.png": "PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"a.mp4": string(mbox("ftyp", []byte("avif\x00\x00\x00\x00avifmif1"))), "v.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "t.txt": "text",
	} {
		_, err := in.Take(t.Context(), name, strings.NewReader(content))
		var refused *Unacceptable
		if !errors.As(err, &refused) || refused.Why != WrongKind || refused.Found == "" || len(refused.Accepted) != 11 {
			t.Errorf("%s: %v", name, err)
		}
	}
	var refused *Unacceptable
	if _, err := in.Take(t.Context(), "a.jpg", strings.NewReader("")); !errors.As(err, &refused) || refused.Why != Empty {
		t.Error(err)
	}
	if _, err := in.Take(t.Context(), "a.jpg", bytes.NewReader(append(jpegWith(t), make([]byte, 1000)...))); !errors.As(err, &refused) || refused.Why != TooLarge || refused.Limit != 1000 {
		t.Error(err)
	}
	if err := in.CheckCount(3); !errors.As(err, &refused) || refused.Why != TooMany {
		t.Error(err)
	}
	if in.CheckCount(2) != nil || in.limits.Pixels == 0 {
		t.Error("limits")
	}
}

func TestFaultsOfStorageAreNotBlamedOnTheFile(t *testing.T) {
	d := openDir(t)
	in := NewIntake(d, Limits{})
	f, err := in.receive(t.Context(), "a.jpg", bytes.NewReader(append(jpegWith(t), make([]byte, 1<<20)...)), 1<<30, false)
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := in.AddCleanCopy(ended, &f); !errors.Is(err, context.Canceled) {
		t.Fatalf("ended context: %v", err)
	}
	stored, err := os.ReadFile(d.path(f.Original.Address))
	if err != nil {
		t.Fatal(err)
	}
	stored[500] ^= 1
	if err := os.WriteFile(d.path(f.Original.Address), stored, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := in.AddCleanCopy(t.Context(), &f); !errors.Is(err, ErrBrokenBlob) || f.NoCleanCopy != "" {
		t.Fatalf("damaged blob: %v, %q", err, f.NoCleanCopy)
	}
	// A decoder may swallow the error; the reader remembers it.
	r, err := d.Open(f.Original.Address, f.Original.Key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Read(make([]byte, 10)); err == nil || !errors.Is(r.fault(), ErrBrokenBlob) {
		t.Fatal(err, r.fault())
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add(app1(exif(binary.BigEndian, "MM\x00*", 6)), "image/jpeg")
	f.Add(jpegWith(f, app1(exif(binary.LittleEndian, "II*\x00", 3))), "image/jpeg")
	f.Add(pngWith(f, pngChunkOf("eXIf", exif(binary.LittleEndian, "II*\x00", 8))), "image/png")
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPEXIF\xff\xff\xff\xffII*\x00\x08\x00\x00\x00"), "image/webp")
	f.Fuzz(func(t *testing.T, b []byte, kind string) {
		r := rewound(section(b))
		if o, err := orientation(r, Kind(kind)); err != nil || o < 1 || o > 8 {
			t.Fatalf("%d %v", o, err)
		}
		if clean := stripJPEG(b); len(clean) > len(b) || bytes.Contains(clean, []byte("\xE1\x00")) && !bytes.Contains(b, []byte("\xFF\xDA")) {
			t.Fatal("stripping added or left a segment")
		}
	})
}
