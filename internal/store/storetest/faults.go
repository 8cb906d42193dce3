package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
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
	s.FailAt(0)
	if err := wholeAct(ctx, db, newID(t)); err != nil {
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
		err := wholeAct(ctx, db, id)
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
	if err := wholeAct(ctx, db, id); !errors.Is(err, faulty.ErrPlanned) {
		t.Errorf("a lost answer was told as %v", err)
	}
	s.FailAt(0)
	if got := get(t, db, func(q *store.Query) (store.Answered, error) { return q.Answer(ctx, "li", id.String()) }); string(got.Answer) != "done" {
		t.Errorf("the answer of the committed act is %q", got.Answer)
	}
}

// WholeAct opens a matter in one transaction that writes what an act writes.
func WholeAct(ctx context.Context, db *store.DB) (matter.ID, error) {
	id, err := matter.NewID(rand.Reader)
	if err != nil {
		return 0, err
	}
	return id, wholeAct(ctx, db, id)
}

func wholeAct(ctx context.Context, db *store.DB, id matter.ID) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Answer(ctx, "li", id.String()); !errors.Is(err, store.ErrNotFound) {
			return err
		}
		e := entryOf(id, 1, [32]byte{})
		return tx.Try(ctx, func() error {
			for _, step := range []func() error{
				func() error { _, err := tx.NextNumber(ctx, "s", "o", 2026); return err },
				func() error { return tx.Append(ctx, e) },
				func() error { return put(ctx, tx, store.Row{ID: id, Sort: day0, Rev: 1}, "k") },
				func() error { _, err := tx.Lock(ctx, id); return err },
				func() error {
					return tx.PutClocks(ctx, id, []store.Clock{{Key: "a", Status: matter.Running, Due: day0}})
				},
				func() error {
					h, err := tx.Head(ctx, id.Shard())
					if err != nil {
						return err
					}
					h.Count, h.Last = h.Count+1, e.Hash
					return tx.PutHead(ctx, h)
				},
				func() error { return tx.AddJob(ctx, store.Job{Uniq: id.String(), Kind: "index", RunAt: now}) },
				func() error {
					return tx.Remember(ctx, "li", id.String(), store.Answered{Answer: []byte("done"), Expires: now})
				},
			} {
				if err := step(); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// CheckWholeActs looks at a database in which only WholeAct has written: the answered acts are there,
// and every act that is there is there whole.
func CheckWholeActs(ctx context.Context, db *store.DB, answered []matter.ID) error {
	return db.Read(ctx, func(q *store.Query) error {
		acts, there, heads := 0, map[matter.ID]bool{}, map[matter.Shard]int{}
		err := q.EachEntry(ctx, 0, 1023, func(e store.StoredEntry) error {
			acts++
			there[e.Entry.Matter] = true
			heads[e.Entry.Matter.Shard()]++
			return nil
		})
		if err != nil {
			return err
		}
		for _, id := range answered {
			if !there[id] {
				return fmt.Errorf("the answered act %s is gone", id)
			}
		}
		for id := range there {
			parts, err1 := q.Parts(ctx, id)
			clocks, err2 := q.Clocks(ctx, id)
			row, err3 := q.Matter(ctx, id)
			_, err4 := q.Answer(ctx, "li", id.String())
			if err := errors.Join(err1, err2, err3, err4); err != nil || len(parts) != 1 || len(clocks) != 1 || row.Rev != 1 {
				return fmt.Errorf("half an act: %s has %d parts, %d clocks, rev %d: %w", id, len(parts), len(clocks), row.Rev, err)
			}
		}
		stored, err1 := q.Heads(ctx)
		counters, err2 := q.Counters(ctx)
		jobs, _, err3 := q.JobCounts(ctx)
		for _, h := range stored {
			if h.Count != heads[h.Shard] {
				return fmt.Errorf("head %d counts %d, there are %d entries", h.Shard, h.Count, heads[h.Shard])
			}
		}
		if jobs != acts || acts > 0 && counters[0].Last != acts {
			return fmt.Errorf("%d acts, %d jobs, numbers %v", acts, jobs, counters)
		}
		return errors.Join(err1, err2, err3)
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
