package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/store"
)

var errWanted = errors.New("as the test wants")

// What a savepoint undoes is undone, and nothing else.
func testTry(t *testing.T, db *store.DB) {
	ctx, a, b := t.Context(), newID(t), newID(t)
	write(t, db, func(tx *store.Tx) error {
		if err := tx.Append(ctx, entryOf(a, 1, [32]byte{})); err != nil {
			return err
		}
		wantErr(t, tx.Try(ctx, func() error {
			return errors.Join(tx.Append(ctx, entryOf(b, 1, [32]byte{})), errWanted)
		}), errWanted)
		wantErr(t, tx.Try(ctx, func() error { return tx.Append(ctx, entryOf(a, 1, [32]byte{})) }), matter.ErrConflict)
		return tx.Try(ctx, func() error { return tx.Append(ctx, entryOf(a, 2, [32]byte{})) })
	})
	for id, want := range map[matter.ID]int{a: 2, b: 0} {
		if got := get(t, db, func(q *store.Query) ([]store.StoredEntry, error) { return q.Entries(ctx, id, 0) }); len(got) != want {
			t.Errorf("%d entries, want %d", len(got), want)
		}
	}
}

// An error or a panic leaves nothing behind, and the database usable.
func testRollback(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.Append(ctx, entryOf(id, 1, [32]byte{})), errWanted)
	}), errWanted)
	func() {
		defer func() { _ = recover() }()
		_ = db.Write(ctx, func(tx *store.Tx) error {
			_ = tx.Append(ctx, entryOf(id, 1, [32]byte{}))
			panic("as the test wants")
		})
	}()
	if got := get(t, db, func(q *store.Query) ([]store.StoredEntry, error) { return q.Entries(ctx, id, 0) }); len(got) != 0 {
		t.Errorf("%d entries left behind", len(got))
	}
	write(t, db, func(tx *store.Tx) error { return tx.Append(ctx, entryOf(id, 1, [32]byte{})) })
}

// A reader sees one state from its first read to its last; the next reader sees what was committed.
func testSnapshot(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	write(t, db, func(tx *store.Tx) error { return tx.Append(ctx, entryOf(id, 1, [32]byte{})) })
	count := func(q *store.Query) int {
		list, err := q.Entries(ctx, id, 0)
		if err != nil {
			t.Error(err)
		}
		return len(list)
	}
	read(t, db, func(q *store.Query) error {
		before := count(q)
		write(t, db, func(tx *store.Tx) error { return tx.Append(ctx, entryOf(id, 2, [32]byte{})) })
		if after := count(q); before != 1 || after != 1 {
			t.Errorf("a reader saw %d, then %d entries", before, after)
		}
		return nil
	})
	read(t, db, func(q *store.Query) error {
		if n := count(q); n != 2 {
			t.Errorf("the next reader sees %d entries", n)
		}
		return nil
	})
}

// Statements are counted under a counting context only.
func testCount(t *testing.T, db *store.DB) {
	ctx := store.Counting(t.Context())
	if err := db.Read(ctx, func(q *store.Query) error {
		_, err := q.Heads(ctx)
		_, err2 := q.Counters(ctx)
		return errors.Join(err, err2)
	}); err != nil {
		t.Fatal(err)
	}
	if n := store.Count(ctx); n != 2 {
		t.Errorf("counted %d statements, want 2", n)
	}
	if n := store.Count(t.Context()); n != 0 {
		t.Errorf("counted %d statements without a counter", n)
	}
}

// Numbers are 1, 2, 3 … per series, organ and year; a rollback gives its number back.
func testNumbers(t *testing.T, db *store.DB) {
	ctx := t.Context()
	next := func(tx *store.Tx, series string, want int) {
		t.Helper()
		if n, err := tx.NextNumber(ctx, series, "440703-sfj", 2026); err != nil || n != want {
			t.Errorf("next number of %s is %d, %v, want %d", series, n, err, want)
		}
	}
	write(t, db, func(tx *store.Tx) error {
		next(tx, "complaint", 1)
		_ = tx.Try(ctx, func() error { next(tx, "complaint", 2); return errWanted })
		next(tx, "complaint", 2)
		next(tx, "notice", 1)
		return nil
	})
	_ = db.Write(ctx, func(tx *store.Tx) error { next(tx, "complaint", 3); return errWanted })
	write(t, db, func(tx *store.Tx) error { next(tx, "complaint", 3); return nil })
	read(t, db, func(q *store.Query) error {
		same(t, "counters", []store.Counter{{Series: "complaint", Organ: "440703-sfj", Year: 2026, Last: 3},
			{Series: "notice", Organ: "440703-sfj", Year: 2026, Last: 1}})(q.Counters(ctx))
		return nil
	})
}

