package document

import (
	"math"
	"slices"
	"strings"
)

// Measures of tables.
const (
	cellSize  = 12.0 // 小四
	cellPitch = 18.0
	cellPad   = 4.0
	thin      = 0.5
)

// placed is a cell cut into lines.
type placed struct {
	Cell
	x, wide float64
	lines   []line
	foot    []line // at its lower right
}

// placedRow is a row cut into lines.
type placedRow struct {
	Row
	cells []placed
	tall  float64
	need  float64 // what its texts take of that
}

// table sets a table from the next free line on. A row that fits on a page is not torn unless it is more than half a
// page high; heads stand again on every page.
func (l *layout) table(t *Table) error {
	rows, err := l.place(t)
	if err != nil {
		return err
	}
	y := l.top + float64(l.row)*l.pitch()
	if l.row > 0 {
		y += cellPad
	}
	shrink(rows, l.bottom()-y)
	if all := tallOf(rows); y+all > l.bottom() && all <= l.height/3 { // a small table is not torn
		l.page()
		y = l.top
	}
	var heads []placedRow
	for _, r := range rows {
		if r.Head {
			heads = append(heads, r)
		}
	}
	fresh := func() float64 {
		l.page()
		y := l.top
		for _, h := range heads {
			y = l.cells(h, y, h.tall)
		}
		return y
	}
	for i := 0; i < len(rows); {
		n, tall := together(rows[i:])
		with := tall
		if rows[i].Head { // never without a row below it
			for k := i + n; k < len(rows) && with == tall; {
				m, more := together(rows[k:])
				if k += m; !rows[k-1].Head {
					with += min(more, l.height/3)
				}
			}
		}
		if rows[i].Head && y+with > l.bottom() && y > l.top {
			l.page()
			y = l.top
		}
		if y+tall > l.bottom() && (tall <= l.height/2 || l.bottom()-y < 4*cellPitch) && y > l.top {
			y = fresh()
		}
		if y+tall <= l.bottom() {
			y = l.group(rows[i:i+n], y)
		} else {
			for _, r := range rows[i : i+n] {
				y = l.torn(r, y, fresh)
			}
		}
		i += n
	}
	l.row = int(math.Ceil((y - l.top) / l.pitch()))
	return nil
}

func tallOf(rows []placedRow) float64 {
	sum := 0.0
	for _, r := range rows {
		sum += r.tall
	}
	return sum
}

// shrink takes so much of the free room in its rows that a table ends with the page, where that is enough.
func shrink(rows []placedRow, room float64) {
	tall, free := 0.0, 0.0
	for _, r := range rows {
		tall, free = tall+r.tall, free+r.tall-r.need
	}
	over := tall - room
	if over <= 0 || over > free {
		return
	}
	for i, r := range rows {
		rows[i].tall -= (r.tall - r.need) * over / free
	}
}

// bottom is where the text of a page ends.
func (l *layout) bottom() float64 { return l.top + float64(l.end())*l.pitch() + 0.01 }

// place cuts all cells into lines and finds how high each row is.
func (l *layout) place(t *Table) ([]placedRow, error) {
	out := make([]placedRow, len(t.Rows))
	for i, r := range t.Rows {
		out[i] = placedRow{Row: r, tall: float64(max(r.Lines, 1))*cellPitch + 2*cellPad, need: cellPitch + 2*cellPad}
		column := 0
		for _, c := range r.Cells {
			p := placed{Cell: c, x: left}
			for k, w := range t.Columns {
				if k < column {
					p.x += w * width
				} else if k < column+c.Span {
					p.wide += w * width
				}
			}
			column += c.Span
			if err := l.cut(&p); err != nil {
				return nil, err
			}
			out[i].cells = append(out[i].cells, p)
		}
	}
	for i := range out {
		out[i].grow(out, i)
	}
	return out, nil
}

// cut breaks a cell's text.
func (l *layout) cut(p *placed) error {
	for _, part := range []struct {
		text string
		into *[]line
	}{{p.Text, &p.lines}, {p.Foot, &p.foot}} {
		for text := range strings.Lines(part.text) {
			all, err := l.one(style{l.fonts.body, cellSize, black}, strings.TrimRight(text, "\n"))
			if err != nil {
				return err
			}
			*part.into = append(*part.into, breakLines(all, cellSize, p.wide-2*cellPad, 0)...)
		}
	}
	return nil
}

