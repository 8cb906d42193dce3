package raster

import (
	"strings"
	"unicode"
)

// Find tells where a text stands on a page: a box for each line it runs over. White space, the width of characters and the
// case of letters make no difference, nor does a break of the line within it.
func Find(page []Letter, text string) []Box {
	want := []rune(folded(text))
	if len(want) == 0 {
		return nil
	}
	var letters []Letter
	for _, l := range page {
		if r := []rune(folded(string(l.R))); len(r) == 1 {
			letters = append(letters, Letter{r[0], l.Box})
		}
	}
	var out []Box
	for i := 0; i+len(want) <= len(letters); i++ {
		if matches(letters[i:], want) {
			out = append(out, boxes(letters[i:i+len(want)])...)
		}
	}
	return out
}

func matches(letters []Letter, want []rune) bool {
	for j, r := range want {
		if letters[j].R != r {
			return false
		}
	}
	return true
}

// folded takes a text to what it is compared by. Hyphens and spaces fall out, as telephone numbers are written with them.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xFF01 && r <= 0xFF5E { // full width
			r -= 0xFEE0
		}
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) || r == '-' || r == '‐' || r == '－' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// boxes joins letters that stand side by side, and gives each line a little room around it.
func boxes(letters []Letter) []Box {
	var out []Box
	for _, l := range letters {
		b := l.Box
		if n := len(out); n > 0 && beside(out[n-1], b) {
			out[n-1] = around(out[n-1], b)
			continue
		}
		out = append(out, b)
	}
	for i, b := range out { // strokes reach beyond the box a font names for them
		dx, dy := 0.003, b.H*0.25+0.002
		out[i] = Box{max(0, b.X-dx), max(0, b.Y-dy), min(1-max(0, b.X-dx), b.W+2*dx), min(1-max(0, b.Y-dy), b.H+2*dy)}
	}
	return out
}

// beside says whether two boxes share a line, however the page is turned, and are not far apart.
func beside(a, b Box) bool {
	const far = 0.1
	across := min(a.Y+a.H, b.Y+b.H)-max(a.Y, b.Y) > 0 && max(b.X-(a.X+a.W), a.X-(b.X+b.W)) < far
	down := min(a.X+a.W, b.X+b.W)-max(a.X, b.X) > 0 && max(b.Y-(a.Y+a.H), a.Y-(b.Y+b.H)) < far/5
	return across || down
}

func around(a, b Box) Box {
	x, y := min(a.X, b.X), min(a.Y, b.Y)
	return Box{x, y, max(a.X+a.W, b.X+b.W) - x, max(a.Y+a.H, b.Y+b.H) - y}
}
