package raster

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
)

// Hidden are places of one page that are painted over, each with the mark that is set on it.
type Hidden struct {
	Page  int      `json:"page"` // from 1
	Boxes []Box    `json:"boxes"`
	Marks []string `json:"marks"` // by box: at most a few digits
}

func (c *child) drawSome() error {
	from, to := c.order.From, min(c.order.To, c.pages)
	if from < 1 || from > to {
		return ErrNoPage
	}
	for n := from; n <= to; n++ {
		pic, err := c.draw(n)
		if err != nil {
			return err
		}
		if err := c.show(n, pic); err != nil {
			return err
		}
	}
	return nil
}

func (c *child) coverAll() error {
	for n := 1; n <= c.pages; n++ {
		pic, err := c.draw(n)
		if err != nil {
			return err
		}
		for _, h := range c.order.Hide {
			if h.Page == n {
				Paint(pic, h.Boxes, h.Marks)
			}
		}
		if err := c.show(n, pic); err != nil {
			return err
		}
	}
	return nil
}

// draw draws one page on white.
func (c *child) draw(n int) (*image.RGBA, error) {
	size, err := c.size(n)
	if err != nil {
		return nil, err
	}
	scale := c.order.DPI / 72
	if area := size.Width * size.Height * scale * scale; area > maxPixels {
		scale *= math.Sqrt(maxPixels / area)
	}
	w, h := max(1, int(size.Width*scale)), max(1, int(size.Height*scale))
	drawn, err := c.lib.RenderPageInPixels(&requests.RenderPageInPixels{Page: c.page(n), Width: w, Height: h, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT})
	if err != nil {
		return nil, brokenBy(err)
	}
	defer drawn.Cleanup()
	pic := image.NewRGBA(drawn.Result.RenderedImage.Bounds())
	draw.Draw(pic, pic.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(pic, pic.Bounds(), drawn.Result.RenderedImage, drawn.Result.RenderedImage.Bounds().Min, draw.Over)
	return pic, nil
}

// show answers a picture, in whichever of two formats is the shorter one.
func (c *child) show(n int, pic *image.RGBA) error {
	body, media, err := Encode(pic)
	if err != nil {
		return err
	}
	b := pic.Bounds()
	return c.answer(frame{Page: n, Media: media, Width: b.Dx(), Height: b.Dy()}, body)
}

// Encode writes a picture as PNG, which keeps letters sharp, or as JPEG where that is much shorter.
func Encode(pic image.Image) (body []byte, media string, err error) {
	const quality, ratio = 85, 2
	var sharp, small bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&sharp, pic); err != nil {
		return nil, "", fmt.Errorf("raster: %w", err)
	}
	if err := jpeg.Encode(&small, pic, &jpeg.Options{Quality: quality}); err != nil {
		return nil, "", fmt.Errorf("raster: %w", err)
	}
	if sharp.Len() <= ratio*small.Len() {
		return sharp.Bytes(), "image/png", nil
	}
	return small.Bytes(), "image/jpeg", nil
}
