package ledger

import (
	"context"
	"crypto/sha256"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"yifa/internal/store"
)

// A Difference is the first place where the stored log is not what its leaves come to.
type Difference struct{ what string }

func (d *Difference) Error() string { return d.what }

func differs(format string, args ...any) error { return &Difference{fmt.Sprintf(format, args...)} }

// Recompute builds the tree anew from the stored leaves and compares it with the stored tiles and the signed
// checkpoint. It gives the number of leaves. *Difference names the first place that differs; every other error is a
// fault of reading. Whether a leaf is its entry's is not asked here.
func (l *Log) Recompute(ctx context.Context, q *store.Query) (int64, error) {
	state, err := q.LedgerState(ctx)
	if err != nil {
		return 0, err
	}
	made, sums := newTree(0, nil), map[spot][sha256.Size]byte{}
	for from := int64(0); ; from += stepMost {
		leaves, err := q.LedgerLeaves(ctx, from, from+stepMost)
		if err != nil {
			return made.size, err
		}
		for _, leaf := range leaves {
			if leaf.At != made.size {
				return made.size, differs("place %d is empty (next found: %s/%d at %d)", made.size, leaf.Matter, leaf.Seq, leaf.At)
			}
			if err := made.add(leaf.Hash[:]); err != nil {
				return made.size, err
			}
		}
		made.sum(sums, tileWidth)
		if len(leaves) < stepMost {
			break
		}
	}
	if made.size != state.Size {
		return made.size, differs("it holds %d entries, its end says %d", made.size, state.Size)
	}
	if err := l.signed(state, made); err != nil {
		return made.size, err
	}
	made.sum(sums, 1)
	return made.size, sameTiles(ctx, q, sums)
}

// sum notes the hashes of tiles of at least so many hashes and forgets them: full ones are needed no more.
func (t *tree) sum(into map[spot][sha256.Size]byte, least int) {
	for at, data := range t.tiles {
		if len(data) >= least*tlog.HashSize {
			into[at] = sha256.Sum256(data)
			delete(t.tiles, at)
		}
	}
}

// signed holds the checkpoint to the tree that its leaves come to.
func (l *Log) signed(state store.LedgerState, made *tree) error {
	if state.Size == 0 && state.Checkpoint == "" {
		return nil
	}
	keys, err := l.keysOf(state.Origin)
	if err != nil {
		return differs("its name %q: %v", state.Origin, err)
	}
	c, err := OpenCheckpoint(state.Origin, []byte(state.Checkpoint), keys...)
	if err != nil {
		return differs("its checkpoint: %v", err)
	}
	root, err := made.root()
	if err != nil {
		return err
	}
	if c.Size != made.size || c.Root != root {
		return differs("its leaves do not lead to the checkpoint signed at %d", c.Size)
	}
	return nil
}

// Begins says whether the log, as its tiles stand, begins with the tree of a checkpoint that somebody kept.
func (l *Log) Begins(ctx context.Context, q *store.Query, signed []byte) (Checkpoint, error) {
	state, err := q.LedgerState(ctx)
	if err != nil {
		return Checkpoint{}, err
	}
	keys, err := l.keysOf(l.origin(state))
	if err != nil {
		return Checkpoint{}, err
	}
	c, err := OpenCheckpoint(l.origin(state), signed, keys...)
	if err != nil {
		return c, err
	}
	t, err := l.standing(ctx, q, state)
	if err != nil {
		return c, err
	}
	if c.Size > t.size {
		return c, differs("log: it had %d entries when the checkpoint kept was signed, and has %d now", c.Size, t.size)
	}
	root, err := tlog.TreeHash(c.Size, t)
	if err == nil && root != c.Root {
		err = differs("log: its first %d entries are not those the checkpoint kept was signed over", c.Size)
	}
	return c, err
}

func sameTiles(ctx context.Context, q *store.Query, made map[spot][sha256.Size]byte) error {
	left := len(made)
	err := q.EachLedgerTile(ctx, func(t store.Tile) error {
		left--
		if want, known := made[spot{t.Level, t.N}]; !known || want != sha256.Sum256(t.Data) {
			return differs("tile %d/%d is not what its leaves come to", t.Level, t.N)
		}
		return nil
	})
	if err == nil && left != 0 {
		err = differs("%d tiles are missing", left)
	}
	return err
}
