package indicator

import "slices"

// Shown is what becomes of a figure when it is published.
type Shown int

// A figure is shown; said to be small; or withheld, because it would give a small one away or because
// saying that it is small would.
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
		if p, e, alone := s.alone(); alone {
			if q, found := s.least([]int{e}, p); found {
				s.cells[q].shown = Withheld
				continue
			}
		}
		p, known := s.told()
		if !known || !s.cover(p) {
			return
		}
	}
}

func (s *Sheet) small(c cell) bool { return c.n > 0 && c.n < s.Below }

// alone finds a sum in which one figure only is hidden: the others tell it.
func (s *Sheet) alone() (Place, int, bool) {
	for i, e := range s.sums {
		found, n, plain := Place(-1), 0, false
		for _, q := range e.all() {
			switch c := s.cells[q]; {
			case s.hidden(q):
				found, n = q, n+1
			case c.n > 0:
				plain = true
			}
		}
		if n == 1 && plain && (!s.cells[found].secret || s.small(s.cells[found])) {
			return found, i, true
		}
	}
	return 0, 0, false
}

// cover hides one more figure of a sum that tells p; false where there is none left.
func (s *Sheet) cover(p Place) bool {
	own := s.with(p)
	var near []int // sums that share what is hidden with those
	for _, e := range own {
		for _, q := range s.sums[e].all() {
			if s.hidden(q) {
				near = append(near, s.with(q)...)
			}
		}
	}
	for _, sums := range [][]int{own, near} {
		if q, found := s.least(sums, p); found {
			s.cells[q].shown = Withheld
			return true
		}
	}
	// All is hidden, and that it is said to be small tells it: say less.
	for _, sums := range [][]int{own, near} {
		for _, e := range sums {
			for _, q := range append(s.sums[e].all(), p) {
				if s.cells[q].shown == Few {
					s.cells[q].shown = Withheld
					return true
				}
			}
		}
	}
	return false
}

// least is the figure whose hiding costs least: not one that several tables come to; one that stands in
// the fewest sums with nothing hidden yet, as each of those would tell it again; then a part rather than
// a whole; then the smallest.
func (s *Sheet) least(sums []int, not Place) (Place, bool) {
	best, cost := Place(-1), [4]int{}
	for _, e := range sums {
		for _, q := range s.sums[e].all() {
			c := s.cells[q]
			if q == not || c.secret || c.shown != Plain || c.n == 0 {
				continue
			}
			k := [4]int{0, 0, 0, c.n}
			wholes := 0
			for _, other := range s.with(q) {
				if !slices.ContainsFunc(s.sums[other].all(), s.hidden) {
					k[1]++
				}
				if s.sums[other].whole == q {
					wholes++
				}
			}
			if wholes > 1 {
				k[0] = 1
			}
			if q == s.sums[e].whole {
				k[2] = 1
			}
			if best < 0 || slices.Compare(k[:], cost[:]) < 0 {
				best, cost = q, k
			}
		}
	}
	return best, best >= 0
}

func (s *Sheet) hidden(p Place) bool { return s.cells[p].secret || s.cells[p].shown != Plain }

// with lists the sums a figure stands in.
func (s *Sheet) with(p Place) []int {
	var out []int
	for i, e := range s.sums {
		if e.whole == p || slices.Contains(e.parts, p) {
			out = append(out, i)
		}
	}
	return out
}

func (e sum) all() []Place { return append(slices.Clone(e.parts), e.whole) }
