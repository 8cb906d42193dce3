package store

import (
	"context"
	"fmt"
	"time"

	"yifa/internal/matter"
)

// Answered is what was answered to an attempt with an idempotency key.
type Answered struct {
	BodyHash [32]byte // of the attempt; same key and other hash is a different attempt
	Answer   []byte
	Matter   matter.ID // 0: none; Forget removes answers by it
	Expires  time.Time
}

// Answer returns what was answered to (actor, key), or ErrNotFound. Expired answers are found until
// Prune removes them.
func (q *Query) Answer(ctx context.Context, actor, key string) (Answered, error) {
	var a Answered
	var hash []byte
	var expires int64
	if err := q.one(ctx, "answer_find", []any{actor, key}, &hash, &a.Answer, &a.Matter, &expires); err != nil {
		return a, err
	}
	a.Expires = fromMicros(expires)
	return a, fill(&a.BodyHash, hash)
}

// Remember stores an answer. ErrRetry where the key was taken meanwhile: the retry will find it.
func (tx *Tx) Remember(ctx context.Context, actor, key string, a Answered) error {
	n, err := tx.exec(ctx, "answer_put", actor, key, a.BodyHash[:], a.Answer, a.Matter, minuteAfter(a.Expires))
	if err == nil && n == 0 {
		return fmt.Errorf("store: remember answer: %w", ErrRetry)
	}
	return err
}

// Forget removes all stored answers of a matter: they may hold what destroy_part takes away.
func (tx *Tx) Forget(ctx context.Context, id matter.ID) error {
	_, err := tx.exec(ctx, "answer_forget", id)
	return err
}
