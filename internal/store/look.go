package store

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// ErrReadOnly: the database was opened to be looked at.
var ErrReadOnly = fmt.Errorf("store: the database was opened for reading only")

// Look opens a database that is there for reading only, and brings no schema with it: Write fails with
// ErrReadOnly, and the database itself refuses to be changed. It fails with ErrNotOurs, ErrNewer, or,
// where the schema is older than the program's, an error that says so.
func Look(ctx context.Context, address string) (*DB, error) {
	db := newDB()
	scheme, rest, _ := strings.Cut(address, ":")
	var err error
	switch scheme {
	case "sqlite":
		db.driver = SQLite
		err = db.lookSQLite(rest)
	case "postgres", "postgresql":
		db.driver = Postgres
		err = db.lookPostgres(address)
	default:
		err = fmt.Errorf("store: look: the address begins with %q, want a scheme sqlite or postgres", scheme)
	}
	if err == nil {
		err = db.same(ctx)
	}
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

func (db *DB) lookSQLite(address string) error {
	path, _, _ := strings.Cut(address, "?")
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return fmt.Errorf("store: look: there is no database %s", path)
	}
	var err error
	reading := []string{"busy_timeout(10000)", "query_only(1)", "mmap_size(2147483648)", "cache_size(-8192)"}
	if db.read, err = liteConnect(path, lite{"deferred", reading, "ro"}, nil); err != nil {
		return err
	}
	db.read.SetMaxOpenConns(max(4, 2*runtime.GOMAXPROCS(0)))
	return nil
}

func (db *DB) lookPostgres(address string) error {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return fmt.Errorf("store: look: %w", err) // pgx leaves the password out
	}
	config.RuntimeParams["default_transaction_read_only"] = "on"
	db.read = pool(stdlib.GetConnector(*config), nil)
	db.read.SetMaxOpenConns(max(4, 2*runtime.GOMAXPROCS(0)))
	return nil
}

// same holds the schema to the program's.
func (db *DB) same(ctx context.Context) error {
	migrations, target, err := db.migrations()
	if err != nil {
		return err
	}
	current, applied, err := schemaVersion(ctx, db, db.read)
	switch {
	case err != nil:
		return err
	case current > target:
		return fmt.Errorf("%w: it is at version %d, this program knows %d", ErrNewer, current, target)
	case current < target || applied < len(migrations):
		return fmt.Errorf("store: look: the database is at version %d, this program needs %d: let the server of this program open it once", current, target)
	}
	return nil
}
