package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"yifa/internal/store"
)

func checkJobs(t *testing.T, db *store.DB, waiting, givenUp int) {
	t.Helper()
	read(t, db, func(q *store.Query) error {
		if w, g, err := q.JobCounts(t.Context()); err != nil || w != waiting || g != givenUp {
			t.Errorf("%d waiting, %d given up, %v; want %d, %d", w, g, err, waiting, givenUp)
		}
		return nil
	})
}

// A job whose work another did is marked done by its name, unless somebody has it or it is not due.
func testJobsCovered(t *testing.T, db *store.DB) {
	ctx := t.Context()
	names := func(at time.Time) []string {
		var out []string
		write(t, db, func(tx *store.Tx) error {
			jobs, err := tx.ClaimJobs(ctx, at, time.Minute, 10, "covered")
			for _, j := range jobs {
				out = append(out, j.Uniq)
			}
			return err
		})
		slices.Sort(out)
		return out
	}
	add := func(name string, at time.Time) {
		write(t, db, func(tx *store.Tx) error {
			return tx.AddJob(ctx, store.Job{Uniq: name, Kind: "covered", RunAt: at, Created: at})
		})
	}
	add("a/1", now)
	if got := names(now); !slices.Equal(got, []string{"a/1"}) {
		t.Fatalf("claimed %v", got)
	}
	add("a/2", now)
	add("b/1", now)
	add("a/3", now.Add(time.Hour))
	write(t, db, func(tx *store.Tx) error { return tx.FinishWaiting(ctx, nil, now) })
	write(t, db, func(tx *store.Tx) error {
		return tx.FinishWaiting(ctx, []string{"a/1", "a/2", "a/3", "c/1"}, now)
	})
	if got := names(now.Add(2 * time.Hour)); !slices.Equal(got, []string{"a/1", "a/3", "b/1"}) {
		t.Errorf("after the others: %v", got)
	}
	for want, uniq := range map[bool][]string{true: {"c/1", "a/2"}, false: {"c/1"}} { // a/2 is done
		read(t, db, func(q *store.Query) error {
			if has, err := q.HasJob(ctx, uniq); err != nil || has != want {
				t.Errorf("has one of %v: %t, %v", uniq, has, err)
			}
			return nil
		})
	}
}

// A job is added once per Uniq, leased, tried again, given up, and done once.
func testJobs(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	job := store.Job{Uniq: "index/1", Kind: "index", Matter: id, Args: `{"seq":1}`, RunAt: now, Created: now}
	for range 2 {
		write(t, db, func(tx *store.Tx) error { return tx.AddJob(ctx, job) })
	}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.AddJob(ctx, store.Job{Kind: "tell", RunAt: now.Add(time.Hour)}), tx.AddJob(ctx, store.Job{Kind: "tell", RunAt: now.Add(time.Hour)}))
	})
	claim := func(at time.Time, kinds ...string) []store.Job {
		t.Helper()
		var jobs []store.Job
		write(t, db, func(tx *store.Tx) (err error) {
			jobs, err = tx.ClaimJobs(ctx, at, time.Minute, 10, kinds...)
			return err
		})
		return jobs
	}
	checkJobs(t, db, 3, 0)
	if jobs := claim(now, "tell"); len(jobs) != 0 {
		t.Errorf("claimed %+v before its time", jobs)
	}
	first := claim(now, "index", "other")
	if len(first) != 1 || first[0].Uniq != job.Uniq || first[0].Matter != id || first[0].Args != job.Args || first[0].Attempt != 1 || !first[0].Created.Equal(now.Truncate(time.Microsecond)) {
		t.Fatalf("claimed %+v", first)
	}
	if jobs := claim(now); len(jobs) != 0 {
		t.Errorf("a leased job was claimed again: %+v", jobs)
	}
	second := claim(now.Add(2 * time.Minute)) // the lease is over
	if len(second) != 1 || second[0].Attempt != 2 {
		t.Fatalf("after the lease: %+v", second)
	}
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.FinishJob(ctx, first[0], now) }), store.ErrNotFound)
	write(t, db, func(tx *store.Tx) error { return tx.FailJob(ctx, second[0], "disk full", time.Time{}) })
	checkJobs(t, db, 2, 1)
	later := claim(now.Add(2 * time.Hour))
	if len(later) != 2 {
		t.Fatalf("two jobs without Uniq, claimed %d", len(later))
	}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.FinishJob(ctx, later[0], now), tx.FailJob(ctx, later[1], "once", now.Add(3*time.Hour)))
	})
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.FinishJob(ctx, later[0], now) }), store.ErrNotFound)
	if jobs := claim(now.Add(4 * time.Hour)); len(jobs) != 1 || jobs[0].Attempt != 2 {
		t.Errorf("a failed job comes back as %+v", jobs)
	}
	write(t, db, func(tx *store.Tx) error { return tx.DropDoneJobs(ctx, now.Add(time.Second)) })
	checkJobs(t, db, 1, 1)
}

// Workers side by side take every job once.
func testJobsRace(t *testing.T, db *store.DB) {
	ctx := t.Context()
	write(t, db, func(tx *store.Tx) error {
		for i := range 60 {
			if err := tx.AddJob(ctx, store.Job{Uniq: fmt.Sprint(i), Kind: "k", RunAt: now}); err != nil {
				return err
			}
		}
		return nil
	})
	var mu sync.Mutex
	taken := map[string]int{}
	parallel(t, 8, func(int) error {
		for {
			var jobs []store.Job
			err := again(ctx, db, func(tx *store.Tx) (err error) {
				jobs, err = tx.ClaimJobs(ctx, now, time.Minute, 7)
				return err
			})
			if err != nil || len(jobs) == 0 {
				return err
			}
			mu.Lock()
			for _, j := range jobs {
				taken[j.Uniq]++
			}
			mu.Unlock()
		}
	})
	if len(taken) != 60 {
		t.Errorf("%d of 60 jobs taken", len(taken))
	}
	for u, n := range taken {
		if n != 1 {
			t.Errorf("job %s taken %d times", u, n)
		}
	}
}
