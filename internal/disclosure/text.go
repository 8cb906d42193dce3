package disclosure

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text is what is searched: each character in its narrow form, so that １３８ is found as 138, with the way back to the
// bytes as they were written.
type text struct {
	raw   string
	runes []rune
	at    []int  // byte of each rune in raw, and one past the last
	flat  string // runes as a string
	from  []int  // index of the rune that begins at a byte of flat
}

// plain reads a text. Bytes that are no character count as one each, and are never part of a mark's edge.
func plain(raw string) text {
	t := text{raw: raw}
	for i, r := range raw {
		t.at = append(t.at, i)
		t.runes = append(t.runes, narrow(r))
	}
	t.at = append(t.at, len(raw))
	t.flat = string(t.runes)
	t.from = make([]int, len(t.flat)+1)
	i := 0
	for b := range t.flat {
		t.from[b] = i
		i++
	}
	t.from[len(t.flat)] = i
	return t
}

var narrowed = map[rune]rune{'　': ' ', '—': '-', '–': '-', '‐': '-', '‑': '-', '−': '-', '。': '。', '•': '·', '・': '·', '．': '.', '\u00a0': ' '}

func narrow(r rune) rune {
	if to, is := narrowed[r]; is {
		return to
	}
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// mark is the place from one rune to another.
func (t text) mark(k Kind, why Why, from, to int) Mark {
	return Mark{Kind: k, Why: why, From: t.at[from], To: t.at[to], Text: t.raw[t.at[from]:t.at[to]]}
}

// each calls f with what a pattern finds: the group "it", or the whole, as runes.
func (t text) each(re *regexp.Regexp, f func(from, to int)) {
	group := max(re.SubexpIndex("it"), 0)
	for _, m := range re.FindAllStringSubmatchIndex(t.flat, -1) {
		if m[2*group] >= 0 {
			f(t.from[m[2*group]], t.from[m[2*group+1]])
		}
	}
}

// matches marks all that a pattern finds.
func (t text) matches(re *regexp.Regexp, k Kind, why Why) []Mark {
	var out []Mark
	t.each(re, func(from, to int) { out = append(out, t.mark(k, why, from, to)) })
	return out
}

// before are up to n characters before a place.
func (t text) before(at, n int) string { return string(t.runes[max(0, at-n):at]) }

// after are up to n characters from a place on.
func (t text) after(at, n int) string { return string(t.runes[at:min(len(t.runes), at+n)]) }

// rank is how sure a kind is.
func rank(k Kind) int { return slices.Index(Kinds, k) }

// settle leaves of marks that overlap the longer one, then the surer one.
func (t text) settle(all []Mark) []Mark {
	slices.SortStableFunc(all, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(utf8.RuneCountInString(b.Text), utf8.RuneCountInString(a.Text)), cmp.Compare(rank(a.Kind), rank(b.Kind)), cmp.Compare(a.From, b.From))
	})
	var out []Mark
	for _, m := range all {
		if m.From < m.To && strings.TrimSpace(m.Text) != "" && !slices.ContainsFunc(out, m.meets) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b Mark) int { return cmp.Compare(a.From, b.From) })
	return out
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) && r != '〇' }
