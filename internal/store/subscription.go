package store

import (
	"context"
	"errors"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Subscription is somebody who is told by mail of what changes among published results. Blind is a keyed hash of the address,
// Sealed holds address and what is followed. Beside the record.
type Subscription struct {
	ID        []byte
	Blind     string
	Sealed    []byte
	Made      time.Time
	Confirmed time.Time     // by the owner of the address; zero: not yet
	Since     time.Time     // what changed up to then was told, or was there before
	Told      calendar.Date // when a mail last went out; zero: never
	Expires   time.Time
}

// PutSubscription writes a new one, not confirmed.
func (tx *Tx) PutSubscription(ctx context.Context, f Subscription) error {
	_, err := tx.exec(ctx, "subscription_put", f.ID, f.Blind, f.Sealed, micros(f.Made), micros(f.Expires))
	return err
}

// Subscription returns one that has not expired at now, or ErrNotFound.
func (q *Query) Subscription(ctx context.Context, id []byte, now time.Time) (Subscription, error) {
	f := Subscription{ID: id}
	var made, confirmed, since, expires int64
	err := q.one(ctx, "subscription_find", []any{id, micros(now)}, &f.Blind, &f.Sealed, &made, &confirmed, &since, &f.Told, &expires)
	f.Made, f.Confirmed, f.Since, f.Expires = fromMicros(made), fromMicros(confirmed), fromMicros(since), fromMicros(expires)
	return f, err
}

// ConfirmSubscription notes that the owner of the address wants it, until another instant. ErrNotFound where it has expired.
func (tx *Tx) ConfirmSubscription(ctx context.Context, id []byte, now, until time.Time) error {
	n, err := tx.exec(ctx, "subscription_confirm", micros(now), micros(until), id, micros(now))
	return oneRow("confirm subscription", n, err)
}

// DropSubscription forgets one.
func (tx *Tx) DropSubscription(ctx context.Context, id []byte) error {
	_, err := tx.exec(ctx, "subscription_drop", id)
	return err
}

// SubscriptionsOf returns those of an address that have not expired at now, confirmed or not, the oldest first.
func (q *Query) SubscriptionsOf(ctx context.Context, blind string, now time.Time) ([]Subscription, error) {
	return q.subscriptions(ctx, "subscription_of", blind, micros(now))
}

// AllSubscriptions returns every one: for wrapping their keys anew.
func (q *Query) AllSubscriptions(ctx context.Context) ([]Subscription, error) {
	return q.subscriptions(ctx, "subscription_all")
}

// SubscriptionsAfter returns at most limit of those who confirmed and were not yet told of what changed before upTo, after an
// id, in its order; nil begins.
func (q *Query) SubscriptionsAfter(ctx context.Context, upTo, now time.Time, after []byte, limit int) ([]Subscription, error) {
	if len(after) == 0 {
		after = []byte{0} // before every id there is
	}
	return q.subscriptions(ctx, "subscription_after", micros(upTo), micros(now), after, limit)
}

func (q *Query) subscriptions(ctx context.Context, name string, args ...any) ([]Subscription, error) {
	var list []Subscription
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var f Subscription
		var made, confirmed, since, expires int64
		err := scan(&f.ID, &f.Blind, &f.Sealed, &made, &confirmed, &since, &f.Told, &expires)
		f.Made, f.Confirmed, f.Since, f.Expires = fromMicros(made), fromMicros(confirmed), fromMicros(since), fromMicros(expires)
		list = append(list, f)
		return err
	})
	return list, err
}

// TellSubscriber notes until when somebody is told, and the day, before the mail goes out; or, the other way round, that it did
// not. It says whether the row was as f has it: of several programs one alone sends.
func (tx *Tx) TellSubscriber(ctx context.Context, f Subscription, since time.Time, told calendar.Date) (bool, error) {
	n, err := tx.exec(ctx, "subscription_tell", micros(since), told, f.ID, micros(f.Since), f.Told)
	return n > 0, err
}

// RewrapSubscription replaces what is sealed, unless somebody changed it meanwhile.
func (tx *Tx) RewrapSubscription(ctx context.Context, f Subscription, sealed []byte) error {
	_, err := tx.exec(ctx, "subscription_rewrap", sealed, f.ID, f.Sealed)
	return err
}

// NoteOutcome notes when what everybody sees of a published result changed, by the clock of the machine.
func (tx *Tx) NoteOutcome(ctx context.Context, id matter.ID, now time.Time) error {
	_, err := tx.exec(ctx, "outcome_news_put", id.Shard(), id, micros(now))
	return err
}

// PruneSubscriptions removes who has expired at now, and changes noted before an instant.
func (tx *Tx) PruneSubscriptions(ctx context.Context, now, before time.Time) error {
	_, err := tx.exec(ctx, "subscription_prune", micros(now))
	_, err2 := tx.exec(ctx, "outcome_news_prune", micros(before))
	return errors.Join(err, err2)
}
