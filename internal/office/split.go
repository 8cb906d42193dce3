package office

import (
	"context"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// splitTo is the kind of link from a matter to one that was split off it.
const splitTo = "split_to"

// splits are the matters that were split off a filer's own: hers too, each with its own clocks.
func (d *dossier) splits() []Brief {
	var out []Brief
	for _, l := range d.st.Links {
		if l.Kind != splitTo {
			continue
		}
		st := d.snap.Linked[l.To]
		p := d.o.procedureOf(st)
		if p == nil {
			continue
		}
		out = append(out, d.o.brief(words{d.o, p, d.r.Lang}, st, project(st, p).Row, nil))
	}
	return out
}

// SplitOff is the filer of a matter as the reader of one that was split off it; ErrNotFound where
// that matter is not of hers.
func (o *Office) SplitOff(ctx context.Context, r Reader, id matter.ID) (Reader, error) {
	err := o.db.Read(ctx, func(q *store.Query) error {
		states, err := q.States(ctx, r.Filer)
		if err != nil {
			return err
		}
		for _, l := range states[0].Links {
			if l.Kind == splitTo && l.To == id {
				return nil
			}
		}
		return ErrNotFound
	})
	if err != nil {
		return Reader{}, notFound(err)
	}
	r.Filer = id
	return r, nil
}
