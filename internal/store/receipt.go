package store

import (
	"context"
	"fmt"

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

// FindReceiptCode returns the matter whose receipt code has this keyed hash, or ErrNotFound.
func (q *Query) FindReceiptCode(ctx context.Context, mac []byte) (matter.ID, error) {
	var id matter.ID
	err := q.one(ctx, "receipt_find", []any{mac}, &id)
	return id, err
}
