package store

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// CountMatters returns how many matters the filter lets through, whatever its cursor. Where a limit
// is given it counts no further: a count equal to the limit means "or more".
func (q *Query) CountMatters(ctx context.Context, f Filter) (int, error) {
	if f.Limit <= 0 {
		f.Limit = math.MaxInt32
	}
	f.Order, f.After, f.Back = Newest, Cursor{}, false // a count has no order: it need not walk the due days of everybody
	if len(f.Text) > 0 {
		return q.countText(ctx, f)
	}
	name := "matter_count"
	if f.byAccess() {
		name = "access_count"
	}
	n := 0
	err := q.counted(ctx, name, f, nil, func(scan scanFunc) error { return scan(&n) })
	return n, err
}

// Tally returns how many matters the filter lets through for each value of a column, whatever its
// cursor and limit. A matter without value counts under "".
func (q *Query) Tally(ctx context.Context, f Filter, by Column) (map[string]int, error) {
	if !slices.Contains([]Column{ByProcedure, ByStage, ByHolder, ByOrgan, ByCategory, ByAssignee}, by) {
		return nil, fmt.Errorf("store: tally by %q", by)
	}
	tally := map[string]int{}
	flags := []string{string(by) + "_column"}
	if len(f.Text) > 0 {
		flags = append(flags, "hits")
	}
	f.Order = Newest
	err := q.counted(ctx, "matter_tally", f, flags, func(scan scanFunc) error {
		var value string
		var n int
		err := scan(&value, &n)
		tally[value] = n
		return err
	})
	return tally, err
}

// counted runs a query over all matters of a filter; their order does not matter. Where text is looked for the flags
// say how.
func (q *Query) counted(ctx context.Context, name string, f Filter, flags []string, fn func(scanFunc) error) error {
	p, err := f.plan(q.db.driver)
	if err != nil {
		return err
	}
	p.flags = append(p.flags, flags...)
	switch {
	case len(f.Text) > 0:
	case f.byIndex():
		p.flags = append(p.flags, "walk")
	case f.Measured != nil:
		p.flags = append(p.flags, "measured")
	default:
		p.flags = append(p.flags, "given")
	}
	return q.eachOf(ctx, name, q.db.build(name, p.flags), p.args, fn)
}
