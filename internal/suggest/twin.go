package suggest

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/division"
)

// Limits of what may be the same thing (ptsd/250): so many twins are shown; so many days apart they may be; so many of a
// hundred pairs must be the same, or so many where neither organ, place nor day speaks for it.
const (
	mostTwins = 5
	near      = 30
	alike     = 20
	veryAlike = 60
)

// Twin is another report that may be of the same thing: which of those given, and why.
type Twin struct {
	N       int
	Alike   int // of a hundred
	Reasons []Reason
	weight  int
}

// Twins finds among other reports those that may be of the same thing, the likeliest first.
func Twins(r Report, others []Report) []Twin {
	own := pairs(r.text())
	var out []Twin
	for i, o := range others {
		if t, is := twin(r, o, own); is {
			t.N = i
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b Twin) int { return b.weight - a.weight })
	return out[:min(mostTwins, len(out))]
}

func twin(r, o Report, own map[string]bool) (Twin, bool) {
	var t Twin
	theirs := pairs(o.text())
	same := map[string]bool{}
	for p := range own {
		if theirs[p] {
			same[p] = true
		}
	}
	if all := len(own) + len(theirs) - len(same); all > 0 {
		t.Alike = 100 * len(same) / all
	}
	speaks := false
	add := func(weight int, why Reason) {
		t.weight, t.Reasons = t.weight+weight, append(t.Reasons, why)
	}
	if r.Organ != "" && r.Organ == o.Organ {
		add(byNearness*alike/2, Reason{Ground: SameOrgan})
		speaks = true
	}
	if r.Division != "" && r.Division == o.Division || covers(r.Division, o.Division) {
		add(alike, Reason{Ground: SamePlace})
		speaks = true
	}
	switch apart := days(r.Day, o.Day); {
	case apart < 0:
	case apart == 0:
		add(alike, Reason{Ground: SameDay})
	case apart <= near:
		add(alike-apart*alike/(near+1), Reason{Ground: DaysApart, N: apart})
	default:
		return t, false
	}
	if t.Alike < alike || !speaks && t.Alike < veryAlike {
		return t, false
	}
	add(2*t.Alike, Reason{Ground: SameWords, N: t.Alike, Words: first(joined(r.text(), same), most)})
	return t, true
}

// covers says whether one of two places lies in the other, below the city: a whole city tells nothing.
func covers(a, b string) bool {
	return narrow(a) && narrow(b) && (division.Within(a, b) || division.Within(b, a))
}

func narrow(code string) bool { return code != "" && code[max(0, len(code)-2):] != "00" }

// days are so many days between two; -1: one of them is not known.
func days(a, b calendar.Date) int {
	if a.IsZero() || b.IsZero() {
		return -1
	}
	return max(int(a-b), int(b-a))
}
