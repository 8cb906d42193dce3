package store

import (
	"context"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Retention says from which day on a scope of a finished matter may be destroyed.
type Retention struct {
	Scope     string // whole, or a class of parts
	Procedure string // id
	Holder    string // organ
	Due       calendar.Date
}

// PutRetention makes rows all that is known of how long a matter is kept.
func (tx *Tx) PutRetention(ctx context.Context, id matter.ID, rows []Retention) error {
	if _, err := tx.exec(ctx, "retention_clear", id.Shard(), id); err != nil {
		return fmt.Errorf("store: retention of %s: %w", id, err)
	}
	for _, r := range rows {
		if _, err := tx.exec(ctx, "retention_put", id.Shard(), id, r.Scope, r.Procedure, r.Holder, int(r.Due)); err != nil {
			return fmt.Errorf("store: retention of %s: %w", id, err)
		}
	}
	return nil
}

// RetentionOf returns how long a matter is kept, in order of scope.
func (q *Query) RetentionOf(ctx context.Context, id matter.ID) ([]Retention, error) {
	var list []Retention
	err := q.each(ctx, "retention_of", []any{id.Shard(), id}, func(scan scanFunc) error {
		var r Retention
		err := scan(&r.Scope, &r.Procedure, &r.Holder, &r.Due)
		list = append(list, r)
		return err
	})
	return list, err
}

// Expired is how many matters of an organ are past their term.
type Expired struct {
	Retention // Due is not set
	Count     int
}

// CountExpired counts the matters of some organs that are past their term on a day, by organ, kind and scope.
func (q *Query) CountExpired(ctx context.Context, holders []string, on calendar.Date) ([]Expired, error) {
	var list []Expired
	err := q.each(ctx, "retention_count", []any{keys(holders), int(on)}, func(scan scanFunc) error {
		var e Expired
		err := scan(&e.Holder, &e.Procedure, &e.Scope, &e.Count)
		list = append(list, e)
		return err
	})
	return list, err
}

// Expired returns at most limit matters of what is asked for that are past their term on its day Due, those longest past it
// first.
func (q *Query) Expired(ctx context.Context, of Retention, limit int) ([]matter.ID, error) {
	var list []matter.ID
	err := q.each(ctx, "retention_due", []any{of.Holder, of.Procedure, of.Scope, int(of.Due), limit}, func(scan scanFunc) error {
		var id matter.ID
		var due calendar.Date
		err := scan(&id, &due)
		list = append(list, id)
		return err
	})
	return list, err
}

// EachDestroyed calls fn for every entry by which parts were destroyed, in order of shard, matter and seq.
func (q *Query) EachDestroyed(ctx context.Context, fn func(matter.Entry) error) error {
	return q.each(ctx, "entry_destroyed", nil, func(scan scanFunc) error {
		e, err := scanEntry(scan, newEntry)
		if err != nil {
			return err
		}
		return fn(e.Entry)
	})
}

// DropPersonal lets a matter be found no more by the numbers that one of its entries gave.
func (tx *Tx) DropPersonal(ctx context.Context, id matter.ID, seq int) error {
	_, err := tx.exec(ctx, "personal_drop", id.Shard(), id, seq)
	return err
}
