package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// defaultLimit is the length of a page where the filter names none.
const defaultLimit = 50

// commonText is how many rows of the text index make a text common: then PostgreSQL walks the list
// and tests each row; below, it collects the hits and sorts them (SQLite's index is in list order).
const commonText = 1000

// errFull ends a list that has its rows.
var errFull = errors.New("store: page is full")

// List returns the matters that the filter lets through, a page at a time.
func (q *Query) List(ctx context.Context, f Filter) ([]Row, error) {
	s, err := f.plan(q.db.driver)
	if err != nil {
		return nil, err
	}
	if f.Limit <= 0 {
		f.Limit = defaultLimit
	}
	if len(f.Text) > 0 {
		s.flags = slices.DeleteFunc(s.flags, func(flag string) bool { return flag == "narrow" || flag == "due" || flag == "newest" })
		s.flags = append(s.flags, "newest")
		if q.db.driver == SQLite {
			s.flags = append(s.flags, "stream")
		}
	}
	s.args[15] = f.Limit
	var list []Row
	err = q.eachOf(ctx, "matter_list", q.db.build("matter_list", s.flags), s.args, func(scan scanFunc) error {
		row, err := scanRow(scan)
		if err != nil {
			return err
		}
		if n := len(list); n == 0 || list[n-1].ID != row.ID { // a matter may be found in two texts
			list = append(list, row)
		}
		if len(list) == f.Limit {
			return errFull
		}
		return nil
	})
	if err != nil && !errors.Is(err, errFull) {
		return nil, err
	}
	if f.Back {
		slices.Reverse(list)
	}
	return list, nil
}

// CountMatters returns how many matters the filter lets through, whatever its cursor and limit.
func (q *Query) CountMatters(ctx context.Context, f Filter) (int, error) {
	s, err := f.plan(q.db.driver)
	if err != nil {
		return 0, err
	}
	n := 0
	err = q.eachOf(ctx, "matter_count", q.db.build("matter_count", s.flags), s.args, func(scan scanFunc) error { return scan(&n) })
	return n, err
}

// Tally returns how many matters the filter lets through for each value of a column, whatever its
// cursor and limit. A matter without value counts under "".
func (q *Query) Tally(ctx context.Context, f Filter, by Column) (map[string]int, error) {
	if !slices.Contains([]Column{ByProcedure, ByStage, ByHolder, ByOrgan, ByCategory, ByAssignee}, by) {
		return nil, fmt.Errorf("store: tally by %q", by)
	}
	s, err := f.plan(q.db.driver)
	if err != nil {
		return nil, err
	}
	s.flags = append(s.flags, string(by)+"_column")
	tally := map[string]int{}
	err = q.eachOf(ctx, "matter_tally", q.db.build("matter_tally", s.flags), s.args, func(scan scanFunc) error {
		var value string
		var n int
		err := scan(&value, &n)
		tally[value] = n
		return err
	})
	return tally, err
}

// A plan is which lines of the query files a filter needs, and their arguments.
type plan struct {
	flags []string
	args  []any
}

func (f Filter) plan(d Driver) (plan, error) {
	grams, chars, err := f.textQuery(d)
	if err != nil {
		return plan{}, err
	}
	place := placeOf(f.After.Day, f.After.ID)
	if f.Back {
		place += pieces - 1 // the pieces of the matter at the cursor itself lie behind us
	}
	p := plan{args: []any{keySet(f.Reader.Keys), f.Reader.On, f.Procedure, f.Stage, f.Holder, f.Organ, f.Category,
		f.Assignee, f.Number, f.OpenedFrom, f.OpenedTo, f.DueBy, f.DueBefore, f.After.Day, f.After.ID, f.Limit,
		grams, chars, classSet(f.Classes), place}}
	for _, c := range []struct {
		flag string
		on   bool
	}{
		{"procedure", f.Procedure != ""}, {"stage", f.Stage != ""}, {"holder", f.Holder != ""},
		{"organ", f.Organ != ""}, {"category", f.Category != ""}, {"assignee", f.Assignee != ""},
		{"number", f.Number != ""}, {"open", f.Open}, {"closed", f.Closed},
		{"opened_from", !f.OpenedFrom.IsZero()}, {"opened_to", !f.OpenedTo.IsZero()},
		{"due_by", !f.DueBy.IsZero()}, {"due_before", !f.DueBefore.IsZero()},
		{"text", len(f.Text) > 0}, {"grams", grams != ""}, {"chars", chars != ""},
		{"newest", f.Order == Newest}, {"due", f.Order == DueFirst},
		{"after", f.After != Cursor{}}, {"back", f.Back},
		// An assignee or a number leaves few rows, quickly found by their own index.
		{"narrow", !f.Reader.Wide && f.Assignee == "" && f.Number == ""},
	} {
		if c.on {
			p.flags = append(p.flags, c.flag)
		}
	}
	return p, nil
}

func classSet(classes []matter.Class) string {
	keys := make([]string, len(classes))
	for i, c := range classes {
		keys[i] = string(c)
	}
	return keySet(keys)
}

// pieces is how many rows of the text index one matter has room for.
const pieces = 1 << 8

// placeOf is the first place of a matter in the text index: 16 bits of the day, the 39 leading bits
// of the id, 8 bits for its pieces, so that places follow the order of lists.
func placeOf(day calendar.Date, id matter.ID) int64 {
	return int64(min(max(day, 0), 1<<16-1))<<47 | int64(id>>24)<<8
}
