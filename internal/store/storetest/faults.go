package storetest

import (
	"context"
	"errors"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/store/faulty"
)

// OpenWith opens a fresh, empty database whose connections go through wrap.
type OpenWith func(t testing.TB, wrap store.Wrap) *store.DB

// ExerciseFaults makes the database fail at each call of a transaction in turn: every time the
// fault is told as a fault, nothing of the transaction is there, and the next one goes through.
func ExerciseFaults(t *testing.T, open OpenWith) {
	var s faulty.Switch
	db, ctx := open(t, s.Wrap), t.Context()
	known := newID(t)
	write(t, db, func(tx *store.Tx) error { return put(ctx, tx, store.Row{ID: known, Sort: day0}, "k") })

	s.FailAt(0)
	if err := wholeAct(ctx, db, known, newID(t)); err != nil {
		t.Fatal(err)
	}
	calls, _ := s.Calls()
	if calls < 15 {
		t.Fatalf("the act makes only %d calls", calls)
	}
	numbers := lastNumber(t, db)
	for n := 1; n <= calls; n++ {
		id := newID(t)
		s.FailAt(n)
		err := wholeAct(ctx, db, known, id)
		_, failed := s.Calls()
		s.FailAt(0)
		if !errors.Is(err, faulty.ErrPlanned) || errors.Is(err, store.ErrRetry) || errors.Is(err, store.ErrNotFound) || errors.Is(err, matter.ErrConflict) {
			t.Errorf("call %d (%s) failed and was told as %v", n, failed, err)
		}
		checkAbsent(t, db, id)
		if got := lastNumber(t, db); got != numbers {
			t.Fatalf("call %d (%s) failed and number %d stayed", n, failed, got)
		}
	}

	// An answer lost after the commit is a fault too, but the act stands; asking again finds it.
	id := newID(t)
	s.LoseAnswerAt(calls)
	if err := wholeAct(ctx, db, known, id); !errors.Is(err, faulty.ErrPlanned) {
		t.Errorf("a lost answer was told as %v", err)
	}
	s.FailAt(0)
	if got := get(t, db, func(q *store.Query) (store.Answered, error) { return q.Answer(ctx, "li", id.String()) }); string(got.Answer) != "done" {
		t.Errorf("the answer of the committed act is %q", got.Answer)
	}
}

// wholeAct does in one transaction what an act does.
func wholeAct(ctx context.Context, db *store.DB, known, id matter.ID) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Lock(ctx, known); err != nil {
			return err
		}
		if _, err := tx.Answer(ctx, "li", id.String()); !errors.Is(err, store.ErrNotFound) {
			return err
		}
		return tx.Try(ctx, func() error {
			if _, err := tx.NextNumber(ctx, "s", "o", 2026); err != nil {
				return err
			}
			if err := tx.Append(ctx, entryOf(id, 1, [32]byte{})); err != nil {
				return err
			}
			if err := put(ctx, tx, store.Row{ID: id, Sort: day0}, "k"); err != nil {
				return err
			}
			if err := tx.PutClocks(ctx, id, []store.Clock{{Key: "a", Status: matter.Running, Due: day0}}); err != nil {
				return err
			}
			h, err := tx.Head(ctx, id.Shard())
			if err != nil {
				return err
			}
			h.Count++
			if err := tx.PutHead(ctx, h); err != nil {
				return err
			}
			if err := tx.AddJob(ctx, store.Job{Uniq: id.String(), Kind: "index", RunAt: now}); err != nil {
				return err
			}
			return tx.Remember(ctx, "li", id.String(), store.Answered{Answer: []byte("done"), Expires: now})
		})
	})
}

// checkAbsent reports anything that an undone act left behind.
func checkAbsent(t *testing.T, db *store.DB, id matter.ID) {
	t.Helper()
	ctx := t.Context()
	read(t, db, func(q *store.Query) error {
		same(t, "entries", []store.StoredEntry(nil))(q.Entries(ctx, id, 0))
		same(t, "parts", []store.StoredPart(nil))(q.Parts(ctx, id))
		same(t, "clocks", []store.Clock(nil))(q.Clocks(ctx, id))
		same(t, "access", []matter.Access(nil))(q.AccessTo(ctx, id))
		_, err := q.Matter(ctx, id)
		wantErr(t, err, store.ErrNotFound)
		_, err = q.Answer(ctx, "li", id.String())
		wantErr(t, err, store.ErrNotFound)
		return nil
	})
}

func lastNumber(t *testing.T, db *store.DB) int {
	t.Helper()
	counters := get(t, db, func(q *store.Query) ([]store.Counter, error) { return q.Counters(t.Context()) })
	if len(counters) != 1 {
		t.Fatalf("%d series", len(counters))
	}
	return counters[0].Last
}
