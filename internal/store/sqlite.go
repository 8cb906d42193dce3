package store

import "context"

func (db *DB) openSQLite(ctx context.Context, address string, wraps []Wrap) error { return nil }
