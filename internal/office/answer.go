package office

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// answerKept is how long the answer to an idempotency key is kept (design.md §5).
const answerKept = 30 * 24 * time.Hour

// remembered answers an attempt that was made before with the same key and the same body.
func (b *batch) remembered(ctx context.Context, r *request) (Done, bool, error) {
	if r.try.Key == "" {
		return Done{}, false, nil
	}
	a, err := b.tx.Answer(ctx, r.who(), r.try.Key)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return Done{}, false, nil
	case err != nil:
		return Done{}, false, err
	case a.BodyHash != r.body:
		return Done{}, false, ErrKeyReused
	}
	var done Done
	if err := json.Unmarshal(a.Answer, &done); err != nil {
		return Done{}, false, fmt.Errorf("office: stored answer: %w", err)
	}
	return done, true, nil
}

func (b *batch) remember(ctx context.Context, r *request, done Done) error {
	if r.try.Key == "" {
		return nil
	}
	answer, err := json.Marshal(done)
	if err != nil {
		return fmt.Errorf("office: store answer: %w", err)
	}
	return b.tx.Remember(ctx, r.who(), r.try.Key, store.Answered{BodyHash: r.body, Answer: answer,
		Matter: done.Matter, Expires: b.o.now().Add(answerKept)})
}

// who is the actor an idempotency key belongs to. A filer is one actor per matter.
func (r *request) who() string {
	if r.try.By.Person == matter.PersonFiler {
		return matter.PersonFiler + ":" + r.try.Matter.String()
	}
	return r.try.By.Person
}

// refused counts what the law refused; the attempt itself is kept nowhere.
func (b *batch) refused(ctx context.Context, r *request, err error) error {
	var refusal *procedure.Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	id := b.states[r.try.Matter].Procedure
	if id == "" {
		id = r.try.Procedure
	}
	if e := b.tx.CountRefused(ctx, store.Refused{Day: b.o.Today(), Procedure: id, Act: r.try.Act, Reason: refusal.Reason}); e != nil {
		return e
	}
	return err
}

// NewKey is an idempotency key for one showing of a form that a page makes itself.
func NewKey() string { return newKey() }

// newKey is an idempotency key for one showing of a form.
func newKey() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}
