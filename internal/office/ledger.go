package office

import (
	"context"
	"encoding/hex"
	"time"

	"yifa/internal/ledger"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// awaiting puts an entry into the outbox of the log. What belongs to an anonymous matter waits for the end of the minute
// by the machine's clock: a demo city's may stand still.
func awaiting(st matter.State, e matter.Entry) store.Waiting {
	w := store.Waiting{Place: store.Place{Matter: e.Matter, Seq: e.Seq}}
	if isAnonymous(st) {
		w.Ready = ledger.MinuteEnd(time.Now())
	}
	return w
}

// LedgerKeys are what checkpoints of the log are checked with: Ed25519, and SM2 where they are signed by both.
func (o *Office) LedgerKeys(ctx context.Context) (keys []string, err error) {
	err = o.db.Read(ctx, func(q *store.Query) (err error) { keys, err = o.ledger.Keys(ctx, q); return err })
	return keys, err
}

// LogLine is what the public log holds at a place, as anybody may read it from its tiles.
type LogLine struct {
	Place int64  // 1, 2, 3 …
	Print string // hex
	Size  int64  // of the newest signed checkpoint, which covers it
}

// LogLine reads one place of the public log; ErrNotFound where it does not reach so far.
func (o *Office) LogLine(ctx context.Context, place int64) (LogLine, error) {
	line := LogLine{Place: place}
	err := o.db.Read(ctx, func(q *store.Query) error {
		state, err := q.LedgerState(ctx)
		if err != nil {
			return err
		}
		if line.Size = state.Size; place < 1 || place > state.Size {
			return ErrNotFound
		}
		leaves, err := q.LedgerLeaves(ctx, place-1, place)
		if err == nil && len(leaves) == 0 {
			err = ErrNotFound
		}
		if err == nil {
			line.Print = hex.EncodeToString(leaves[0].Hash[:])
		}
		return err
	})
	return line, err
}
