package document

import (
	"errors"
	"regexp"
	"strings"
)

// Paper is what an official paper says, part by part.
type Paper struct {
	Issuer    string // the organ in the head
	Title     string
	Number    string // 江蓬执监诉〔2026〕86号; empty: none
	Addressee string // with its colon; empty: none
	Body      []Para
	Signer    string
	By        string // under the signer: that somebody stood in for whoever had to do it; empty: nobody did
	Day       string // 2026年3月5日
	Note      string // in small print at the foot of the last page: what this paper is, and is not yet
}

// Para is one paragraph of the body.
type Para struct {
	Heading bool
	Text    string
}

// Template is the text of a paper with fields, as a lawyer writes it in documents/<name>.md: in the first block the
// organ, the title and the number, then the addressee, the body line by line (`## ` makes a heading), and in the last
// block who signs and the day. A blank line ends a block; what is filled in never makes one.
type Template struct {
	issuer, title, number, addressee, signer, day string
	body                                          [][]Para // by block
}

// placeholder is a field in a template: {organ}, {due:answer}, {cite:rating}.
var placeholder = regexp.MustCompile(`\{([a-z_0-9]+)(?::([a-z_0-9]+))?\}`)

const headingMark = "## "

// ErrTemplate: a template lacks its head or its signature.
var ErrTemplate = errors.New("document: a template has a head of two or three lines, a body, and at its end who signs and the day")

// Parse reads a template.
func Parse(text string) (Template, error) {
	blocks := blocksOf(text)
	if len(blocks) < 3 {
		return Template{}, ErrTemplate
	}
	head, end := blocks[0], blocks[len(blocks)-1]
	if len(head) < 2 || len(head) > 3 || len(end) != 2 {
		return Template{}, ErrTemplate
	}
	t := Template{issuer: head[0], title: head[1], signer: end[0], day: end[1]}
	if len(head) == 3 {
		t.number = head[2]
	}
	rest := blocks[1 : len(blocks)-1]
	if len(rest[0]) == 1 && strings.HasSuffix(rest[0][0], "：") && len(rest) > 1 {
		t.addressee, rest = rest[0][0], rest[1:]
	}
	for _, block := range rest {
		var paras []Para
		for _, line := range block {
			text, heading := strings.CutPrefix(line, headingMark)
			paras = append(paras, Para{heading, text})
		}
		t.body = append(t.body, paras)
	}
	return t, nil
}

// blocksOf cuts a text at its blank lines.
func blocksOf(text string) [][]string {
	var out [][]string
	open := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			open = false
		case open:
			out[len(out)-1] = append(out[len(out)-1], line)
		default:
			out, open = append(out, []string{line}), true
		}
	}
	return out
}

// Fill gives the fields their values. A line all of whose fields are empty is left out, and so is a heading with
// nothing below it in its block. A value of several lines makes several paragraphs.
func (t Template) Fill(value func(name, of string) string) Paper {
	p := Paper{Issuer: fill(t.issuer, value), Title: fill(t.title, value), Number: fill(t.number, value),
		Addressee: fill(t.addressee, value), Signer: fill(t.signer, value), Day: fill(t.day, value)}
	for _, block := range t.body {
		var paras []Para
		for _, para := range block {
			if n := len(paras); para.Heading && n > 0 && paras[n-1].Heading {
				paras = paras[:n-1]
			}
			for line := range strings.Lines(fill(para.Text, value)) {
				if line = strings.TrimSpace(line); line != "" {
					paras = append(paras, Para{para.Heading, line})
				}
			}
		}
		if n := len(paras); n > 0 && paras[n-1].Heading {
			paras = paras[:n-1]
		}
		p.Body = append(p.Body, paras...)
	}
	return p
}

// fill fills one line, or makes it empty where it has fields and none of them is known.
func fill(line string, value func(name, of string) string) string {
	known := !placeholder.MatchString(line)
	filled := placeholder.ReplaceAllStringFunc(line, func(m string) string {
		part := placeholder.FindStringSubmatch(m)
		v := value(part[1], part[2])
		known = known || v != ""
		return v
	})
	if !known {
		return ""
	}
	return filled
}
