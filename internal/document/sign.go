package document

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"
	"unicode/utf16"
)

// Seal is an organ's electronic seal: a key with its certificate. A picture alone is never one.
type Seal struct {
	Name  string // of the organ, as on the seal
	Key   crypto.Signer
	Chain []*x509.Certificate // the key's own first
	At    time.Time           // when it was pressed
}

// room is how many bytes a signature with its certificates may take.
const room = 16 << 10

// ErrSealed: a file that bears a signature already, or is not one of ours.
var ErrSealed = errors.New("document: the file is sealed already, or not made here")

var (
	catalogObject = regexp.MustCompile(`(?s)1 0 obj\n<<\n  /Type /Catalog\n.*?>>\nendobj\n`)
	pageObject    = regexp.MustCompile(`(?s)(\d+) 0 obj\n<<\n  /Type /Page\n.*?>>\nendobj\n`)
	lastTable     = regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`)
	rootAndID     = regexp.MustCompile(`/ID \[[^\]]*\]`)
)

// Sign seals the PDF of a paper: a signature of the whole file (ETSI EN 319 142-1, PAdES baseline B) is added to it as
// an update, so that what was there stays byte for byte, and the seal stands where GB/T 9704 7.3.5.1 has it. Where nobody
// signs at the end of the paper the signature is not seen on the page.
func (f *Fonts) Sign(p Paper, pdf []byte, s Seal) ([]byte, error) {
	if len(s.Chain) == 0 || s.Key == nil {
		return nil, ErrKey
	}
	l, err := f.lay(p)
	if err != nil {
		return nil, err
	}
	u, err := newUpdate(pdf, l.seal.page)
	if err != nil {
		return nil, err
	}
	rect, drawn := "[0 0 0 0]", ""
	if l.seal.x > 0 {
		if drawn, err = f.stamp(s.Name); err != nil {
			return nil, err
		}
		x, y := l.seal.x, pageHeight-l.seal.y+bodySize*ascent/2 // the signer and the day lie in its middle and below
		rect = fmt.Sprintf("[%.2f %.2f %.2f %.2f]", x-sealSize/2, y-sealSize/2, x+sealSize/2, y+sealSize/2)
	}
	field, signature, look := u.next, u.next+1, u.next+2
	u.put(1, bytes.Replace(u.catalog, []byte("/Type /Catalog\n"), fmt.Appendf(nil, "/Type /Catalog\n  /AcroForm <</Fields [%d 0 R] /SigFlags 3>>\n", field), 1))
	u.put(u.pageNumber, bytes.Replace(u.page, []byte("/Type /Page\n"), fmt.Appendf(nil, "/Type /Page\n  /Annots [%d 0 R]\n", field), 1))
	u.put(field, fmt.Appendf(nil, "<</Type /Annot /Subtype /Widget /FT /Sig /T (seal) /F 132 /Rect %s /P %d 0 R /V %d 0 R /AP <</N %d 0 R>>>>\n", rect, u.pageNumber, signature, look))
	at := u.put(signature, fmt.Appendf(nil, "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /%s /Name %s /M (%s) /ByteRange %s /Contents <%s>>>\n",
		subFilter(s), hexText(s.Name), pdfTime(s.At), byteRange, bytes.Repeat([]byte("0"), 2*room)))
	u.put(look, fmt.Appendf(nil, "<</Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f] /Resources <</ExtGState <</M <</BM /Multiply>>>>>> /Length %d>>\nstream\n%s\nendstream\n",
		sealSize, sealSize, len(drawn), drawn))
	return u.signed(at, s)
}

// subFilter names the shape of the signature: readers know no PAdES with SM2.
func subFilter(s Seal) string {
	if how, err := schemeOf(s.Key); err == nil && how.whole {
		return "adbe.pkcs7.detached"
	}
	return "ETSI.CAdES.detached"
}

// byteRange stands where the four numbers come, and is as wide.
const byteRange = "[0 0000000000 0000000000 0000000000]"

// update is what is added to a file.
type update struct {
	out           bytes.Buffer
	catalog, page []byte
	pageNumber    int
	next          int // the number of the first new object
	prev          int // where the table before lies
	id            []byte
	places        [][2]int // number, place
}

func newUpdate(pdf []byte, page int) (*update, error) {
	table := lastTable.FindSubmatch(pdf)
	pages := pageObject.FindAllSubmatchIndex(pdf, -1)
	catalog := catalogObject.Find(pdf)
	size := sizeOf.Find(pdf)
	if table == nil || catalog == nil || page >= len(pages) || size == nil || bytes.Contains(pdf, []byte("/AcroForm")) {
		return nil, ErrSealed
	}
	u := &update{catalog: body(catalog), page: body(pdf[pages[page][0]:pages[page][1]]), id: rootAndID.Find(pdf)}
	u.pageNumber, _ = strconv.Atoi(string(pdf[pages[page][2]:pages[page][3]]))
	u.prev, _ = strconv.Atoi(string(table[1]))
	u.next, _ = strconv.Atoi(string(size[len("/Size "):]))
	u.out.Write(pdf)
	return u, nil
}

// body is an object without the lines around it.
func body(object []byte) []byte {
	_, rest, _ := bytes.Cut(object, []byte("\n"))
	return bytes.TrimSuffix(rest, []byte("endobj\n"))
}

// put adds an object and says where its body begins.
func (u *update) put(number int, body []byte) int {
	u.places = append(u.places, [2]int{number, u.out.Len()})
	fmt.Fprintf(&u.out, "%d 0 obj\n", number)
	at := u.out.Len()
	u.out.Write(body)
	u.out.WriteString("endobj\n")
	return at
}

// signed closes the update and signs all of it but the place of the signature, whose object's body begins at `at`.
func (u *update) signed(at int, s Seal) ([]byte, error) {
	start := u.out.Len()
	u.out.WriteString("xref\n")
	last := 0
	for _, p := range u.places {
		fmt.Fprintf(&u.out, "%d 1\n%010d 00000 n \n", p[0], p[1])
		last = max(last, p[0])
	}
	fmt.Fprintf(&u.out, "trailer\n<<\n%s\n/Size %d\n/Root 1 0 R\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n", u.id, last+1, u.prev, start)
	pdf := u.out.Bytes()
	from := at + bytes.Index(pdf[at:], []byte("/Contents <")) + len("/Contents ")
	to := from + 2*room + 2
	numbers := fmt.Sprintf("[0 %d %d %d]", from, to, len(pdf)-to)
	copy(pdf[at+bytes.Index(pdf[at:], []byte(byteRange)):], fmt.Sprintf("%-*s", len(byteRange), numbers))
	signature, err := signCMS(append(bytes.Clone(pdf[:from]), pdf[to:]...), s.Key, s.Chain)
	if err != nil {
		return nil, err
	}
	if len(signature) > room {
		return nil, fmt.Errorf("document: the signature takes %d bytes, at most %d", len(signature), room)
	}
	hex.Encode(pdf[from+1:], signature)
	return pdf, nil
}

// hexText is a text string of PDF in UTF-16.
func hexText(text string) string {
	out := []byte("<FEFF")
	for _, unit := range utf16.Encode([]rune(text)) {
		out = fmt.Appendf(out, "%04X", unit)
	}
	return string(append(out, '>'))
}

// pdfTime is a moment with its offset, as PDF writes it.
func pdfTime(at time.Time) string {
	_, offset := at.Zone()
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Sprintf("D:%s%c%02d'%02d'", at.Format("20060102150405"), sign, offset/3600, offset/60%60)
}
