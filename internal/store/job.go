package store

import (
	"context"
	"fmt"
	"time"

	"yifa/internal/matter"
)

// Job is work to be done after the transaction that asks for it: the outbox and the job queue are
// this one table. Ids are random, so that a row does not tell the order of filing.
type Job struct {
	ID      int64     // set on reading
	Uniq    string    // adding the same Uniq twice is one job, also after it is done; "" always adds
	Kind    string    // tell, index, document, head …
	Matter  matter.ID // 0: none
	Args    string    // JSON written by the caller; no personal text
	RunAt   time.Time // not before
	Attempt int       // set on reading: 1 for the first
	Created time.Time // cut to the minute by the caller where the filer is anonymous
}

// AddJob adds a job unless there already was one with its Uniq.
func (tx *Tx) AddJob(ctx context.Context, j Job) error {
	id, err := randomID()
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, "job_add", id, nullable(j.Uniq), j.Kind, j.Matter, j.Args, micros(j.RunAt), micros(j.Created))
	if err != nil {
		return fmt.Errorf("store: add job %s %s: %w", j.Kind, j.Uniq, err)
	}
	return nil
}

// ClaimJobs takes at most limit jobs that are due at now for the caller alone, until the full minute after now+lease.
// Empty kinds means every kind. A job whose lease ends unfinished can be claimed again.
func (tx *Tx) ClaimJobs(ctx context.Context, now time.Time, lease time.Duration, limit int, kinds ...string) ([]Job, error) {
	until := minuteAfter(now.Add(lease))
	var list []Job
	args := []any{until, micros(now), keys(kinds), limit}
	var flags []string
	if len(kinds) > 0 {
		flags = []string{"kinds"}
	}
	err := tx.eachOf(ctx, "job_claim", tx.db.build("job_claim", flags), args, func(scan scanFunc) error {
		j, err := scanJob(scan)
		list = append(list, j)
		return err
	})
	return list, err
}

// KeepJob prolongs the lease of a job that takes long, and notes how far it is. ErrNotFound as FinishJob.
func (tx *Tx) KeepJob(ctx context.Context, j Job, args string, until time.Time) error {
	n, err := tx.exec(ctx, "job_keep", minuteAfter(until), args, j.ID, j.Attempt)
	return oneRow("keep job "+j.Kind, n, err)
}

// WaitingJobs are the jobs of a kind that are not done, those being done among them, in order of making.
func (q *Query) WaitingJobs(ctx context.Context, kind string) ([]Job, error) {
	var list []Job
	err := q.each(ctx, "job_waiting", []any{kind}, func(scan scanFunc) error {
		j, err := scanJob(scan)
		list = append(list, j)
		return err
	})
	return list, err
}

// LastJob is the job of a kind that was done last, or ErrNotFound.
func (q *Query) LastJob(ctx context.Context, kind string) (Job, error) {
	var j Job
	err := q.each(ctx, "job_last", []any{kind}, func(scan scanFunc) (err error) {
		j, err = scanJob(scan)
		return err
	})
	if err == nil && j.ID == 0 {
		err = fmt.Errorf("store: last job %s: %w", kind, ErrNotFound)
	}
	return j, err
}

// FinishJob marks a job done. ErrNotFound where it is gone, done already, or was claimed by another
// since (its Attempt is higher).
func (tx *Tx) FinishJob(ctx context.Context, j Job, now time.Time) error {
	n, err := tx.exec(ctx, "job_finish", minute(now), j.ID, j.Attempt)
	return oneRow("finish job "+j.Kind, n, err)
}

// FinishWaiting marks jobs done, by their Uniq, that are due at now and that nobody has claimed.
func (tx *Tx) FinishWaiting(ctx context.Context, uniq []string, now time.Time) error {
	if len(uniq) == 0 {
		return nil
	}
	_, err := tx.exec(ctx, "job_finish_waiting", minute(now), keys(uniq), micros(now))
	return err
}

// HasJob tells whether a job by one of these Uniq was ever added and is not dropped yet.
func (q *Query) HasJob(ctx context.Context, uniq []string) (bool, error) {
	if len(uniq) == 0 {
		return false, nil
	}
	var n int
	err := q.one(ctx, "job_any", []any{keys(uniq)}, &n)
	return n > 0, err
}

// FailJob notes what went wrong and when to try again. A zero time gives the job up: it stays in
// the table, counted by JobCounts, and runs no more.
func (tx *Tx) FailJob(ctx context.Context, j Job, fault string, again time.Time) error {
	at := forever
	if !again.IsZero() {
		at = minuteAfter(again)
	}
	n, err := tx.exec(ctx, "job_fail", at, fault, j.ID, j.Attempt)
	return oneRow("fail job "+j.Kind, n, err)
}

// JobCounts says how many jobs are waiting (due at now or later) and how many were given up.
func (q *Query) JobCounts(ctx context.Context) (waiting, givenUp int, err error) {
	err = q.one(ctx, "job_counts", []any{forever}, &waiting, &givenUp)
	return waiting, givenUp, err
}

// DropDoneJobs removes jobs finished before an instant, and with them the memory of their Uniq.
func (tx *Tx) DropDoneJobs(ctx context.Context, before time.Time) error {
	_, err := tx.exec(ctx, "job_drop", micros(before))
	return err
}

func scanJob(scan scanFunc) (Job, error) {
	var j Job
	var runAt, created int64
	err := scan(&j.ID, &j.Uniq, &j.Kind, &j.Matter, &j.Args, &runAt, &j.Attempt, &created)
	j.RunAt, j.Created = fromMicros(runAt), fromMicros(created)
	return j, err
}
