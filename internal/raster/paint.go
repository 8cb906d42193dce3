package raster

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// Paint paints places of a picture over with solid black, a little larger than asked so that no edge of a letter stays, and
// sets its mark in white on each that is large enough.
func Paint(pic draw.Image, boxes []Box, marks []string) {
	b := pic.Bounds()
	for i, x := range boxes {
		r := image.Rect(
			b.Min.X+int(math.Floor(x.X*float64(b.Dx())))-1, b.Min.Y+int(math.Floor(x.Y*float64(b.Dy())))-1,
			b.Min.X+int(math.Ceil((x.X+x.W)*float64(b.Dx())))+1, b.Min.Y+int(math.Ceil((x.Y+x.H)*float64(b.Dy())))+1).Intersect(b)
		draw.Draw(pic, r, image.NewUniform(color.Black), image.Point{}, draw.Src)
		if i < len(marks) {
			set(pic, r, marks[i])
		}
	}
}

// digits are the shapes of marks, three dots wide and five high.
var digits = map[rune][5]uint8{
	'0': {7, 5, 5, 5, 7}, '1': {2, 6, 2, 2, 7}, '2': {7, 1, 7, 4, 7}, '3': {7, 1, 7, 1, 7}, '4': {5, 5, 7, 1, 1},
	'5': {7, 4, 7, 1, 7}, '6': {7, 4, 7, 5, 7}, '7': {7, 1, 1, 1, 1}, '8': {7, 5, 7, 5, 7}, '9': {7, 5, 7, 1, 7},
}

// set draws a mark in the middle of a place.
func set(pic draw.Image, r image.Rectangle, mark string) {
	wide := 4*len(mark) - 1
	dot := min(r.Dy()*7/10/5, r.Dx()*8/10/max(wide, 1), 6)
	if dot < 1 || mark == "" {
		return
	}
	x, y := (r.Min.X+r.Max.X-wide*dot)/2, (r.Min.Y+r.Max.Y-5*dot)/2
	for _, d := range mark {
		for row, bits := range digits[d] {
			for col := range 3 {
				if bits>>(2-col)&1 == 1 {
					draw.Draw(pic, image.Rect(x+col*dot, y+row*dot, x+(col+1)*dot, y+(row+1)*dot), image.NewUniform(color.White), image.Point{}, draw.Src)
				}
			}
		}
		x += 4 * dot
	}
}
