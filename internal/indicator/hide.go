package indicator

import "slices"

// Shown is what becomes of a figure when it is published.
type Shown int

// A figure is shown, hidden because it is small, or withheld because it would give a small one away.
const (
	Plain Shown = iota
	Few
	Withheld
)

// Sheet is figures that are published together, with the sums that hold between them. Hide decides
// which of them are not shown.
type Sheet struct {
	Below int // figures from 1 to Below-1 are small

	cells []cell
	sums  []sum
}

// Place is a figure of a sheet.
type Place int

type cell struct {
	n      int
	secret bool // never shown, whatever its size; nobody is told even that it is small
	shown  Shown
	lo, hi int // what a stranger can tell of it
}

// sum says that whole equals all parts together.
type sum struct {
	whole Place
	parts []Place
}

// unbounded is more than any figure.
const unbounded = 1 << 40

// Add puts a figure on the sheet.
func (s *Sheet) Add(n int) Place {
	s.cells = append(s.cells, cell{n: n})
	return Place(len(s.cells) - 1)
}

// AddSecret puts a figure on the sheet that is not published, but could be worked out from others.
func (s *Sheet) AddSecret(n int) Place {
	p := s.Add(n)
	s.cells[p].secret = true
	return p
}

// Sum says that a figure is the sum of others.
func (s *Sheet) Sum(whole Place, parts ...Place) {
	s.sums = append(s.sums, sum{whole, slices.Clone(parts)})
}

// N is the figure itself.
func (s *Sheet) N(p Place) int { return s.cells[p].n }

// At says what becomes of a figure. Call Hide first.
func (s *Sheet) At(p Place) Shown { return s.cells[p].shown }

// Hide hides every small figure, and as many others as it takes so that no small one can be worked
// out from those that are shown, the sums, and what hiding itself says.
func (s *Sheet) Hide() {
	for i := range s.cells {
		if c := &s.cells[i]; s.small(*c) && !c.secret {
			c.shown = Few
		}
	}
	for {
		p, known := s.told()
		if !known || !s.cover(p) {
			return
		}
	}
}

func (s *Sheet) small(c cell) bool { return c.n > 0 && c.n < s.Below }

// cover hides one more figure of a sum that tells p; false where there is none left.
func (s *Sheet) cover(p Place) bool {
	best, whole := Place(-1), false
	for _, e := range s.reach(p) {
		for _, q := range append(slices.Clone(e.parts), e.whole) {
			c := s.cells[q]
			if q == p || c.secret || c.shown != Plain || c.n == 0 {
				continue
			}
			// A part rather than a whole, and the smallest: the least is lost.
			if best < 0 || whole && q != e.whole || (q == e.whole) == whole && c.n < s.cells[best].n {
				best, whole = q, q == e.whole
			}
		}
	}
	if best < 0 {
		return false
	}
	s.cells[best].shown = Withheld
	return true
}

// reach lists the sums p stands in, or, where all of those are hidden already, every sum.
func (s *Sheet) reach(p Place) []sum {
	var own []sum
	for _, e := range s.sums {
		if e.whole != p && !slices.Contains(e.parts, p) {
			continue
		}
		if slices.ContainsFunc(append(slices.Clone(e.parts), e.whole), func(q Place) bool {
			c := s.cells[q]
			return q != p && !c.secret && c.shown == Plain && c.n > 0
		}) {
			own = append(own, e)
		}
	}
	if len(own) == 0 {
		return s.sums
	}
	return own
}
