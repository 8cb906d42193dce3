package bench

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"
)

// Options say what to measure and where.
type Options struct {
	Dir      string // holds one data folder for each size, reused when it is filled far enough
	Database string // postgres://…; empty: SQLite in each data folder
	Sizes    []int  // how many matters, each measured in turn; at least one
	Each     time.Duration
	FillOnly bool
	Only     string // measure only lines whose name holds it
	Profile  string // where the served child writes a processor profile; "": none
	Program  string // the yifa to serve with, in processes of its own
	Law      fs.FS
	Log      io.Writer // progress
}

// Report is a whole run.
type Report struct {
	Machine Machine
	Sizes   []Sized
	Growth  []Growth // last size over first
}

// Machine is what it ran on.
type Machine struct {
	CPU      string
	Cores    int
	Database string
	Go       string
	Day      string
}

// Sized is what was measured at one size.
type Sized struct {
	Matters    int
	FillPerS   float64 // matters made per second in this run, indexed; 0: all were there
	Lines      []Line
	Ratios     []Ratio
	DrainedS   float64 // seconds from the last report to an empty index queue
	IdleMiB    float64 // RssAnon of the served child
	LoadedMiB  float64
	ColdMS     float64 // start of the process to its first page, median
	FsyncPerS  float64
	DatabaseMB float64
}

// Growth says how much slower something is at the last size.
type Growth struct {
	Name   string
	Factor float64
}

// Run fills and measures every size.
func Run(ctx context.Context, o Options) (*Report, error) {
	r := &Report{Machine: machine(o)}
	for _, n := range slices.Sorted(slices.Values(o.Sizes)) {
		s := &size{Options: o, n: n, dir: filepath.Join(o.Dir, strconv.Itoa(n))}
		if o.Database != "" {
			s.dir = filepath.Join(o.Dir, "postgres") // one database grows from size to size
		}
		if err := os.MkdirAll(s.dir, 0o700); err != nil {
			return r, err
		}
		if err := s.run(ctx); err != nil {
			return r, fmt.Errorf("bench: %d matters: %w", n, err)
		}
		r.Sizes = append(r.Sizes, s.out)
	}
	r.Growth = growth(r.Sizes)
	return r, nil
}

func machine(o Options) Machine {
	m := Machine{CPU: cpuName(), Cores: runtime.NumCPU(), Database: "SQLite", Go: runtime.Version(), Day: time.Now().Format(time.DateOnly)}
	if o.Database != "" {
		m.Database = "PostgreSQL"
	}
	return m
}

// size is one size while it is measured.
type size struct {
	Options
	n   int
	dir string
	out Sized
}

func (s *size) logf(format string, args ...any) {
	_, _ = fmt.Fprintf(s.Log, "%s  "+format+"\n", append([]any{time.Now().Format(time.TimeOnly)}, args...)...)
}

func (s *size) run(ctx context.Context) error {
	s.out.Matters = s.n
	c, err := s.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { c.close() }()
	if err := c.fill(ctx); err != nil {
		return err
	}
	c.close()
	if s.FillOnly {
		return nil
	}
	if c, err = s.open(ctx, false); err != nil {
		return err
	}
	plan, err := c.prepare(ctx)
	if err != nil {
		return err
	}
	if err := s.inProcess(ctx, c, plan); err != nil {
		return err
	}
	if err := c.work(ctx); err != nil { // what the acts left behind, before anything else is measured
		return err
	}
	rows, err := s.sample(ctx, plan.filed)
	if err != nil {
		return err
	}
	c.close()
	if err := s.raw(ctx, rows); err != nil {
		return err
	}
	if err := s.bare(ctx, plan); err != nil {
		return err
	}
	if err := s.served(ctx, plan); err != nil {
		return err
	}
	s.ratios()
	return nil
}

func growth(sizes []Sized) []Growth {
	if len(sizes) < 2 {
		return nil
	}
	first, last := sizes[0], sizes[len(sizes)-1]
	var out []Growth
	for _, a := range first.Lines {
		for _, b := range last.Lines {
			if a.Name == b.Name && a.Clients == b.Clients && a.P50 > 0 {
				out = append(out, Growth{fmt.Sprintf("%s, %d", a.Name, a.Clients), float64(b.P50) / float64(a.P50)})
			}
		}
	}
	return out
}