// again does a transaction until the database no longer asks to do it again.
func again(ctx context.Context, db *store.DB, fn func(*store.Tx) error) error {
	for {
		if err := db.Write(ctx, fn); !errors.Is(err, store.ErrRetry) {
			return err
		}
	}
}

// Writers side by side, one in three rolling back, leave no gap and no number twice.
func testNumbersRace(t *testing.T, db *store.DB) {
	ctx := t.Context()
	var mu sync.Mutex
	drawn := map[int]int{}
	parallel(t, 16, func(w int) error {
		for i := range 12 {
			var n int
			err := again(ctx, db, func(tx *store.Tx) (err error) {
				if n, err = tx.NextNumber(ctx, "s", "o", 2026); err == nil && (w+i)%3 == 0 {
					err = errWanted
				}
				return err
			})
			if err == nil {
				mu.Lock()
				drawn[n]++
				mu.Unlock()
			} else if !errors.Is(err, errWanted) {
				return err
			}
		}
		return nil
	})
	for n := 1; n <= len(drawn); n++ {
		if drawn[n] != 1 {
			t.Fatalf("number %d was drawn %d times, %d in all", n, drawn[n], len(drawn))
		}
	}
	if len(drawn) != 128 {
		t.Errorf("%d numbers drawn, want 128", len(drawn))
	}
}

// 32 writers lock random pairs in random order: locks are taken in id order, so none waits for ever
// and none is told to retry; no change is lost.
func testLocksRace(t *testing.T, db *store.DB) {
	ctx := t.Context()
	ids := make([]matter.ID, 5)
	for i := range ids {
		ids[i] = newID(t)
	}
	write(t, db, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := tx.PutMatter(ctx, store.Row{ID: id}, matter.State{ID: id}); err != nil {
				return err
			}
		}
		return nil
	})
	const writers, rounds = 32, 6
	parallel(t, writers, func(int) error {
		for range rounds {
			p := rand.Perm(len(ids))
			a, b := ids[p[0]], ids[p[1]]
			err := db.Write(ctx, func(tx *store.Tx) error {
				states, err := tx.Lock(ctx, a, b)
				if err != nil {
					return err
				}
				if states[0].ID != a || states[1].ID != b {
					return fmt.Errorf("locked %s and %s, got %s and %s", a, b, states[0].ID, states[1].ID)
				}
				for _, st := range states {
					st.Rev++
					if err := tx.PutMatter(ctx, store.Row{ID: st.ID, Rev: st.Rev}, st); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	sum := 0
	for _, id := range ids {
		sum += get(t, db, func(q *store.Query) (store.Row, error) { return q.Matter(ctx, id) }).Rev
	}
	if sum != 2*writers*rounds {
		t.Errorf("revisions add up to %d, want %d", sum, 2*writers*rounds)
	}
}

// Of 32 writers that append the same seq one wins and 31 are told of the conflict.
func testAppendRace(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	var mu sync.Mutex
	won, lost := 0, 0
	parallel(t, 32, func(int) error {
		err := db.Write(ctx, func(tx *store.Tx) error { return tx.Append(ctx, entryOf(id, 1, [32]byte{})) })
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			won++
		case errors.Is(err, matter.ErrConflict):
			lost++
		default:
			return err
		}
		return nil
	})
	if won != 1 || lost != 31 {
		t.Errorf("%d won and %d lost, want 1 and 31", won, lost)
	}
}

// parallel runs fn n times at once and reports their errors.
func parallel(t *testing.T, n int, fn func(worker int) error) {
	t.Helper()
	var wg sync.WaitGroup
	for w := range n {
		wg.Go(func() {
			if err := fn(w); err != nil {
				t.Errorf("worker %d: %v", w, err)
			}
		})
	}
	wg.Wait()
}
