package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"sync"

	"yifa/internal/matter"
)

// Driver names a kind of database.
type Driver string

// The two kinds of database.
const (
	SQLite   Driver = "sqlite"
	Postgres Driver = "postgres"
)

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	driver Driver
	write  *sql.DB // SQLite: one connection, the only writer. PostgreSQL: the same pool as read
	read   *sql.DB
	texts  map[string]string

	mu    sync.Mutex
	built map[string]statement // composed texts by name and flags

	states  *recent[matter.ID, decoded[matter.State]]
	entries *recent[string, decoded[matter.Entry]] // by hash
}

// Wrap changes how connections are made. Tests use it to make a database that fails.
type Wrap func(driver.Connector) driver.Connector

// Open opens the database at an address and brings it to this program's schema:
//
//	sqlite:PATH[?_pragma=name(value)…]   one file, made if it does not exist; its folder must exist
//	postgres://…                         an existing database; Yifa's tables in its current schema
//
// It fails with ErrNotOurs or ErrNewer, and then has changed nothing.
func Open(ctx context.Context, address string, wraps ...Wrap) (*DB, error) {
	db := newDB()
	var err error
	scheme, rest, _ := strings.Cut(address, ":")
	switch scheme {
	case "sqlite":
		db.driver = SQLite
		err = db.openSQLite(ctx, rest, wraps)
	case "postgres", "postgresql":
		db.driver = Postgres
		err = db.openPostgres(ctx, address, wraps)
	default:
		return nil, fmt.Errorf("store: open: the address begins with %q, want a scheme sqlite or postgres", scheme)
	}
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

func newDB() *DB {
	return &DB{texts: queryTexts(), built: map[string]statement{},
		states: newRecent[matter.ID, decoded[matter.State]](keptStates), entries: newRecent[string, decoded[matter.Entry]](keptEntries)}
}

// Driver says which kind of database this is.
func (db *DB) Driver() Driver { return db.driver }

// Close ends all connections. Transactions still running fail.
func (db *DB) Close() error {
	var err error
	if db.read != nil {
		err = db.read.Close()
	}
	if db.write != nil && db.write != db.read {
		if e := db.write.Close(); e != nil {
			err = e
		}
	}
	return wrap("close", err)
}

// Write runs fn in one transaction and commits it, durably, if fn returns nil. On any error or
// panic everything fn did is rolled back. On SQLite writers wait for each other; on PostgreSQL they
// run side by side at READ COMMITTED, so what must not change meanwhile is read with Lock or States.
// The error of a commit cut off by its context leaves open whether it happened.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if db.write == nil {
		return ErrReadOnly
	}
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return wrap("begin", err)
	}
	defer tx.Rollback() //nolint:errcheck // a no-op after commit; else the error of fn tells more
	if err := fn(&Tx{Query{db: db, tx: tx}}); err != nil {
		return err
	}
	return wrap("commit", tx.Commit())
}

// Read runs fn on one snapshot of the database, which later commits do not change.
func (db *DB) Read(ctx context.Context, fn func(*Query) error) error {
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{Isolation: db.snapshot(), ReadOnly: true})
	if err != nil {
		return wrap("begin", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return fn(&Query{db: db, tx: tx})
}

// snapshot is the isolation under which all reads of a transaction see the same state. A reading
// transaction of SQLite in WAL mode always does.
func (db *DB) snapshot() sql.IsolationLevel {
	if db.driver == Postgres {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}
