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
