package indicator

import (
	"fmt"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
)

// sum holds what an indicator sums up to what is declared.
func (r row) sum(p *procedure.Procedure) {
	i := r.i
	given := 0
	for _, has := range []bool{i.Counts != nil, i.Share != nil, i.Median != nil} {
		if has {
			given++
		}
	}
	if given != 1 {
		r.fault("does not say one thing it sums up", "give exactly one of counts, share and median", "id")
		return
	}
	unit := Matters
	switch {
	case i.Counts != nil:
		r.counts(p, *i.Counts)
	case i.Share != nil:
		unit = Percent
		r.names("share", "of", i.Share.Of)
		r.names("share", "among", i.Share.Among)
	default:
		unit = Days
		r.names("median", "of", i.Median.Of)
	}
	if i.Unit != unit {
		r.fault(fmt.Sprintf("unit is %s", i.Unit), fmt.Sprintf("counts are in matters, a share in percent, a median in days: write %s", unit), "unit")
	}
}

func (r row) counts(p *procedure.Procedure, c Counts) {
	all := r.l.set.measures[r.i.Population.Procedure]
	n := slices.IndexFunc(all, func(m Measure) bool { return m.Name == c.Measure })
	if n < 0 {
		r.fault(fmt.Sprintf("nothing declares the measure %q of %s", c.Measure, r.i.Population.Procedure), "declare it under measure, here or in another indicator", "counts", "measure")
		return
	}
	if c.Overdue != (all[n].Day == "due") {
		r.fault("overdue and a measure of day due go together", "give both or neither", "counts", "overdue")
	}
	if p == nil {
		return
	}
	for k, v := range c.Values {
		if !slices.Contains(r.options(p, all[n]), v) {
			r.fault(fmt.Sprintf("%s is never %q", c.Measure, v), fmt.Sprintf("write one of %v", r.options(p, all[n])), "counts", "values", k)
		}
	}
}

// names holds a reference to an indicator that counts matters of the same population.
func (r row) names(under, key, id string) {
	other := r.l.set.latest(id)
	if other == nil || other.Counts == nil || other.Population.Procedure != r.i.Population.Procedure {
		r.fault(fmt.Sprintf("%q is no indicator that counts matters of %s", id, r.i.Population.Procedure), "name one by its id", under, key)
	}
}

func (s *Set) latest(id string) *Indicator {
	var found *Indicator
	for _, i := range s.all {
		if i.ID == id && (found == nil || found.From < i.From) {
			found = i
		}
	}
	return found
}

// rule reads what is published and who sees what.
func (l *loader) rule() {
	src, bad := calendar.ReadYAML(l.from.FS, RuleFile, &l.set.Rule)
	if len(bad) > 0 {
		l.faults = append(l.faults, bad...)
		return
	}
	fault := func(what, mend string, at ...any) { l.faults = append(l.faults, src.Fault(what, mend, at...)) }
	k := l.set.Rule
	if k.Schema != 1 {
		fault(fmt.Sprintf("schema is %d", k.Schema), "write schema: 1", "schema")
	}
	if k.Small.Below < 2 {
		fault("small.below hides nothing", "write from how many a figure may be published", "small", "below")
	}
	if k.Named.From < k.Small.Below {
		fault("named.from is less than small.below", "an organ is named only where its figures are large enough", "named", "from")
	}
	latest := calendar.Date(1<<31 - 1)
	for _, p := range l.from.Law.All() {
		latest = min(latest, p.Applies.OpenedFrom)
	}
	if _, known := l.from.Law.Book.Provision(k.Small.Cite, latest); !known {
		fault(fmt.Sprintf("%s is not among the statutes", k.Small.Cite), "correct the citation", "small", "cite")
	}
	if _, known := l.from.Law.Book.Provision(k.Named.Cite, latest); !known {
		fault(fmt.Sprintf("%s is not among the statutes", k.Named.Cite), "correct the citation", "named", "cite")
	}
	for n, w := range k.Whole {
		if _, known := l.from.Law.Book.Provision(w.Cite, latest); !known || w.Kind == "" || len(w.Posts) == 0 {
			fault("does not say kind, posts and a provision in force", "give all three", "whole", n)
		}
	}
}
