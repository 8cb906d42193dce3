package store

import (
	"context"
	"fmt"
)

// Cosignature is a witness's signature over a checkpoint of the log.
type Cosignature struct {
	Name string // the witness's
	Size int64
	Body string // of the checkpoint
	Line string // as signed notes write it, without its end of line
}

// PutCosignature keeps a cosignature in place of an older one of the same witness; one older than what is kept is passed over.
func (tx *Tx) PutCosignature(ctx context.Context, c Cosignature) error {
	if _, err := tx.exec(ctx, "ledger_cosign", c.Name, c.Size, c.Body, c.Line); err != nil {
		return fmt.Errorf("store: cosignature of %s: %w", c.Name, err)
	}
	return nil
}

// Cosignatures are those of the newest checkpoint that has any, by name of the witness.
func (q *Query) Cosignatures(ctx context.Context) ([]Cosignature, error) {
	var list []Cosignature
	err := q.each(ctx, "ledger_cosigned", nil, func(scan scanFunc) error {
		var c Cosignature
		err := scan(&c.Name, &c.Size, &c.Body, &c.Line)
		list = append(list, c)
		return err
	})
	return list, err
}
