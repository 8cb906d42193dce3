// Package faulty is a database that fails at the n-th call, for tests that every fault leaves the
// record whole. It wraps the connections of a real one; it is never imported outside tests.
package faulty

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
)

// ErrPlanned is the fault that a Switch makes.
var ErrPlanned = errors.New("faulty: the database failed, as planned")

// A Switch counts the calls that its connections send to the database, and makes one of them fail.
// Calls are: begin, prepare, execute, query, the reading of a row, commit. Rollback never fails.
type Switch struct {
	mu       sync.Mutex
	calls    int
	at       int // 0: never
	answered bool
	last     string
}

// FailAt makes the n-th call from now fail, once, before the database sees it; a commit that fails
// is a rollback. 0 heals. The count of calls starts again.
func (s *Switch) FailAt(n int) { s.set(n, false) }

// LoseAnswerAt is FailAt, but a commit takes place before it is reported as failed: what a
// connection lost at the wrong moment looks like.
func (s *Switch) LoseAnswerAt(n int) { s.set(n, true) }

func (s *Switch) set(n int, answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls, s.at, s.answered, s.last = 0, n, answered, ""
}

// Calls returns how many calls there were since the last FailAt, and which of them failed, if one did.
func (s *Switch) Calls() (n int, failed string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls, s.last
}

// call counts one call and says whether it is to fail.
func (s *Switch) call(what string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if s.calls != s.at {
		return nil
	}
	s.last = what
	return fmt.Errorf("%w: call %d, %s", ErrPlanned, s.calls, what)
}

// Wrap is a store.Wrap: store.Open(ctx, address, s.Wrap).
func (s *Switch) Wrap(c driver.Connector) driver.Connector { return connector{c, s} }

type connector struct {
	driver.Connector
	s *Switch
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	w, ok := inner.(whole)
	if !ok {
		_ = inner.Close()
		return nil, fmt.Errorf("faulty: a connection of type %T cannot all that is needed", inner)
	}
	return &conn{w, c.s}, nil
}

// whole is what both drivers' connections can do.
type whole interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
}

type conn struct {
	whole
	s *Switch
}

func (c *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if err := c.s.call("begin"); err != nil {
		return nil, err
	}
	inner, err := c.whole.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	return tx{inner, c.s}, nil
}

func (c *conn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	if err := c.s.call("prepare " + text); err != nil {
		return nil, err
	}
	return c.whole.PrepareContext(ctx, text)
}

func (c *conn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.s.call(text); err != nil {
		return nil, err
	}
	return c.whole.ExecContext(ctx, text, args)
}

func (c *conn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.s.call(text); err != nil {
		return nil, err
	}
	inner, err := c.whole.QueryContext(ctx, text, args)
	if err != nil {
		return nil, err
	}
	return rows{inner, c.s, text}, nil
}

// CheckNamedValue passes to the driver what it takes itself; database/sql converts the rest.
func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.whole.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// IsValid tells database/sql whether the connection may be used again.
func (c *conn) IsValid() bool {
	v, ok := c.whole.(driver.Validator)
	return !ok || v.IsValid()
}

type tx struct {
	driver.Tx
	s *Switch
}

func (t tx) Commit() error {
	err := t.s.call("commit")
	if err == nil {
		return t.Tx.Commit()
	}
	t.s.mu.Lock()
	answered := t.s.answered
	t.s.mu.Unlock()
	if answered {
		return errors.Join(err, t.Tx.Commit())
	}
	return errors.Join(err, t.Rollback())
}

type rows struct {
	driver.Rows
	s    *Switch
	text string
}

func (r rows) Next(dest []driver.Value) error {
	if err := r.s.call("a row of " + r.text); err != nil {
		return err
	}
	return r.Rows.Next(dest)
}
