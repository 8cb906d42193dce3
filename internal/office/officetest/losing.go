package officetest

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync/atomic"
)

// ErrLost is the fault of a commit that took place and whose answer was lost.
var ErrLost = errors.New("officetest: the answer of the commit was lost")

// Losing loses the answer of commits on command: what a connection cut at the wrong moment looks
// like. Its Wrap is one of installation.Options.Wraps.
type Losing struct {
	in   atomic.Int32
	lost atomic.Int32
}

// Lose makes the n-th commit from now lose its answer.
func (l *Losing) Lose(n int) { l.in.Store(int32(n)) }

// Lost is how many answers were lost.
func (l *Losing) Lost() int { return int(l.lost.Load()) }

// Wrap is a store.Wrap.
func (l *Losing) Wrap(c driver.Connector) driver.Connector { return losingConnector{c, l} }

type losingConnector struct {
	driver.Connector
	l *Losing
}

func (c losingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	w, ok := inner.(whole)
	if !ok {
		return nil, errors.New("officetest: the connection cannot all that is needed")
	}
	return losingConn{w, c.l}, nil
}

// whole is what the drivers' connections can do.
type whole interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.SessionResetter
}

type losingConn struct {
	whole
	l *Losing
}

func (c losingConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	tx, err := c.whole.BeginTx(ctx, opts)
	return losingTx{tx, c.l}, err
}

// CheckNamedValue passes to the driver what it takes itself; database/sql converts the rest.
func (c losingConn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.whole.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

type losingTx struct {
	driver.Tx
	l *Losing
}

func (t losingTx) Commit() error {
	err := t.Tx.Commit()
	if err == nil && t.l.in.Add(-1) == 0 {
		t.l.lost.Add(1)
		return ErrLost
	}
	return err
}
