package store

import (
	"context"
	"fmt"

	"yifa/internal/matter"
)

// List returns the matters that the filter lets through, a page at a time.
func (q *Query) List(ctx context.Context, f Filter) ([]Row, error) {
	return nil, fmt.Errorf("store: list")
}

// CountMatters returns how many matters the filter lets through, whatever its cursor and limit.
func (q *Query) CountMatters(ctx context.Context, f Filter) (int, error) {
	return 0, fmt.Errorf("store: count")
}

// Tally returns how many matters the filter lets through for each value of a column, whatever its
// cursor and limit. A matter without value counts under "".
func (q *Query) Tally(ctx context.Context, f Filter, by Column) (map[string]int, error) {
	return nil, fmt.Errorf("store: tally")
}

func (tx *Tx) putPieces(ctx context.Context, doc Doc) error                           { return nil }
func (tx *Tx) dropPieces(ctx context.Context, id matter.ID, class matter.Class) error { return nil }
