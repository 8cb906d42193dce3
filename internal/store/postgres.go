package store

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

func (db *DB) openPostgres(ctx context.Context, address string, wraps []Wrap) error {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return fmt.Errorf("store: open: %w", err) // pgx leaves the password out
	}
	db.write = pool(stdlib.GetConnector(*config), wraps)
	db.read = db.write
	n := max(16, 8*runtime.GOMAXPROCS(0))
	db.write.SetMaxOpenConns(n)
	db.write.SetMaxIdleConns(n)
	db.write.SetConnMaxIdleTime(5 * time.Minute)
	return db.migrate(ctx)
}
