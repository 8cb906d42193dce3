package store

import (
	"context"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// PutReceiptCode stores the keyed hash of a receipt code. ErrRetry where another matter has it.
func (tx *Tx) PutReceiptCode(ctx context.Context, mac []byte, id matter.ID) error {
	n, err := tx.exec(ctx, "receipt_put", mac, id)
	if err == nil && n == 0 {
		return fmt.Errorf("store: receipt code of %s is taken: %w", id, ErrRetry)
	}
	return err
}

// EachNews calls fn for every receipt code, by its keyed hash, of which a matter has news since a day, with the day.
func (q *Query) EachNews(ctx context.Context, since calendar.Date, fn func(mac []byte, day calendar.Date) error) error {
	return q.each(ctx, "news_list", []any{since}, func(scan scanFunc) error {
		var mac []byte
		var day calendar.Date
		if err := scan(&mac, &day); err != nil {
			return err
		}
		return fn(mac, day)
	})
}

// EndReceiptCodes ends the codes a matter has had so far: none of them opens it any more.
func (tx *Tx) EndReceiptCodes(ctx context.Context, id matter.ID) error {
	_, err := tx.exec(ctx, "receipt_end", id)
	return err
}

// FindReceiptCode returns the matter whose receipt code has this keyed hash, or ErrNotFound, and whether the code has ended.
func (q *Query) FindReceiptCode(ctx context.Context, mac []byte) (id matter.ID, ended bool, err error) {
	n := 0
	err = q.one(ctx, "receipt_find", []any{mac}, &id, &n)
	return id, n != 0, err
}
