package office

import (
	"context"
	"slices"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// continuesLink leads from a report to the published outcome it goes on from (ptsd/251).
const continuesLink = "continues"

// unsolvedShown is how many reports that go on from an outcome are looked through for its page.
const unsolvedShown = 50

// links are the other matters this one is joined to, those the reader may see. Their rights follow
// from their states, which are read already: however many there are, nothing more is asked.
func (d *dossier) links() []LinkView {
	var out []LinkView
	for _, l := range d.st.Links {
		st := d.snap.Linked[l.To]
		p := d.o.procedureOf(st)
		if d.r.Filer != 0 || p == nil {
			continue
		}
		x := project(st, p)
		if access.To(x.Access, d.o.accessReader(d.r.keys)).Read {
			out = append(out, LinkView{Kind: i18n.T(d.r.Lang, "office.link."+l.Kind), Part: l.Kind == "has_part", Brief: d.o.brief(words{d.o, p, d.r.Lang}, st, x.Row, d.names)})
		}
	}
	return out
}

// continues is the published outcome from which the filer reports on, as it stands today: everybody may read it.
func (d *dossier) continues(ctx context.Context, q *store.Query) (*Outcome, error) {
	if id := d.continuing(); id != 0 {
		return d.o.outcomeOf(ctx, q, d.r.Lang, id)
	}
	return nil, nil //nolint:nilnil // it goes on from none
}

// continuing is the matter that published it; 0: none.
func (d *dossier) continuing() matter.ID {
	for _, l := range d.st.Links {
		if l.Kind == continuesLink {
			return l.To
		}
	}
	return 0
}

// unsolved are the reports that go on from what the matter, or a part of it, published: those the reader may see.
func (d *dossier) unsolved(ctx context.Context, q *store.Query) ([]Brief, error) {
	if d.outside || !d.r.Official() {
		return nil, nil
	}
	var out []Brief
	for _, outcome := range d.publishedHere() {
		found, err := q.LinkedTo(ctx, continuesLink, outcome.ID, unsolvedShown)
		if err != nil {
			return nil, err
		}
		for _, st := range found {
			p := d.o.procedureOf(st)
			if p == nil {
				continue
			}
			if x := project(st, p); access.To(x.Access, d.o.accessReader(d.r.keys)).Read {
				out = append(out, d.o.brief(words{d.o, p, d.r.Lang}, st, x.Row, d.names))
			}
		}
	}
	return out, nil
}

// publishedHere are the matters by which an outcome was published: the matter itself or parts of it.
func (d *dossier) publishedHere() []matter.State {
	all := []matter.State{d.st}
	for _, l := range d.st.Links {
		if l.Kind == "has_part" {
			all = append(all, d.snap.Linked[l.To])
		}
	}
	return slices.DeleteFunc(all, func(st matter.State) bool {
		_, done := st.LastOf(publishIt)
		p := d.o.procedureOf(st)
		return !done || p == nil || p.ID != disclosureOf
	})
}

// goesOnFrom is the report whose published outcome this one goes on from, first among what may be the same: the filer says
// so, and nothing is compared.
func (d *dossier) goesOnFrom(ctx context.Context, q *store.Query, beside besides) (*TwinView, error) {
	var whole []matter.ID
	for _, up := range d.snap.Linked[d.continuing()].Links {
		if up.Kind == "part_of" {
			whole = append(whole, up.To)
		}
	}
	if len(whole) == 0 {
		return nil, nil //nolint:nilnil // it goes on from none
	}
	i := slices.IndexFunc(beside.all, func(st matter.State) bool { return st.ID == whole[0] })
	var st matter.State
	if i >= 0 {
		st = beside.all[i]
	} else { // older, or at another office
		states, err := q.StatesOf(ctx, whole[:1])
		if err != nil {
			return nil, err
		}
		st = states[whole[0]]
	}
	p := d.o.procedureOf(st)
	if p == nil || !access.To(project(st, p).Access, d.o.accessReader(d.r.keys)).Read {
		return nil, nil //nolint:nilnil // not for this reader
	}
	out := d.twinOf(st, []string{i18n.T(d.r.Lang, "sorting.why.continues")})
	return &out, nil
}
