package mailin

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// unread are elements whose content is no text.
var unread = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Head: true, atom.Title: true, atom.Template: true, atom.Noscript: true}

// lines are elements that begin a line.
var lines = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Tr: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.Blockquote: true, atom.Pre: true}

// plain is the text of an HTML page: what a mail is read by that has no plain version. Links and pictures are left out.
func plain(page string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	skip := 0
	for {
		switch z.Next() {
		case html.ErrorToken: // the end, or nothing more that can be read
			return tidy(out.String())
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			if a := atom.Lookup(name); unread[a] {
				skip++
			} else if lines[a] {
				out.WriteByte('\n')
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if a := atom.Lookup(name); unread[a] && skip > 0 {
				skip--
			} else if a == atom.P {
				out.WriteByte('\n')
			}
		case html.TextToken:
			if skip == 0 {
				out.WriteString(strings.Join(strings.FieldsFunc(string(z.Text()), func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " "))
			}
		}
	}
}

// tidy takes blanks off the lines, and leaves one empty line where there are several. Entities are read by html.Unescape.
func tidy(text string) string {
	var out []string
	for line := range strings.SplitSeq(html.UnescapeString(text), "\n") {
		line = strings.TrimSpace(strings.ReplaceAll(line, "\u00a0", " "))
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
