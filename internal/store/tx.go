package store

import (
	"context"
	"database/sql"
	"fmt"
)

// Query reads within one transaction. It is not safe for use by several goroutines.
type Query struct {
	db     *DB
	tx     *sql.Tx
	tries  int
	inside string // the query whose rows are being read
}

// Tx reads and writes within one transaction. It is not safe for use by several goroutines.
type Tx struct{ Query }

// Try runs fn and, where fn fails, undoes what fn did and nothing else; then it returns fn's error.
// A fault of the database may leave the transaction unusable, which the next call tells.
func (tx *Tx) Try(ctx context.Context, fn func() error) error {
	tx.tries++
	name := fmt.Sprintf("try_%d", tx.tries)
	if _, err := tx.tx.ExecContext(ctx, "savepoint "+name); err != nil {
		return wrap("savepoint", err)
	}
	if err := fn(); err != nil {
		if _, e := tx.tx.ExecContext(ctx, "rollback to savepoint "+name); e != nil {
			return fmt.Errorf("%w (and %w)", wrap("rollback to savepoint", e), err)
		}
		return err
	}
	_, err := tx.tx.ExecContext(ctx, "release savepoint "+name)
	return wrap("release savepoint", err)
}

type scanFunc func(dest ...any) error

// exec runs a named statement and returns the number of rows it changed.
func (q *Query) exec(ctx context.Context, name string, args ...any) (int64, error) {
	if err := q.alone(name); err != nil {
		return 0, err
	}
	s := q.db.build(name, nil)
	countOne(ctx)
	res, err := q.tx.ExecContext(ctx, s.text, s.bind(args)...)
	if err != nil {
		return 0, wrap(name, err)
	}
	n, err := res.RowsAffected()
	return n, wrap(name, err)
}

// each runs a named query and calls fn for every row. Errors of fn come back as they are.
func (q *Query) each(ctx context.Context, name string, args []any, fn func(scanFunc) error) error {
	return q.eachOf(ctx, name, q.db.build(name, nil), args, fn)
}

func (q *Query) eachOf(ctx context.Context, name string, s statement, args []any, fn func(scanFunc) error) error {
	if err := q.alone(name); err != nil {
		return err
	}
	countOne(ctx)
	rows, err := q.tx.QueryContext(ctx, s.text, s.bind(args)...)
	if err != nil {
		return wrap(name, err)
	}
	q.inside = name
	defer func() {
		q.inside = ""
		_ = rows.Close() // rows.Err below is what tells
	}()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return wrap(name, rows.Err())
}

// alone refuses a query while the rows of another are being read: SQLite could do it, PostgreSQL not.
func (q *Query) alone(name string) error {
	if q.inside != "" {
		return fmt.Errorf("store: %s asked for while the rows of %s are being read", name, q.inside)
	}
	return nil
}

// one runs a named query that gives one row; ErrNotFound where it gives none.
func (q *Query) one(ctx context.Context, name string, args []any, dest ...any) error {
	found := false
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		found = true
		return scan(dest...)
	})
	if err == nil && !found {
		err = wrap(name, sql.ErrNoRows)
	}
	return err
}

// oneRow turns "no row changed" into ErrNotFound.
func oneRow(what string, n int64, err error) error {
	if err == nil && n == 0 {
		return fmt.Errorf("store: %s: %w", what, ErrNotFound)
	}
	return err
}
