package document

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // pictures people hand in
	_ "image/png"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/signintech/gopdf"
)

// largestPicture is how many pixels a picture may have to be printed.
const largestPicture = 50_000_000

// Picture makes a page of a JPEG or PNG, as large as the type area lets it be, upright on the page. False where it is no
// picture that can be printed.
func Picture(raw []byte) ([]byte, bool) {
	shape, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || shape.Width == 0 || shape.Height == 0 || shape.Width > largestPicture/shape.Height {
		return nil, false
	}
	holder, err := gopdf.ImageHolderByBytes(raw)
	if err != nil {
		return nil, false
	}
	g := &gopdf.GoPdf{}
	g.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	g.AddPage()
	scale := min(width/float64(shape.Width), height/float64(shape.Height), 1)
	w, h := float64(shape.Width)*scale, float64(shape.Height)*scale
	if err := g.ImageByHolder(holder, (pageWidth-w)/2, top, &gopdf.Rect{W: w, H: h}); err != nil {
		return nil, false
	}
	out, err := g.GetBytesPdfReturnErr()
	return out, err == nil
}

// Pages is how many pages a PDF has; 0 where it cannot be read without a password or at all.
func Pages(pdf []byte) int {
	n, err := api.PageCount(bytes.NewReader(pdf), pdfRules())
	if err != nil {
		return 0
	}
	return n
}

// Printable gives a PDF as it can be put into a volume; false where it cannot: it is locked, has no pages, or is of a
// version that cannot be bound. A file that calls itself version 2.0 in its first line alone, as the copies of evidence do,
// is bound as 1.7: nothing else in it says otherwise.
func Printable(pdf []byte) ([]byte, bool) {
	const head = len("%PDF-2.0")
	if bytes.HasPrefix(pdf, []byte("%PDF-2.")) && len(pdf) > head {
		pdf = append([]byte("%PDF-1.7"), pdf[head:]...)
	}
	ctx, err := api.ReadAndValidate(bytes.NewReader(pdf), pdfRules())
	return pdf, err == nil && ctx.PageCount > 0 && ctx.XRefTable.Version() < model.V20
}

// Leaf stands in a volume for what cannot be printed: it says what the thing is and by what it is known again.
func Leaf(issuer string, p Piece, lines [][2]string) Paper {
	t := &Table{Columns: []float64{0.25, 0.75}}
	for _, l := range lines {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: l[0], Label: true, Span: 1, Down: 1}, {Text: l[1], Span: 1, Down: 1}}})
	}
	return Paper{Form: Sheet, Issuer: issuer, Title: "电子原件说明", Number: p.Number,
		Body: []Block{{Text: fmt.Sprintf("%s不能排印成页，原件随卷以电子形式保存。", p.Title)}, {Table: t}}}
}
