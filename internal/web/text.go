package web

import "regexp"

// textPart is a piece of a text: the number of a matter or paper, or what stands between two.
type textPart struct {
	text   string
	number bool
}

var numberOf = regexp.MustCompile(`\p{Han}{1,8}〔\d{4}〕\d+号`)

// numbered parts a text at the numbers in it.
func numbered(s string) []textPart {
	var parts []textPart
	add := func(text string, number bool) {
		if text != "" {
			parts = append(parts, textPart{text, number})
		}
	}
	at := 0
	for _, m := range numberOf.FindAllStringIndex(s, -1) {
		add(s[at:m[0]], false)
		add(s[m[0]:m[1]], true)
		at = m[1]
	}
	add(s[at:], false)
	return parts
}
