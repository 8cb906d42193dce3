package document

import (
	"fmt"
	"math"
	"strings"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Measures of a seal: 42 mm across, its ring 1.2 mm, the organ's name along the upper arc round a star.
const (
	sealSize = 42 * mm
	ring     = 1.2 * mm
	star     = 7 * mm // from its middle to a point
	arc      = 240.0  // degrees the name takes at most
)

// stamp draws a seal as lines of PDF's own language, the name as outlines, so that it is nobody's text. It fails with
// *MissingGlyph.
func (f *Fonts) stamp(name string) (string, error) {
	runes := []rune(name)
	one, err := f.pick(f.title, name)
	if err != nil { // no single font has all: each character by its own would be of different weights
		return "", err
	}
	raw, err := one.bytes()
	if err != nil {
		return "", err
	}
	face, err := sfnt.Parse(raw)
	if err != nil {
		return "", fmt.Errorf("document: font of the seal: %w", err)
	}
	var b strings.Builder
	r, g, bl := float64(red.r)/255, float64(red.g)/255, float64(red.b)/255
	fmt.Fprintf(&b, "/M gs %.3f %.3f %.3f rg %.3f %.3f %.3f RG %.2f w 1 0 0 1 %.2f %.2f cm\n", r, g, bl, r, g, bl, ring, sealSize/2, sealSize/2)
	circle(&b, sealSize/2-ring/2)
	b.WriteString("S\n")
	for i := range 5 {
		a := math.Pi/2 + float64(i)*4*math.Pi/5
		fmt.Fprintf(&b, "%.2f %.2f %s\n", star*math.Cos(a), star*math.Sin(a), []string{"m", "l", "l", "l", "l"}[i])
	}
	b.WriteString("f\n")
	size := min(15, arc/360*2*math.Pi*(sealSize/2-12)/float64(len(runes))/1.05)
	radius := sealSize/2 - ring - size*1.05
	step := min(size*1.35/radius, arc*math.Pi/180/math.Max(1, float64(len(runes)-1)))
	along := around{face: face, size: size, radius: radius}
	for i, c := range runes {
		if err := along.outline(&b, c, math.Pi/2+step*(float64(len(runes)-1)/2-float64(i))); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// circle is a path of four curves.
func circle(b *strings.Builder, r float64) {
	const k = 0.5523
	fmt.Fprintf(b, "%.2f 0 m %.2f %.2f %.2f %.2f 0 %.2f c %.2f %.2f %.2f %.2f %.2f 0 c %.2f %.2f %.2f %.2f 0 %.2f c %.2f %.2f %.2f %.2f %.2f 0 c\n",
		r, r, k*r, k*r, r, r, -k*r, r, -r, k*r, -r, -r, -k*r, -k*r, -r, -r, k*r, -r, r, -k*r, r)
}

// around is a circle on which characters stand, their heads outwards.
type around struct {
	face         *sfnt.Font
	size, radius float64
}

// outline draws a character at an angle.
func (o around) outline(b *strings.Builder, c rune, angle float64) error {
	var buffer sfnt.Buffer
	face := o.face
	const units = 1000
	index, err := face.GlyphIndex(&buffer, c)
	if err != nil || index == 0 {
		return &MissingGlyph{Text: string(c)}
	}
	segments, err := face.LoadGlyph(&buffer, index, fixed.I(units), nil)
	if err != nil {
		return fmt.Errorf("document: font of the seal: %w", err)
	}
	advance, err := face.GlyphAdvance(&buffer, index, fixed.I(units), xfont.HintingNone)
	if err != nil {
		return fmt.Errorf("document: font of the seal: %w", err)
	}
	sin, cos := math.Sincos(angle - math.Pi/2)
	scale, half := o.size/units, float64(advance)/64/2
	at := func(p fixed.Point26_6) [2]float64 { // sfnt counts down
		x, y := (float64(p.X)/64-half)*scale, o.radius-float64(p.Y)/64*scale
		return [2]float64{x*cos - y*sin, x*sin + y*cos}
	}
	var last [2]float64
	for _, s := range segments {
		switch p, q, r := at(s.Args[0]), at(s.Args[1]), at(s.Args[2]); s.Op {
		case sfnt.SegmentOpMoveTo:
			fmt.Fprintf(b, "%.2f %.2f m ", p[0], p[1])
			last = p
		case sfnt.SegmentOpLineTo:
			fmt.Fprintf(b, "%.2f %.2f l ", p[0], p[1])
			last = p
		case sfnt.SegmentOpQuadTo: // raised to a cubic
			fmt.Fprintf(b, "%.2f %.2f %.2f %.2f %.2f %.2f c ", last[0]+2*(p[0]-last[0])/3, last[1]+2*(p[1]-last[1])/3, q[0]+2*(p[0]-q[0])/3, q[1]+2*(p[1]-q[1])/3, q[0], q[1])
			last = q
		case sfnt.SegmentOpCubeTo:
			fmt.Fprintf(b, "%.2f %.2f %.2f %.2f %.2f %.2f c ", p[0], p[1], q[0], q[1], r[0], r[1])
			last = r
		}
	}
	b.WriteString("f\n")
	return nil
}
