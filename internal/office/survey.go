package office

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// How clocks are gone through: so many rows of what each hangs on at a time, and so many matters whose clocks are counted
// at a time.
const (
	surveyPage  = 4000
	surveyChunk = 250
)

// survey finds the matters whose open clocks another calendar moves. It reads a page at a time, so that no long
// transaction keeps the database from tidying up, and writes nothing.
type survey struct {
	o       *Office
	cal     *calendar.Calendar // to count with
	changes calendar.Changes   // where it differs from the one they were counted with
	say     func(open, examined int)
}

// moving is a matter with a clock that moves.
type moving struct {
	Matter matter.ID
	Holder string
	Hash   string                     // of its procedure
	Clocks map[string][2]matter.Clock // by key: as it stands, and counted anew
}

// run calls found for each matter that moves, one call at a time, in no order; a matter with several clocks may come
// several times.
func (s *survey) run(ctx context.Context, found func(moving) error) error {
	if len(s.changes) == 0 {
		return nil
	}
	first, last := s.changes[0], s.changes[len(s.changes)-1]
	var all, reached int
	err := s.o.db.Read(ctx, func(q *store.Query) (err error) {
		all, reached, err = q.OpenClocks(ctx, first, last)
		return err
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	chunks := make(chan []store.Reached)
	var examined atomic.Int64
	examined.Store(int64(all - reached)) // the others hang on no day between
	var telling sync.Mutex
	var counters sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		counters.Go(func() {
			for chunk := range chunks {
				list, err := s.count(ctx, chunk)
				telling.Lock()
				for _, m := range list {
					if err == nil {
						err = found(m)
					}
				}
				s.say(all, min(all, int(examined.Add(int64(len(chunk)))))) // one that moves on may come twice
				telling.Unlock()
				if err != nil {
					cancel(err)
				}
			}
		})
	}
	s.read(ctx, cancel, chunks, func(passed int) { examined.Add(int64(passed)) })
	counters.Wait()
	return context.Cause(ctx)
}

// read hands the clocks that a changed day touches to the counters, and passes over the others.
func (s *survey) read(ctx context.Context, fail context.CancelCauseFunc, chunks chan<- []store.Reached, pass func(int)) {
	defer close(chunks)
	first, last := s.changes[0], s.changes[len(s.changes)-1]
	var after store.Reached
	for ctx.Err() == nil {
		var page []store.Reached
		err := s.o.db.Read(ctx, func(q *store.Query) (err error) {
			page, err = q.ReachedBetween(ctx, first, last, after, surveyPage)
			return err
		})
		if err != nil {
			fail(err)
			return
		}
		if len(page) == 0 {
			return
		}
		after = page[len(page)-1]
		n := len(page)
		page = slices.DeleteFunc(page, func(r store.Reached) bool { return !s.changes.Touch(r.First, r.Last) })
		pass(n - len(page))
		for chunk := range slices.Chunk(page, surveyChunk) {
			select {
			case chunks <- chunk:
			case <-ctx.Done():
				return
			}
		}
	}
}

// count counts the clocks of some matters, and returns those that move.
func (s *survey) count(ctx context.Context, chunk []store.Reached) ([]moving, error) {
	ids := make([]matter.ID, len(chunk))
	for i, r := range chunk {
		ids[i] = r.Matter
	}
	slices.Sort(ids)
	var list []store.Counted
	err := s.o.db.Read(ctx, func(q *store.Query) (err error) {
		list, err = q.CountedOf(ctx, slices.Compact(ids))
		return err
	})
	if err != nil {
		return nil, err
	}
	keys := map[matter.ID][]string{}
	for _, r := range chunk {
		keys[r.Matter] = append(keys[r.Matter], r.Key)
	}
	var out []moving
	for _, c := range list {
		if _, err := s.o.law.ByHash(c.Hash); err != nil {
			continue // no act can be done in it
		}
		m := moving{Matter: c.ID, Holder: c.Holder, Hash: c.Hash, Clocks: map[string][2]matter.Clock{}}
		for _, key := range keys[c.ID] {
			was := c.Clocks[key]
			if now := clock.Recount(s.cal, was); now.Due != was.Due || now.Left != was.Left || now.Provisional != was.Provisional {
				m.Clocks[key] = [2]matter.Clock{was, now}
			}
		}
		if len(m.Clocks) > 0 {
			out = append(out, m)
		}
	}
	return out, nil
}
