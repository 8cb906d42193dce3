package evidence

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// errTooManyPixels means an image would take too much memory to decode.
var errTooManyPixels = errors.New("too many pixels")

const jpegQuality = 90

var decoders = map[Kind]struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}{
	JPEG: {jpeg.DecodeConfig, jpeg.Decode},
	PNG:  {png.DecodeConfig, png.Decode},
	WebP: {webp.DecodeConfig, webp.Decode},
}

// cleanImage decodes r and writes it anew: only pixels come through. A picture with transparency, and
// every PNG, becomes PNG, every other JPEG, turned the way its EXIF orientation says. Of an animation the
// first picture comes through. The size is read before anything is decoded.
func cleanImage(w io.Writer, r *io.SectionReader, kind Kind, pixels int) (Kind, error) {
	config, err := decoders[kind].config(rewound(r))
	if err != nil {
		return "", fmt.Errorf("%w: %w", errUnreadable, err)
	}
	if config.Width < 1 || config.Height < 1 || config.Width > pixels/config.Height {
		return "", fmt.Errorf("%w: %d × %d", errTooManyPixels, config.Width, config.Height)
	}
	img, err := decoders[kind].decode(rewound(r))
	if err != nil {
		return "", fmt.Errorf("%w: %w", errUnreadable, err)
	}
	turn, err := orientation(rewound(r), kind)
	if err != nil {
		return "", err
	}
	img = turned(img, turn)
	out := bufio.NewWriterSize(w, copyBuffer)
	if opaque, ok := img.(interface{ Opaque() bool }); kind == PNG || ok && !opaque.Opaque() {
		if err := png.Encode(out, img); err != nil {
			return "", err
		}
		return PNG, out.Flush()
	}
	if err := jpeg.Encode(out, img, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return "", err
	}
	return JPEG, out.Flush()
}

func rewound(r *io.SectionReader) *bufio.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(r, 0, r.Size()), copyBuffer)
}

// turned gives src as EXIF orientation o says it is to be looked at (CIPA DC-008, tag 274): 1 as it is,
// 2–4 mirrored or upside down, 5–8 with sides exchanged.
func turned(src image.Image, o int) image.Image {
	if o < 2 || o > 8 {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	dw, dh := w, h
	if o >= 5 {
		dw, dh = h, w
	}
	dst := image.NewNRGBA(image.Rect(0, 0, dw, dh))
	row := image.NewNRGBA(image.Rect(0, 0, w, 1)) // one row at a time, so that memory is needed once only
	for y := range h {
		draw.Draw(row, row.Bounds(), src, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
		for x := range w {
			tx, ty := x, y
			switch o {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(dst.Pix[dst.PixOffset(tx, ty):][:4], row.Pix[4*x:4*x+4])
		}
	}
	return dst
}
