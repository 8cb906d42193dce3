package store

import (
	"context"
	"fmt"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Notice is something a person was told about a matter. It is not of the record.
type Notice struct {
	ID     int64 // set on reading
	Person string
	Matter matter.ID
	What   string        // what happened: JSON written by the caller, no personal text
	Due    calendar.Date // zero: no day
	Told   time.Time
	Seen   time.Time // zero: not yet
}

// AddNotice tells a person something.
func (tx *Tx) AddNotice(ctx context.Context, n Notice) error {
	id, err := randomID()
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, "notice_add", id, n.Person, n.Matter, n.What, n.Due, micros(n.Told)); err != nil {
		return fmt.Errorf("store: notice to %s: %w", n.Person, err)
	}
	return nil
}

// Notices returns at most limit notices a person has not seen, newest first.
func (q *Query) Notices(ctx context.Context, person string, limit int) ([]Notice, error) {
	var list []Notice
	err := q.each(ctx, "notice_list", []any{person, limit}, func(scan scanFunc) error {
		n := Notice{Person: person}
		var told int64
		err := scan(&n.ID, &n.Matter, &n.What, &n.Due, &told)
		n.Told = fromMicros(told)
		list = append(list, n)
		return err
	})
	return list, err
}

// HasNotice reports whether a person was told something about a matter and has not seen it.
func (q *Query) HasNotice(ctx context.Context, person string, id matter.ID) (bool, error) {
	var told bool
	err := q.one(ctx, "notice_of", []any{person, id}, &told)
	return told, err
}

// SeeNotices marks all notices of a person about a matter as seen.
func (tx *Tx) SeeNotices(ctx context.Context, person string, id matter.ID, at time.Time) error {
	_, err := tx.exec(ctx, "notice_see", micros(at), person, id)
	return err
}
