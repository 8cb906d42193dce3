package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Line is one row of the table.
type Line struct {
	Name     string
	Clients  int
	N        int
	PerS     float64
	P50, P99 time.Duration
	CPU      float64 // milliseconds of processor a request, of the process that serves
	Client   float64 // of the process that asks; 0: the same process
}

// meter is whose processor time counts.
type meter struct{ pid, client int }

// asking is one request, the i-th of a client's run; false where nothing is left to ask for.
type asking func(ctx context.Context, client, i int) (bool, error)

// load asks from so many clients at once for a while, or until nothing is left. It stops at the first
// error.
func (s *size) load(ctx context.Context, clients int, m meter, fn asking) (Line, error) {
	var (
		wg     sync.WaitGroup
		failed atomic.Pointer[error]
		next   atomic.Int64
		took   = make([][]time.Duration, clients)
	)
	before, mine := cpuTime(m.pid), cpuTime(m.client)
	start := time.Now()
	for c := range clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for failed.Load() == nil && time.Since(start) < s.Each && ctx.Err() == nil {
				t := time.Now()
				more, err := fn(ctx, c, int(next.Add(1)-1))
				if err != nil {
					failed.CompareAndSwap(nil, &err)
					return
				}
				if !more {
					return
				}
				took[c] = append(took[c], time.Since(t))
			}
		}()
	}
	wg.Wait()
	spent := time.Since(start)
	if err := failed.Load(); err != nil {
		return Line{}, *err
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	l := Line{Clients: clients, N: len(all), PerS: float64(len(all)) / spent.Seconds()}
	if len(all) > 0 {
		l.P50, l.P99 = all[len(all)/2], all[len(all)*99/100]
		l.CPU = ms(cpuTime(m.pid)-before) / float64(len(all))
		if m.client != m.pid {
			l.Client = ms(cpuTime(m.client)-mine) / float64(len(all))
		}
	}
	return l, ctx.Err()
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// measure runs a load and keeps its line.
func (s *size) measure(ctx context.Context, name string, clients int, m meter, fn asking) error {
	if !strings.Contains(name, s.Only) {
		return nil
	}
	l, err := s.load(ctx, clients, m, fn)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	l.Name = name
	s.logf("%-28s %3d  %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  cpu %6.3f ms", name, clients, l.PerS, ms(l.P50), ms(l.P99), l.CPU)
	s.out.Lines = append(s.out.Lines, l)
	return nil
}

// dice are repeatable: two runs ask for the same things.
func dice(seed int) *rand.Rand { return rand.New(rand.NewPCG(uint64(seed), 20260201)) } //nolint:gosec // no secret: what a run asks for
