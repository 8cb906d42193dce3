package office

import (
	"context"
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
