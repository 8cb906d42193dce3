package document

import (
	"slices"

	"yifa/internal/calendar"
)

// Question is something a paper of a kind is to be told: a field of its text, or a fact its remedies are chosen by.
type Question struct {
	Name string
	Field
	Fact   bool
	Values map[string]string // of a fact: its values with their labels; none of them means that it is not so
}

// Questions are what a paper of the kind asks on a day, in the order of its text: facts first, for the text hangs on them.
// What the platform gives by itself, and what the kind settles, is not asked.
func (k Kind) Questions(on calendar.Date) []Question {
	refs := k.Template.refs()
	var facts, out []Question
	for _, family := range k.Remedy {
		for _, r := range k.catalogue.family(family) {
			if r.From > on || r.To != 0 && on >= r.To {
				continue
			}
			refs = append(refs, r.refs()...)
			for name := range r.When {
				if _, fixed := k.Facts[name]; !fixed && !slices.ContainsFunc(facts, func(q Question) bool { return q.Name == name }) {
					fact := k.catalogue.facts[name]
					facts = append(facts, Question{Name: name, Field: Field{Label: fact.Label, Optional: true}, Fact: true, Values: fact.Values})
				}
			}
		}
	}
	slices.SortFunc(facts, func(a, b Question) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	for _, one := range refs {
		f, own := k.Fields[one.name]
		if own && !slices.ContainsFunc(out, func(q Question) bool { return q.Name == one.name }) {
			out = append(out, Question{Name: one.name, Field: f})
		}
	}
	return append(facts, out...)
}

// Label is what a field is called that the kind declares or the platform gives.
func (k Kind) Label(name string) string {
	if f, ok := k.Fields[name]; ok {
		return f.Label
	}
	return givenLabels[name]
}

var givenLabels = map[string]string{"organ": "制作机关", "government": "本级人民政府", "review_body": "行政复议机关", "court": "人民法院"}
