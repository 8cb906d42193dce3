package store

import (
	"context"
	"sync/atomic"
)

type countKey struct{}

// Counting returns a context under which every statement sent to the database is counted.
func Counting(ctx context.Context) context.Context {
	return context.WithValue(ctx, countKey{}, new(atomic.Int64))
}

// Count returns how many statements were sent under a context made by Counting; 0 for any other.
// Begin, commit and rollback are not counted.
func Count(ctx context.Context) int {
	if n, ok := ctx.Value(countKey{}).(*atomic.Int64); ok {
		return int(n.Load())
	}
	return 0
}

func countOne(ctx context.Context) {
	if n, ok := ctx.Value(countKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}
