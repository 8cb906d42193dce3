package office

import (
	"context"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// shelf is what lines of lists say beyond their rows, read for many matters at once: a page with
// several lists reads one shelf, however many lines it has.
type shelf struct {
	o      *Office
	r      Reader
	states map[matter.ID]matter.State
	titles map[matter.ID]string
	names  map[string]string
}

// shelf reads matters whose ids the reader was given, in three queries.
func (o *Office) shelf(ctx context.Context, q *store.Query, r Reader, ids []matter.ID) (shelf, error) {
	s := shelf{o: o, r: r}
	if len(ids) == 0 {
		return s, nil
	}
	var err error
	if s.states, err = q.StatesOf(ctx, ids); err != nil {
		return s, err
	}
	if s.titles, err = o.titles(ctx, q, ids); err != nil {
		return s, err
	}
	s.names, err = o.names(ctx, q)
	return s, err
}

// brief is the line of one matter; none where its procedure is not in the law.
func (s shelf) brief(row store.Row) (Brief, bool) {
	st := s.states[row.ID]
	p := s.o.procedureOf(st)
	if p == nil {
		return Brief{}, false
	}
	w := words{s.o, p, s.r.Lang}
	b := s.o.brief(w, st, row, s.names)
	if t := s.titles[row.ID]; t != "" {
		b.Title = t
	}
	b.Next, b.NextAct, b.Whose = s.o.nextAct(w, st, s.r)
	if holder := s.r.standsFor(st.Assigned[handlerRole], st.Holder); holder != "" {
		b.For = s.o.nameOf(s.names, holder)
	}
	if x := project(st, p); !access.To(x.Access, s.o.accessReader(s.r.keys)).Act {
		b = s.o.briefOutside(w, st, b)
		b.Next, b.NextAct, b.Whose = "", "", "" // what it can do is told by its own page
	}
	return b, true
}

// briefs are the lines of rows, in their order.
func (s shelf) briefs(rows []store.Row) []Brief {
	var out []Brief
	for _, row := range rows {
		if b, known := s.brief(row); known {
			out = append(out, b)
		}
	}
	return out
}

func idsOf(rows []store.Row) []matter.ID {
	ids := make([]matter.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	return ids
}
