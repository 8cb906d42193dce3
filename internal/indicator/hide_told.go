package indicator

import "math"

// told finds a small figure that a stranger can work out: by narrowing what each figure can be, sum by
// sum, or by solving all sums together.
func (s *Sheet) told() (Place, bool) {
	s.begin()
	for s.narrow() {
	}
	for i, c := range s.cells {
		if s.small(c) && c.lo == c.hi {
			return Place(i), true
		}
	}
	return s.solved()
}

// begin notes what each figure can be by what is said of it alone.
func (s *Sheet) begin() {
	for i := range s.cells {
		c := &s.cells[i]
		switch {
		case c.secret:
			c.lo, c.hi = 0, unbounded
		case c.shown == Few:
			c.lo, c.hi = 1, s.Below-1
		case c.shown == Withheld:
			c.lo, c.hi = 1, unbounded
		default:
			c.lo, c.hi = c.n, c.n
		}
	}
}

// narrow draws every sum once, and reports whether that told anything new.
func (s *Sheet) narrow() bool {
	news := false
	set := func(p Place, lo, hi int) {
		c := &s.cells[p]
		if lo > c.lo {
			c.lo, news = lo, true
		}
		if hi < c.hi {
			c.hi, news = hi, true
		}
	}
	for _, e := range s.sums {
		lo, hi := 0, 0
		for _, p := range e.parts {
			lo, hi = lo+s.cells[p].lo, hi+s.cells[p].hi
		}
		set(e.whole, lo, min(hi, unbounded))
		w := s.cells[e.whole]
		for _, p := range e.parts {
			c := s.cells[p]
			set(p, w.lo-(hi-c.hi), w.hi-(lo-c.lo))
		}
	}
	return news
}

// solved finds a small figure that the sums, taken together, leave only one value.
func (s *Sheet) solved() (Place, bool) {
	var open []Place // those not shown are the unknowns
	at := map[Place]int{}
	for i, c := range s.cells {
		if c.secret || c.shown != Plain {
			at[Place(i)] = len(open)
			open = append(open, Place(i))
		}
	}
	var rows [][]float64
	for _, e := range s.sums {
		row := make([]float64, len(open))
		for _, p := range e.parts {
			if k, unknown := at[p]; unknown {
				row[k]++
			}
		}
		if k, unknown := at[e.whole]; unknown {
			row[k]--
		}
		rows = append(rows, row)
	}
	for _, row := range reduce(rows, len(open)) {
		found, n := 0, 0
		for k, v := range row {
			if math.Abs(v) > tiny {
				found, n = k, n+1
			}
		}
		if n == 1 && s.small(s.cells[open[found]]) {
			return open[found], true
		}
	}
	return 0, false
}

// tiny is below which a coefficient is nothing.
const tiny = 1e-9

// reduce brings rows to reduced echelon form: a row with one coefficient names a figure that is known.
func reduce(rows [][]float64, columns int) [][]float64 {
	top := 0
	for col := 0; col < columns && top < len(rows); col++ {
		pivot := top
		for r := top + 1; r < len(rows); r++ {
			if math.Abs(rows[r][col]) > math.Abs(rows[pivot][col]) {
				pivot = r
			}
		}
		if math.Abs(rows[pivot][col]) < tiny {
			continue
		}
		rows[top], rows[pivot] = rows[pivot], rows[top]
		by := rows[top][col]
		for k := range rows[top] {
			rows[top][k] /= by
		}
		for r := range rows {
			if f := rows[r][col]; r != top && f != 0 {
				for k := range rows[r] {
					rows[r][k] -= f * rows[top][k]
				}
			}
		}
		top++
	}
	return rows[:top]
}
