package suggest

import (
	"maps"
	"slices"
	"strings"

	"yifa/internal/division"
)

// Known is what is known beside a report.
type Known struct {
	Organs   []Organ
	Places   []Place
	Past     []Sorted
	Numbered map[string]string // organs to which numbers that stand in the text lead, by that number
}

// Organs suggests whom it is about.
func Organs(r Report, k Known) []Suggestion {
	found := ranking{}
	found.add(r.Organ, byChoice, Reason{Ground: Chosen})
	for _, number := range slices.Sorted(maps.Keys(k.Numbered)) {
		found.add(k.Numbered[number], byNumber, Reason{Ground: Numbered, Words: []string{number}})
	}
	text := r.text()
	names := map[string]Place{}
	for _, p := range k.Places {
		names[p.Code] = p
	}
	for _, o := range k.Organs {
		switch word := o.in(text, names); {
		case word != "":
			found.add(o.Key, byName, Reason{Ground: Written, Words: []string{word}})
		default:
			if word := o.called(text); word != "" && o.isNearest(r.Division, k.Organs) {
				found.add(o.Key, byNearness, Reason{Ground: Near, Words: []string{word}})
			}
		}
	}
	for value, why := range habit(text, k.Past, func(s Sorted) []string { return []string{s.Organ} }) {
		found.add(value, byHabit, why)
	}
	return found.best(most)
}

// in is how an organ stands in a text: by its name, or by its place and what people call organs of its kind, 鹤山市城管; ""
// where it does not.
func (o Organ) in(text string, places map[string]Place) string {
	if len([]rune(o.Name)) > 3 && strings.Contains(text, o.Name) {
		return o.Name
	}
	place, known := places[o.Division]
	if !known {
		return ""
	}
	for _, where := range []string{place.Name, place.root()} {
		for _, alias := range aliases[o.Kind] {
			if word := where + alias; where != "" && strings.Contains(text, word) {
				return word
			}
		}
	}
	return ""
}

// called is the word in a text by which people mean organs of its kind, or "".
func (o Organ) called(text string) string {
	i := slices.IndexFunc(aliases[o.Kind], func(w string) bool { return strings.Contains(text, w) })
	if i < 0 {
		return ""
	}
	return aliases[o.Kind][i]
}

// isNearest says whether no other organ of its kind is competent nearer to a place.
func (o Organ) isNearest(place string, all []Organ) bool {
	if place == "" || !division.Within(place, o.Division) {
		return false
	}
	return !slices.ContainsFunc(all, func(x Organ) bool {
		return x.Key != o.Key && x.Kind == o.Kind && x.Division != o.Division && division.Within(place, x.Division) && division.Within(x.Division, o.Division)
	})
}
