package calendar

import (
	"maps"
	"slices"
	"sort"
)

// Changes are the days, in order, on which two calendars differ in what a count asks them: whether the day is worked, and
// whether that is provisional.
type Changes []Date

// Changed compares two calendars. A nil calendar knows no year.
func Changed(a, b *Calendar) Changes {
	if a == nil {
		a = build(nil)
	}
	years := map[int]bool{}
	for y := range a.years {
		years[y] = true
	}
	for y := range b.years {
		years[y] = true
	}
	var out Changes
	for _, y := range slices.Sorted(maps.Keys(years)) {
		for d := New(y, 1, 1); d < New(y+1, 1, 1); d++ {
			if a.IsWorkday(d) != b.IsWorkday(d) || a.Provisional(d) != b.Provisional(d) {
				out = append(out, d)
			}
		}
	}
	return out
}

// Touch reports whether one of the days lies between first and last, both inclusive.
func (c Changes) Touch(first, last Date) bool {
	i := sort.Search(len(c), func(i int) bool { return c[i] >= first })
	return i < len(c) && c[i] <= last
}

// Years are all years known, in order, as Of takes them.
func (c *Calendar) Years() []Year {
	out := make([]Year, 0, len(c.years))
	for _, y := range slices.Sorted(maps.Keys(c.years)) {
		out = append(out, c.years[y])
	}
	return out
}

// Year is what is known of a year; false where no file and no notice speaks of it.
func (c *Calendar) Year(n int) (Year, bool) {
	y, ok := c.years[n]
	return y, ok
}

// Of makes a calendar again of the years that Years gave.
func Of(years []Year) *Calendar {
	m := make(map[int]Year, len(years))
	for _, y := range years {
		m[y.Year] = y
	}
	return build(m)
}
