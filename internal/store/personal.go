package store

import (
	"context"

	"yifa/internal/matter"
)

// Personal says by which keyed hash of a number a matter is found, and which entry gave the number.
type Personal struct {
	Blind string
	Seq   int
}

// PutPersonal lets a matter be found by a number. Once or twice comes to the same.
func (tx *Tx) PutPersonal(ctx context.Context, id matter.ID, p Personal) error {
	_, err := tx.exec(ctx, "personal_put", p.Blind, id.Shard(), id, p.Seq)
	return err
}

// FindPersonal returns at most limit matters in which a number was given. Who may know of them the caller asks.
func (q *Query) FindPersonal(ctx context.Context, blind string, limit int) ([]matter.ID, error) {
	var list []matter.ID
	err := q.each(ctx, "personal_find", []any{blind, limit}, func(scan scanFunc) error {
		var id matter.ID
		err := scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

// PersonalOf returns by what a matter is found, in order of entry.
func (q *Query) PersonalOf(ctx context.Context, id matter.ID) ([]Personal, error) {
	var list []Personal
	err := q.each(ctx, "personal_of", []any{id.Shard(), id}, func(scan scanFunc) error {
		var p Personal
		err := scan(&p.Blind, &p.Seq)
		list = append(list, p)
		return err
	})
	return list, err
}
