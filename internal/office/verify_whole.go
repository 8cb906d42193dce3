package office

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// whole checks what belongs to no single shard: texts of procedures, counters, the places of rights in lists.
func (v *verifier) whole(ctx context.Context) error {
	if err := v.texts(ctx); err != nil {
		return err
	}
	if err := v.counters(ctx); err != nil {
		return err
	}
	if err := v.log(ctx); err != nil {
		return err
	}
	misplaced, err := v.q.MisplacedAccess(ctx, maxDifferences)
	if err != nil {
		return err
	}
	for _, id := range misplaced {
		if err := v.differ("matter %s: its rights do not stand where lists look for them", id); err != nil {
			return err
		}
	}
	return nil
}

// drawn notes the numbers a matter drew.
func (v *verifier) drawn(numbers []matter.Number) {
	for _, n := range numbers {
		series := store.Counter{Series: n.Series, Organ: n.Organ, Year: n.Year}
		v.numbers[series] = max(v.numbers[series], n.N)
	}
}

// counters compares each counter with the highest number the record drew from its series: one too low would give a
// number twice, one too high would leave a gap.
func (v *verifier) counters(ctx context.Context) error {
	counters, err := v.q.Counters(ctx)
	if err != nil {
		return err
	}
	for _, c := range counters {
		last := c.Last
		c.Last = 0
		if v.numbers[c] != last {
			if err := v.differ("counter %s/%s/%d: stands at %d, the record drew %d", c.Series, c.Organ, c.Year, last, v.numbers[c]); err != nil {
				return err
			}
		}
		delete(v.numbers, c)
	}
	for _, c := range slices.SortedFunc(maps.Keys(v.numbers), compareSeries) {
		if err := v.differ("counter %s/%s/%d: is missing, the record drew %d", c.Series, c.Organ, c.Year, v.numbers[c]); err != nil {
			return err
		}
	}
	return nil
}

func compareSeries(a, b store.Counter) int {
	return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(a.Organ, b.Organ), a.Year-b.Year)
}
