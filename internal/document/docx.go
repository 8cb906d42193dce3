package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
	"time"
)

// DOCX writes a paper for a word processor (ISO/IEC 29500, transitional): the same texts on the same page, grid and
// margins as its PDF. The same paper gives the same bytes. Fonts are named and not embedded: 仿宋, 黑体, 楷体 and
// 方正小标宋简体, for which a machine without them puts its own.
func DOCX(p Paper) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", docxTypes}, {"_rels/.rels", docxRels}, {"docProps/core.xml", fmt.Sprintf(docxCore, escape(p.Number+p.Title), escape(p.Issuer))},
		{"word/_rels/document.xml.rels", docxDocumentRels}, {"word/styles.xml", docxStyles}, {"word/settings.xml", docxSettings},
		{"word/footer1.xml", docxFooter(p, "right")}, {"word/footer2.xml", docxFooter(p, "left")}, {"word/document.xml", docxDocument(p)},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, fmt.Errorf("document: docx: %w", err)
		}
		if _, err := w.Write([]byte(xml.Header + part.text)); err != nil {
			return nil, fmt.Errorf("document: docx: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("document: docx: %w", err)
	}
	return out.Bytes(), nil
}

// escape makes a text safe in XML and leaves out what is nothing on paper.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, text)))
	return b.String()
}

// twips is a length in twentieths of a point.
func twips(points float64) int { return int(math.Round(points * 20)) }

// par is one paragraph: its place, what goes before it, and how its characters are set.
type par struct {
	text         string
	font         string // of Han characters
	size         float64
	bold, red    bool
	at           string // left, right, center, both
	first        float64
	right        float64
	before, line float64 // points; line 0: the grid's own
	rule         string  // w:pBdr
	keep         bool    // with the next
	breakBefore  bool
}

const (
	fangSong = "仿宋"
	songTi   = "方正小标宋简体"
	heiTi    = "黑体"
	kaiTi    = "楷体"
)

func (x par) xml() string {
	var b strings.Builder
	b.WriteString("<w:p><w:pPr>")
	if x.keep {
		b.WriteString("<w:keepNext/>")
	}
	if x.breakBefore {
		b.WriteString("<w:pageBreakBefore/>")
	}
	b.WriteString(x.rule)
	if strings.Contains(x.text, "\t") {
		fmt.Fprintf(&b, `<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, twips(width-x.size))
	}
	b.WriteString(`<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>`)
	if x.line > 0 {
		fmt.Fprintf(&b, `<w:snapToGrid w:val="0"/><w:spacing w:before="%d" w:line="%d" w:lineRule="exact"/>`, twips(x.before), twips(x.line))
	} else if x.before > 0 {
		fmt.Fprintf(&b, `<w:spacing w:before="%d"/>`, twips(x.before))
	}
	if x.first > 0 || x.right > 0 {
		fmt.Fprintf(&b, `<w:ind w:firstLine="%d" w:right="%d"/>`, twips(x.first), twips(x.right))
	}
	fmt.Fprintf(&b, `<w:jc w:val="%s"/></w:pPr>`, x.at)
	for i, text := range strings.Split(x.text, "\n") {
		if i > 0 {
			b.WriteString("<w:r><w:br/></w:r>")
		}
		if left, right, tab := strings.Cut(text, "\t"); tab { // what stands at the right goes to the stop
			b.WriteString(x.run(left) + "<w:r><w:tab/></w:r>" + x.run(right))
			continue
		}
		b.WriteString(x.run(text))
	}
	b.WriteString("</w:p>")
	return b.String()
}

// run is a text in the paragraph's characters.
func (x par) run(text string) string {
	var b strings.Builder
	b.WriteString("<w:r><w:rPr>")
	fmt.Fprintf(&b, `<w:rFonts w:eastAsia="%s"/>`, x.font)
	if x.bold {
		b.WriteString("<w:b/>")
	}
	if x.red {
		b.WriteString(`<w:color w:val="E60012"/>`)
	}
	fmt.Fprintf(&b, `<w:spacing w:val="%d"/><w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, tighter(x.size), int(math.Round(x.size*2)), escape(text))
	return b.String()
}

// docxDocument is the body of the document.
func docxDocument(p Paper) string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`)
	for _, x := range docxHead(p) {
		b.WriteString(x.xml())
	}
	text := docxText
	if p.Addressee != "" {
		x := text
		x.text, x.first = p.Addressee, 0
		b.WriteString(x.xml())
	}
	docxBody(&b, p.Body)
	for i, line := range p.AttachmentLines() {
		x := text
		if x.text = line; i == 0 {
			b.WriteString(par{font: fangSong, size: 16, at: "both"}.xml())
		}
		b.WriteString(x.xml())
	}
	for _, x := range docxSign(p) {
		b.WriteString(x.xml())
	}
	for i, a := range p.Annexes {
		for _, x := range docxAnnex(p.AnnexMark(i), a.Title) {
			b.WriteString(x.xml())
		}
		docxBody(&b, a.Body)
	}
	for _, x := range docxFoot(p) {
		b.WriteString(x.xml())
	}
	const linePitch = 579 // 22 lines in 225 mm
	pageTop := top
	switch p.form() {
	case Sheet:
		pageTop = sheetTop
	case Plain, Record:
		pageTop = plainTop
	}
	fmt.Fprintf(&b, `<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>`+
		`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="%d" w:gutter="0"/>`+
		`<w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr></w:body></w:document>`,
		twips(pageWidth), twips(pageHeight), twips(pageTop), twips(pageWidth-left-width), twips(pageHeight-top-height), twips(left), twips(pageHeight-top-height-7*mm-pageSize*1.3),
		linePitch)
	return b.String()
}

// docxText is a paragraph of the body. Lines of whole characters fill the width of themselves. Justified, LibreOffice 7.4
// loses a mark that does not fit.
var docxText = par{font: fangSong, size: 16, at: "left", first: indent}

// docxBody writes paragraphs, headings and tables.
func docxBody(b *strings.Builder, body []Block) {
	for i, block := range body {
		if block.Table != nil {
			if i > 0 && body[i-1].Table != nil { // or a word processor makes one table of the two
				b.WriteString(par{font: fangSong, size: 6, at: "left", line: 8}.xml())
			}
			b.WriteString(docxTable(block.Table))
			continue
		}
		x := docxText
		x.text, x.keep = block.Text, block.Level > 0
		switch block.Level {
		case 1:
			x.font = heiTi
		case 2:
			x.font = kaiTi
		}
		b.WriteString(x.xml())
	}
}

// tighter is how much less than its size a character takes, in twips: 28 of 三号 stand in 156 mm.
func tighter(size float64) int {
	if size == 16 {
		return -5
	}
	return 0
}
