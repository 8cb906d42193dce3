package store

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// maxPrepared bounds the statements a connection keeps: lists have many texts, one per set of filters.
const maxPrepared = 300

// keepPrepared makes every SQLite connection keep its statements prepared, each prepared when first
// used. database/sql alone cannot do that for a pool of one connection within a transaction. (pgx
// keeps its own.)
func keepPrepared(c driver.Connector) driver.Connector { return preparing{c} }

type preparing struct{ driver.Connector }

func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := c.(wholeConn)
	if !ok {
		_ = c.Close()
		return nil, fmt.Errorf("store: a connection of type %T cannot all that is needed", c)
	}
	return &preparedConn{wholeConn: whole, kept: map[string]wholeStmt{}}, nil
}

// wholeConn is what SQLite's connections can do.
type wholeConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type wholeStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// preparedConn is used by one goroutine at a time, as database/sql promises, and reads the rows of one
// statement at a time, as Query.alone sees to.
type preparedConn struct {
	wholeConn
	kept map[string]wholeStmt
}

func (c *preparedConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		return c.wholeConn.ExecContext(ctx, text, args) // may be a script
	}
	st, err := c.keep(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args)
}

func (c *preparedConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	st, err := c.keep(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args)
}

func (c *preparedConn) keep(ctx context.Context, text string) (wholeStmt, error) {
	if st, ok := c.kept[text]; ok {
		return st, nil
	}
	if len(c.kept) >= maxPrepared {
		c.forget()
	}
	s, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	st, ok := s.(wholeStmt)
	if !ok {
		_ = s.Close()
		return nil, fmt.Errorf("store: a statement of type %T cannot all that is needed", s)
	}
	c.kept[text] = st
	return st, nil
}

func (c *preparedConn) forget() {
	for _, st := range c.kept {
		_ = st.Close() // it only gives memory back
	}
	clear(c.kept)
}

func (c *preparedConn) Close() error {
	c.forget()
	return c.wholeConn.Close()
}
