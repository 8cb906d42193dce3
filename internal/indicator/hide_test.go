package indicator

import (
	"math/rand/v2"
	"testing"
)

// possible lists, for each cell, the values it can have for somebody who sees what is shown: every way
// to fill the table that keeps its sums is tried.
func possible(s *Sheet, rows, cols [][]Place, most int) []map[int]bool {
	values := make([]int, len(s.cells))
	out := make([]map[int]bool, len(s.cells))
	for i := range out {
		out[i] = map[int]bool{}
	}
	inner := []Place{}
	for _, r := range rows {
		inner = append(inner, r...)
	}
	allowed := func(p Place, v int) bool {
		c := s.cells[p]
		switch {
		case c.secret:
			return true
		case c.shown == Few:
			return v >= 1 && v < s.Below
		case c.shown == Withheld:
			return v >= 1
		}
		return v == c.n
	}
	var fill func(k int)
	fill = func(k int) {
		if k == len(inner) {
			for _, e := range s.sums {
				n := 0
				for _, p := range e.parts {
					n += values[p]
				}
				if !allowed(e.whole, n) {
					return
				}
				values[e.whole] = n
			}
			for _, e := range s.sums {
				n := 0
				for _, p := range e.parts {
					n += values[p]
				}
				if values[e.whole] != n {
					return
				}
			}
			for i, v := range values {
				out[i][v] = true
			}
			return
		}
		for v := 0; v <= most; v++ {
			if allowed(inner[k], v) {
				values[inner[k]] = v
				fill(k + 1)
			}
		}
	}
	fill(0)
	return out
}

// table makes a sheet of rows and columns with totals at the right, below and in the corner.
func table(n [][]int) (s *Sheet, rows, cols [][]Place) {
	s = &Sheet{Below: 5}
	rows, cols = make([][]Place, len(n)), make([][]Place, len(n[0]))
	right, below := make([]Place, len(n)), make([]Place, len(n[0]))
	all := 0
	for i, row := range n {
		sum := 0
		for j, v := range row {
			p := s.Add(v)
			rows[i], cols[j] = append(rows[i], p), append(cols[j], p)
			sum += v
		}
		right[i] = s.Add(sum)
		s.Sum(right[i], rows[i]...)
		all += sum
	}
	for j := range cols {
		sum := 0
		for i := range n {
			sum += n[i][j]
		}
		below[j] = s.Add(sum)
		s.Sum(below[j], cols[j]...)
	}
	corner := s.Add(all)
	s.Sum(corner, right...)
	s.Sum(corner, below...)
	return s, rows, cols
}

// TestHideNotToBeWorkedOut: whoever sees what is published, with all its sums, is left with at least two
// values for every small figure, in random tables, by trying every way to fill them.
func TestHideNotToBeWorkedOut(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		n := make([][]int, 2)
		for i := range n {
			n[i] = make([]int, 2)
			for j := range n[i] {
				n[i][j] = []int{0, 1, 2, 3, 4, 5, 6, 7, 9}[r.IntN(9)]
			}
		}
		s, rows, cols := table(n)
		s.Hide()
		can := possible(s, rows, cols, 14)
		for i, c := range s.cells {
			switch {
			case !can[i][c.n]:
				t.Fatalf("%v: cell %d: the truth is ruled out: the test is wrong", n, i)
			case s.small(c) && (c.shown == Plain || len(can[i]) < 2):
				t.Fatalf("%v: cell %d is %d and can only be %v", n, i, c.n, can[i])
			case c.n == 0 && c.shown != Plain:
				t.Fatalf("%v: a nought is hidden", n)
			}
		}
	}
}

// TestHidePlain: nothing is hidden where nothing is small, and a small one takes the least with it.
func TestHidePlain(t *testing.T) {
	s := &Sheet{Below: 5}
	a, b, c := s.Add(7), s.Add(30), s.Add(0)
	all := s.Add(37)
	s.Sum(all, a, b, c)
	s.Hide()
	for p := a; p <= all; p++ {
		if s.At(p) != Plain {
			t.Errorf("figure %d is hidden for no reason", p)
		}
	}
	s = &Sheet{Below: 5}
	a, b, c = s.Add(2), s.Add(30), s.Add(9)
	all = s.Add(41)
	s.Sum(all, a, b, c)
	s.Hide()
	if s.At(a) != Few || s.At(b) != Plain || s.At(c) != Withheld || s.At(all) != Plain {
		t.Errorf("shown are %v %v %v %v", s.At(a), s.At(b), s.At(c), s.At(all))
	}
	// A part that is not published is not told by those that are.
	s = &Sheet{Below: 5}
	rated, pleased, rest := s.Add(20), s.Add(18), s.AddSecret(2)
	s.Sum(rated, pleased, rest)
	s.Hide()
	if s.At(rated) == Plain && s.At(pleased) == Plain {
		t.Error("two who were not pleased are told by the difference")
	}
}
