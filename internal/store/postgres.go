package store

import "context"

func (db *DB) openPostgres(ctx context.Context, address string, wraps []Wrap) error { return nil }
