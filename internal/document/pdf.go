package document

import (
	"fmt"

	"github.com/signintech/gopdf"
)

// PDF typesets a paper. The same paper and fonts give the same bytes. It fails with *MissingGlyph where no font has a
// character.
func (f *Fonts) PDF(p Paper) ([]byte, error) {
	l, err := f.lay(p)
	if err != nil {
		return nil, err
	}
	g := &gopdf.GoPdf{}
	g.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	g.SetInfo(gopdf.PdfInfo{Title: p.Number + p.Title, Author: p.Issuer, Producer: "Yifa"})
	added := map[*font]bool{}
	for _, page := range l.sheets {
		g.AddPage()
		for _, r := range page.rules {
			g.SetStrokeColor(r.ink.r, r.ink.g, r.ink.b)
			g.SetLineWidth(r.thick)
			g.Line(r.x, r.y, r.x2, r.y2)
		}
		for _, m := range page.marks {
			if err := f.draw(g, m, added); err != nil {
				return nil, fmt.Errorf("document: draw: %w", err)
			}
		}
	}
	raw, err := g.GetBytesPdfReturnErr()
	if err != nil {
		return nil, fmt.Errorf("document: write: %w", err)
	}
	return mend(raw, p)
}

func (f *Fonts) draw(g *gopdf.GoPdf, m mark, added map[*font]bool) error {
	if !added[m.font] {
		if err := g.AddTTFFontFromFontContainer(m.font.name, &f.parsed); err != nil {
			return err
		}
		added[m.font] = true
	}
	if err := g.SetFont(m.font.name, "", m.size); err != nil {
		return err
	}
	if err := g.SetCharSpacing(m.spread); err != nil {
		return err
	}
	g.SetTextColor(m.ink.r, m.ink.g, m.ink.b)
	g.SetXY(m.x, m.y)
	return g.Text(m.text)
}

// Check says whether a paper can be made: nil, or *MissingGlyph.
func (f *Fonts) Check(p Paper) error {
	_, err := f.lay(p)
	return err
}
