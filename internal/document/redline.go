package document

import (
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Change is how a stretch of text came about.
type Change int

// What a stretch of a redline is.
const (
	Same Change = iota
	Added
	Removed
)

// Stretch is some text of a paragraph that stayed, came in or went out.
type Stretch struct {
	Change Change
	Text   string
}

// Redline compares two papers character by character, and gives the paragraphs of both as one text.
func Redline(before, after Paper) [][]Stretch {
	d := diffmatchpatch.New()
	d.DiffTimeout = 0 // the same texts give the same answer on a slow machine
	all := d.DiffCleanupSemantic(d.DiffMain(before.Words(), after.Words(), false))
	var out [][]Stretch
	var line []Stretch
	for _, one := range all {
		change := map[diffmatchpatch.Operation]Change{diffmatchpatch.DiffEqual: Same, diffmatchpatch.DiffInsert: Added, diffmatchpatch.DiffDelete: Removed}[one.Type]
		for i, text := range strings.Split(one.Text, "\n") {
			if i > 0 {
				out, line = append(out, line), nil
			}
			if text != "" {
				line = append(line, Stretch{change, text})
			}
		}
	}
	return append(out, line)
}

// Words are all that a paper says, a line for each paragraph.
func (p Paper) Words() string {
	out := []string{p.Issuer, p.Title, p.Number, p.Signatory, p.Addressee}
	out = append(out, wordsOf(p.Body)...)
	out = append(out, p.AttachmentLines()...)
	out = append(out, p.Signer, p.Day, p.Remark)
	for _, a := range p.Annexes {
		out = append(append(out, a.Title), wordsOf(a.Body)...)
	}
	out = append(append(out, p.PageFoot...), p.CopyTo, p.Printer, p.Printed)
	var said []string
	for _, line := range out {
		if line = strings.TrimSpace(line); line != "" {
			said = append(said, line)
		}
	}
	return strings.Join(said, "\n")
}

func wordsOf(body []Block) []string {
	var out []string
	for _, b := range body {
		if b.Table == nil {
			out = append(out, b.Text)
			continue
		}
		for _, row := range b.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				if c.Down > 0 {
					cells = append(cells, strings.TrimSpace(strings.ReplaceAll(c.Text+"\n"+c.Foot, "\n", " ")))
				}
			}
			out = append(out, strings.Join(cells, " | "))
		}
	}
	return out
}
