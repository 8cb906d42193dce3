package office

import (
	"context"
	"errors"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// reachedAs is the key of the fact that says by which rule the days were found that clocks hang on.
const (
	reachedAs = "clock_reach"
	reachRule = "1"
)

// Reach writes down for every open clock which days of the calendar it hangs on, where a program before this one did not.
// Elsewhere it reads one row.
func (o *Office) Reach(ctx context.Context) error {
	var have string
	err := o.db.Read(ctx, func(q *store.Query) (err error) { have, err = q.Meta(ctx, reachedAs); return err })
	if have == reachRule || err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return o.db.Write(ctx, func(tx *store.Tx) error {
		for from := matter.Shard(0); from < shards; from += together {
			clocks := map[matter.ID][]store.Clock{}
			err := tx.EachMatter(ctx, from, from+together-1, func(_ store.Row, st matter.State) error {
				if p := o.procedureOf(st); p != nil && len(st.Clocks) > 0 {
					clocks[st.ID] = project(st, p).Clocks
				}
				return nil
			})
			if err != nil {
				return err
			}
			for id, list := range clocks {
				if err := tx.PutClocks(ctx, id, list); err != nil {
					return err
				}
			}
		}
		return tx.PutMeta(ctx, reachedAs, reachRule)
	})
}
