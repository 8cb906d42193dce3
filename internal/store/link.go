package store

import (
	"context"
	"fmt"

	"yifa/internal/matter"
)

// PutLinks makes links the whole set of links that lead from a matter.
func (tx *Tx) PutLinks(ctx context.Context, id matter.ID, links []matter.Link) error {
	if _, err := tx.exec(ctx, "link_clear", id.Shard(), id); err != nil {
		return fmt.Errorf("store: links of %s: %w", id, err)
	}
	for _, l := range links {
		if _, err := tx.exec(ctx, "link_put", id.Shard(), id, l.Kind, l.To); err != nil {
			return fmt.Errorf("store: links of %s: %w", id, err)
		}
	}
	return nil
}

// Links returns the links that lead from a matter, in order of kind and id.
func (q *Query) Links(ctx context.Context, id matter.ID) ([]matter.Link, error) {
	return q.links(ctx, "link_list", id.Shard(), id)
}

// LinkedTo returns the states of matters from which a link of a kind leads to one, newest first, at most limit of them.
func (q *Query) LinkedTo(ctx context.Context, kind string, to matter.ID, limit int) ([]matter.State, error) {
	var list []matter.State
	err := q.each(ctx, "link_back", []any{to, kind, limit}, func(scan scanFunc) error {
		var id matter.ID
		var state string
		if err := scan(&id, &state); err != nil {
			return err
		}
		st, err := q.db.decodeState(id, state)
		list = append(list, st)
		return err
	})
	return list, err
}

func (q *Query) links(ctx context.Context, name string, args ...any) ([]matter.Link, error) {
	var list []matter.Link
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var l matter.Link
		err := scan(&l.Kind, &l.To)
		list = append(list, l)
		return err
	})
	return list, err
}
