package evidence

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// pdfOf writes objects 1, 2, 3 … as a PDF; the first is the catalog.
func pdfOf(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, off := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// scan is a page that shows a photograph, as a phone's scanner makes it, with hidden data everywhere.
func scan(t testing.TB) []byte {
	photo := string(jpegWith(t, app1(exif(binary.BigEndian, "MM\x00*", 1)), []byte("\xFE"+secret)))
	return pdfOf("/Info 6 0 R/ID[<"+fmt.Sprintf("%X", secret)+"><00>]",
		"<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R/OpenAction<</S/JavaScript/JS("+secret+")>>/Names<</EmbeddedFiles<</Names[("+secret+")10 0 R]>>>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>/PieceInfo<</App<</LastModified(D:20260101)/Private("+secret+")>>>>/Annots[9 0 R]>>",
		stream("", "q 100 0 0 100 0 0 cm /I Do Q"),
		stream("/Type/XObject/Subtype/Image/Width 48/Height 32/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode", photo),
		"<</Author("+secret+")/CreationDate(D:20260101000000Z)>>",
		stream("/Type/Metadata/Subtype/XML", "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"+secret+"</x:xmpmeta>"),
		"<</Old("+secret+")>>", // left by an earlier version, referred to by nothing
		"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T("+secret+")/M(D:20260101000000Z)/Contents(remark)>>",
		"<</Type/Filespec/F("+secret+")/EF<</F 11 0 R>>>>",
		stream("/Type/EmbeddedFile", secret))
}

func TestPDFCopyHasOnlyItsPages(t *testing.T) {
	content := scan(t)
	out, f := cleanCopy(t, "scan.pdf", content)
	if f.Kind != PDF || f.CleanKind != PDF {
		t.Fatalf("%+v", f)
	}
	conf := model.NewDefaultConfiguration()
	ctx, err := api.ReadAndValidate(bytes.NewReader(out), conf)
	if err != nil {
		t.Fatalf("the copy is no PDF: %v", err)
	}
	if ctx.PageCount != 1 || ctx.Info != nil || ctx.Author != "" {
		t.Fatalf("%d pages, info %v", ctx.PageCount, ctx.Info)
	}
	if ctx.RootDict["Metadata"] != nil || ctx.RootDict["OpenAction"] != nil {
		t.Fatalf("catalog %v", ctx.RootDict)
	}
	// Streams may be packed, so the search of the raw bytes is repeated on what they hold.
	for nr, entry := range ctx.Table {
		if text := fmt.Sprintf("%v", entry.Object); bytes.Contains([]byte(text), []byte("GPS ")) {
			t.Errorf("object %d: %s", nr, text)
		}
	}
	if id := fmt.Sprintf("%v", ctx.ID); strings.Contains(strings.ToUpper(id), fmt.Sprintf("%X", secret)) {
		t.Errorf("the identifier of the original is left: %s", id)
	}
	if !bytes.Contains(out, []byte("\xFF\xD8\xFF")) || bytes.Contains(out, []byte(exifMark)) {
		t.Error("the photograph is gone, or its EXIF is not")
	}
}

func TestLockedPDFIsKeptWithoutACopy(t *testing.T) {
	conf := model.NewAESConfiguration("reader", "owner", 256)
	var locked bytes.Buffer
	if err := api.Encrypt(bytes.NewReader(scan(t)), &locked, conf); err != nil {
		t.Fatal(err)
	}
	if _, f := take(t, "a.pdf", locked.Bytes()); f.Clean != nil || f.NoCleanCopy != Encrypted {
		t.Fatalf("%+v", f)
	}
}

func FuzzPDF(f *testing.F) {
	f.Add(scan(f))
	f.Add(pdfOf("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		// clean is where panics of the library are caught.
		if _, err := clean(io.Discard, section(b), PDF, 1); err != nil && !errors.Is(err, errUnreadable) && !errors.Is(err, errEncrypted) {
			t.Fatal(err)
		}
	})
}
