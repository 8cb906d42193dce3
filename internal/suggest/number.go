package suggest

import (
	"regexp"
	"strings"
)

// Kinds of number that people read off a paper, a badge or a poster.
const (
	Paper       = "paper"       // of a document or matter: 江蓬执监诉〔2026〕1号
	Certificate = "certificate" // of an officer
)

// Number is one number found in a text.
type Number struct {
	Kind, Text string
}

var (
	paperForm = regexp.MustCompile(`[\p{Han}]{1,12}[〔\[（(［【](20[0-9]{2})[〕\]）)］】]\s?(第)?[0-9]{1,6}号`)
	badgeForm = regexp.MustCompile(`(?:执法证|证号|证件号|工号|编号)[^0-9A-Za-z\p{Han}]{0,3}(?:是|为)?[^0-9A-Za-z\p{Han}]{0,2}([A-Za-z]{0,4}-?[0-9]{4,20})`)
	brackets  = strings.NewReplacer("[", "〔", "]", "〕", "(", "〔", ")", "〕", "（", "〔", "）", "〕", "［", "〔", "］", "〕", "【", "〔", "】", "〕", " ", "", "第", "")
)

// Numbers finds the numbers of papers and of officers' certificates in what was written, each once.
func Numbers(text string) []Number {
	var out []Number
	seen := map[Number]bool{}
	add := func(n Number) {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	for _, found := range paperForm.FindAllString(text, most) {
		found = brackets.Replace(found)
		add(Number{Paper, found[max(0, strings.LastIndex(found, "江")):]}) // numbers here begin with 江: what stands before is text
	}
	for _, found := range badgeForm.FindAllStringSubmatch(text, most) {
		add(Number{Certificate, found[1]})
	}
	return out
}
