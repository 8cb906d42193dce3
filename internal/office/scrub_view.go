package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"yifa/internal/access"
	"yifa/internal/store"
)

// StorageView is what administrators see of the evidence store.
type StorageView struct {
	Free    int64 // bytes the disk has left; -1 where that cannot be told
	Running *ScrubView
	Last    *ScrubView // nil: none was finished yet
}

// ScrubView is a scrub: what was read back, and what of it is not what it was.
type ScrubView struct {
	Began   time.Time
	Files   int
	Bytes   int64
	Bad     int
	Damaged []DamagedFile // the first of them
}

// Storage is the state of the evidence store for an administrator; ErrNotFound else.
func (o *Office) Storage(ctx context.Context, r Reader) (StorageView, error) {
	if !r.May(access.Storage) {
		return StorageView{}, ErrNotFound
	}
	return o.Scrubbed(ctx)
}

// Scrubbed is the state of the evidence store, for the operator.
func (o *Office) Scrubbed(ctx context.Context) (StorageView, error) {
	v := StorageView{Free: -1}
	if free, err := o.blobs.Free(); err == nil {
		v.Free = free
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		waiting, err := q.WaitingJobs(ctx, jobScrub)
		if err == nil && len(waiting) > 0 {
			v.Running, err = scrubView(waiting[0])
		}
		if err != nil {
			return err
		}
		v.Last, err = lastScrub(ctx, q)
		return err
	})
	return v, err
}

// LastScrub is the last scrub that was finished; nil where there was none.
func LastScrub(ctx context.Context, db *store.DB) (*ScrubView, error) {
	var v *ScrubView
	err := db.Read(ctx, func(q *store.Query) (err error) { v, err = lastScrub(ctx, q); return err })
	return v, err
}

func lastScrub(ctx context.Context, q *store.Query) (*ScrubView, error) {
	last, err := q.LastJob(ctx, jobScrub)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil //nolint:nilnil // as its comment says
	}
	if err != nil {
		return nil, err
	}
	return scrubView(last)
}

func scrubView(j store.Job) (*ScrubView, error) {
	var a scrubArgs
	if err := json.Unmarshal([]byte(j.Args), &a); err != nil {
		return nil, fmt.Errorf("office: scrub: %w", err)
	}
	return &ScrubView{Began: a.Began, Files: a.Files, Bytes: a.Bytes, Bad: a.Bad, Damaged: a.Damaged}, nil
}
