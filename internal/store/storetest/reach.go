package storetest

import (
	"errors"
	"testing"
	"time"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// Open clocks are found by the days of the calendar they hang on, page by page, and their matters' clocks with them.
func testReach(t *testing.T, db *store.DB) {
	ctx := t.Context()
	var before int
	at := day0.AddDays(7000) // a time of its own
	read(t, db, func(q *store.Query) (err error) { before, _, err = q.OpenClocks(ctx, at, at); return err })
	var want []store.Reached
	var ids []matter.ID
	for i := range 5 {
		id := newID(t)
		ids = append(ids, id)
		st := matter.State{ID: id, Hash: "h", Holder: "o", Clocks: map[string]matter.Clock{"a": {Term: "x", Length: i}}}
		want = append(want, store.Reached{Matter: id, Key: "a", First: at.AddDays(i), Last: at.AddDays(i + 2)})
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.PutMatter(ctx, store.Row{ID: id}, st), tx.PutClocks(ctx, id, []store.Clock{
				{Key: "a", Status: matter.Running, Due: at, First: want[i].First, Last: want[i].Last}, {Key: "b", Status: matter.Suspended},
				{Key: "c", Status: matter.Lapsed, First: at, Last: at.AddDays(9)}}))
		})
	}
	read(t, db, func(q *store.Query) error {
		all, reached, err := q.OpenClocks(ctx, at.AddDays(3), at.AddDays(3))
		if err != nil || all != before+10 || reached != 3 {
			t.Errorf("%d open, %d reached, %v; want %d and 3", all-before, reached, err, 10)
		}
		var got []store.Reached
		for after := (store.Reached{}); ; after = got[len(got)-1] {
			page, err := q.ReachedBetween(ctx, at.AddDays(3), at.AddDays(3), after, 2)
			if err != nil || len(page) == 0 {
				same(t, "reached", want[1:4])(got, err)
				break
			}
			got = append(got, page...)
		}
		list, err := q.CountedOf(ctx, append(ids, newID(t)))
		if err != nil || len(list) != len(ids) {
			t.Errorf("clocks of %d matters, %v", len(list), err)
		}
		for i, c := range list {
			if c.Holder != "o" || c.Hash != "h" || c.Clocks["a"].Term != "x" || i > 0 && c.ID < list[i-1].ID {
				t.Errorf("clocks %+v", c)
			}
		}
		return nil
	})
}

// A job that takes long is kept by whoever has it, with how far it is.
func testJobKept(t *testing.T, db *store.DB) {
	ctx := t.Context()
	write(t, db, func(tx *store.Tx) error {
		return tx.AddJob(ctx, store.Job{Kind: "long", Args: "0", RunAt: now, Created: now})
	})
	claim := func(at time.Time) (jobs []store.Job) {
		write(t, db, func(tx *store.Tx) (err error) {
			jobs, err = tx.ClaimJobs(ctx, at, time.Minute, 10, "long")
			return err
		})
		return jobs
	}
	had := claim(now)
	write(t, db, func(tx *store.Tx) error { return tx.KeepJob(ctx, had[0], "1", now.Add(time.Hour)) })
	if jobs := claim(now.Add(2 * time.Minute)); len(jobs) != 0 {
		t.Error("a job that is kept was claimed")
	}
	read(t, db, func(q *store.Query) error {
		jobs, err := q.WaitingJobs(ctx, "long")
		if err != nil || len(jobs) != 1 || jobs[0].Args != "1" {
			t.Errorf("waiting %+v, %v", jobs, err)
		}
		return nil
	})
	other := claim(now.Add(2 * time.Hour))
	write(t, db, func(tx *store.Tx) error {
		if err := tx.KeepJob(ctx, had[0], "2", now); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a job that another has: %v", err)
		}
		return tx.FinishJob(ctx, other[0], now)
	})
	read(t, db, func(q *store.Query) error {
		same(t, "waiting when done", []store.Job(nil))(q.WaitingJobs(ctx, "long"))
		if last, err := q.LastJob(ctx, "long"); err != nil || last.Args != "1" {
			t.Errorf("last %+v, %v", last, err)
		}
		_, err := q.LastJob(ctx, "never")
		wantErr(t, err, store.ErrNotFound)
		return nil
	})
}
