package office

import (
	"context"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// hers says whether a matter joined to a filer's own is hers too: it was split off it, or is a part
// that she opened herself, such as a request for recusal.
func hers(l matter.Link, st matter.State) bool {
	switch l.Kind {
	case "split_to":
		return true
	case "has_part":
		return len(st.Done) > 0 && st.Done[0].Seq == 1 && st.Done[0].By.Person == matter.PersonFiler
	}
	return false
}

// splits are the matters beside a filer's own that are hers too, each with its own clocks.
func (d *dossier) splits() []Brief {
	var out []Brief
	for _, l := range d.st.Links {
		st := d.snap.Linked[l.To]
		p := d.o.procedureOf(st)
		if p == nil || !hers(l, st) {
			continue
		}
		w := words{d.o, p, d.r.Lang}
		out = append(out, d.o.seenBrief(w, st, d.o.brief(w, st, project(st, p).Row, nil)))
	}
	return out
}

// SplitOff is the filer of a matter as the reader of one beside it that is hers too; ErrNotFound where
// it is not.
func (o *Office) SplitOff(ctx context.Context, r Reader, id matter.ID) (Reader, error) {
	err := o.db.Read(ctx, func(q *store.Query) error {
		states, err := q.States(ctx, r.Filer)
		if err != nil {
			return err
		}
		for _, l := range states[0].Links {
			if l.To != id {
				continue
			}
			other, err := q.States(ctx, id)
			if err != nil {
				return err
			}
			if hers(l, other[0]) {
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
