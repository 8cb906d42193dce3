package document

import (
	"fmt"
	"strings"
)

// Borders of paragraphs.
const (
	redRule    = `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="E60012"/></w:pBdr>`
	redDouble  = `<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="18" w:space="6" w:color="E60012"/></w:pBdr>`
	ruleAbove  = `<w:pBdr><w:top w:val="single" w:sz="8" w:space="1" w:color="000000"/></w:pBdr>`
	ruleAround = `<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="1" w:color="000000"/></w:pBdr>`
)

// docxHead is what stands above the text, as head sets it in a PDF.
func docxHead(p Paper) []par {
	size := issuerSize
	if w := float64(len([]rune(p.Issuer))) * issuerSize; w > width*0.97 { // bold in a font that stands in for the one named may be wider
		size *= width * 0.97 / w
	}
	mark := par{text: p.Issuer, font: songTi, size: size, red: true, bold: true, at: "center", line: size * 1.2}
	number := par{text: p.Number, font: fangSong, size: 16, at: "center"}
	var out []par
	switch p.form() {
	case Official:
		mark.before = officialTop
		out = append(out, par{font: fangSong, size: 1, at: "left", line: 1}, mark, par{font: fangSong, size: 16, at: "left"}, par{font: fangSong, size: 16, at: "left"})
		if p.Signatory != "" {
			number.at, number.first = "left", bodySize
			number.text += "\t签发人：" + p.Signatory
		}
		number.rule = redRule
		out = append(out, number, par{font: fangSong, size: 16, at: "left"})
	case Letter:
		mark.rule = redDouble
		out = append(out, mark)
		if p.Number != "" {
			number.at = "right"
			out = append(out, number)
		}
		out = append(out, par{font: fangSong, size: 16, at: "left"})
	default:
		out = append(out, par{text: p.Issuer, font: songTi, size: plainSize, bold: true, at: "center"})
	}
	out = append(out, par{text: p.Title, font: songTi, size: titleSize, bold: true, at: "center", line: 32})
	if p.IsPlain() && p.Number != "" {
		number.at = "right"
		return append(out, number)
	}
	return append(out, par{font: fangSong, size: 16, at: "left"})
}

// docxSign is who signs, and a remark.
func docxSign(p Paper) []par {
	var out []par
	line := par{font: fangSong, size: 16, at: "right", right: dayRight, keep: true}
	if p.Signer != "" {
		blank := line
		out = append(out, blank, blank)
		day := float64(len([]rune(p.Day))) * bodySize * 0.75
		for _, text := range []string{p.Signer, p.By, p.Day} {
			if x := line; text != "" {
				x.text = text
				x.right = max(0, dayRight+(day-float64(len([]rune(text)))*bodySize)/2)
				if text == p.Day {
					x.right, x.keep = dayRight, p.Remark != ""
				}
				out = append(out, x)
			}
		}
	}
	if p.Remark != "" {
		out = append(out, par{text: "（" + p.Remark + "）", font: fangSong, size: 16, at: "left", first: indent})
	}
	return out
}

// docxFoot is what stands at the end of the last page: the imprint and the small print.
func docxFoot(p Paper) []par {
	var out []par
	small := par{font: fangSong, size: imprintSize, at: "both", line: imprintPitch}
	if p.CopyTo != "" {
		x := small
		x.text, x.rule, x.before = "抄送："+p.CopyTo+"。", ruleAbove, 28
		out = append(out, x)
	}
	if p.Printer != "" {
		x := small
		x.text, x.rule = p.Printer+"\t"+p.Printed+"印发", ruleAround
		out = append(out, x)
	}
	for i, text := range append(p.Signature.Lines(), linesOf(p.Note)...) {
		x := par{text: text, font: fangSong, size: noteSize, at: "left", line: noteSize * 1.4}
		if i == 0 {
			x.before = 6
		}
		out = append(out, x)
	}
	return out
}

// docxFooter is what stands below the type area of every page.
func docxFooter(p Paper, at string) string {
	var b strings.Builder
	b.WriteString(`<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`)
	for _, line := range p.PageFoot {
		b.WriteString(par{text: line, font: fangSong, size: cellSize, at: "left"}.xml())
	}
	field := func(what string) string {
		return `</w:t></w:r><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">` + what +
			`</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">`
	}
	text := "— " + field("PAGE") + " —"
	if p.form() == Sheet || p.form() == Record {
		text, at = "第 "+field("PAGE")+" 页　共 "+field("NUMPAGES")+" 页", "center"
	}
	fmt.Fprintf(&b, `<w:p><w:pPr><w:ind w:left="%d" w:right="%d"/><w:jc w:val="%s"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p></w:ftr>`,
		twips(pageSize), twips(pageSize), at, text)
	return b.String()
}

// docxTable is a grid with the columns, spans and heights of its PDF.
func docxTable(t *Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, twips(width))
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, c := range t.Columns {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, twips(c*width))
	}
	b.WriteString("</w:tblGrid>")
	for _, r := range t.Rows {
		fmt.Fprintf(&b, `<w:tr><w:trPr><w:trHeight w:val="%d" w:hRule="atLeast"/>`, twips(float64(max(r.Lines, 1))*cellPitch+2*cellPad))
		if r.Head {
			b.WriteString("<w:tblHeader/>")
		}
		b.WriteString("</w:trPr>")
		column := 0
		for _, c := range r.Cells {
			b.WriteString(docxCell(t, c, column))
			column += c.Span
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
	return b.String()
}

func docxCell(t *Table, c Cell, column int) string {
	wide := 0.0
	for _, w := range t.Columns[column : column+c.Span] {
		wide += w * width
	}
	merge := ""
	switch {
	case c.Down == 0:
		merge = `<w:vMerge/>`
	case c.Down > 1:
		merge = `<w:vMerge w:val="restart"/>`
	}
	at, vertical := "both", "top"
	if c.Label {
		at, vertical = "center", "center"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/>%s<w:vAlign w:val="%s"/></w:tcPr>`, twips(wide), c.Span, merge, vertical)
	for text := range strings.SplitSeq(c.Text, "\n") {
		b.WriteString(par{text: text, font: fangSong, size: cellSize, at: at, line: cellPitch}.xml())
	}
	if c.Foot != "" {
		for text := range strings.SplitSeq(c.Foot, "\n") {
			b.WriteString(par{text: text, font: fangSong, size: cellSize, at: "right", line: cellPitch}.xml())
		}
	}
	b.WriteString("</w:tc>")
	return b.String()
}

const (
	docxTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	docxRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	docxCore         = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>`
	docxDocumentRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>` +
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>` +
		`<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer2.xml"/></Relationships>`
	docxStyles = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:kinsoku/></w:pPr></w:pPrDefault></w:docDefaults></w:styles>`
	docxSettings = `<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/></w:settings>`
)
