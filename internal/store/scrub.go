package store

import (
	"context"
	"errors"
	"fmt"
)

// ErrBusy: somebody reads the database for a long time; what he may still need cannot be wiped.
var ErrBusy = errors.New("store: a reader holds what is to be wiped")

// wiped are the tables from which rows go that nobody is to find in the files again.
var wiped = []string{"part", "personal", "contact", "serve_link", "search_row", "answer", "job", "upload"}

// Scrub takes what was deleted out of the files of the database. On SQLite, whose connections overwrite what they delete, the
// write-ahead log is emptied: ErrBusy where a reader is in the way. PostgreSQL overwrites nothing: VACUUM frees the room of
// deleted rows to be used again, and their bytes stay in the files until it is.
func (db *DB) Scrub(ctx context.Context) error {
	if db.write == nil {
		return ErrReadOnly
	}
	if db.driver == Postgres {
		for _, table := range wiped {
			if _, err := db.write.ExecContext(ctx, "vacuum "+table); err != nil {
				return fmt.Errorf("store: vacuum %s: %w", table, err)
			}
		}
		return nil
	}
	var busy, frames, copied int
	if err := db.write.QueryRowContext(ctx, "pragma wal_checkpoint(truncate)").Scan(&busy, &frames, &copied); err != nil {
		return fmt.Errorf("store: empty the write-ahead log: %w", err)
	}
	if busy != 0 {
		return ErrBusy
	}
	return nil
}
