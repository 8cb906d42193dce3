package store

import (
	"context"
	"time"
)

// Session is a signed-in browser. ID is a hash of what the cookie holds, never the cookie itself.
type Session struct {
	ID      []byte
	Person  string
	Needs   string    // what is missing before it lets anybody in; empty: nothing
	How     string    // by what its holder showed who he is
	Begun   time.Time // when the password, or what stood for it, was given
	Used    time.Time // about when it was last used
	Proved  time.Time // when its holder last showed who he is
	By      string    // by what he did then
	Origin  string    // address it began from
	Agent   string    // browser and system, as the program names them
	Expires time.Time
}

// PutSession writes a session, new or changed.
func (tx *Tx) PutSession(ctx context.Context, s Session) error {
	_, err := tx.exec(ctx, "session_put", s.ID, s.Person, s.Needs, s.How, micros(s.Begun), micros(s.Used), micros(s.Proved), s.By, s.Origin, s.Agent, micros(s.Expires))
	return err
}

// Session returns a session that has not expired at now, and the account it is of; or ErrNotFound.
func (q *Query) Session(ctx context.Context, id []byte, now time.Time) (Session, Account, error) {
	var s Session
	var a Account
	found := false
	err := q.each(ctx, "session_who", []any{id, micros(now)}, func(scan scanFunc) error {
		found = true
		fields, done := s.columns()
		err := a.scan(scan, fields...)
		done()
		return err
	})
	if err == nil && !found {
		err = ErrNotFound
	}
	return s, a, err
}

// SessionsOf returns the sessions of a person that have not expired at now, the latest begun first.
func (q *Query) SessionsOf(ctx context.Context, person string, now time.Time) ([]Session, error) {
	var list []Session
	err := q.each(ctx, "session_of", []any{person, micros(now)}, func(scan scanFunc) error {
		var s Session
		fields, done := s.columns()
		err := scan(fields...)
		done()
		list = append(list, s)
		return err
	})
	return list, err
}

// columns are where the columns of a session are read to; done makes instants of them.
func (s *Session) columns() (fields []any, done func()) {
	var begun, used, proved, expires int64
	fields = []any{&s.ID, &s.Person, &s.Needs, &s.How, &begun, &used, &proved, &s.By, &s.Origin, &s.Agent, &expires}
	return fields, func() {
		s.Begun, s.Used, s.Proved, s.Expires = fromMicros(begun), fromMicros(used), fromMicros(proved), fromMicros(expires)
	}
}

// TouchSession notes that a session was used; one that has ended meanwhile stays ended.
func (tx *Tx) TouchSession(ctx context.Context, id []byte, used time.Time) error {
	_, err := tx.exec(ctx, "session_touch", micros(used), id)
	return err
}

// DropSession ends a session; one that is not there is ended already.
func (tx *Tx) DropSession(ctx context.Context, id []byte) error {
	_, err := tx.exec(ctx, "session_drop", id)
	return err
}

// DropSessionsOf ends all sessions of a person but one; id nil: all.
func (tx *Tx) DropSessionsOf(ctx context.Context, person string, id []byte) error {
	_, err := tx.exec(ctx, "session_drop_others", person, id)
	return err
}
