package document

import (
	"slices"
	"strings"
)

// BodyField is the name under which a paper's text is given that was written by hand instead of made from its template.
const BodyField = "body_text"

// Free says whether the text of the kind may be written by hand: it is one of paragraphs, without grids and repeated lines.
func (k Kind) Free() bool {
	if len(k.Template.annexes) > 0 || len(k.Template.foot) > 0 {
		return false
	}
	for _, block := range k.Template.body {
		if slices.ContainsFunc(block, func(s source) bool { return s.table != nil || s.repeat }) {
			return false
		}
	}
	return true
}

// Body is the text of a paper as a hand may go on with it: a line for each paragraph, headings with their marks.
func (k Kind) Body(f Filling) string {
	var out []string
	for i, b := range k.Fill(f).Body {
		if b.Level > 0 && i > 0 {
			out = append(out, "")
		}
		line := b.Text
		if b.Level > 0 {
			line = strings.Repeat("#", b.Level+1) + " " + line
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// WithBody is a paper with a text written by hand.
func (p Paper) WithBody(text string) Paper {
	p.Body = nil
	for _, line := range linesOf(text) {
		b := Block{Text: line}
		for hashes := 4; hashes > 1 && b.Level == 0; hashes-- {
			if rest, is := strings.CutPrefix(line, strings.Repeat("#", hashes)+" "); is {
				b = Block{Level: hashes - 1, Text: strings.TrimSpace(rest)}
			}
		}
		p.Body = append(p.Body, b)
	}
	return p
}

// Unsaid are the mandatory fields and remedies that a paper's text, written by hand, leaves out: what they say has to stand
// in it word for word. Names are those of Missing.
func (k Kind) Unsaid(f Filling, text string) []string {
	said := plain(text)
	var out []string
	in := refsIn(k.Template.body)
	for _, one := range in {
		field, own := k.Fields[one.name]
		switch {
		case own && field.Optional, !own && !mustKnow[one.name] && one.name != remedyRef:
		default:
			for _, line := range linesOf(k.value(f)(one.name, one.of)) {
				name := one.name
				if one.name == remedyRef {
					name += ":" + one.of
				}
				if !strings.Contains(said, plain(line)) && !slices.Contains(out, name) {
					out = append(out, name)
				}
			}
		}
	}
	return out
}

// refsIn are the fields of the text between head and signature.
func refsIn(body [][]source) []ref {
	var out []ref
	for _, block := range body {
		for _, s := range block {
			for _, one := range refsOf(s.text) {
				if !slices.Contains(out, one) {
					out = append(out, one)
				}
			}
		}
	}
	return out
}

// plain is a text without the white space that a hand may set otherwise.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "　", " ")), "")
}
