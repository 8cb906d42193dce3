package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"

	"modernc.org/sqlite"
)

// DriverOf tells which kind of database an address names.
func DriverOf(address string) Driver {
	if strings.HasPrefix(address, "postgres:") || strings.HasPrefix(address, "postgresql:") {
		return Postgres
	}
	return SQLite
}

// Snapshot writes the database file of an address, as it is at one moment, into a new file at path, while others read and
// write it. It is for SQLite alone: PostgreSQL brings pg_dump.
func Snapshot(ctx context.Context, address, path string) error {
	from, _, _ := strings.Cut(strings.TrimPrefix(address, "sqlite:"), "?")
	c, err := sqlite.NewConnector(fileAddress(from) + "?" + url.Values{"mode": {"rw"}, "_pragma": {"busy_timeout(10000)"}}.Encode())
	if err != nil {
		return fmt.Errorf("store: snapshot of %s: %w", from, err)
	}
	db := sql.OpenDB(c)
	defer db.Close() // nothing was written through it
	if _, err := db.ExecContext(ctx, "vacuum into ?", path); err != nil {
		return fmt.Errorf("store: snapshot of %s: %w", from, err)
	}
	return nil
}
