package store

import (
	"context"
	"fmt"
)

// Counter is the last number drawn of a gap-free series.
type Counter struct {
	Series, Organ string
	Year, Last    int
}

// NextNumber draws the next number of a series of an organ and year, from 1. The number is gone
// only if the transaction commits: a rollback, also to a savepoint of Try, gives it back. Until
// then nobody else draws from the series.
func (tx *Tx) NextNumber(ctx context.Context, series, organ string, year int) (int, error) {
	var n int
	if err := tx.one(ctx, "counter_next", []any{series, organ, year}, &n); err != nil {
		return 0, fmt.Errorf("store: number of %s/%s/%d: %w", series, organ, year, err)
	}
	return n, nil
}

// Counters returns all series in order of series, organ and year.
func (q *Query) Counters(ctx context.Context) ([]Counter, error) {
	var list []Counter
	err := q.each(ctx, "counter_list", nil, func(scan scanFunc) error {
		var c Counter
		err := scan(&c.Series, &c.Organ, &c.Year, &c.Last)
		list = append(list, c)
		return err
	})
	return list, err
}
