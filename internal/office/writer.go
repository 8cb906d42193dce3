package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// batchMax is how many acts share one transaction, and so one wait for the disk.
const batchMax = 256

// retryMax is how often one act is tried again when the database could not serialise it.
const retryMax = 8

// keyMax is how long an idempotency key may be before only its hash is kept.
const keyMax = 200

// isText says whether a string from outside is characters that both databases take.
func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// request is one act waiting for the writer, or a write beside the record.
type request struct {
	ctx     context.Context
	beside  func(*store.Tx) error // no act: a small write that shares the transaction; may be done again
	try     procedure.Attempt
	id      matter.ID      // the matter, drawn here where the act opens one
	others  []matter.Actor // further posts of whoever acts, tried where try.By is refused
	keys    []string       // access keys of who acts; nil: the system
	body    [32]byte       // hash of what was sent, for the idempotency key
	code    []byte         // MAC of a receipt code to bind to the matter opened
	filing  *filing        // of the act that files a paper
	destroy *destruction   // of the act by which parts of a matter go
	draft   *draftFiling   // of the act that files a draft: what is sent is read from it
	reply   chan reply

	also func(context.Context, *store.Tx, Done) error // what the act means beside the record, in the same transaction
}

type reply struct {
	done Done
	err  error
}

// submit hands an act to the writer and waits until it is on disk, or refused. An act that came
// without a key gets one of its own: where a transaction's answer is lost and its acts are done
// again one by one, those that were stored after all are found.
func (o *Office) submit(ctx context.Context, r request) (Done, error) {
	switch {
	case r.try.Key == "":
		r.try.Key = "own/" + newKey()
	case len(r.try.Key) > keyMax || !isText(r.try.Key): // as good as any other
		sum := sha256.Sum256([]byte(r.try.Key))
		r.try.Key = "sum/" + hex.EncodeToString(sum[:])
	}
	return o.hand(ctx, &r)
}

// beside does a small write that is not an act in the transaction of whatever acts wait, so that they
// share one wait for the disk. fn may be called again where a transaction failed: doing it twice must
// come to the same.
func (o *Office) beside(ctx context.Context, fn func(*store.Tx) error) error {
	_, err := o.hand(ctx, &request{beside: fn})
	return err
}

// hand gives a request to the writer and waits for its answer.
func (o *Office) hand(ctx context.Context, r *request) (Done, error) {
	r.ctx, r.reply = ctx, make(chan reply, 1)
	select {
	case o.requests <- r:
	case <-ctx.Done():
		return Done{}, ctx.Err()
	case <-o.stopped:
		return Done{}, errStopped
	}
	// Once handed over, the act may be stored whatever the caller does; its answer is the truth.
	select {
	case a := <-r.reply:
		return a.done, a.err
	case <-o.stopped:
		select { // the last batch may have been answered while stopping
		case a := <-r.reply:
			return a.done, a.err
		default:
			return Done{}, errStopped
		}
	}
}

var errStopped = errors.New("office: stopped")

// write is the group commit: it takes whatever waits, up to batchMax, into one transaction.
func (o *Office) write() {
	defer close(o.stopped)
	for {
		select {
		case <-o.quit:
			return
		case first := <-o.requests:
			o.commit(o.collect(first))
		}
	}
}

func (o *Office) collect(first *request) []*request {
	batch := []*request{first}
	for len(batch) < batchMax {
		select {
		case r := <-o.requests:
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}

// commit stores a batch. Where the transaction fails as a whole, each act is done again alone, so
// that no answered act is lost and every neighbour of a faulty one is answered.
func (o *Office) commit(batch []*request) {
	answers, err := o.transact(batch)
	if err != nil && len(batch) > 1 {
		for _, r := range batch {
			o.commit([]*request{r})
		}
		return
	}
	for i, r := range batch {
		if err != nil {
			r.reply <- reply{err: err}
			continue
		}
		r.reply <- answers[i]
	}
	o.acted.Add(int64(len(batch)))
	if slices.ContainsFunc(batch, func(r *request) bool { return r.beside == nil }) {
		o.wake()
	}
}

// transact runs one transaction, again where the database asks for it. The writer's own context
// is used: a caller who goes away must not undo his neighbours.
func (o *Office) transact(batch []*request) ([]reply, error) {
	var answers []reply
	var texts []string
	for attempt := 0; ; attempt++ {
		err := o.db.Write(o.ctx, func(tx *store.Tx) error {
			b := newBatch(o, tx)
			var err error
			answers, err = b.run(batch)
			texts = b.texts
			return err
		})
		if err == nil {
			for _, hash := range texts {
				o.kept.Store(hash, true)
			}
		}
		if !errors.Is(err, store.ErrRetry) || attempt == retryMax {
			return answers, err
		}
		time.Sleep(time.Duration(attempt+1) * 2 * time.Millisecond)
	}
}

// answered says whether an error belongs to one act alone: the law, a faster neighbour or the
// request itself. Anything else is a fault of the whole transaction.
func answered(err error) bool {
	var refusal *procedure.Refusal
	var fields procedure.FieldErrors
	var no notAdmitted
	return errors.Is(err, ErrProve) || errors.As(err, &no) || errors.As(err, &refusal) || errors.As(err, &fields) || errors.Is(err, matter.ErrConflict) ||
		errors.Is(err, ErrNotFound) || errors.Is(err, ErrKeyReused) || errors.Is(err, ErrBegun) || errors.Is(err, procedure.ErrUnknownAct)
}
