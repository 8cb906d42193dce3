package store

import (
	"context"
	"encoding/json"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Reached is an open clock and the days of the calendar its count hangs on.
type Reached struct {
	Matter      matter.ID
	Key         string
	First, Last calendar.Date
}

// ReachedBetween returns at most limit open clocks whose count hangs on a day from first to last, after the one given, in
// order of the last day they hang on, matter and key. The zero Reached lies before every clock.
func (q *Query) ReachedBetween(ctx context.Context, first, last calendar.Date, after Reached, limit int) ([]Reached, error) {
	if after.Last < first {
		after = Reached{Last: first}
	}
	list := make([]Reached, 0, limit)
	err := q.each(ctx, "clock_reach", []any{last, after.Last, after.Matter, after.Key, limit}, func(scan scanFunc) error {
		var r Reached
		err := scan(&r.Matter, &r.Key, &r.First, &r.Last)
		list = append(list, r)
		return err
	})
	return list, err
}

// OpenClocks counts the clocks that are open, and those among them whose count hangs on a day from first to last.
func (q *Query) OpenClocks(ctx context.Context, first, last calendar.Date) (all, reached int, err error) {
	err = q.one(ctx, "clock_open", []any{first, last}, &all, &reached)
	return all, reached, err
}

// Counted is of the state of a matter what its clocks are counted by.
type Counted struct {
	ID     matter.ID               `json:"id"`
	Hash   string                  `json:"procedure_hash"`
	Holder string                  `json:"holder"`
	Clocks map[string]matter.Clock `json:"clocks"`
}

// CountedOf returns the clocks of matters, in order of id; those that do not exist are left out. Of a long list it
// remembers nothing.
func (q *Query) CountedOf(ctx context.Context, ids []matter.ID) ([]Counted, error) {
	set, err := idSet(ids)
	if err != nil {
		return nil, fmt.Errorf("store: clocks: %w", err)
	}
	list := make([]Counted, 0, len(ids))
	err = q.each(ctx, "matter_clocks", []any{set}, func(scan scanFunc) error {
		var id matter.ID
		var state string
		var c Counted
		if err := scan(&id, &state); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(state), &c); err != nil {
			return fmt.Errorf("store: state of %s: %w: %w", id, matter.ErrBrokenRecord, err)
		}
		list = append(list, c)
		return nil
	})
	return list, err
}
