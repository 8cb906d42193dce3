package office

import (
	"context"
	"log/slog"
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
	jobBatch  = 64
	jobLease  = time.Minute
	workEvery = time.Second
)

// Run does the work that acts leave behind until ctx ends: it indexes texts, and sweeps the clocks
// whenever a new day has begun.
func (o *Office) Run(ctx context.Context) {
	tick := time.NewTicker(workEvery)
	defer tick.Stop()
	var swept calendar.Date
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
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-o.nudge:
		}
	}
}

// Work does every job that is due now.
func (o *Office) Work(ctx context.Context) error {
	for kind, do := range map[string]func(context.Context, *store.Tx, []store.Job) error{jobIndex: o.index, jobTell: o.tell} {
		for {
			var jobs []store.Job
			err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
				if jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, jobBatch, kind); err != nil {
					return err
				}
				return do(ctx, tx, jobs)
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

// Prune removes sessions, drafts and answers that have expired, and the files of such drafts.
func (o *Office) Prune(ctx context.Context) error {
	var blobs []string
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		blobs, err = tx.Prune(ctx, o.now())
		return err
	})
	for _, b := range blobs {
		if e := o.blobs.Remove(b); e != nil && err == nil {
			err = e
		}
	}
	return err
}

// index makes the index of each job's matter anew, in the transaction that finishes the job.
func (o *Office) index(ctx context.Context, tx *store.Tx, jobs []store.Job) error {
	done := map[matter.ID]bool{}
	for _, j := range jobs {
		if !done[j.Matter] {
			if err := o.indexMatter(ctx, tx, j.Matter); err != nil {
				return err
			}
			done[j.Matter] = true
		}
		if err := tx.FinishJob(ctx, j, o.now()); err != nil {
			return err
		}
	}
	return nil
}

// indexMatter indexes the texts of the classes that may be indexed. Sealed and filer-only texts
// never enter the index.
func (o *Office) indexMatter(ctx context.Context, tx *store.Tx, id matter.ID) error {
	row, err := tx.Matter(ctx, id)
	if err != nil {
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
