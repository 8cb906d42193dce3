// Package suggest points out, to an official who sorts a report, what in it speaks for an organ, a place, a kind of problem,
// or for its being the same thing as another one. Plain counting of words (ptsd/250): each suggestion says what it rests on.
// It decides nothing, stores nothing and reads nothing but what it is given: no database, no clock, no names of persons.
package suggest

import (
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/division"
)

// Report is what a suggestion may rest on.
type Report struct {
	Account  string   // what was written: what happened, what is wished
	Place    string   // where, in words
	Organ    string   // what the filer chose, or "" ; of a report already sorted, what it turned out to be about
	Division string   // code
	Kinds    []string // of problem, as the filer chose
	Day      calendar.Date
}

// text is all that was written.
func (r Report) text() string { return r.Place + "\n" + r.Account }

// Organ is an organ by which a report can be meant.
type Organ struct {
	Key, Name, Division, Kind string
}

// Place is a division.
type Place struct {
	Code, Name string
}

// Sorted is a report of the time before that was sorted: what its public title and summary say, and what it was about.
type Sorted struct {
	Words string
	Organ string
	Kinds []string
}

// Ground says why something is suggested.
type Ground string

// Grounds. Each has its words in the catalogue of the office, with what stands in Reason.
const (
	Chosen    Ground = "chosen"     // the filer chose it
	Written   Ground = "written"    // Words stand in what was written
	Near      Ground = "near"       // Words stand there, and the organ is the one of its kind nearest to the place
	Before    Ground = "before"     // of N sorted reports with Words, Of were about it
	Numbered  Ground = "numbered"   // a number that stands there leads to it
	SameOrgan Ground = "same_organ" // two reports: of the same organ
	SamePlace Ground = "same_place" // of the same place
	SameDay   Ground = "same_day"   // of the same day
	DaysApart Ground = "days_apart" // N days apart
	SameWords Ground = "same_words" // N of a hundred pairs of characters are the same, Words among them
)

// Reason is one ground with what it rests on.
type Reason struct {
	Ground Ground
	Words  []string
	N, Of  int
}

// Suggestion is one value with its reasons, the strongest first.
type Suggestion struct {
	Value   string
	Reasons []Reason
	weight  int
}

// most is how many of each are suggested (ptsd/250).
const most = 3

// ranking gathers suggestions by their value.
type ranking map[string]*Suggestion

func (r ranking) add(value string, weight int, why Reason) {
	if value == "" {
		return
	}
	if r[value] == nil {
		r[value] = &Suggestion{Value: value}
	}
	r[value].Reasons = append(r[value].Reasons, why)
	r[value].weight += weight
}

// best are the heaviest, the same for the same every time.
func (r ranking) best(n int) []Suggestion {
	var out []Suggestion
	for _, s := range r {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Suggestion) int {
		if a.weight != b.weight {
			return b.weight - a.weight
		}
		return strings.Compare(a.Value, b.Value)
	})
	return out[:min(n, len(out))]
}

// Weights of grounds: what the filer chose counts most, then what is written in full, then what is inferred.
const (
	byChoice   = 8
	byNumber   = 6
	byName     = 5
	byNearness = 3
	byHabit    = 2
)

// Places suggests where it happened.
func Places(r Report, all []Place) []Suggestion {
	found := ranking{}
	found.add(r.Division, byChoice, Reason{Ground: Chosen})
	text := r.text()
	rest := text // without whole names: 白沙 in 白沙街道 is no other 白沙
	for _, p := range all {
		rest = strings.ReplaceAll(rest, p.Name, "\n")
	}
	var named []Place
	for _, p := range all {
		word, root := p.Name, p.root()
		switch {
		case strings.Contains(text, p.Name):
		case root != "" && strings.Contains(rest, root):
			word = root
		default:
			continue
		}
		named = append(named, p)
		found.add(p.Code, byName+len(p.Code), Reason{Ground: Written, Words: []string{word}})
	}
	for _, p := range append(named, Place{Code: r.Division}) { // a town says its county
		for up := range found {
			if p.Code != up && up != r.Division && division.Within(p.Code, up) {
				delete(found, up)
			}
		}
	}
	return found.best(most)
}

// endings are what the names of places end in, that people leave out.
var endings = []string{"街道", "镇", "区", "市", "县"}

// root is the name of a place without its ending; "" where too little would be left.
func (p Place) root() string {
	for _, end := range endings {
		if root, is := strings.CutSuffix(p.Name, end); is && len([]rune(root)) >= 2 {
			return root
		}
	}
	return ""
}

// Kinds suggests what kind of problem it is.
func Kinds(r Report, past []Sorted) []Suggestion {
	found := ranking{}
	for _, k := range r.Kinds {
		found.add(k, byChoice, Reason{Ground: Chosen})
	}
	text := r.text()
	for kind, telling := range tellingWords {
		var words []string
		for _, w := range telling {
			if strings.Contains(text, w) {
				words = append(words, w)
			}
		}
		if len(words) > 0 {
			found.add(kind, byNearness+len(words), Reason{Ground: Written, Words: first(words, most)})
		}
	}
	for value, why := range habit(text, past, func(s Sorted) []string { return s.Kinds }) {
		found.add(value, byHabit, why)
	}
	return found.best(most)
}

func first(words []string, n int) []string { return words[:min(n, len(words))] }
