package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNotFound: the one row asked for is not there.
var ErrNotFound = errors.New("store: not found")

// ErrRetry: the database could not serialise this transaction with its neighbours (busy, deadlock,
// serialization failure, a key taken meanwhile). It was rolled back; doing it again may succeed.
var ErrRetry = errors.New("store: do the transaction again")

// ErrNotOurs: the file or schema holds tables that Yifa did not make.
var ErrNotOurs = errors.New("store: not a database of Yifa")

// ErrNewer: a newer program has migrated the database; this one would not understand it.
var ErrNewer = errors.New("store: the database is newer than this program")

// wrap names the query in err and says where the transaction is worth doing again.
func wrap(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("store: %s: %w", name, ErrNotFound)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("store: %s: %w", name, err)
	case transient(err):
		return fmt.Errorf("store: %s: %w: %w", name, ErrRetry, err)
	}
	return fmt.Errorf("store: %s: %w", name, err)
}

// transient tells errors that come from running beside others: SQLite's BUSY and LOCKED, and
// PostgreSQL's classes 40 (serialization, deadlock) and 55P03 (lock not available).
func transient(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		code := lite.Code() & 0xff
		return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "55P03"
	}
	return false
}
