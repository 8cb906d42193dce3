package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// cluster is what a reader sees as one character.
type cluster struct {
	text  string
	font  *font
	width float64 // points
	room  float64 // of the width, what the glyph leaves free, half of it on each side
	wide  bool    // Han, kana, full-width marks: a line is justified beside these
	space bool
	ends  bool // a line may end after it
}

// line is the clusters of one line and how far they are set apart.
type line struct {
	clusters []cluster
	indent   float64
	gap      float64 // points, beside every wide cluster and at every space
}

// asBreaks is how quotation marks break between Han: UAX 14 leaves them open, since they serve both sides elsewhere.
var asBreaks = strings.NewReplacer("“", "「", "”", "」", "‘", "『", "’", "』")

// unseen are characters that are nothing on paper: they direct programs, not readers.
func unseen(r rune) bool {
	return r == 0xAD || r == 0xFEFF || 0x200B <= r && r <= 0x200F || 0x202A <= r && r <= 0x202E || 0x2060 <= r && r <= 0x2064 || unicode.IsControl(r)
}

// clusters measures a paragraph. It fails with *MissingGlyph.
func (f *Fonts) clusters(order []*font, text string, size float64) ([]cluster, error) {
	if !utf8.ValidString(text) {
		return nil, &MissingGlyph{Text: "\uFFFD"}
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return ' '
		case unseen(r):
			return -1
		}
		return r
	}, text)
	ends := lineEnds(text)
	var out []cluster
	at := 0
	for rest, state := text, -1; rest != ""; {
		var c string
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		at += len(c)
		one, err := f.pick(order, c)
		if err != nil {
			return nil, err
		}
		set := cluster{text: c, font: one, width: one.width(c) * size / 1000, wide: isWide(c), space: c == " ", ends: ends[at]}
		if set.wide && set.width < size && one.width(c) == one.width("一") {
			set.width, set.room = size, size-set.width // a font of narrow squares keeps to the grid of 28 a line too
		}
		out = append(out, set)
	}
	return out, nil
}

// lineEnds are the places, in bytes, after which a line may end.
func lineEnds(text string) map[int]bool {
	out := map[int]bool{}
	at := 0
	for rest, state := asBreaks.Replace(text), -1; rest != ""; {
		var s string
		s, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		at += len(s)
		out[at] = true
	}
	return out
}

// isWide says whether a character takes a square of its own.
func isWide(c string) bool {
	for _, r := range c {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || 0x3000 <= r && r <= 0x303F || 0xFF00 <= r && r <= 0xFF60 ||
			r == '“' || r == '”' || r == '‘' || r == '’' || r == '—' || r == '…'
	}
	return false
}

// A line is left ragged rather than stretched by more than maxGap of the size, and a code longer than longCode is
// broken inside rather than leave such a line before it.
const (
	maxGap   = 0.2
	longCode = 12
)

// Marks that may not begin a line, and such that may not end one.
const (
	closing = "。、，．：；？！）〕】》〉」』”’,.:;?!)]}"
	opening = "（〔【《〈「『“‘([{"
)

// breakLines cuts a paragraph into lines of a width, the first one indented, and justifies all but the last.
func breakLines(all []cluster, size, width, indent float64) []line {
	var out []line
	for len(all) > 0 {
		l := line{indent: indent}
		n := fit(all, size, width-indent)
		l.clusters, all = trimSpaces(all[:n]), all[n:]
		for len(all) > 0 && all[0].space {
			all = all[1:]
		}
		if len(all) > 0 {
			l.gap = gapOf(l.clusters, width-indent)
			if l.gap > maxGap*size {
				l.gap = 0
			}
		}
		if len(l.clusters) > 0 {
			out = append(out, l)
		}
		indent = 0
	}
	return out
}

// fit is how many clusters the next line takes: at least one.
func fit(all []cluster, size, width float64) int {
	end, sum := 0, 0.0
	for i, c := range all {
		sum += c.width
		if sum > width+0.01 && !c.space {
			if end == 0 || i > end && codeLength(all[end:]) > longCode && gapOf(trimSpaces(all[:end]), width) > maxGap*size/2 {
				return inside(all, i)
			}
			return end
		}
		if c.ends {
			end = i + 1
		}
	}
	return len(all)
}

// inside is the place to break a code at, n or the nearest before it that leaves no closing mark to begin the next
// line and no opening one to end this.
func inside(all []cluster, n int) int {
	for i := n; i > 0; i-- {
		if !strings.ContainsAny(all[i].text, closing) && !strings.ContainsAny(all[i-1].text, opening) {
			return i
		}
	}
	return max(n, 1)
}

// codeLength is how many clusters follow that no line may end in.
func codeLength(all []cluster) int {
	for i, c := range all {
		if c.ends || c.wide {
			return i + 1
		}
	}
	return len(all)
}

// gapOf is how far the stretchable places of a line must open for it to fill the width.
func gapOf(l []cluster, width float64) float64 {
	places, sum := 0, 0.0
	for i, c := range l {
		sum += c.width
		if i+1 < len(l) && opens(c, l[i+1]) {
			places++
		}
	}
	if places == 0 || sum >= width {
		return 0
	}
	return (width - sum) / float64(places)
}

// opens says whether the place between two clusters may be stretched.
func opens(a, b cluster) bool { return a.wide || b.wide || a.space }

func trimSpaces(l []cluster) []cluster {
	for len(l) > 0 && l[len(l)-1].space {
		l = l[:len(l)-1]
	}
	return l
}

// widthOf is how wide clusters are, without gaps.
func widthOf(l []cluster) float64 {
	sum := 0.0
	for _, c := range l {
		sum += c.width
	}
	return sum
}
