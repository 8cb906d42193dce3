package store

import (
	"context"

	"yifa/internal/matter"
)

// CountOpen counts the matters that are not closed.
func (q *Query) CountOpen(ctx context.Context) (int, error) {
	var n int
	err := q.each(ctx, "open_count", nil, func(scan scanFunc) error { return scan(&n) })
	return n, err
}

// EachOpen calls fn for every matter of the shards from..to, both included, that is not closed, in order of
// shard and id, with its state as stored.
func (q *Query) EachOpen(ctx context.Context, from, to matter.Shard, fn func(matter.State) error) error {
	return q.each(ctx, "open_each", []any{from, to}, func(scan scanFunc) error {
		var state string
		row, err := scanRow(scan, &state)
		if err != nil {
			return err
		}
		st, err := q.db.decodeState(row.ID, state)
		if err != nil {
			return err
		}
		return fn(st)
	})
}

// EachOpenEntry calls fn for every entry of those matters, in order of shard, matter and seq, without parts.
func (q *Query) EachOpenEntry(ctx context.Context, from, to matter.Shard, fn func(StoredEntry) error) error {
	return q.each(ctx, "open_entries", []any{from, to}, func(scan scanFunc) error {
		e, err := scanEntry(scan, newEntry)
		if err != nil {
			return err
		}
		return fn(e)
	})
}
