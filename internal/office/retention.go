package office

import (
	"context"
	"errors"
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// holdItem is the kind of register item by which a matter is kept from destruction while it stands.
const holdItem = "hold"

// roomItem is the kind of register item that hearings and meetings are held in.
const roomItem = "room"

// keptRows say from which day on what of a matter may be destroyed.
func keptRows(l *procedure.Law, st matter.State, p *procedure.Procedure) []store.Retention {
	var out []store.Retention
	for _, scope := range p.Scopes() {
		if until, ends := p.KeptUntil(l, st, scope); ends {
			out = append(out, store.Retention{Scope: scope, Procedure: p.ID, Holder: st.Holder, Due: until})
		}
	}
	slices.SortFunc(out, func(a, b store.Retention) int { return strings.Compare(a.Scope, b.Scope) })
	return out
}

// keepRetention writes how long a matter is kept, once it is finished or is so no more.
func (b *batch) keepRetention(ctx context.Context, st matter.State, p *procedure.Procedure) error {
	final := func(st matter.State) bool { s := p.Stages.Get(st.Stage); return s != nil && s.Final }
	if !final(st) && !final(b.before[st.ID]) {
		return nil
	}
	return b.tx.PutRetention(ctx, st.ID, keptRows(b.o.law, st, p))
}

// retainedAs is the key of the fact that says by which rule the days were found until which matters are kept.
const (
	retainedAs = "retention"
	retainRule = "1"
)

// Retain writes down how long finished matters are kept, where a program before this one did not. Elsewhere it reads one row.
func (o *Office) Retain(ctx context.Context) error {
	var have string
	err := o.db.Read(ctx, func(q *store.Query) (err error) { have, err = q.Meta(ctx, retainedAs); return err })
	if have == retainRule || err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return o.db.Write(ctx, func(tx *store.Tx) error {
		for from := matter.Shard(0); from < shards; from += together {
			rows := map[matter.ID][]store.Retention{}
			err := tx.EachMatter(ctx, from, from+together-1, func(_ store.Row, st matter.State) error {
				if p := o.procedureOf(st); p != nil {
					if kept := keptRows(o.law, st, p); len(kept) > 0 {
						rows[st.ID] = kept
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			for id, list := range rows {
				if err := tx.PutRetention(ctx, id, list); err != nil {
					return err
				}
			}
		}
		return tx.PutMeta(ctx, retainedAs, retainRule)
	})
}

// onHold says whether somebody has put a matter on hold that stands on a day.
func (r *register) onHold(id matter.ID, on calendar.Date) bool {
	return slices.ContainsFunc(r.items[holdItem], func(i store.RegisterItem) bool { return i.Key == id.String() && i.IsValid(on) })
}

// keeping is what an act or a page may know of how long some matters are kept. keys are those of who asks: a matter from
// which he has to stand aside does not exist to him; nil: the system.
func (o *Office) keeping(ctx context.Context, q *store.Query, reg *register, named []string, keys []string) (func(matter.ID) procedure.Keeping, error) {
	ids := make([]matter.ID, 0, len(named))
	for _, text := range named {
		if id, err := matter.ParseID(text); err == nil {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return func(matter.ID) procedure.Keeping { return procedure.Keeping{} }, nil
	}
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	return func(id matter.ID) procedure.Keeping {
		st, known := states[id]
		p := o.procedureOf(st)
		if !known || p == nil || keys != nil && o.standsAside(st, keys) {
			return procedure.Keeping{}
		}
		k := procedure.Keeping{Organ: st.Holder, Until: map[string]calendar.Date{}, Held: reg.onHold(id, o.Today())}
		for _, r := range keptRows(o.law, st, p) {
			k.Until[r.Scope] = r.Due
		}
		return k
	}, nil
}

// standsAside says whether a reader is kept away from a matter.
func (o *Office) standsAside(st matter.State, keys []string) bool {
	on := o.accessReader(keys)
	return slices.ContainsFunc(access.Current(st.Access), func(a matter.Access) bool {
		return a.Deny && slices.Contains(keys, a.Holder) && a.From <= on.On && (a.To.IsZero() || on.On < a.To)
	})
}

// namedMatters are the matters that the facts of a matter and the answers to an act of its procedure name.
func namedMatters(p *procedure.Procedure, st matter.State, fields map[string][]string) []string {
	var out []string
	for name, f := range p.Facts.Each {
		if f.Type == "matter" || f.Type == "matters" {
			out = append(out, st.Facts.List(name)...)
		}
	}
	for name, values := range fields {
		for _, form := range p.Asking(name) {
			if form.Field(name).Type == "matter" {
				out = append(out, values...)
				break
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
