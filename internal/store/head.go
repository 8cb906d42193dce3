package store

import (
	"context"
	"fmt"

	"yifa/internal/matter"
)

// Head is the signed end of a shard. What Last chains and what is signed is the caller's affair.
type Head struct {
	Shard     matter.Shard
	Count     int // entries of the shard
	Last      [32]byte
	KeyID     string
	Signature []byte
}

// Head returns the head of a shard and locks it until the transaction ends. A shard without entries
// has Count 0. Lock matters before heads, and heads in order of shard.
func (tx *Tx) Head(ctx context.Context, s matter.Shard) (Head, error) {
	if _, err := tx.exec(ctx, "head_make", s, make([]byte, 32), []byte{}); err != nil {
		return Head{}, fmt.Errorf("store: head of shard %d: %w", s, err)
	}
	return tx.head(ctx, "head_lock", s)
}

// Head returns the head of a shard, or ErrNotFound where it never had an entry.
func (q *Query) Head(ctx context.Context, s matter.Shard) (Head, error) {
	return q.head(ctx, "head_find", s)
}

// PutHead writes a head that Tx.Head has locked.
func (tx *Tx) PutHead(ctx context.Context, h Head) error {
	n, err := tx.exec(ctx, "head_put", h.Count, h.Last[:], h.KeyID, h.Signature, h.Shard)
	return oneRow(fmt.Sprintf("head of shard %d", h.Shard), n, err)
}

// Heads returns all heads in order of shard.
func (q *Query) Heads(ctx context.Context) ([]Head, error) {
	var list []Head
	err := q.each(ctx, "head_list", nil, func(scan scanFunc) error {
		h, err := scanHead(scan)
		list = append(list, h)
		return err
	})
	return list, err
}

func (q *Query) head(ctx context.Context, name string, s matter.Shard) (Head, error) {
	h := Head{Shard: s}
	found := false
	err := q.each(ctx, name, []any{s}, func(scan scanFunc) (err error) {
		found = true
		h, err = scanHead(scan)
		return err
	})
	if err == nil && !found {
		err = fmt.Errorf("store: head of shard %d: %w", s, ErrNotFound)
	}
	return h, err
}

func scanHead(scan scanFunc) (Head, error) {
	var h Head
	var last []byte
	if err := scan(&h.Shard, &h.Count, &last, &h.KeyID, &h.Signature); err != nil {
		return h, err
	}
	return h, fill(&h.Last, last)
}
