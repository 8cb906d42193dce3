package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// How the recount after a notice is paced.
const (
	recountAtOnce = 32 // acts given to the writer at a time: others' acts wait for so many at most
	recountRounds = 4  // it goes through the clocks until nothing moves any more, but no more often
	recountLease  = 30 * time.Second
	recountSays   = 2 * time.Second
)

// recountArgs is the job of a recount.
type recountArgs struct {
	Before []calendar.Year `json:"before"` // what was known until now of the years that may have changed
	Recounted
}

// Recounted is how far a recount is.
type Recounted struct {
	Open     int       `json:"open"`     // clocks that are open
	Examined int       `json:"examined"` // of them
	Moved    int       `json:"moved"`    // matters whose days moved
	Since    time.Time `json:"since,omitzero"`
}

// recounts does recounts until ctx ends.
func (o *Office) recounts(ctx context.Context) {
	if err := o.recountSeed(ctx); err != nil && ctx.Err() == nil {
		slog.Error("recount", "fault", err)
	}
	tick := time.NewTicker(workEvery)
	defer tick.Stop()
	for {
		if err := o.recountJobs(ctx); err != nil && ctx.Err() == nil {
			slog.Error("recount", "fault", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// seedKnown is the key of what the law's own calendar said when clocks were last counted by it.
const seedKnown = "calendar"

// recountSeed orders a recount where the law's own calendar says something else than at the last start, as after an
// upgrade that brings a new year.
func (o *Office) recountSeed(ctx context.Context) error {
	now, err := json.Marshal(o.law.Calendar.Years())
	if err != nil {
		return fmt.Errorf("office: calendar: %w", err)
	}
	return o.db.Write(ctx, func(tx *store.Tx) error {
		have, err := tx.Meta(ctx, seedKnown)
		if have == string(now) || err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		var a recountArgs
		if have != "" {
			if err := json.Unmarshal([]byte(have), &a.Before); err != nil {
				return fmt.Errorf("office: calendar: %w", err)
			}
		}
		for _, y := range o.law.Calendar.Years() {
			if !slices.ContainsFunc(a.Before, func(b calendar.Year) bool { return b.Year == y.Year }) {
				a.Before = append(a.Before, calendar.Year{Year: y.Year, Provisional: true})
			}
		}
		return errors.Join(addRecountJob(ctx, tx, a, store.Job{RunAt: o.now(), Created: o.now()}), tx.PutMeta(ctx, seedKnown, string(now)))
	})
}

// recountJobs counts all open clocks anew once for all notices entered since. What it writes is entered matter by matter
// and is never entered twice, so the jobs are finished after it: a program that ends before leaves them to the next.
func (o *Office) recountJobs(ctx context.Context) error {
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), recountLease, jobBatch, jobRecount)
		return err
	})
	if err != nil || len(jobs) == 0 {
		return err
	}
	args := make([]recountArgs, len(jobs))
	var before []calendar.Year
	for i, j := range jobs {
		if err := json.Unmarshal([]byte(j.Args), &args[i]); err != nil {
			return fmt.Errorf("office: recount: %w", err)
		}
		before = append(before, args[i].Before...)
	}
	held, release := context.WithCancelCause(ctx)
	defer release(nil)
	rc := &recounting{o: o, before: before, since: o.now()}
	kept := rc.keep(held, jobs, args, release)
	err = rc.run(held)
	release(nil)
	<-kept
	if err != nil {
		return err
	}
	slog.Info("recount", "open", rc.open.Load(), "moved", rc.moved.Load())
	return o.db.Write(ctx, func(tx *store.Tx) error {
		if err := rc.say(ctx, tx, jobs, args); err != nil {
			return err
		}
		for _, j := range jobs {
			if err := tx.FinishJob(ctx, j, o.now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// recounting is one recount while it runs.
type recounting struct {
	o                     *Office
	before                []calendar.Year
	since                 time.Time
	open, examined, moved atomic.Int64
}

// keep holds the jobs for this program and writes down how far they are, until ctx ends; then its channel closes. Where
// another took them it ends the recount.
func (rc *recounting) keep(ctx context.Context, jobs []store.Job, args []recountArgs, lost context.CancelCauseFunc) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(recountSays)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if err := rc.o.db.Write(ctx, func(tx *store.Tx) error { return rc.say(ctx, tx, jobs, args) }); err != nil && ctx.Err() == nil {
				lost(err)
			}
		}
	}()
	return done
}

// say writes down how far the jobs are, and holds them on.
func (rc *recounting) say(ctx context.Context, tx *store.Tx, jobs []store.Job, args []recountArgs) error {
	for i, j := range jobs {
		args[i].Recounted = Recounted{Open: int(rc.open.Load()), Examined: int(rc.examined.Load()), Moved: int(rc.moved.Load()), Since: rc.since}
		text, err := json.Marshal(args[i])
		if err != nil {
			return fmt.Errorf("office: recount: %w", err)
		}
		if err := tx.KeepJob(ctx, j, string(text), rc.o.now().Add(recountLease)); err != nil {
			return err
		}
	}
	return nil
}

// run goes through the clocks until nothing moves any more: an act decided by a calendar just replaced may be stored
// after its clock was passed.
func (rc *recounting) run(ctx context.Context) error {
	for range recountRounds {
		moved, err := rc.round(ctx)
		if err != nil || moved == 0 {
			return err
		}
	}
	slog.Warn("recount: clocks still move", "rounds", recountRounds)
	return nil
}

// round goes through the clocks once, and tells how many matters moved.
func (rc *recounting) round(ctx context.Context) (int, error) {
	cal, err := rc.o.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	was := cal
	var changes calendar.Changes
	for _, y := range rc.before {
		changes = append(changes, calendar.Changed(was.With(y), cal)...)
	}
	slices.Sort(changes)
	movers, moved := make(chan matter.ID, recountAtOnce), atomic.Int64{}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var writers sync.WaitGroup
	for range recountAtOnce {
		writers.Go(func() {
			for id := range movers {
				done, err := rc.o.submit(ctx, rc.o.recountOf(id))
				if err != nil {
					cancel(fmt.Errorf("office: recount %s: %w", id, err))
				} else if done.Seq > 0 {
					moved.Add(1)
					rc.moved.Add(1)
				}
			}
		})
	}
	look := survey{o: rc.o, cal: cal, changes: changes, say: func(open, examined int) {
		rc.open.Store(int64(open))
		rc.examined.Store(int64(examined))
	}}
	err = look.run(ctx, func(m moving) error {
		select {
		case movers <- m.Matter:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	})
	close(movers)
	writers.Wait()
	if err == nil {
		err = context.Cause(ctx)
	}
	return int(moved.Load()), err
}
