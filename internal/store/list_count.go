package store

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// CountMatters returns how many matters the filter lets through, whatever its cursor. Where a limit
// is given it counts no further: a count equal to the limit means "or more".
func (q *Query) CountMatters(ctx context.Context, f Filter) (int, error) {
	if len(f.Text) > 0 {
		return q.countText(ctx, f.counting())
	}
	n, err := q.CountEach(ctx, []Filter{f})
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

// CountEach is CountMatters of several filters in one statement, in their order. None may look for text.
func (q *Query) CountEach(ctx context.Context, filters []Filter) ([]int, error) {
	var key, text strings.Builder
	var args []any
	for i, f := range filters {
		f = f.counting()
		p, err := f.plan(q.db.driver)
		if err != nil {
			return nil, err
		}
		name := "matter_count"
		if f.byAccess() {
			name = "access_count"
		}
		one := q.db.compose(name, append(p.flags, f.unordered(), string(q.db.driver)))
		fmt.Fprintf(&key, "; %s %v", name, p.flags)
		fmt.Fprintf(&text, "%s (%s)", []string{"select", ","}[min(i, 1)], shifted(one, len(args)))
		args = append(args, p.args...)
	}
	counts, into := make([]int, len(filters)), make([]any, len(filters))
	for i := range counts {
		into[i] = &counts[i]
	}
	err := q.eachOf(ctx, "matter_count", q.db.buildText(key.String(), text.String), args, func(scan scanFunc) error { return scan(into...) })
	return counts, err
}

// shifted is a text whose parameters are numbered from after so many.
func shifted(text string, by int) string {
	return parameter.ReplaceAllStringFunc(text, func(p string) string {
		n, _ := strconv.Atoi(p[1:]) // digits by the pattern
		return "$" + strconv.Itoa(n+by)
	})
}

// counting is the filter of a count, which has no order: it need not walk the due days of everybody.
func (f Filter) counting() Filter {
	if f.Limit <= 0 {
		f.Limit = math.MaxInt32
	}
	f.Order, f.After, f.Back = Newest, Cursor{}, false
	return f
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
	if len(f.Text) == 0 {
		p.flags = append(p.flags, f.unordered())
	}
	return q.eachOf(ctx, name, q.db.build(name, p.flags), p.args, fn)
}

// unordered is what a query of all matters of a filter without text walks; see query/matter_from.sql.
func (f Filter) unordered() string {
	switch {
	case f.byIndex():
		return "walk"
	case f.Measured != nil:
		return "measured"
	}
	return "given"
}
