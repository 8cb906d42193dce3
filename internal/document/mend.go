package document

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf16"
)

// errUnmended: the PDF library writes another shape of file than the one mended here.
var errUnmended = errors.New("document: the PDF has not the shape expected")

// mend corrects what gopdf 0.33.0 writes: the tables that lead from glyphs back to text say a wrong character above
// U+FFFF (names are full of them) and have longer blocks than readers need to take. It also names the language and
// gives the file an id. Its input is gopdf's own: objects in order, then one table of their places.
func mend(raw []byte, p Paper) ([]byte, error) {
	places, trailer, err := objectsOf(raw)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Write(raw[:places[0]])
	moved := make([]int, len(places)-1)
	for i := range moved {
		moved[i] = out.Len()
		object := raw[places[i]:places[i+1]]
		switch {
		case bytes.Contains(object, []byte("stream\n/CIDInit /ProcSet")):
			object = unicodeObject(i+1, object)
		case bytes.Contains(object, []byte("/Type /Catalog\n")):
			object = bytes.Replace(object, []byte("/Type /Catalog\n"), fmt.Appendf(nil, "/Type /Catalog\n  /Lang (zh-CN)\n  /ViewerPreferences <</DisplayDocTitle true>>\n"+
				"  /Metadata %d 0 R\n  /OutputIntents [%d 0 R]\n", len(moved)+1, len(moved)+3), 1)
		}
		out.Write(object)
	}
	for i, object := range described(p, len(moved)) {
		moved = append(moved, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%sendobj\n\n", len(places)+i, object)
	}
	id := sha256.Sum256(out.Bytes())
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(moved)+1)
	for _, at := range moved {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	trailer = sizeOf.ReplaceAll(trailer, fmt.Appendf(nil, "/Size %d", len(moved)+1))
	out.Write(bytes.Replace(trailer, []byte("<<\n"), fmt.Appendf(nil, "<<\n/ID [<%x><%x>]\n", id[:16], id[:16]), 1))
	fmt.Fprintf(&out, "startxref\n%d\n%%%%EOF\n", start)
	return out.Bytes(), nil
}

var sizeOf = regexp.MustCompile(`/Size \d+`)

var tail = regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`)

// objectsOf reads where each object begins, at last where they end, and the trailer.
func objectsOf(raw []byte) (places []int, trailer []byte, err error) {
	m := tail.FindSubmatchIndex(raw)
	if m == nil {
		return nil, nil, errUnmended
	}
	table, err := strconv.Atoi(string(raw[m[2]:m[3]]))
	if err != nil || table >= m[0] {
		return nil, nil, errUnmended
	}
	const entry = 20
	var n int
	if _, err := fmt.Sscanf(string(raw[table:min(table+32, len(raw))]), "xref\n0 %d\n", &n); err != nil {
		return nil, nil, errUnmended
	}
	at := table + len(fmt.Sprintf("xref\n0 %d\n", n)) + entry
	for range n - 1 {
		place, err := strconv.Atoi(string(raw[at : at+10]))
		if err != nil || place > table || len(places) > 0 && place < places[len(places)-1] {
			return nil, nil, errUnmended
		}
		places, at = append(places, place), at+entry
	}
	if len(places) == 0 || !bytes.HasPrefix(raw[at:], []byte("trailer\n<<\n")) {
		return nil, nil, errUnmended
	}
	return append(places, table), raw[at:m[0]], nil
}

var mapped = regexp.MustCompile(`(?m)^<([0-9A-F]{4})><[0-9A-F]{4}><([0-9A-F]{4,6})>$`)

// unicodeObject writes a table of glyphs and their text anew.
func unicodeObject(id int, object []byte) []byte {
	var pairs [][2]int
	for _, m := range mapped.FindAllSubmatch(object, -1) {
		glyph, err1 := strconv.ParseInt(string(m[1]), 16, 32)
		text, err2 := strconv.ParseInt(string(m[2]), 16, 32)
		if err1 == nil && err2 == nil {
			pairs = append(pairs, [2]int{int(glyph), int(text)})
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	pairs = slices.CompactFunc(pairs, func(a, b [2]int) bool { return a[0] == b[0] })
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	const block = 100 // as many as the format allows
	for chunk := range slices.Chunk(pairs, block) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(chunk))
		for _, p := range chunk {
			fmt.Fprintf(&b, "<%04X><", p[0])
			for _, unit := range utf16.Encode([]rune{rune(p[1])}) {
				fmt.Fprintf(&b, "%04X", unit)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return fmt.Appendf(nil, "%d 0 obj\n<<\n/Length %d\n>>\nstream\n%sendstream\nendobj\n\n", id, b.Len(), b.Bytes())
}
