package office

import (
	"errors"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// actors are the reader as the record may name him: the filer, or the person in each of his posts,
// those in the organ that holds the matter first. It is never empty.
func (r Reader) actors(holder string) []matter.Actor {
	if r.Filer != 0 || r.Person == "" {
		return []matter.Actor{{Person: matter.PersonFiler}}
	}
	var all []matter.Actor
	for _, p := range r.posts {
		all = append(all, matter.Actor{Person: r.Person, Post: p.ID, Organ: p.Organ, For: p.For})
	}
	if len(all) == 0 {
		return []matter.Actor{{Person: r.Person}}
	}
	slices.SortStableFunc(all, func(a, b matter.Actor) int { return far(a, holder) - far(b, holder) })
	return all
}

// far ranks a capacity to act: in the organ that holds the matter before others, his own post before one he stands in.
func far(a matter.Actor, holder string) int {
	n := 0
	if a.For != "" {
		n++
	}
	if a.Organ != holder {
		n += 2
	}
	return n
}

// decide asks the law for each post of whoever acts, until one is let. Where none is, the refusal is
// the one that comes nearest to a yes. The request then names the post by which it was decided.
func (b *batch) decide(p *procedure.Procedure, st matter.State, snap procedure.Snapshot, r *request) (procedure.Decision, error) {
	var best *procedure.Refusal
	for _, by := range append([]matter.Actor{r.try.By}, r.others...) {
		try := r.try
		try.By = by
		decision, err := p.Fire(b.o.law, st, snap, try)
		if b.err != nil {
			return decision, b.err
		}
		var no *procedure.Refusal
		if !errors.As(err, &no) {
			r.try.By = by
			return decision, err
		}
		if best == nil || nearness(no) > nearness(best) {
			best = no
		}
	}
	return procedure.Decision{}, best
}

// nearness ranks a refusal by how near it comes to a yes: nearest where the act is the actor's and
// something else stands in its way.
func nearness(r *procedure.Refusal) int {
	order := []string{procedure.NotYourAct, procedure.NotYourOrgan, procedure.NotAssigned, procedure.SecondPerson, procedure.Recused}
	if i := slices.Index(order, r.Reason); i >= 0 {
		return i
	}
	return len(order)
}

// choices are all acts as the reader sees them by the best of his posts: the open ones first, the
// likelier before the others, acts of other stages last.
func (d *dossier) choices() []procedure.Choice {
	if d.chosen == nil {
		d.chosen = d.choose()
	}
	return d.chosen
}

func (d *dossier) choose() []procedure.Choice {
	var out []procedure.Choice
	for i, by := range d.actors {
		for k, c := range d.w.p.Enabled(d.o.lawNow(), d.st, d.snap, by) {
			if i == 0 {
				out = append(out, c)
				continue
			}
			if j := slices.IndexFunc(out, func(x procedure.Choice) bool { return x.Act == c.Act }); j < 0 {
				out = slices.Insert(out, min(k, len(out)), c)
			} else if better(c, out[j]) {
				out[j] = c
			}
		}
	}
	if len(d.actors) > 1 {
		slices.SortStableFunc(out, func(a, b procedure.Choice) int { return likeliness(a) - likeliness(b) })
	}
	return out
}

func better(a, b procedure.Choice) bool {
	return !b.Open && (a.Open || nearness(a.Refusal) > nearness(b.Refusal))
}

// likeliness is the place of a choice among the others: the order of Enabled.
func likeliness(c procedure.Choice) int {
	switch {
	case c.Open && c.Act.Likely > 0:
		return c.Act.Likely
	case c.Open:
		return 10
	case c.Refusal.Reason != procedure.WrongStage:
		return 11
	}
	return 12
}
