package store

import (
	"context"
	"time"
)

// PutFeed gives a person the secret address whose hash is id; the one before ends.
func (tx *Tx) PutFeed(ctx context.Context, id []byte, person string, made time.Time) error {
	_, err := tx.exec(ctx, "feed_put", id, person, micros(made))
	return err
}

// DropFeed ends a person's secret address; without one it does nothing.
func (tx *Tx) DropFeed(ctx context.Context, person string) error {
	_, err := tx.exec(ctx, "feed_drop", person)
	return err
}

// FeedMade returns since when a person has a secret address, or ErrNotFound.
func (q *Query) FeedMade(ctx context.Context, person string) (time.Time, error) {
	var made int64
	err := q.one(ctx, "feed_made", []any{person}, &made)
	return fromMicros(made), err
}

// FeedAccount returns the account whose secret address has the hash id, or ErrNotFound.
func (q *Query) FeedAccount(ctx context.Context, id []byte) (Account, error) {
	return q.account(ctx, "feed_find", id)
}
