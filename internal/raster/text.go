package raster

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// readAll answers the letters of each page.
func (c *child) readAll() error {
	left := maxLetters
	for n := 1; n <= c.pages && left > 0; n++ {
		list, err := c.letters(n)
		if err != nil {
			return err
		}
		list = list[:min(left, len(list))]
		left -= len(list)
		if err := c.answer(frame{Page: n}, bytesOf(list)); err != nil {
			return err
		}
	}
	if left == 0 {
		return ErrTooMuch // what is not read cannot be covered, and nobody is to believe it was
	}
	return nil
}

func (c *child) letters(n int) ([]Letter, error) {
	at, err := c.places(n)
	if err != nil {
		return nil, err
	}
	text, err := c.lib.GetPageTextStructured(&requests.GetPageTextStructured{Page: c.page(n), Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, brokenBy(err)
	}
	out := make([]Letter, 0, len(text.Chars))
	for _, x := range text.Chars {
		for _, r := range x.Text {
			out = append(out, Letter{r, at.box(x.PointPosition)})
		}
	}
	return out, nil
}

// places turns points of a page, which may be turned or cut, into shares of what is seen of it.
type places struct{ x0, y0, xx, xy, yx, yy float64 }

// places asks the parser where three corners come to lie.
func (c *child) places(n int) (places, error) {
	const fine, far = 1_000_000, 1000.0
	var at [3][2]float64
	for i, p := range [][2]float64{{0, 0}, {far, 0}, {0, far}} {
		is, err := c.lib.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: c.page(n), SizeX: fine, SizeY: fine, PageX: p[0], PageY: p[1]})
		if err != nil {
			return places{}, brokenBy(err)
		}
		at[i] = [2]float64{float64(is.DeviceX) / fine, float64(is.DeviceY) / fine}
	}
	return places{at[0][0], at[0][1], (at[1][0] - at[0][0]) / far, (at[2][0] - at[0][0]) / far, (at[1][1] - at[0][1]) / far, (at[2][1] - at[0][1]) / far}, nil
}

func (p places) box(c responses.CharPosition) Box {
	x1, y1 := p.x0+p.xx*c.Left+p.xy*c.Top, p.y0+p.yx*c.Left+p.yy*c.Top
	x2, y2 := p.x0+p.xx*c.Right+p.xy*c.Bottom, p.y0+p.yx*c.Right+p.yy*c.Bottom
	return Box{min(x1, x2), min(y1, y2), math.Abs(x2 - x1), math.Abs(y2 - y1)}
}

const letterBytes = 4 + 4*4

func bytesOf(list []Letter) []byte {
	out := make([]byte, 0, len(list)*letterBytes)
	for _, l := range list {
		out = binary.LittleEndian.AppendUint32(out, uint32(l.R))
		for _, f := range []float64{l.Box.X, l.Box.Y, l.Box.W, l.Box.H} {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(f)))
		}
	}
	return out
}

func lettersOf(body []byte) ([]Letter, error) {
	if len(body)%letterBytes != 0 {
		return nil, fmt.Errorf("%w: letters cut short", ErrTooMuch)
	}
	out := make([]Letter, 0, len(body)/letterBytes)
	at := func(i int) float64 { return float64(math.Float32frombits(binary.LittleEndian.Uint32(body[i:]))) }
	for i := 0; i < len(body); i += letterBytes {
		out = append(out, Letter{rune(binary.LittleEndian.Uint32(body[i:])), Box{at(i + 4), at(i + 8), at(i + 12), at(i + 16)}})
	}
	return out, nil
}
