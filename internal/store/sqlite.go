package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Pragmas of every connection: WAL lets readers and the writer work side by side, FULL makes every
// commit durable, mmap shares the page cache between connections. secure_delete overwrites what is deleted, pages that
// are freed included: what was destroyed is in no corner of the file.
var pragmas = []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
	"mmap_size(2147483648)", "cache_size(-8192)", "secure_delete(1)"}

func (db *DB) openSQLite(ctx context.Context, address string, wraps []Wrap) error {
	path, query, _ := strings.Cut(address, "?")
	extra, err := url.ParseQuery(query)
	if err != nil {
		return fmt.Errorf("store: open %s: %w", path, err)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("store: open %s: its folder does not exist", path)
	}
	if err := db.checkFile(ctx, path); err != nil {
		return err
	}
	if db.write, err = liteConnect(path, lite{lock: "immediate", pragmas: append(pragmas, extra["_pragma"]...)}, wraps); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	db.write.SetMaxIdleConns(1)
	if err := db.migrate(ctx); err != nil {
		return err
	}
	if db.read, err = liteConnect(path, lite{lock: "deferred", pragmas: append(pragmas, "query_only(1)")}, wraps); err != nil {
		return err
	}
	n := max(4, 2*runtime.GOMAXPROCS(0))
	db.read.SetMaxOpenConns(n)
	db.read.SetMaxIdleConns(n)
	return nil
}

// checkFile looks at an existing file before anything is set on it: opening for writing would already
// change the file of a stranger.
func (db *DB) checkFile(ctx context.Context, path string) error {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil //nolint:nilerr // no file yet; any other trouble will tell itself
	}
	c, err := sqlite.NewConnector(fileAddress(path) + "?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		return fmt.Errorf("store: open %s: %w", path, err)
	}
	look := sql.OpenDB(c)
	defer look.Close() // it only looked
	_, _, err = schemaVersion(ctx, db, look)
	var lite *sqlite.Error
	if errors.As(err, &lite) && lite.Code() == sqlite3.SQLITE_NOTADB {
		return fmt.Errorf("%w: %s is not of SQLite", ErrNotOurs, path)
	}
	return err
}

func fileAddress(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// lite is how a connection to a file is used.
type lite struct {
	lock    string // as a transaction begins
	pragmas []string
	mode    string // ro: the file cannot be written; empty: it can
}

// liteConnect makes a pool on the file; it connects at its first use.
func liteConnect(path string, how lite, wraps []Wrap) (*sql.DB, error) {
	q := url.Values{"_pragma": how.pragmas, "_txlock": {how.lock}}
	if how.mode != "" {
		q.Set("mode", how.mode)
	}
	c, err := sqlite.NewConnector(fileAddress(path) + "?" + q.Encode())
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	return pool(keepPrepared(c), wraps), nil
}

func pool(c driver.Connector, wraps []Wrap) *sql.DB {
	for _, w := range wraps {
		c = w(c)
	}
	return sql.OpenDB(c)
}
