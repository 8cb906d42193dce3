package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"

	"yifa/internal/indicator"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// measures are the rows figures are made from. They follow from the state and the law alone.
func (o *Office) measures(st matter.State, p *procedure.Procedure, row store.Row) []store.Measure {
	var out []store.Measure
	place := st.Facts.Text("division")
	for _, r := range o.indicators.Rows(p.ID, st, indicator.Known{NextDue: row.NextDue}) {
		out = append(out, store.Measure{Matter: st.ID, Name: r.Name, Value: r.Value, Day: r.Day, Days: r.Days,
			Holder: row.Holder, Organ: row.Organ, Place: place[:min(len(place), placeDigits)], Handler: row.Assignee})
	}
	return out
}

// placeDigits is how much of a place is measured: its town, no finer.
const placeDigits = 9

// measured writes what changed in the measures of the matters the batch touched, in two statements.
func (b *batch) measured(ctx context.Context) error {
	var put, drop []store.Measure
	for _, id := range slices.Sorted(maps.Keys(b.dirty)) {
		now := b.o.measuresOf(b.states[id])
		before := b.o.measuresOf(b.before[id])
		for _, r := range now {
			if !slices.Contains(before, r) {
				put = append(put, r)
			}
		}
		for _, r := range before {
			if !slices.ContainsFunc(now, func(n store.Measure) bool { return n.Name == r.Name && n.Value == r.Value }) {
				drop = append(drop, r)
			}
		}
	}
	if err := b.tx.DropMeasures(ctx, drop); err != nil {
		return err
	}
	return b.tx.PutMeasures(ctx, put)
}

// measuresOf are the measures of a state under its own procedure; none where the law does not hold it.
func (o *Office) measuresOf(st matter.State) []store.Measure {
	if p := o.procedureOf(st); p != nil && st.ID != 0 {
		return o.measures(st, p, project(st, p).Row)
	}
	return nil
}

// measuredAs is the key of the fact that says under which definitions the measures were made.
const measuredAs = "measures"

// Remeasure makes every measure, and the list of published results, again where the definitions are others than those it was made with,
// as after an upgrade that measures more. Elsewhere it reads one row.
func (o *Office) Remeasure(ctx context.Context) error {
	want := o.definitions()
	var have string
	err := o.db.Read(ctx, func(q *store.Query) (err error) { have, err = q.Meta(ctx, measuredAs); return err })
	if have == want || err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return o.db.Write(ctx, func(tx *store.Tx) error {
		if err := errors.Join(tx.ClearMeasures(ctx), tx.ClearOutcomes(ctx)); err != nil {
			return err
		}
		for from := matter.Shard(0); from < shards; from += together {
			var rows []store.Measure
			listed := map[matter.ID]*store.Outcome{}
			err := tx.EachMatter(ctx, from, from+together-1, func(_ store.Row, st matter.State) error {
				rows = append(rows, o.measuresOf(st)...)
				if out := listedOutcome(st); out != nil {
					listed[st.ID] = out
				}
				return nil
			})
			if err == nil {
				err = errors.Join(tx.PutMeasures(ctx, rows), putOutcomes(ctx, tx, listed))
			}
			if err != nil {
				return err
			}
		}
		return tx.PutMeta(ctx, measuredAs, want)
	})
}

// shards is how many shards there are, together how many are measured again at once.
const (
	shards   = 1024
	together = 16
)

// definitions is a hash over every definition measures are made with.
func (o *Office) definitions() string {
	sum := sha256.New()
	sum.Write([]byte(outcomesAs + "\n"))
	for _, i := range o.indicators.All() {
		sum.Write([]byte(i.Key() + " " + i.Hash + "\n"))
	}
	return hex.EncodeToString(sum.Sum(nil))
}
