package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/indicator"
	"yifa/internal/store"
)

// figuresKept is how long figures are shown before they are counted again.
const figuresKept = time.Minute

// census is what was counted at one moment for one reader: every breakdown is made from it.
type census struct {
	of    []string     // procedures whose indicators count
	cells []store.Cell // by month; of what is overdue now, with no month of the period
	days  []store.Cell // by days from receipt
}

// counting is a census that is being made or was made.
type counting struct {
	done chan struct{}
	at   time.Time
	census
	err error
}

// asked says what a census is of.
type asked struct {
	of       []string // procedures whose indicators count; none: complaints
	period   Period
	reader   []string // keys; none: everybody, for the public
	given    bool     // only what the reader may read
	holders  []string // nil: whoever holds them
	handlers bool
}

func (a asked) key() string {
	parts := []string{strings.Join(a.of, " "), a.period.Key, strings.Join(a.reader, "\x00"), strings.Join(a.holders, "\x00")}
	if a.given {
		parts = append(parts, "given")
	}
	return strings.Join(parts, "\x01")
}

// count returns a census at most a minute old. Who asks for the same at the same time waits for one count.
func (o *Office) count(ctx context.Context, a asked) (census, error) {
	o.figuresLock.Lock()
	c := o.figures[a.key()]
	if c != nil && o.now().Sub(c.at).Abs() < figuresKept {
		o.figuresLock.Unlock()
		select {
		case <-c.done:
			return c.census, c.err
		case <-ctx.Done():
			return census{}, ctx.Err()
		}
	}
	if o.figures == nil || len(o.figures) >= mostFigures {
		o.figures = map[string]*counting{}
	}
	c = &counting{done: make(chan struct{}), at: o.now()}
	o.figures[a.key()] = c
	o.figuresLock.Unlock()
	c.census, c.err = o.countAnew(ctx, a)
	if c.err != nil {
		o.figuresLock.Lock()
		delete(o.figures, a.key())
		o.figuresLock.Unlock()
	}
	close(c.done)
	return c.census, c.err
}

// mostFigures bounds how many counts are kept.
const mostFigures = 200

// countAnew asks each query that an indicator names, once for the period and once for what is overdue.
func (o *Office) countAnew(ctx context.Context, a asked) (census, error) {
	c := census{of: a.of}
	today := o.Today()
	period, overdue, days := ask{}, ask{}, ask{}
	for _, i := range o.defined(today, a.of) {
		switch {
		case i.Counts != nil && i.Counts.Overdue:
			overdue.add(i, i.Counts.Measure)
		case i.Counts != nil:
			period.add(i, i.Counts.Measure)
		case i.Median != nil:
			days.add(i, o.indicators.On(i.Median.Of, today).Counts.Measure)
		}
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		if _, err := o.registers(ctx, q); err != nil {
			return err
		}
		for _, x := range []struct {
			ask
			from, to calendar.Date
			into     *[]store.Cell
		}{{period, a.period.From, a.period.To, &c.cells}, {overdue, 1, today - 1, &c.cells}, {days, a.period.From, a.period.To, &c.days}} {
			if len(x.measures) == 0 {
				continue
			}
			err := q.EachCell(ctx, store.Ask{Query: x.query, Measures: x.measures, From: x.from, To: x.to, Reader: o.accessReader(a.reader),
				Given: a.given, Holders: a.holders, Handlers: a.handlers}, func(cell store.Cell) error {
				*x.into = append(*x.into, cell)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return c, err
}

// ask is one query and the measures it counts.
type ask struct {
	query    string
	measures []string
}

func (a *ask) add(i *indicator.Indicator, measure string) {
	a.query = i.Population.Query
	if !slices.Contains(a.measures, measure) {
		a.measures = append(a.measures, measure)
	}
}

// defined lists the indicators of procedures in force on a day, by id; of complaints where none are named.
func (o *Office) defined(on calendar.Date, of []string) []*indicator.Indicator {
	if len(of) == 0 {
		of = []string{complaint}
	}
	var out []*indicator.Indicator
	for _, i := range o.indicators.All() {
		if slices.Contains(of, i.Population.Procedure) && o.indicators.On(i.ID, on) == i {
			out = append(out, i)
		}
	}
	return out
}

// sums is what a group of cells comes to.
type sums struct {
	n    map[string]int         // by indicator
	days map[string]map[int]int // by indicator that is a median: days → matters
}

// group sums the cells of a census by a key; a cell whose key is "\x00" belongs to no group.
func (o *Office) group(c census, key func(store.Cell) string) map[string]*sums {
	out := map[string]*sums{}
	of := func(cell store.Cell) *sums {
		k := key(cell)
		if k == nowhere {
			return &sums{n: map[string]int{}, days: map[string]map[int]int{}}
		}
		if out[k] == nil {
			out[k] = &sums{n: map[string]int{}, days: map[string]map[int]int{}}
		}
		return out[k]
	}
	today := o.Today()
	defined := o.defined(today, c.of)
	for _, cell := range c.cells {
		s := of(cell)
		for _, i := range defined {
			if i.Counts != nil && i.Counts.Takes(cell.Name, cell.Value) {
				s.n[i.ID] += cell.Count
			}
		}
	}
	for _, cell := range c.days {
		s := of(cell)
		for _, i := range defined {
			if i.Median != nil && o.indicators.On(i.Median.Of, today).Counts.Takes(cell.Name, cell.Value) {
				if s.days[i.ID] == nil {
					s.days[i.ID] = map[int]int{}
				}
				s.days[i.ID][cell.N] += cell.Count
			}
		}
	}
	return out
}

// nowhere is the key of a cell that belongs to no group of a breakdown.
const nowhere = "\x00"

// median is the middle of values given with how often each stands: the lower of two middles.
func median(hist map[int]int) (int, bool) {
	n := 0
	for _, count := range hist {
		n += count
	}
	if n == 0 {
		return 0, false
	}
	left := (n + 1) / 2
	for _, value := range sortedInts(hist) {
		if left -= hist[value]; left <= 0 {
			return value, true
		}
	}
	return 0, false
}

func sortedInts(m map[int]int) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
