package ledger

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"yifa/internal/store"
	"yifa/internal/vault"
)

// How the log is paced.
const (
	stepEvery = 900 * time.Millisecond // a proof is there within a second
	lease     = 5 * time.Second        // after a kill another program goes on so much later
	stepMost  = 2048                   // leaves in one transaction: acts wait for it on SQLite
	finalWait = 5 * time.Second        // for the last checkpoint at shutdown
)

// Log is the log of entries of one installation. It is safe for use by many goroutines.
type Log struct {
	db    *store.DB
	vault *vault.Vault
	now   func() time.Time
	name  string // this program's, in the lease

	witnesses []note.Verifier // whose cosignatures are taken

	mu      sync.Mutex // held by who appends
	running bool       // Run was called: Close makes the last checkpoint
}

// New makes the log of a database. now is the machine's clock.
func New(db *store.DB, v *vault.Vault, now func() time.Time) *Log {
	var b [8]byte
	rand.Read(b[:])
	return &Log{db: db, vault: v, now: now, name: hex.EncodeToString(b[:])}
}

// MinuteEnd is when an entry of an anonymous matter written at an instant may enter the log: with all others of its
// minute, so that its place does not tell its second.
func MinuteEnd(at time.Time) time.Time { return at.UTC().Truncate(time.Minute).Add(time.Minute) }

// Run appends what waits until ctx ends. A fault is logged and tried again at the next step: the record goes on
// without its log.
func (l *Log) Run(ctx context.Context) {
	l.mu.Lock()
	l.running = true
	l.mu.Unlock()
	tick := time.NewTicker(stepEvery)
	defer tick.Stop()
	told := ""
	for {
		_, err := l.Step(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			told = ""
		case err.Error() != told:
			told = err.Error()
			slog.Error("ledger", "fault", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Close makes the last checkpoint, if this program ran the log, and gives the lease back.
func (l *Log) Close() {
	l.mu.Lock()
	running := l.running
	l.running = false
	l.mu.Unlock()
	if !running {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), finalWait)
	defer cancel()
	_, err := l.Step(ctx)
	if err == nil {
		err = l.db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.ClaimLedger(ctx, l.name, l.now(), l.now())
			return err
		})
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		slog.Error("ledger", "fault", err)
	}
}

// Step appends all that may enter the log now and signs a checkpoint over it. It gives the number of leaves
// appended: none where nothing waits, or where another program holds the lease.
func (l *Log) Step(ctx context.Context) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	total := 0
	for {
		var any bool
		err := l.db.Read(ctx, func(q *store.Query) (err error) { any, err = q.AnyForLedger(ctx, l.now()); return err })
		if err != nil || !any {
			return total, err
		}
		n := 0
		err = l.db.Write(ctx, func(tx *store.Tx) (err error) { n, err = l.append(ctx, tx); return err })
		total += n
		if errors.Is(err, store.ErrRetry) {
			continue
		}
		if err != nil || n == 0 {
			return total, err
		}
	}
}

// append is one transaction of the sequencer.
func (l *Log) append(ctx context.Context, tx *store.Tx) (int, error) {
	now := l.now()
	claimed, err := tx.ClaimLedger(ctx, l.name, now, now.Add(lease))
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil // somebody else appends
	}
	if err != nil {
		return 0, err
	}
	waiting, err := tx.ReadyForLedger(ctx, now, stepMost)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	next := claimed
	next.Origin = l.origin(claimed)
	t, err := l.standing(ctx, &tx.Query, claimed)
	if err != nil {
		return 0, err
	}
	leaves := l.leaves(waiting, t.size)
	for _, leaf := range leaves {
		if err := t.add(leaf.Hash[:]); err != nil {
			return 0, err
		}
	}
	if next.Size = t.size; next.Size != claimed.Size+int64(len(leaves)) {
		return 0, fmt.Errorf("%w: %d leaves after %d", ErrBroken, next.Size, claimed.Size)
	}
	if next.Checkpoint, err = l.sign(next.Origin, t); err != nil {
		return 0, err
	}
	if err := tx.EnterLedger(ctx, waiting, leaves); err != nil {
		return 0, err
	}
	for at := range t.changed {
		if err := tx.PutLedgerTile(ctx, store.Tile{Level: at.level, N: at.n, Data: t.tiles[at]}); err != nil {
			return 0, err
		}
	}
	return len(leaves), tx.PutLedger(ctx, claimed, next)
}

// leaves makes the leaves of entries. A block is sorted by hash: its order tells nothing of the order of filing.
func (l *Log) leaves(waiting []store.Waiting, from int64) []store.Leaf {
	out := make([]store.Leaf, len(waiting))
	for i, w := range waiting {
		out[i] = store.Leaf{Place: w.Place, Hash: Leaf(Salt(l.vault, w.Place), w.Header)}
	}
	sortByHash(out)
	for i := range out {
		out[i].At = from + int64(i)
	}
	return out
}

// standing is the tree as it is stored, found to be the one its checkpoint signs.
func (l *Log) standing(ctx context.Context, q *store.Query, s store.LedgerState) (*tree, error) {
	t := newTree(s.Size, func(at spot) ([]byte, error) {
		tile, err := q.LedgerTile(ctx, at.level, at.n)
		if errors.Is(err, store.ErrNotFound) {
			err = fmt.Errorf("%w: tile %d/%d is missing", ErrBroken, at.level, at.n)
		}
		return tile.Data, err
	})
	if s.Checkpoint == "" && s.Size == 0 {
		return t, nil
	}
	keys, err := l.keysOf(s.Origin)
	if err != nil {
		return nil, err
	}
	c, err := OpenCheckpoint(s.Origin, []byte(s.Checkpoint), keys...)
	if err != nil {
		return nil, fmt.Errorf("%w: its checkpoint: %w", ErrBroken, err)
	}
	root, err := t.root()
	switch {
	case err != nil:
		return nil, err
	case c.Size != s.Size || c.Root != root:
		return nil, fmt.Errorf("%w: the tiles do not lead to the checkpoint at %d", ErrBroken, s.Size)
	}
	return t, nil
}

// sign makes the checkpoint of a tree.
func (l *Log) sign(origin string, t *tree) (string, error) {
	root, err := t.root()
	if err != nil {
		return "", err
	}
	return l.signNote(origin, Checkpoint{origin, t.size, root}.Text())
}

func (l *Log) signNote(origin, text string) (string, error) {
	signers, err := l.vault.NoteSigners(origin)
	if err != nil {
		return "", err
	}
	signed, err := note.Sign(&note.Note{Text: text}, signers...)
	if err != nil {
		return "", fmt.Errorf("ledger: sign: %w", err)
	}
	return string(signed), nil
}
