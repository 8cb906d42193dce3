// Package search cuts text into the hashed tokens that both databases index in the same way:
// overlapping pairs of Chinese characters, whole Latin words and numbers, and single characters.
// It never stores anything, never sees a database, and never writes a character in clear: the
// caller gives the function that hashes a gram.
package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Document is what one text contributes to the index: G holds pairs and words in order with a
// boundary after each run, so that no phrase matches across a comma; C the distinct characters.
type Document struct {
	G []string
	C []string
}

// Phrase is one word of a query: its tokens stand next to each other in column g, or, for a
// single Chinese character, its token stands in column c.
type Phrase struct {
	Single bool
	Tokens []string
}

// boundary ends a run. It is no token, so that nobody can search for it.
const boundary = ""

// Index cuts a text. token hashes a gram.
func Index(text string, token func(string) string) Document {
	var d Document
	seen := map[rune]bool{}
	for _, run := range runs(text) {
		for _, g := range grams(run) {
			d.G = append(d.G, token(g))
		}
		d.G = append(d.G, boundary)
		for _, r := range run {
			if isHan(r) && !seen[r] {
				seen[r] = true
				d.C = append(d.C, token(string(r)))
			}
		}
	}
	return d
}

// Query cuts what was typed into phrases that must all be found. Nothing searchable: none.
func Query(typed string, token func(string) string) []Phrase {
	var out []Phrase
	for _, run := range runs(typed) {
		if r := []rune(run); len(r) == 1 && isHan(r[0]) {
			out = append(out, Phrase{Single: true, Tokens: []string{token(run)}})
			continue
		}
		gs := grams(run)
		if rs := []rune(run); isHan(rs[0]) {
			gs = gs[:len(gs)-1] // the last single character is there only for runs of one
		}
		p := Phrase{}
		for _, g := range gs {
			p.Tokens = append(p.Tokens, token(g))
		}
		out = append(out, p)
	}
	return out
}

// runs splits normalised text into runs of Chinese characters and runs of other letters and digits.
func runs(text string) []string {
	text = strings.ToLower(norm.NFKC.String(text))
	var out []string
	start, kind := 0, 0
	for i, r := range text {
		k := kindOf(r)
		if k == kind {
			continue
		}
		if kind != 0 {
			out = append(out, text[start:i])
		}
		start, kind = i, k
	}
	if kind != 0 {
		out = append(out, text[start:])
	}
	return out
}

// grams returns the pairs of a Chinese run and its last character, or the whole word.
func grams(run string) []string {
	rs := []rune(run)
	if !isHan(rs[0]) {
		return []string{run}
	}
	out := make([]string, 0, len(rs))
	for i := 0; i+1 < len(rs); i++ {
		out = append(out, string(rs[i:i+2]))
	}
	return append(out, string(rs[len(rs)-1]))
}

func kindOf(r rune) int {
	switch {
	case isHan(r):
		return 1
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return 2
	}
	return 0
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || r == '〇' }
