package document

import (
	"slices"
	"strconv"
	"strings"
)

// counter is the field that counts repeated lines.
const counter = "no"

// Value gives the text of a field: {due:answer} is "due" of "answer". "" is a field with nothing in it.
type Value func(name, of string) string

// ref is a field as a text names it: {name:of}.
type ref struct{ name, of string }

// refsOf are the fields of a text.
func refsOf(text string) []ref {
	var out []ref
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if one := (ref{m[1], m[2]}); !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

// Refs are a template's fields as {name} or {name:of}, each once, in the order of the text.
func (t Template) Refs() [][2]string {
	var out [][2]string
	for _, one := range t.refs() {
		out = append(out, [2]string{one.name, one.of})
	}
	return out
}

// refs are a template's fields, each once, in the order of the text.
func (t Template) refs() []ref {
	var out []ref
	t.Fill(func(name, of string) string {
		if one := (ref{name, of}); name != counter && !slices.Contains(out, one) {
			out = append(out, one)
		}
		return ""
	})
	return out
}

// Fill gives the fields their values. A line all of whose fields are empty is left out, and so is a heading with
// nothing below it in its block; in tables, what has no value is left empty. A value of several lines makes several
// paragraphs, or repeats its line where the template says so.
func (t Template) Fill(value Value) Paper {
	p := Paper{Form: t.Form, Issuer: fill(t.issuer, value), Title: fill(t.title, value), Number: fill(t.number, value),
		Signatory: fill(t.Signatory, value), Addressee: fill(t.addressee, value), Signer: fill(t.signer, value), Day: fill(t.day, value),
		Remark: fill(t.Remark, value), CopyTo: fill(t.CopyTo, value), Printer: fill(t.Printer, value), Printed: fill(t.Printed, value),
		Attachments: linesOf(fill(t.Attachments, value))}
	for _, block := range t.body {
		p.Body = append(p.Body, fillBlock(block, value)...)
	}
	for _, a := range t.annexes {
		one := Annex{Title: fill(a.title, value)}
		for _, block := range a.body {
			one.Body = append(one.Body, fillBlock(block, value)...)
		}
		if one.Title != "" {
			p.Annexes = append(p.Annexes, one)
		}
	}
	for _, line := range t.foot {
		p.PageFoot = append(p.PageFoot, placeholder.ReplaceAllStringFunc(line, valueOf(value)))
	}
	return p
}

// rowsOf are the lines a repeated line or row is filled with: an empty one stays, so that columns keep together.
func rowsOf(text string) []string {
	if text = strings.TrimRight(text, "\n 　"); text == "" {
		return nil
	}
	out := strings.Split(text, "\n")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

// linesOf are the lines of a text that say something.
func linesOf(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func fillBlock(block []source, value Value) []Block {
	var out []Block
	drop := func(level int) { // headings with nothing below them
		for n := len(out); n > 0 && out[n-1].Level >= level; n-- {
			out = out[:n-1]
		}
	}
	for i := 0; i < len(block); i++ {
		s := block[i]
		switch {
		case s.table != nil:
			out = append(out, Block{Table: s.table.fill(value)})
		case s.repeat:
			from := i
			for i+1 < len(block) && block[i+1].repeat {
				i++
			}
			out = append(out, fillRepeated(block[from:i+1], value)...)
		default:
			if s.level > 0 {
				drop(s.level)
			}
			for _, line := range linesOf(fill(s.text, value)) {
				out = append(out, Block{Level: s.level, Text: line})
			}
		}
	}
	drop(1)
	return out
}

// fillRepeated fills lines once for each line of their fields.
func fillRepeated(lines []source, value Value) []Block {
	most := 0
	for _, s := range lines {
		most = max(most, repeats(s.text, value))
	}
	var out []Block
	for k := range most {
		for _, s := range lines {
			if text := fill(s.text, lineOf(value, k)); text != "" {
				out = append(out, Block{Text: text})
			}
		}
	}
	return out
}

// repeats is how many lines the longest field of a text has.
func repeats(text string, value Value) int {
	most := 0
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if m[1] != counter {
			most = max(most, len(rowsOf(value(m[1], m[2]))))
		}
	}
	return most
}

// lineOf gives line k of each value, and counts.
func lineOf(value Value, k int) Value {
	return func(name, of string) string {
		if name == counter {
			return strconv.Itoa(k + 1)
		}
		if lines := rowsOf(value(name, of)); k < len(lines) {
			return lines[k]
		}
		return ""
	}
}

// fill fills a table. A repeated row whose fields are all empty stands once, empty, for a hand to fill in.
func (g *grid) fill(value Value) *Table {
	t := &Table{Columns: g.columns}
	for _, row := range g.rows {
		most := 1
		if row.repeat {
			for _, c := range row.Cells {
				most = max(most, repeats(c.Text, value))
			}
		}
		for k := range most {
			of := value
			if row.repeat {
				of = lineOf(value, k)
			}
			t.Rows = append(t.Rows, row.fill(of))
		}
	}
	return t
}

func (r gridRow) fill(value Value) Row {
	out := r.Row
	out.Cells = slices.Clone(r.Cells)
	for i, c := range out.Cells {
		out.Cells[i].Text, out.Cells[i].Foot = fillCell(c.Text, value), fillCell(c.Foot, value)
	}
	return out
}

// fillCell fills a text of a cell; its lines stay, also where they are empty.
func fillCell(text string, value Value) string {
	var lines []string
	for line := range strings.SplitSeq(text, newLine) {
		lines = append(lines, strings.TrimSpace(placeholder.ReplaceAllStringFunc(line, valueOf(value))))
	}
	return strings.Join(lines, "\n")
}

func valueOf(value Value) func(string) string {
	return func(m string) string {
		part := placeholder.FindStringSubmatch(m)
		return value(part[1], part[2])
	}
}

// fill fills one line, or makes it empty where it has fields and none of them is known.
func fill(line string, value Value) string {
	known := !placeholder.MatchString(line)
	filled := placeholder.ReplaceAllStringFunc(line, func(m string) string {
		v := valueOf(value)(m)
		known = known || v != ""
		return v
	})
	if !known {
		return ""
	}
	return filled
}
