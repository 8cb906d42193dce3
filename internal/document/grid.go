package document

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const (
	columnsMark = "|="
	above       = "^"  // a cell that belongs to the one above
	nothing     = "."  // an empty cell
	newLine     = "//" // begins a new line in a cell
	signMark    = ">>" // what follows stands at the lower right
	atLeft      = "<"  // a text of the form that does not stand in the middle of its cell
)

func isTable(lines []string) bool { return strings.HasPrefix(lines[0], columnsMark) }

var rowStart = regexp.MustCompile(`^([h*]?)([0-9]*)\|`)

// parseGrid reads a table of a template.
func parseGrid(lines []string) (*grid, error) {
	g := &grid{}
	sum := 0.0
	for _, w := range strings.Fields(strings.Trim(strings.TrimPrefix(lines[0], columnsMark), "|")) {
		n, err := strconv.ParseFloat(w, 64)
		if err != nil || n <= 0 {
			return nil, fmt.Errorf("document: %q is no width of a column", w)
		}
		g.columns, sum = append(g.columns, n), sum+n
	}
	if len(g.columns) == 0 || len(lines) < 2 {
		return nil, fmt.Errorf("document: a table has columns and rows")
	}
	for i := range g.columns {
		g.columns[i] /= sum
	}
	for _, line := range lines[1:] {
		if err := g.row(line); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// row reads one row.
func (g *grid) row(line string) error {
	m := rowStart.FindStringSubmatch(line)
	if m == nil || !strings.HasSuffix(line, "|") || len(line) == len(m[0]) {
		return fmt.Errorf("document: %q is no row of a table: it begins and ends with |", line)
	}
	row := gridRow{repeat: m[1] == "*"}
	row.Head = m[1] == "h"
	row.Lines, _ = strconv.Atoi(m[2])
	column := 0
	for i, text := range strings.Split(strings.TrimSuffix(line[len(m[0]):], "|"), "|") {
		text = strings.TrimSpace(text)
		column++
		if text == "" && i > 0 {
			row.Cells[len(row.Cells)-1].Span++
			continue
		}
		c := Cell{Span: 1, Down: 1, Label: text != nothing && !placeholder.MatchString(text) && !strings.Contains(text, newLine)}
		if rest, is := strings.CutPrefix(text, atLeft); is {
			text, c.Label = strings.TrimSpace(rest), false
		}
		c.Text, c.Foot, _ = strings.Cut(text, signMark)
		switch text {
		case nothing:
			c.Text = ""
		case above:
			c = Cell{Span: 1}
			if !g.reach(column) {
				return fmt.Errorf("document: %q: no cell stands above column %d", line, column)
			}
		}
		row.Cells = append(row.Cells, c)
	}
	if column != len(g.columns) {
		return fmt.Errorf("document: %q has %d columns, the table %d", line, column, len(g.columns))
	}
	g.rows = append(g.rows, row)
	return nil
}

// reach makes the nearest cell above, which begins at a column, one row longer.
func (g *grid) reach(column int) bool {
	for i := len(g.rows) - 1; i >= 0; i-- {
		at := 1
		for j := range g.rows[i].Cells {
			if c := &g.rows[i].Cells[j]; at == column {
				if c.Down > 0 {
					c.Down++
					return true
				}
				break
			}
			at += g.rows[i].Cells[j].Span
		}
	}
	return false
}
