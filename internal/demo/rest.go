package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// FullSize is how many matters a full demo city has.
const FullSize = 3000

// progressFile holds how far the telling of the rest has come.
const progressFile = "told"

// Progress is how many stories of the rest were told, and how many matters there are of all stories.
type Progress struct {
	Stories int `json:"stories"`
	Matters int `json:"matters"`
}

// Keep writes the progress to a data folder.
func (p Progress) Keep(dir string) error {
	raw, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("demo: progress: %w", err)
	}
	next := filepath.Join(dir, progressFile+".new")
	if err := os.WriteFile(next, raw, 0o600); err != nil {
		return fmt.Errorf("demo: progress: %w", err)
	}
	return os.Rename(next, filepath.Join(dir, progressFile))
}

// ProgressOf reads the progress of a data folder; a folder without it has the default city.
func ProgressOf(dir string) (Progress, error) {
	p := Progress{Matters: DefaultSize}
	raw, err := os.ReadFile(filepath.Join(dir, progressFile))
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("demo: progress: %w", err)
	}
	return p, json.Unmarshal(raw, &p)
}

// Rest tells the stories of a full city beside the office that serves it. City has an office of its own on the same
// data, with a clock of its own; each story is told whole while the serving office sweeps nothing, so that no story is
// met half told. What is told later than it happened bears the days on which it happened, but later numbers.
type Rest struct {
	City *City
	Live *office.Office
	Dir  string // data folder
	Size int    // how many matters there will be; 0: FullSize

	made    atomic.Int64
	resumed chan struct{} // closed when the story that was cut off is whole
	once    sync.Once
}

// Release lets those go on who wait in Resumed, also where nothing can be told.
func (r *Rest) Release() { r.once.Do(func() { close(r.resumed) }) }

// Made is how many matters there are of all that will be.
func (r *Rest) Made() (done, all int) { return min(int(r.made.Load()), r.size()), r.size() }

func (r *Rest) size() int { return cmp.Or(r.Size, FullSize) }

// Resume reads how far it has come. It is called before Tell and Resumed.
func (r *Rest) Resume() error {
	p, err := ProgressOf(r.Dir)
	r.made.Store(int64(p.Matters))
	r.resumed = make(chan struct{})
	return err
}

// Resumed waits until a story that was cut off when the program ended is whole. Answers to its acts, by which they are
// found again, are pruned like all others: the serving office should begin that only then.
func (r *Rest) Resumed(ctx context.Context) {
	select {
	case <-r.resumed:
	case <-ctx.Done():
	}
}

// Tell tells what is left, a story at a time, until the city is full or ctx ends. It rests as long as it works, so that
// whoever uses the city meanwhile hardly notices.
func (r *Rest) Tell(ctx context.Context) error {
	defer r.Release()
	p, err := ProgressOf(r.Dir)
	if err != nil || p.Matters >= r.size() {
		return err
	}
	if err := r.City.Read(); err != nil {
		return err
	}
	plots, tell, err := r.City.plan(r.size()*11/10, true)
	if err != nil {
		return err
	}
	slog.Info("demo data", "matters", p.Matters, "of", r.size())
	for i, x := range plots {
		if p.Matters >= r.size() || ctx.Err() != nil {
			break
		}
		if i < p.Stories {
			tell.choose(x) // told before; words go on from here
			continue
		}
		began := time.Now()
		if s := r.City.story(x, tell, firstOfRest+i); s != nil {
			if err := r.Live.Between(func() error { return r.City.whole(ctx, s) }); err != nil {
				return err
			}
			if (p.Matters+matters([]*story{s}))/100 > p.Matters/100 {
				slog.Info("demo data", "matters", p.Matters+matters([]*story{s}), "of", r.size())
			}
			p.Matters += matters([]*story{s})
		}
		r.Release()
		p.Stories = i + 1
		if err := p.Keep(r.Dir); err != nil {
			return err
		}
		r.made.Store(int64(p.Matters))
		if err := pause(ctx, time.Since(began)); err != nil {
			break
		}
	}
	return nil
}

// firstOfRest keeps the names of the rest's acts apart from those of the first stories.
const firstOfRest = 10_000

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// whole tells one story from its first act to its last, and does what has lapsed since. Told again after a fall, its
// acts are found by their keys and done once.
func (c *City) whole(ctx context.Context, s *story) error {
	var day calendar.Date
	hour := -1
	for i, l := range s.steps {
		if i > 0 && s.steps[i-1].step.Today() == l.step.Today() {
			l.hour = max(l.hour, hour)
		}
		if l.step.Today() != day || l.hour != hour {
			day, hour = l.step.Today(), l.hour
			c.Clock.Walk(day.Midnight().Add(time.Duration(hour)*time.Hour + time.Duration(s.n*7%23)*time.Minute))
		}
		if err := c.next(ctx, s); err != nil {
			return err
		}
	}
	c.Clock.Set(min(day.AddDays(afterwards), c.Today).Midnight().Add(10 * time.Minute))
	for _, id := range s.ids {
		if id == matter.ID(0) {
			continue
		}
		if err := c.Office.SweepMatter(ctx, id); err != nil {
			return fmt.Errorf("demo: %s: %w", s.name, err)
		}
	}
	return nil
}

// afterwards is how many days after its last act a story is looked at once more: longer than any clock that archives.
const afterwards = 60
