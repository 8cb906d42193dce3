package web

import (
	"fmt"
	"strings"

	"github.com/skip2/go-qrcode"

	"yifa/internal/calendar"
)

// QR is a code drawn as one SVG path on a grid of Size modules.
type QR struct {
	Size int
	Path string
}

// NewQR draws a text (an address with the receipt code after `#`) as a QR code with medium error correction.
func NewQR(text string) (QR, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return QR{}, fmt.Errorf("web: QR code: %w", err)
	}
	code.DisableBorder = true
	rows := code.Bitmap()
	var path strings.Builder
	for y, row := range rows {
		for x := 0; x < len(row); x++ {
			if !row[x] {
				continue
			}
			from := x
			for x < len(row) && row[x] {
				x++
			}
			fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
		}
	}
	return QR{Size: len(rows), Path: path.String()}, nil
}

func (q QR) viewBox() string { return fmt.Sprintf("-3 -3 %d %d", q.Size+6, q.Size+6) }

// fours parts a receipt code into groups of four digits.
func fours(code string) []string {
	var groups []string
	for len(code) > 4 {
		groups, code = append(groups, code[:4]), code[4:]
	}
	return append(groups, code)
}

func dayOfMonth(d calendar.Date) string {
	_, _, day := d.YMD()
	return itoa(day)
}
