package store

import (
	"context"
	"time"
)

// Session is a signed-in browser. ID is a hash of what the cookie holds, never the cookie itself.
type Session struct {
	ID      []byte
	Person  string // "" before sign-in
	Data    []byte
	Expires time.Time
}

// PutSession writes a session, new or changed.
func (tx *Tx) PutSession(ctx context.Context, s Session) error {
	_, err := tx.exec(ctx, "session_put", s.ID, s.Person, s.Data, micros(s.Expires))
	return err
}

// Session returns a session that has not expired at now, or ErrNotFound.
func (q *Query) Session(ctx context.Context, id []byte, now time.Time) (Session, error) {
	s := Session{ID: id}
	var expires int64
	err := q.one(ctx, "session_find", []any{id, micros(now)}, &s.Person, &s.Data, &expires)
	s.Expires = fromMicros(expires)
	return s, err
}

// DropSession ends a session; one that is not there is ended already.
func (tx *Tx) DropSession(ctx context.Context, id []byte) error {
	_, err := tx.exec(ctx, "session_drop", id)
	return err
}

// DropSessionsOf ends all sessions of a person.
func (tx *Tx) DropSessionsOf(ctx context.Context, person string) error {
	_, err := tx.exec(ctx, "session_drop_person", person)
	return err
}
