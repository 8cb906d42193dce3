package statute

import (
	"fmt"
	"maps"
	"slices"

	"yifa/internal/calendar"
)

// Reach says how a rule on counting comes to hold for a term under a version: of itself, where it stands in the statute the
// length stands in or is our own rule; by a provision that names it, which is returned; or by analogy only, our reading.
func (b *Book) Reach(t Term, v TermVersion, rule Cite) (by Cite, analogy bool) {
	if rule.Key == v.Cite.Key || b.statutes[rule.Key].Level == "platform" {
		return Cite{}, false
	}
	if !t.Follows.IsZero() {
		return t.Follows, false
	}
	by, named := b.statutes[v.Cite.Key].Counts.Follows[rule.Key]
	return by, !named
}

// Posted returns the rule by which what a party posts before the last day is over is in time, and as Reach does how it
// comes to hold. It is zero where no text we hold says so, and for the acts of organs and courts.
func (b *Book) Posted(t Term, v TermVersion) (rule, by Cite, analogy bool) {
	if t.Binds != Party || t.Direction != Forward || v.Length.Unit.Timed() {
		return Cite{}, Cite{}, false
	}
	if !t.PostCite.IsZero() {
		return t.PostCite, Cite{}, false
	}
	at := b.statutes[t.StartCite.Key].Counts.Posted
	if at == "" {
		return Cite{}, Cite{}, false
	}
	rule, _ = ParseCite(t.StartCite.Key + "/" + at)
	by, analogy = b.Reach(t, v, rule)
	return rule, by, analogy
}

// borrowed holds what a statute says of the rules of others against the book.
func (l *loader) borrowed(src calendar.Source, s Statute) {
	r := row{l, src, []any{"counts"}}
	if at := s.Counts.Posted; at != "" && !slices.ContainsFunc(s.Provisions, func(p Provision) bool { return p.At == at }) {
		r.fault(fmt.Sprintf("posted %q is not among the provisions", at), "add the provision with its gist", "posted")
	}
	for _, key := range slices.Sorted(maps.Keys(s.Counts.Follows)) {
		if _, ok := l.book.statutes[key]; !ok {
			r.fault(fmt.Sprintf("follows %q, which is no statute", key), "add statutes/"+key+".yaml, or correct the key", "follows", key)
		}
		r.within("follows").provision(key, s.Counts.Follows[key], 0)
	}
}

// chained holds the terms a term counts from the end of against the book.
func (r row) chained(t Term) {
	for i, id := range t.After {
		switch before, ok := r.l.book.lookup(id); {
		case !ok:
			r.fault(fmt.Sprintf("counts from the end of %q, which is no term", id), "correct the id", "after", i)
		case len(before.After) > 0:
			r.fault(fmt.Sprintf("counts from the end of %s, which counts from the end of another", id), "name the terms that begin with an event", "after", i)
		}
	}
	if len(t.After) > 0 && t.Service {
		r.fault("begins both with service and with the end of other terms", "keep one", "after")
	}
}
