package suggest

import (
	"regexp"
	"unicode"
)

// What looks as if sent in bulk (ptsd/225): so many of a hundred pairs are the same in so many others of a day; fewer
// different characters than that are hardly any words; so many about one organ in a day, and so many times its usual number.
const (
	copied   = 90
	copies   = 3
	fewSigns = 4
	manyADay = 20
	unusual  = 5
)

// Points of what speaks for it, and from how many on a report is listed apart: words that others sent too are enough; many
// reports about one organ are not, for many people may have seen the same.
const (
	forCopies, forEmpty, forLinks, forLink, forBurst = 3, 2, 2, 1, 1
	setAside                                         = 3
)

// Grounds of Bulk, as the form of the act by which a report is set aside has them.
const (
	Copied = "copied"
	Empty  = "empty"
	Links  = "links"
	Burst  = "burst"
)

// Bulk is what in a report speaks for its being one of many sent in bulk, with the numbers it rests on.
type Bulk struct {
	Grounds       []string
	Copies, Links int
	Day, Usual    int // reports about the same organ: in the last day, and on a usual one
	points        int
}

// SetAside says whether so much speaks for it that a person looks before it is sorted.
func (b Bulk) SetAside() bool { return b.points >= setAside }

var address = regexp.MustCompile(`(?i)(https?://|www\.)[^\s，。；、]+`)

// Weigh says what speaks for it. Others are the reports of the same office in the last day; usual is on how many a usual day
// has about the organ of r.
func Weigh(r Report, others []Report, usual int) Bulk {
	b := Bulk{Usual: usual, Links: len(address.FindAllString(r.text(), -1))}
	own := pairs(r.text())
	for _, o := range others {
		if r.Organ != "" && o.Organ == r.Organ {
			b.Day++
		}
		if same(own, pairs(o.text())) >= copied {
			b.Copies++
		}
	}
	add := func(is bool, ground string, points int) {
		if is {
			b.Grounds, b.points = append(b.Grounds, ground), b.points+points
		}
	}
	add(b.Copies >= copies, Copied, forCopies)
	add(signs(r.Account) < fewSigns, Empty, forEmpty)
	add(b.Links > 1, Links, forLinks)
	add(b.Links == 1, Links, forLink)
	add(b.Day >= manyADay && b.Day >= unusual*usual, Burst, forBurst)
	return b
}

// same is how many of a hundred pairs of two texts are the same; 0 where either has none.
func same(a, b map[string]bool) int {
	both := 0
	for p := range a {
		if b[p] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return 100 * both / (len(a) + len(b) - both)
}

// signs is how many different letters and characters a text has.
func signs(text string) int {
	seen := map[rune]bool{}
	for _, c := range text {
		if unicode.IsLetter(c) {
			seen[c] = true
		}
	}
	return len(seen)
}
