package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// RecountReport is what a holiday notice cost.
type RecountReport struct {
	Machine    Machine
	Load       string // average load of the machine before
	Open       int    // clocks that were open
	Moved      int    // matters whose day moved
	Seconds    float64
	Before     Line // notes beside nothing
	During     Line // notes beside the recount
	FilledPerS float64
}

// How open clocks are made: so many days of work before today have reports made by the office, so many each; every one is
// then copied, row by row, under other ids.
const (
	recountDays    = 180
	recountEach    = 2
	recountClients = 8
	recountAtWork  = 2000 // matters people write notes in: few enough notes each to be like life
	recountBatch   = 1000
	lineBeside     = "note beside a recount"
)

// Recount fills a folder with open clocks and measures what a notice within the year costs that moves one day in fifty.
func Recount(ctx context.Context, o Options) (*RecountReport, error) {
	r := &RecountReport{Machine: machine(o)}
	s := &size{Options: o, n: o.Sizes[0], dir: o.Dir}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return r, err
	}
	c, err := s.open(ctx, true)
	if err != nil {
		return r, err
	}
	defer func() { c.close() }()
	if err := c.fillOpen(ctx, r); err != nil || o.FillOnly {
		return r, err
	}
	c.close()
	if c, err = s.open(ctx, false); err != nil {
		return r, err
	}
	return r, c.recount(ctx, r)
}

// recount enters a notice and measures until nothing waits, with people at work all the while.
func (c *city) recount(ctx context.Context, r *RecountReport) error {
	r.Load = loadAverage()
	p := &plan{}
	if err := c.signIn(ctx, p); err != nil {
		return err
	}
	for i := range recountAtWork {
		done, err := c.Office.Perform(ctx, c.Office.ReaderFor("", 0), office.Act{Procedure: procedure, Act: "file_report", Fields: report(dice(-i), county)})
		if err != nil {
			return err
		}
		p.fresh = append(p.fresh, done.Matter)
	}
	running, stop := context.WithCancel(ctx)
	var beside sync.WaitGroup
	defer beside.Wait()
	defer stop()
	for range 2 { // one counts anew, the other tells and indexes, as often as a busy server does; a sweep is not measured
		beside.Go(func() {
			for running.Err() == nil {
				if err := c.work(running); err != nil && running.Err() == nil {
					c.logf("work: %v", err)
				}
				time.Sleep(time.Second)
			}
		})
	}
	if err := c.settle(ctx, r); err != nil { // the first count of a new folder, and the first sweep
		return err
	}
	if _, err := c.size.drained(ctx); err != nil {
		return err
	}
	self := meter{os.Getpid(), os.Getpid()}
	var err error
	note := func(_ context.Context, _, i int) (bool, error) { return true, c.note(ctx, c, p, i) }
	if r.Before, err = c.load(ctx, recountClients, self, note); err != nil {
		return err
	}
	if err := c.enterNotice(ctx); err != nil {
		return err
	}
	start := time.Now()
	working, over := context.WithCancel(ctx)
	defer over()
	var during sync.WaitGroup
	c.Each = time.Hour // until the recount is over
	during.Go(func() {
		var e error
		if r.During, e = c.load(working, recountClients, self, note); e != nil && !errors.Is(e, context.Canceled) {
			err = e
		}
	})
	fault := c.settle(ctx, r)
	r.Seconds = time.Since(start).Seconds()
	over()
	during.Wait()
	return errors.Join(err, fault)
}

// settle waits until no recount waits or runs, with a bar.
func (c *city) settle(ctx context.Context, r *RecountReport) error {
	for ctx.Err() == nil {
		list, ended, err := c.Office.Recounting(ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			_, _ = fmt.Fprintln(c.Log)
			if ended != nil {
				r.Open, r.Moved = ended.Open, ended.Moved
			}
			return nil
		}
		last := list[len(list)-1]
		done := 0
		if last.Open > 0 {
			done = min(40, 40*last.Examined/last.Open)
		}
		_, _ = fmt.Fprintf(c.Log, "\r[%s%s] %d of %d examined, %d moved", strings.Repeat("#", done), strings.Repeat(".", 40-done), last.Examined, last.Open, last.Moved)
		time.Sleep(200 * time.Millisecond)
	}
	return ctx.Err()
}

// enterNotice makes one more weekday of the year a day of rest, as a notice within the year does: the one in the middle of
// the days the clocks began on that no notice has taken yet.
func (c *city) enterNotice(ctx context.Context) error {
	const first, second = "luo-jingyi", "zeng-guangyao"
	cal, err := c.Office.Calendar(ctx)
	if err != nil {
		return err
	}
	day, _ := cal.AddWorkdays(calendar.On(time.Now()), -recountDays/2)
	y, _ := cal.Year(day.Year())
	y.Holidays = append(slices.Clone(y.Holidays), calendar.Block{Name: "放假", From: day, To: day})
	fields := map[string][]string{"notice": {"测量"}, "number": {"测量"}, "from": {calendar.On(time.Now()).String()},
		"rest": {calendar.FormatHolidays(y.Holidays)}, "link": {"https://example.org/"}, "reason": {"测量"}}
	a := office.Act{Procedure: "register.calendar", Act: "enter", Fields: fields}
	if y.Matter != "" {
		if a.Matter, err = matter.ParseID(y.Matter); err != nil {
			return err
		}
		a.Procedure, a.Act = "", "amend"
	} else {
		fields["year"] = []string{fmt.Sprint(y.Year)}
	}
	done, err := c.Office.Perform(ctx, c.Office.ReaderFor(first, 0), a)
	if err != nil {
		return err
	}
	_, err = c.Office.Perform(ctx, c.Office.ReaderFor(second, 0), office.Act{Matter: done.Matter, Act: "confirm", Fields: map[string][]string{"compared": {"true"}}})
	return err
}

func loadAverage() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	return strings.Join(strings.Fields(string(raw))[:3], " ")
}

// Print writes the report as Markdown.
func (r *RecountReport) Print(w io.Writer) {
	m := r.Machine
	_, _ = fmt.Fprintf(w, "%s, %d × %s, %s, %s, load before %s. People at work are in the same process.\n\n", m.Day, m.Cores, m.CPU, m.Database, m.Go, r.Load)
	_, _ = fmt.Fprintf(w, "| open deadlines | matters moved | seconds | moved per second |\n|--:|--:|--:|--:|\n| %d | %d | %.1f | %.0f |\n\n", r.Open, r.Moved, r.Seconds, float64(r.Moved)/r.Seconds)
	_, _ = fmt.Fprintf(w, "| notes, %d clients | per second | p50 ms | p99 ms |\n|---|--:|--:|--:|\n", recountClients)
	for _, l := range []struct {
		name string
		Line
	}{{"before", r.Before}, {"during", r.During}} {
		_, _ = fmt.Fprintf(w, "| %s | %.0f | %s | %s |\n", l.name, l.PerS, short(l.P50), short(l.P99))
	}
}
