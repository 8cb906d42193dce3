package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"sync"

	"yifa/internal/office"
)

// uploads are small pictures under the names of a step's files.
func uploads(files map[string][]string) map[string][]office.Upload {
	out := map[string][]office.Upload{}
	for field, names := range files {
		for _, name := range slices.Sorted(slices.Values(names)) {
			out[field] = append(out[field], office.Upload{Name: name, Body: bytes.NewReader(picture(len(name)))})
		}
	}
	return out
}

var pictures sync.Map // those painted, by seed

// picture is a small plain photograph, told apart by its shade.
func picture(seed int) []byte {
	if b, painted := pictures.Load(seed); painted {
		return b.([]byte) //nolint:forcetypeassert // nothing else is put there
	}
	img := image.NewRGBA(image.Rect(0, 0, 240, 160))
	for y := range 160 {
		for x := range 240 {
			img.Set(x, y, color.RGBA{uint8(60 + seed*5%120), uint8(90 + y/2), uint8(110 + x/3), 255})
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // writing to memory does not fail
	pictures.Store(seed, b.Bytes())
	return b.Bytes()
}
