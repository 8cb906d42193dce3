package office

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/search"
	"yifa/internal/store"
)

// Kinds of job.
const (
	jobIndex   = "index"
	jobTell    = "tell"
	jobRecount = "recount" // a calendar notice was entered
)

// How the work beside the acts is paced.
const (
	jobBatch   = 64
	jobLease   = time.Minute
	jobSlowest = 8 // a failing job is tried again after 2, 4 … 256 minutes
	workEvery  = time.Second
	pruneEvery = time.Hour
)

// Run does the work that acts leave behind until ctx ends: it indexes texts, and sweeps the clocks
// whenever a new day has begun, and removes what has expired.
func (o *Office) Run(ctx context.Context) {
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
		if err := o.Work(ctx); err != nil && ctx.Err() == nil {
			slog.Error("jobs", "fault", err)
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
	}
}

// Work does every job that is due now. A job that fails is tried again later, ever more rarely, and
// holds up no other.
func (o *Office) Work(ctx context.Context) error {
	for kind, do := range map[string]func(context.Context, *store.Tx, store.Job) error{jobIndex: o.index, jobTell: o.tell} {
		for {
			var jobs []store.Job
			err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
				if jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, jobBatch, kind); err != nil {
					return err
				}
				return o.each(ctx, tx, jobs, do)
			})
			if err != nil {
				return err
			}
			if len(jobs) < jobBatch {
				break
			}
		}
	}
	return o.recountJobs(ctx)
}

// each does jobs one by one, each in a part of the transaction that can be undone alone.
func (o *Office) each(ctx context.Context, tx *store.Tx, jobs []store.Job, do func(context.Context, *store.Tx, store.Job) error) error {
	indexed := map[matter.ID]bool{}
	for _, j := range jobs {
		err := tx.Try(ctx, func() error {
			if !indexed[j.Matter] || j.Kind != jobIndex { // all jobs of this batch were there before the first was done
				if err := do(ctx, tx, j); err != nil {
					return err
				}
			}
			return tx.FinishJob(ctx, j, o.now())
		})
		if err == nil {
			indexed[j.Matter] = indexed[j.Matter] || j.Kind == jobIndex
			continue
		}
		slog.Error("job", "kind", j.Kind, "matter", j.Matter, "attempt", j.Attempt, "fault", err)
		again := o.now().Add(jobLease << min(j.Attempt, jobSlowest))
		if err := tx.FailJob(ctx, j, err.Error(), again); err != nil {
			return err
		}
	}
	return nil
}

// recountJobs counts all open clocks anew once for all notices entered since. The recount writes by
// itself, matter by matter, so the job is finished after it; done again it enters nothing.
func (o *Office) recountJobs(ctx context.Context) error {
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, jobBatch, jobRecount)
		return err
	})
	if err != nil || len(jobs) == 0 {
		return err
	}
	if err := o.Recount(ctx); err != nil {
		return err
	}
	return o.db.Write(ctx, func(tx *store.Tx) error {
		for _, j := range jobs {
			if err := tx.FinishJob(ctx, j, o.now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// What is kept for a while after it has served: finished jobs, so that what ran can be looked up, and
// uploads cut off on their way in, which another program may still be writing.
const (
	keepJobs       = 7 * 24 * time.Hour
	keepUnfinished = 24 * time.Hour
)

// Prune removes sessions, drafts and answers that have expired, the files of such drafts, jobs finished
// a week ago, and what interrupted uploads left behind.
func (o *Office) Prune(ctx context.Context) error {
	var blobs []string
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		if blobs, err = tx.Prune(ctx, o.now()); err != nil {
			return err
		}
		return tx.DropDoneJobs(ctx, o.now().Add(-keepJobs))
	})
	for _, b := range blobs {
		if e := o.blobs.Remove(b); e != nil && err == nil {
			err = e
		}
	}
	return errors.Join(err, o.blobs.RemoveUnfinished(keepUnfinished))
}

// indexUniq names the job that indexes a matter after one of its entries.
func indexUniq(id matter.ID, seq int) string { return fmt.Sprintf("index/%s/%d", id, seq) }

// covered marks done, before the texts are read, what other jobs wait to do for entries that will be read with them.
func (o *Office) covered(ctx context.Context, tx *store.Tx, j store.Job, rev int) error {
	own, err := strconv.Atoi(j.Uniq[strings.LastIndex(j.Uniq, "/")+1:])
	if err != nil {
		return nil //nolint:nilerr // a job of another name covers only itself
	}
	var others []string
	for seq := own + 1; seq <= rev; seq++ {
		others = append(others, indexUniq(j.Matter, seq))
	}
	return tx.FinishWaiting(ctx, others, o.now())
}

// index makes the index of a job's matter anew, from the texts of the classes that may be indexed.
// Sealed and filer-only texts never enter it.
func (o *Office) index(ctx context.Context, tx *store.Tx, j store.Job) error {
	id := j.Matter
	row, err := tx.Matter(ctx, id)
	if err != nil {
		return err
	}
	if err := o.covered(ctx, tx, j, row.Rev); err != nil {
		return err
	}
	texts := map[matter.Class][]string{matter.Staff: {row.Number}}
	parts, err := tx.Parts(ctx, id)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.Class == matter.Sealed || p.Class == matter.Filer || p.Party != "" {
			continue
		}
		part, err := o.unseal(id, p.Seq, sealedOf(p))
		if err != nil {
			return err
		}
		for _, name := range sortedKeys(part.Fields) {
			texts[p.Class] = append(texts[p.Class], part.Fields[name])
		}
	}
	if organ, known := o.organ(row.Organ); known {
		texts[matter.Staff] = append(texts[matter.Staff], organ.Name)
	}
	for _, class := range []matter.Class{matter.Public, matter.Parties, matter.Staff} {
		d := search.Index(strings.Join(texts[class], "\n"), o.vault.SearchToken)
		doc := store.Doc{Matter: id, Class: class, Sort: row.Sort, Grams: d.G, Chars: d.C}
		if err := tx.PutSearch(ctx, doc); err != nil {
			return err
		}
	}
	return nil
}
