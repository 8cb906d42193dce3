package office

import (
	"context"
	"errors"
	"fmt"

	"yifa/internal/ledger"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// awaited reads which entries the log does not hold yet.
func (v *verifier) awaited(ctx context.Context) error {
	list, err := v.q.WaitingForLedger(ctx)
	v.waiting = make(map[store.Place]bool, len(list))
	for _, w := range list {
		v.waiting[w.Place] = true
	}
	v.out.Waiting = len(list)
	return err
}

// leavesOf reads what the log holds of a shard.
func (v *verifier) leavesOf(ctx context.Context, s matter.Shard) error {
	list, err := v.q.LedgerLeavesIn(ctx, s)
	v.leaves = make(map[store.Place]store.Leaf, len(list))
	for _, l := range list {
		v.leaves[l.Place] = l
	}
	if errors.Is(err, matter.ErrBrokenRecord) {
		return v.differ("log: a leaf of shard %d cannot be read: %v", s, err)
	}
	return err
}

// logged holds an entry to its leaf in the log.
func (v *verifier) logged(e store.StoredEntry) error {
	at := store.Place{Matter: e.Entry.Matter, Seq: e.Entry.Seq}
	leaf, held := v.leaves[at]
	waits := v.waiting[at]
	delete(v.leaves, at)
	delete(v.waiting, at)
	switch {
	case held && waits:
		return v.differ("entry %s/%d: waits for the log, which holds it at place %d", at.Matter, at.Seq, leaf.At)
	case waits:
		return nil
	case !held:
		return v.differ("entry %s/%d: is missing from the log", at.Matter, at.Seq)
	case ledger.Leaf(ledger.Salt(v.o.vault, at), e.Header) != leaf.Hash:
		return v.differ("log place %d: what was logged is not what entry %s/%d says", leaf.At, at.Matter, at.Seq)
	}
	return nil
}

// unmet tells what the log holds of a shard and the record does not.
func (v *verifier) unmet() error {
	first := store.Leaf{At: -1}
	for _, l := range v.leaves {
		if first.At < 0 || l.At < first.At {
			first = l
		}
	}
	if first.At < 0 {
		return nil
	}
	return v.differ("log place %d: entry %s/%d is missing from the record", first.At, first.Matter, first.Seq)
}

// log recomputes the tree over all leaves and holds tiles and checkpoint to it.
func (v *verifier) log(ctx context.Context) error {
	for at := range v.waiting {
		if err := v.differ("entry %s/%d: waits for the log and is not in the record", at.Matter, at.Seq); err != nil {
			return err
		}
	}
	size, err := v.o.ledger.Recompute(ctx, v.q)
	v.out.Logged = int(size)
	var broken *ledger.Difference
	switch {
	case errors.As(err, &broken):
		return v.differ("log: %s", broken)
	case errors.Is(err, matter.ErrBrokenRecord):
		return v.differ("log: %v", err)
	case err != nil:
		return fmt.Errorf("office: %w", err)
	}
	return nil
}
