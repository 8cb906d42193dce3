package store

import (
	"context"
	"fmt"

	"yifa/internal/matter"
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

// Drawn is a number of a series, and the matter that drew it.
type Drawn struct {
	Matter        matter.ID
	Series, Organ string
	Year, N       int
}

// PutNumbers adds the numbers that an entry of a matter drew.
func (tx *Tx) PutNumbers(ctx context.Context, id matter.ID, numbers []matter.Number) error {
	for _, d := range DrawnBy(id, numbers) {
		if _, err := tx.exec(ctx, "number_put", id.Shard(), id, d.Series, d.Organ, d.Year, d.N); err != nil {
			return fmt.Errorf("store: number %s/%s/%d/%d of %s: %w", d.Series, d.Organ, d.Year, d.N, id, err)
		}
	}
	return nil
}

// DrawnBy are the rows of the numbers a matter drew.
func DrawnBy(id matter.ID, numbers []matter.Number) []Drawn {
	var out []Drawn
	for _, n := range numbers {
		out = append(out, Drawn{id, n.Series, n.Organ, n.Year, n.N})
	}
	return out
}

// NumbersOf returns the numbers a matter drew.
func (q *Query) NumbersOf(ctx context.Context, id matter.ID) ([]Drawn, error) {
	return q.drawn(ctx, "number_of", id.Shard(), id)
}

// Numbers returns the numbers of a series below one, the newest first.
func (q *Query) Numbers(ctx context.Context, c Counter, below, limit int) ([]Drawn, error) {
	return q.drawn(ctx, "number_in", c.Organ, c.Series, c.Year, below, limit)
}

func (q *Query) drawn(ctx context.Context, query string, args ...any) ([]Drawn, error) {
	var list []Drawn
	err := q.each(ctx, query, args, func(scan scanFunc) error {
		var d Drawn
		err := scan(&d.Matter, &d.Series, &d.Organ, &d.Year, &d.N)
		list = append(list, d)
		return err
	})
	return list, err
}
