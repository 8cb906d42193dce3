package office

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/store"
)

// Kinds of job.
const (
	jobIndex   = "index"
	jobTell    = "tell"
	jobRecount = "recount" // a calendar notice was entered
	jobRotate  = "rotate"  // a master key was put to use
	jobDigest  = "digest"  // what changed among published results is told by mail
)

// How the work beside the acts is paced.
const (
	jobBatch   = 128
	jobLease   = time.Minute
	jobSlowest = 8 // a failing job is tried again after 2, 4 … 256 minutes
	workEvery  = time.Second
	workGather = 250 * time.Millisecond // work of acts close together is done together
	gatherMost = 5 * workGather         // however busy it is: a text is found within two seconds
	busyActs   = 8                      // so many acts within workGather are a busy time
	pruneEvery = time.Hour
)

// Run does the work that acts leave behind until ctx ends: it indexes texts, and sweeps the clocks
// whenever a new day has begun, counts clocks anew after a holiday notice, appends to the log of entries, and removes what
// has expired.
func (o *Office) Run(ctx context.Context) {
	var beside sync.WaitGroup
	defer beside.Wait()
	beside.Go(func() { o.recounts(ctx) })
	beside.Go(func() { o.orders(ctx) })
	beside.Go(func() { o.ledger.Run(ctx) })
	beside.Go(func() { o.rotations(ctx) })
	beside.Go(func() { o.destructions(ctx) })
	beside.Go(func() { o.scrubs(ctx) })
	beside.Go(func() { o.digests(ctx) })
	tick := time.NewTicker(workEvery)
	defer tick.Stop()
	var swept calendar.Date
	var pruned time.Time
	for {
		if today := o.Today(); today != swept {
			if err := o.Sweep(ctx); err != nil {
				slog.Error("sweep", "fault", err)
			} else {
				swept = today
			}
		}
		if err := o.workBeside(ctx); err != nil && ctx.Err() == nil {
			slog.Error("jobs", "fault", err)
		}
		if err := o.followIntake(ctx); err != nil && ctx.Err() == nil {
			slog.Error("registers", "fault", err)
		}
		if now := o.now(); now.Sub(pruned).Abs() >= pruneEvery {
			if err := o.Prune(ctx); err != nil && ctx.Err() == nil {
				slog.Error("prune", "fault", err)
			}
			pruned = now
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-o.nudge:
		}
		o.gather(ctx)
	}
}

// gather waits while acts come in one upon another, so that what they leave behind is done together: the
// text index joins a few large pieces sooner than many small ones, and the writer is left to the acts. It
// never waits longer than gatherMost.
func (o *Office) gather(ctx context.Context) {
	for waited := time.Duration(0); waited < gatherMost; waited += workGather {
		before := o.acted.Load()
		select {
		case <-ctx.Done():
			return
		case <-time.After(workGather):
		}
		if o.acted.Load()-before < busyActs {
			return
		}
	}
}

// Work does every job that is due now. A job that fails is tried again later, ever more rarely, and
// holds up no other.
func (o *Office) Work(ctx context.Context) error {
	return errors.Join(o.recountJobs(ctx), o.orderJobs(ctx), o.followKeys(ctx), o.rotateJobs(ctx), o.destroyJobs(ctx), o.digestJobs(ctx), o.workBeside(ctx))
}

// workBeside does every job that is due but the recount, which may take long.
func (o *Office) workBeside(ctx context.Context) error {
	for {
		n, err := o.indexSome(ctx)
		if err != nil {
			return err
		}
		if n < jobBatch {
			break
		}
	}
	if err := o.tidyIndex(ctx); err != nil {
		return err
	}
	for {
		var jobs []store.Job
		err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
			if jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, jobBatch, jobTell); err != nil {
				return err
			}
			return o.each(ctx, tx, jobs, o.tell)
		})
		if err != nil {
			return err
		}
		if len(jobs) < jobBatch {
			break
		}
	}
	return errors.Join(o.documentJobs(ctx), o.deliverJobs(ctx), o.messageJobs(ctx), o.weighJobs(ctx))
}

// each does jobs one by one, each in a part of the transaction that can be undone alone.
func (o *Office) each(ctx context.Context, tx *store.Tx, jobs []store.Job, do func(context.Context, *store.Tx, store.Job) error) error {
	for _, j := range jobs {
		err := tx.Try(ctx, func() error {
			if err := do(ctx, tx, j); err != nil {
				return err
			}
			return tx.FinishJob(ctx, j, o.now())
		})
		if err == nil {
			continue
		}
		if err := o.again(ctx, tx, j, err); err != nil {
			return err
		}
	}
	return nil
}

// again notes that a job failed and when it is tried again.
func (o *Office) again(ctx context.Context, tx *store.Tx, j store.Job, fault error) error {
	slog.Error("job", "kind", j.Kind, "matter", j.Matter, "attempt", j.Attempt, "fault", fault)
	return tx.FailJob(ctx, j, fault.Error(), o.now().Add(jobLease<<min(j.Attempt, jobSlowest)))
}

// What is kept for a while after it has served: finished jobs, so that what ran can be looked up, and
// uploads cut off on their way in, which another program may still be writing.
const (
	keepJobs       = 7 * 24 * time.Hour
	keepUnfinished = 24 * time.Hour
)

// Prune removes sessions, drafts and answers that have expired, attempts to sign in of long ago, the files of such drafts, jobs finished
// a week ago, and what interrupted uploads left behind.
func (o *Office) Prune(ctx context.Context) error {
	var blobs []string
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		if blobs, err = tx.Prune(ctx, o.now()); err != nil {
			return err
		}
		if err := tx.PruneSignIns(ctx, o.now().Add(-o.rules.History)); err != nil {
			return err
		}
		if err := tx.PruneServeLinks(ctx, o.now().Add(-linkKnown)); err != nil {
			return err
		}
		if err := tx.PruneContacts(ctx, o.now(), o.now().Add(-24*time.Hour)); err != nil {
			return err
		}
		if err := tx.PruneSubscriptions(ctx, o.now(), o.now().Add(-newsKept)); err != nil {
			return err
		}
		return errors.Join(tx.DropDoneJobs(ctx, o.now().Add(-keepJobs)), tx.DropOrders(ctx, o.now().Add(-keepOrders)))
	})
	for _, b := range blobs {
		if e := o.blobs.Remove(b); e != nil && err == nil {
			err = e
		}
	}
	return errors.Join(err, o.blobs.RemoveUnfinished(keepUnfinished), o.keepDestroyed(ctx))
}
