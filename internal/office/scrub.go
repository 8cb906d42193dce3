package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/evidence"
	"yifa/internal/matter"
	"yifa/internal/store"
)

const jobScrub = "scrub" // every file of the record is read back

// How a scrub is paced.
const (
	scrubEvery  = time.Minute      // how often a node looks whether tonight's waits
	scrubHour   = 2                // of the day, in Asia/Shanghai
	scrubLease  = 10 * time.Minute // the largest file is read in less; a program that ends is succeeded after it
	scrubAtOnce = 20               // parts between two notes of how far it is
	scrubTold   = 500              // damaged files that are named; more are counted
)

// Why a file is not what it was.
const (
	FileGone    = "gone"
	FileDamaged = "damaged"
)

// scrubArgs is the job of one night: how far it is and what it found. It holds no name of a file: names can name people.
type scrubArgs struct {
	After   store.PartPlace `json:"after"`
	Files   int             `json:"files"`
	Bytes   int64           `json:"bytes"`
	Bad     int             `json:"bad"`
	Damaged []DamagedFile   `json:"damaged,omitempty"`
	Began   time.Time       `json:"began"`
}

// DamagedFile is a file of the record whose stored bytes are not what they were.
type DamagedFile struct {
	Matter  matter.ID    `json:"matter"`
	Seq     int          `json:"seq"`
	Class   matter.Class `json:"class"`
	N       int          `json:"n"` // of the files of that class of the entry, from 0
	Clean   bool         `json:"clean,omitempty"`
	Address string       `json:"address"`
	State   string       `json:"state"`
}

// scrubs looks after tonight's scrub until ctx ends.
func (o *Office) scrubs(ctx context.Context) { o.every(ctx, scrubEvery, "scrub", o.Scrub) }

// Scrub reads back what the scrub of today has not read yet, once its hour has come. Several programs may call it: one does
// it, and another goes on where that one ended.
func (o *Office) Scrub(ctx context.Context) error {
	now := o.now()
	if at := now.In(calendar.Shanghai); at.Hour() < scrubHour {
		return o.scrubWaiting(ctx)
	}
	args, err := json.Marshal(scrubArgs{Began: now.UTC().Truncate(time.Minute)})
	if err != nil {
		return fmt.Errorf("office: scrub: %w", err)
	}
	uniq := jobScrub + "/" + o.Today().String()
	var added bool
	if err := o.db.Read(ctx, func(q *store.Query) (err error) { added, err = q.HasJob(ctx, []string{uniq}); return err }); err != nil {
		return err
	}
	if !added {
		if err := o.db.Write(ctx, func(tx *store.Tx) error {
			return tx.AddJob(ctx, store.Job{Uniq: uniq, Kind: jobScrub, Args: string(args), RunAt: now, Created: now})
		}); err != nil {
			return err
		}
	}
	return o.scrubWaiting(ctx)
}

// scrubWaiting goes on with a scrub that nobody is at.
func (o *Office) scrubWaiting(ctx context.Context) error {
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), scrubLease, 1, jobScrub)
		return err
	})
	if err != nil || len(jobs) == 0 {
		return err
	}
	s := scrub{o: o, job: jobs[0]}
	if err := json.Unmarshal([]byte(s.job.Args), &s.args); err != nil {
		return fmt.Errorf("office: scrub: %w", err)
	}
	if err := s.run(ctx); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return errors.Join(err, o.db.Write(ctx, func(tx *store.Tx) error { return o.again(ctx, tx, s.job, err) }))
	}
	return nil
}

// scrub is a scrub while it runs.
type scrub struct {
	o    *Office
	job  store.Job
	args scrubArgs
}

func (s *scrub) run(ctx context.Context) error {
	for {
		var parts []store.StoredPart
		err := s.o.db.Read(ctx, func(q *store.Query) (err error) {
			parts, err = q.PartsAfter(ctx, s.args.After, scrubAtOnce)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range parts {
			if err := s.part(ctx, p); err != nil {
				return err
			}
			s.args.After = store.PartPlace{Shard: p.Matter.Shard(), Matter: p.Matter, Seq: p.Seq, Class: p.Class, Party: p.Party}
		}
		done := len(parts) < scrubAtOnce
		if err := s.keep(ctx, done); err != nil || done {
			return err
		}
	}
}

// keep writes down how far the scrub is.
func (s *scrub) keep(ctx context.Context, done bool) error {
	text, err := json.Marshal(s.args)
	if err != nil {
		return fmt.Errorf("office: scrub: %w", err)
	}
	return s.o.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.KeepJob(ctx, s.job, string(text), s.o.now().Add(scrubLease)); err != nil || !done {
			return err
		}
		return tx.FinishJob(ctx, s.job, s.o.now())
	})
}

// part reads the files of one part. A part that cannot be opened is for Verify to name.
func (s *scrub) part(ctx context.Context, p store.StoredPart) error {
	part, err := s.o.unseal(p.Matter, p.Seq, sealedOf(p))
	if err != nil {
		return nil //nolint:nilerr // the record itself is not what a scrub looks after
	}
	for n, f := range part.Files {
		if f.Blob == "" {
			continue
		}
		s.args.Files++
		s.args.Bytes += f.Size
		bad := DamagedFile{Matter: p.Matter, Seq: p.Seq, Class: p.Class, N: n, Clean: f.Clean, Address: f.Blob}
		if s.o.scrubbing != nil {
			s.o.scrubbing()
		}
		err := s.o.blobs.Check(ctx, f.Blob)
		switch {
		case err == nil:
			continue
		case errors.Is(err, evidence.ErrNoBlob):
			bad.State = FileGone
		case errors.Is(err, evidence.ErrBrokenBlob):
			bad.State = FileDamaged
		default:
			return err
		}
		if gone, err := s.o.destroyedSince(ctx, p); gone || err != nil {
			return err
		}
		slog.Error("evidence", "file", bad.State, "matter", bad.Matter, "entry", bad.Seq, "class", bad.Class, "n", bad.N, "address", bad.Address)
		if s.args.Bad++; len(s.args.Damaged) < scrubTold {
			s.args.Damaged = append(s.args.Damaged, bad)
		}
	}
	return nil
}

// destroyedSince tells whether a part was destroyed since it was read: then its files are rightly gone.
func (o *Office) destroyedSince(ctx context.Context, p store.StoredPart) (gone bool, err error) {
	gone = true
	err = o.db.Read(ctx, func(q *store.Query) error {
		return q.EachPart(ctx, p.Matter, func(is store.StoredPart) error {
			gone = gone && (is.Seq != p.Seq || is.Class != p.Class || is.Party != p.Party)
			return nil
		})
	})
	return gone, err
}
