package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"yifa/internal/matter"
)

// Place names one entry of the record.
type Place struct {
	Matter matter.ID
	Seq    int
}

// Waiting is an entry that the log of entries does not hold yet.
type Waiting struct {
	Place
	Ready  time.Time // not before; zero: at once. For an anonymous matter the caller gives the end of the minute
	Header []byte    // set by ReadyForLedger
}

// Leaf is an entry's line in the log.
type Leaf struct {
	Place
	At   int64 // 0, 1, 2 … without gap
	Hash [32]byte
}

// Tile is a piece of the log's tree, as C2SP tlog-tiles cuts it.
type Tile struct {
	Level int
	N     int64
	Data  []byte // up to 256 hashes of 32 bytes
}

// LedgerState is who appends to the log until when, and how far it goes.
type LedgerState struct {
	Origin     string // the log's name; empty before the first append
	Holder     string
	Until      time.Time
	Size       int64
	Checkpoint string // signed note over the first Size leaves; empty before the first append
}

// AwaitLedger puts entries into the log's outbox, in the transaction that appends them.
func (tx *Tx) AwaitLedger(ctx context.Context, list []Waiting) error {
	if len(list) == 0 {
		return nil
	}
	rows, err := waitingRows(list)
	if err == nil {
		_, err = tx.exec(ctx, "ledger_wait", rows)
	}
	return wrap("await ledger", err)
}

// ClaimLedger makes holder the only one who may append until a time, and locks the log until the transaction ends.
// ErrNotFound where somebody else holds it at now.
func (tx *Tx) ClaimLedger(ctx context.Context, holder string, now, until time.Time) (LedgerState, error) {
	return tx.ledgerState(ctx, "ledger_claim", holder, micros(until), micros(now))
}

// LedgerState tells how far the log goes.
func (q *Query) LedgerState(ctx context.Context) (LedgerState, error) {
	return q.ledgerState(ctx, "ledger_state")
}

func (q *Query) ledgerState(ctx context.Context, name string, args ...any) (LedgerState, error) {
	var s LedgerState
	var until int64
	err := q.one(ctx, name, args, &s.Origin, &s.Holder, &until, &s.Size, &s.Checkpoint)
	s.Until = fromMicros(until)
	return s, err
}

// PutLedger writes how far the log goes now. ErrNotFound where it is not as the claimed state says.
func (tx *Tx) PutLedger(ctx context.Context, claimed, next LedgerState) error {
	n, err := tx.exec(ctx, "ledger_put", next.Origin, next.Size, next.Checkpoint, claimed.Holder, claimed.Size)
	return oneRow("claimed ledger", n, err)
}

// AnyForLedger reports whether an entry waits that may enter the log at now.
func (q *Query) AnyForLedger(ctx context.Context, now time.Time) (bool, error) {
	var found bool
	err := q.one(ctx, "ledger_any", []any{micros(now)}, &found)
	return found, err
}

// ReadyForLedger gives entries that may enter the log at now, at most limit, with their headers.
func (q *Query) ReadyForLedger(ctx context.Context, now time.Time, limit int) ([]Waiting, error) {
	var list []Waiting
	err := q.each(ctx, "ledger_ready", []any{micros(now), limit}, func(scan scanFunc) error {
		var header string
		w, err := scanWaiting(func(dest ...any) error { return scan(append(dest, &header)...) })
		w.Header = []byte(header)
		list = append(list, w)
		return err
	})
	return list, err
}

// WaitingForLedger lists all entries that the log does not hold yet, without headers.
func (q *Query) WaitingForLedger(ctx context.Context) ([]Waiting, error) {
	var list []Waiting
	err := q.each(ctx, "ledger_waiting", nil, func(scan scanFunc) error {
		w, err := scanWaiting(scan)
		list = append(list, w)
		return err
	})
	return list, err
}

