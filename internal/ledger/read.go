package ledger

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"yifa/internal/store"
)

// ErrWaiting: an entry is not in the log yet. It will be within MaxDelay of its recording.
var ErrWaiting = errors.New("ledger: the entry is not in the log yet")

// MaxDelay is how long an entry may wait for the log by what a promise says, that of an anonymous matter included.
const MaxDelay = 90 * time.Second

// Checkpoint gives the newest signed checkpoint; store.ErrNotFound before the first.
func (l *Log) Checkpoint(ctx context.Context) ([]byte, error) {
	var s store.LedgerState
	err := l.db.Read(ctx, func(q *store.Query) (err error) { s, err = q.LedgerState(ctx); return err })
	if err == nil && s.Checkpoint == "" {
		err = fmt.Errorf("ledger: no checkpoint was signed yet: %w", store.ErrNotFound)
	}
	return []byte(s.Checkpoint), err
}

// Keys are what the log's checkpoints are checked with, as C2SP signed-note writes it; their first part is the log's name.
// The first, of Ed25519, never changes; the second, of SM2, is there while checkpoints are signed by both.
func (l *Log) Keys(ctx context.Context, q *store.Query) ([]string, error) {
	s, err := q.LedgerState(ctx)
	if err != nil {
		return nil, err
	}
	keys, err := l.keysOf(l.origin(s))
	if err == nil && !l.vault.SignsSM2() {
		keys = keys[:1]
	}
	return keys, err
}

// Tile gives the bytes of a tile or of a bundle of entries by its path below tile/ as C2SP tlog-tiles writes it:
// "0/x001/067", "0/000.p/12", "entries/000". They never change. store.ErrNotFound where the tree does not reach so far,
// or the path is not written the one way it can be.
func (l *Log) Tile(ctx context.Context, path string) ([]byte, error) {
	level, rest, _ := strings.Cut(path, "/")
	if level == "entries" {
		level = "data"
	}
	t, err := tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s/%s", tileHeight, level, rest))
	if err != nil || level == "data" && !strings.HasPrefix(path, "entries/") {
		return nil, fmt.Errorf("ledger: tile %.80q: %w", path, store.ErrNotFound)
	}
	var data []byte
	err = l.db.Read(ctx, func(q *store.Query) (err error) {
		if t.L < 0 {
			data, err = entries(ctx, q, t)
		} else {
			data, err = hashes(ctx, q, t)
		}
		return err
	})
	return data, err
}

func hashes(ctx context.Context, q *store.Query, t tlog.Tile) ([]byte, error) {
	stored, err := q.LedgerTile(ctx, t.L, t.N)
	if err == nil && len(stored.Data) < t.W*tlog.HashSize {
		err = fmt.Errorf("ledger: tile %s: %w", t.Path(), store.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	return stored.Data[:t.W*tlog.HashSize], nil
}

// entries writes a bundle: each leaf with its length before it, in two bytes.
func entries(ctx context.Context, q *store.Query, t tlog.Tile) ([]byte, error) {
	leaves, err := q.LedgerLeaves(ctx, t.N*tileWidth, t.N*tileWidth+int64(t.W))
	if err == nil && len(leaves) < t.W {
		err = fmt.Errorf("ledger: bundle %s: %w", t.Path(), store.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, leaf := range leaves {
		out = binary.BigEndian.AppendUint16(out, LeafSize)
		out = append(out, leaf.Hash[:]...)
	}
	return out, nil
}

// Since proves that the tree of an older size is a beginning of the newest one. store.ErrNotFound for a size the log never had.
func (l *Log) Since(ctx context.Context, old int64) (Step, error) {
	var s Step
	err := l.db.Read(ctx, func(q *store.Query) error {
		state, err := q.LedgerState(ctx)
		if err != nil {
			return err
		}
		if old < 0 || old > state.Size || state.Checkpoint == "" {
			return fmt.Errorf("ledger: no tree of %d leaves: %w", old, store.ErrNotFound)
		}
		s = Step{Old: old, Checkpoint: []byte(state.Checkpoint)}
		t, err := l.standing(ctx, q, state)
		if err != nil || old == 0 || old == state.Size {
			return err
		}
		s.Proof, err = tlog.ProveTree(state.Size, old, t)
		return err
	})
	return s, err
}

// Prover makes proofs of entries within one reading of the database: to the newest checkpoint that a witness has signed
// too, or to the newest of all where that one does not hold the entry yet.
type Prover struct {
	l            *Log
	q            *store.Query
	state        store.LedgerState
	tree         *tree
	cosigned     string
	cosignedSize int64
}

// Prover opens the log as it stands.
func (l *Log) Prover(ctx context.Context, q *store.Query) (*Prover, error) {
	state, err := q.LedgerState(ctx)
	if err != nil {
		return nil, err
	}
	t, err := l.standing(ctx, q, state)
	if err != nil {
		return nil, err
	}
	p := &Prover{l: l, q: q, state: state, tree: t}
	p.cosigned, p.cosignedSize, err = l.cosigned(ctx, q, l.origin(state), t)
	return p, err
}

// Prove gives the proof that the log holds an entry, or ErrWaiting.
func (p *Prover) Prove(ctx context.Context, at store.Place) (Proof, error) {
	leaf, err := p.q.LedgerLeaf(ctx, at)
	if errors.Is(err, store.ErrNotFound) {
		return Proof{}, fmt.Errorf("%s/%d: %w", at.Matter, at.Seq, ErrWaiting)
	}
	if err != nil {
		return Proof{}, err
	}
	size, signed := p.state.Size, p.state.Checkpoint
	if leaf.At < p.cosignedSize && p.cosignedSize <= size {
		size, signed = p.cosignedSize, p.cosigned
	}
	hashes, err := tlog.ProveRecord(size, leaf.At, p.tree)
	return Proof{Index: leaf.At, Hashes: hashes, Checkpoint: []byte(signed)}, err
}
