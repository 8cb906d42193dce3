package document

import (
	"bytes"
	"fmt"

	"github.com/signintech/gopdf"
)

// PageSheet is a picture that is a whole page. Width and Height are in points.
type PageSheet struct {
	Picture       []byte // JPEG or PNG
	Width, Height float64
}

// Sheets makes a PDF whose pages are pictures and nothing else: no text, no names, no times.
func Sheets(sheets []PageSheet) ([]byte, error) {
	g := &gopdf.GoPdf{}
	g.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	for i, s := range sheets {
		size := gopdf.Rect{W: s.Width, H: s.Height}
		g.AddPageWithOption(gopdf.PageOption{PageSize: &size})
		holder, err := gopdf.ImageHolderByBytes(s.Picture)
		if err == nil {
			err = g.ImageByHolder(holder, 0, 0, &size)
		}
		if err != nil {
			return nil, fmt.Errorf("document: page %d: %w", i+1, err)
		}
	}
	var out bytes.Buffer
	if _, err := g.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("document: sheets: %w", err)
	}
	return out.Bytes(), nil
}