// EnterLedger takes entries out of the outbox and writes their leaves.
func (tx *Tx) EnterLedger(ctx context.Context, from []Waiting, leaves []Leaf) error {
	rows := make([][]any, len(leaves))
	for i, l := range leaves {
		rows[i] = []any{l.At, l.Matter.Shard(), int64(l.Matter), l.Seq, hex.EncodeToString(l.Hash[:])}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("store: enter ledger: %w", err)
	}
	if _, err := tx.exec(ctx, "ledger_leaf_put", string(text)); err != nil {
		return fmt.Errorf("store: enter ledger: %w", err)
	}
	done, err := waitingRows(from)
	if err == nil {
		_, err = tx.exec(ctx, "ledger_done", done)
	}
	return wrap("enter ledger", err)
}

// LedgerLeaf finds the leaf of an entry; ErrNotFound where the log does not hold it yet.
func (q *Query) LedgerLeaf(ctx context.Context, p Place) (Leaf, error) {
	list, err := q.leaves(ctx, "ledger_leaf_of", p.Matter.Shard(), p.Matter, p.Seq)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("store: leaf of %s/%d: %w", p.Matter, p.Seq, ErrNotFound)
	}
	if err != nil {
		return Leaf{}, err
	}
	return list[0], nil
}

// LedgerLeaves gives the leaves at the places from … to, the last not included, in order.
func (q *Query) LedgerLeaves(ctx context.Context, from, to int64) ([]Leaf, error) {
	return q.leaves(ctx, "ledger_leaf_list", from, to)
}

// LedgerLeavesIn gives the leaves of the entries of a shard, in order of matter and seq.
func (q *Query) LedgerLeavesIn(ctx context.Context, s matter.Shard) ([]Leaf, error) {
	return q.leaves(ctx, "ledger_leaf_shard", s)
}

func (q *Query) leaves(ctx context.Context, name string, args ...any) ([]Leaf, error) {
	var list []Leaf
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var l Leaf
		var shard int64
		var hash []byte
		if err := scan(&l.At, &shard, &l.Matter, &l.Seq, &hash); err != nil {
			return err
		}
		if int64(l.Matter.Shard()) != shard {
			return fmt.Errorf("store: leaf %d stands in shard %d: %w", l.At, shard, matter.ErrBrokenRecord)
		}
		err := fill(&l.Hash, hash)
		list = append(list, l)
		return err
	})
	return list, err
}

// LedgerTile reads one tile; ErrNotFound where the tree does not reach it.
func (q *Query) LedgerTile(ctx context.Context, level int, n int64) (Tile, error) {
	t := Tile{Level: level, N: n}
	err := q.one(ctx, "ledger_tile", []any{level, n}, &t.Data)
	return t, err
}

// EachLedgerTile calls fn for every tile, in order of level and number.
func (q *Query) EachLedgerTile(ctx context.Context, fn func(Tile) error) error {
	return q.each(ctx, "ledger_tile_list", nil, func(scan scanFunc) error {
		var t Tile
		return errors.Join(scan(&t.Level, &t.N, &t.Data), fn(t))
	})
}

// PutLedgerTile writes a tile, in place of its shorter self.
func (tx *Tx) PutLedgerTile(ctx context.Context, t Tile) error {
	_, err := tx.exec(ctx, "ledger_tile_put", t.Level, t.N, t.Data)
	return err
}

func waitingRows(list []Waiting) (string, error) {
	rows := make([][4]int64, len(list))
	for i, w := range list {
		rows[i] = [4]int64{micros(w.Ready), int64(w.Matter.Shard()), int64(w.Matter), int64(w.Seq)}
	}
	text, err := json.Marshal(rows)
	return string(text), err
}

func scanWaiting(scan scanFunc) (Waiting, error) {
	var w Waiting
	var ready, shard int64
	err := scan(&ready, &shard, &w.Matter, &w.Seq)
	w.Ready = fromMicros(ready)
	return w, err
}
