package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"yifa/internal/demo"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// filled is kept beside the database: how far it was filled.
type filled struct {
	Target  int // the size it is filled for: which matters stay unfinished hangs on it
	Matters int
}

const (
	filledFile = "bench.json"
	fillers    = 128
	fillDay    = 250 // at least so many matters are of one day: acts of one moment share transactions
	fillDays   = 250
	openShare  = 50 // one matter in so many is unfinished: the newest
)

func (c *city) filledTo() (filled, error) {
	var f filled
	raw, err := os.ReadFile(filepath.Join(c.dir, filledFile))
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return f, err
	}
	return f, json.Unmarshal(raw, &f)
}

func (c *city) noteFilled(f filled) error {
	raw, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.dir, filledFile), raw, 0o600)
}

// fill makes the matters that are missing, by acting, a day at a time: what is there is kept.
func (c *city) fill(ctx context.Context) error {
	f, err := c.filledTo()
	if err != nil {
		return err
	}
	if f.Target == 0 {
		people := demo.City{Office: c.Office, Law: c.Law, LawFS: c.size.Law, Clock: c.clock}
		if err := people.Found(ctx); err != nil {
			return err
		}
	}
	f.Target = max(f.Target, c.n)
	end, start, had := time.Now(), time.Now(), f.Matters
	begin := demo.Begin.AddDays(8).Midnight()
	for f.Matters < c.n {
		n := min(max(fillDay, c.n/fillDays), c.n-f.Matters)
		c.clock.Set(begin.Add(time.Duration(float64(end.Sub(begin)) * float64(f.Matters) / float64(c.n))))
		err := parallel(n, fillers, func(k int) error { return c.make(ctx, f.Matters+k) })
		if err != nil {
			return err
		}
		if err := c.work(ctx); err != nil {
			return err
		}
		if err := c.Office.Prune(ctx); err != nil {
			return err
		}
		f.Matters += n
		if err := c.noteFilled(f); err != nil {
			return err
		}
		c.logf("%d of %d matters, %.0f/s", f.Matters, c.n, float64(f.Matters-had)/time.Since(start).Seconds())
	}
	if f.Matters > had {
		c.out.FillPerS = float64(f.Matters-had) / time.Since(start).Seconds()
	}
	return c.noteFilled(f)
}

// make takes one matter through its acts: reported, its target noted, sorted, routed away; the newest
// ones stop on the way.
func (c *city) make(ctx context.Context, i int) error {
	d := dice(i)
	place := places[0]
	if i%2 == 1 {
		place = places[1+i/2%(len(places)-1)]
	}
	var id matter.ID
	do := func(person, act string, fields map[string][]string) error {
		a := office.Act{Matter: id, Act: act, Fields: fields}
		if id == 0 {
			a.Procedure = procedure
		}
		done, err := c.Office.Perform(ctx, c.Office.ReaderFor(person, 0), a)
		if bad, ok := errors.AsType[office.BadFields](err); ok {
			err = fmt.Errorf("%w: %v", err, map[string]string(bad))
		}
		if err != nil {
			return fmt.Errorf("matter %d: %s: %w", i, act, err)
		}
		id = done.Matter
		return nil
	}
	steps := []struct {
		act    string
		fields map[string][]string
	}{
		{"link_target", map[string][]string{"target": {"not_an_organ"}}},
		{"sort", map[string][]string{"stream": {"other_remedy"}, "title": {title(d)}, "summary": {prose(d, 60)}}},
		{"route_away", map[string][]string{"route_to": {"440700-xfj"}, "why": {"petition"}, "may_name": {"no"}, "explain": {prose(d, 60)}}},
	}
	if err := do("", "file_report", reportOf(i, c.n, d, place.county)); err != nil {
		return err
	}
	if i >= c.n-c.n/openShare-10 { // at least a few, also in a small city
		steps = steps[:2]
	}
	for _, s := range steps {
		if err := do(place.head, s.act, s.fields); err != nil {
			return err
		}
	}
	return nil
}

// parallel calls fn for 0 to n-1, so many at a time, and returns the first error.
func parallel(n, at int, fn func(i int) error) error {
	var wg sync.WaitGroup
	var next atomic.Int64
	var failed atomic.Pointer[error]
	for range at {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := int(next.Add(1) - 1); i < n && failed.Load() == nil; i = int(next.Add(1) - 1) {
				if err := fn(i); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		}()
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