// grow makes a row, or the last of the rows a cell reaches over, high enough for its cells.
func (r *placedRow) grow(rows []placedRow, i int) {
	for _, c := range r.cells {
		if c.Down == 0 {
			continue
		}
		need := float64(len(c.lines)+len(c.foot))*cellPitch + 2*cellPad
		end := min(i+c.Down, len(rows))
		low := need
		for k := i; k < end-1; k++ {
			need -= rows[k].tall
			low -= rows[k].need
		}
		rows[end-1].tall = max(rows[end-1].tall, need)
		rows[end-1].need = max(rows[end-1].need, low)
	}
}

// together is how many rows the cells of the first reach over, and how high they are.
func together(rows []placedRow) (n int, tall float64) {
	n = 1
	for i := 0; i < n && i < len(rows); i++ {
		for _, c := range rows[i].cells {
			n = max(n, min(i+c.Down, len(rows)))
		}
		tall += rows[i].tall
	}
	return n, tall
}

// group sets rows that stand on one page.
func (l *layout) group(rows []placedRow, y float64) float64 {
	for i, r := range rows {
		for _, c := range r.cells {
			tall := 0.0
			for k := i; k < i+c.Down; k++ {
				tall += rows[k].tall
			}
			if c.Down > 0 {
				l.cell(c, c.lines, y, tall)
			}
		}
		y += r.tall
	}
	return y
}

// cells sets a row by itself.
func (l *layout) cells(r placedRow, y, tall float64) float64 {
	for _, c := range r.cells {
		l.cell(c, c.lines, y, tall)
	}
	return y + tall
}

// goesOn stands at the foot of what a page holds of a row that goes on, so that nobody takes it for the whole.
const goesOn = "（接下页）"

// torn sets a row over as many pages as it needs, with a mark where it goes on.
func (l *layout) torn(r placedRow, y float64, fresh func() float64) float64 {
	mark, _ := l.one(style{l.fonts.body, cellSize, black}, goesOn) // the fonts built in have it
	rest := make([][]line, len(r.cells))
	for i, c := range r.cells {
		rest[i] = append(slices.Clone(c.lines), c.foot...)
		r.cells[i].foot = nil
	}
	rows := r.tall
	for {
		room := int((l.bottom() - y - 2*cellPad) / cellPitch)
		if room < 1 {
			y = fresh()
			room = max(1, int((l.bottom()-y-2*cellPad)/cellPitch))
		}
		longest := 1
		for _, lines := range rest {
			longest = max(longest, len(lines))
		}
		tall := min(max(rows, float64(longest)*cellPitch+2*cellPad), float64(room)*cellPitch+2*cellPad)
		more := false
		for i, c := range r.cells {
			n := min(room, len(rest[i]))
			if n < len(rest[i]) && n > 1 && widthOf(mark) < c.wide-2*cellPad {
				n--
				c.foot = []line{{clusters: mark}}
			}
			l.cell(c, rest[i][:n], y, tall)
			rest[i] = rest[i][n:]
			more = more || len(rest[i]) > 0
		}
		y += tall
		if rows -= float64(room) * cellPitch; !more {
			return y
		}
	}
}

// cell sets lines into a box: what a form says in its middle, what was filled in at its upper left.
func (l *layout) cell(c placed, lines []line, y, tall float64) {
	page := l.last()
	p := pen{thin, black}
	page.rules = append(page.rules, level(c.x, y, c.wide, p), level(c.x, y+tall, c.wide, p), rule{c.x, y, c.x, y + tall, p}, rule{c.x + c.wide, y, c.x + c.wide, y + tall, p})
	s := style{l.fonts.body, cellSize, black}
	base := y + cellPad
	if c.Label || len(lines) == 1 && len(c.foot) == 0 {
		base = y + (tall-float64(len(lines))*cellPitch)/2
	}
	for i, one := range c.foot {
		one.gap = 0
		x := c.x + c.wide - cellPad - widthOf(one.clusters)
		page.put(s, one, x, y+tall-cellPad-float64(len(c.foot)-i)*cellPitch+(cellPitch-s.size)/2+s.size*ascent)
	}
	for i, one := range lines {
		x := c.x + cellPad
		if c.Label {
			one.gap = 0
			x = c.x + (c.wide-widthOf(one.clusters))/2
		}
		page.put(s, one, x, base+float64(i)*cellPitch+(cellPitch-s.size)/2+s.size*ascent)
	}
}
