package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"
)

// DayKind says what a day is.
type DayKind int

// Kinds of day. MakeUp is a weekend day that is worked (调休上班).
const (
	Workday DayKind = iota
	Weekend
	Holiday
	MakeUp
)

// Calendar knows the working days. It is never changed once built, so it may be shared.
type Calendar struct {
	years   map[int]Year
	days    map[Date]special
	version string
}

// special is a day on which the week alone does not decide.
type special struct {
	kind    DayKind
	holiday string
	notice  Notice
}

// build makes a Calendar of checked years.
func build(years map[int]Year) *Calendar {
	c := &Calendar{years: years, days: map[Date]special{}}
	h := sha256.New()
	for _, n := range slices.Sorted(maps.Keys(years)) {
		y := years[n]
		fmt.Fprintf(h, "%d %t\n", n, y.Provisional)
		for _, b := range y.Holidays {
			notice := y.notice(b.Notice)
			fmt.Fprintf(h, "%s %s %s %v %s\n", b.Name, b.From, b.To, b.Work, notice.Title)
			for _, d := range b.days() {
				c.days[d] = special{Holiday, b.Name, notice}
			}
			for _, d := range b.Work {
				c.days[d] = special{MakeUp, b.Name, notice}
			}
		}
	}
	c.version = hex.EncodeToString(h.Sum(nil))[:12]
	return c
}

func (y Year) notice(id string) Notice {
	for _, n := range y.Notices {
		if id == "" || n.ID == id {
			return n
		}
	}
	return Notice{}
}

// With returns a calendar in which the given year replaces what was known of it: a notice of the
// State Council that came out since, in mid-year too.
func (c *Calendar) With(y Year) *Calendar {
	years := maps.Clone(c.years)
	years[y.Year] = y
	return build(years)
}

// Version is a short hash of everything the calendar says. A closed clock keeps the version it
// was counted with.
func (c *Calendar) Version() string { return c.version }

// Kind says what day d is. In a year no notice covers it goes by the week and the festival days
// fixed by law; Provisional tells.
func (c *Calendar) Kind(d Date) DayKind {
	if s, ok := c.days[d]; ok {
		return s.kind
	}
	if wd := d.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return Weekend
	}
	return Workday
}

// IsWorkday reports whether d is worked.
func (c *Calendar) IsWorkday(d Date) bool {
	k := c.Kind(d)
	return k == Workday || k == MakeUp
}

// Name is the holiday (节日) that makes d a rest day or a worked weekend day, in Chinese, or "".
func (c *Calendar) Name(d Date) string { return c.days[d].holiday }

// Notice is the title of the notice that decides on d, or "" where the week alone does.
func (c *Calendar) Notice(d Date) string { return c.days[d].notice.Title }

// NoticeURL is where that notice can be read, or "".
func (c *Calendar) NoticeURL(d Date) string { return c.days[d].notice.URL }

// Provisional reports whether no notice covers the year of d.
func (c *Calendar) Provisional(d Date) bool {
	y, ok := c.years[d.Year()]
	return !ok || y.Provisional
}

// AddWorkdays returns the n-th working day after d, or before it where n is negative; d itself
// does not count. For 0 it is d. The second result reports whether a provisional year was passed.
func (c *Calendar) AddWorkdays(d Date, n int) (Date, bool) {
	step, provisional := Date(1), false
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d += step
		provisional = provisional || c.Provisional(d)
		if c.IsWorkday(d) {
			n--
		}
	}
	return d, provisional
}

// NextWorkday returns d where it is a working day, else the first one after it, and whether a
// provisional year was looked at.
func (c *Calendar) NextWorkday(d Date) (Date, bool) {
	provisional := c.Provisional(d)
	for !c.IsWorkday(d) {
		d++
		provisional = provisional || c.Provisional(d)
	}
	return d, provisional
}

// CountWorkdays counts the working days after from up to and with to; 0 where to is not later.
func (c *Calendar) CountWorkdays(from, to Date) int {
	n := 0
	for d := from + 1; d <= to; d++ {
		if c.IsWorkday(d) {
			n++
		}
	}
	return n
}
