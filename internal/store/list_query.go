package store

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
)

const (
	// defaultLimit is the length of a page where the filter names none.
	defaultLimit = 50
	// maxBranches is up to how many keys a list joins one ordered walk per key; beyond, it walks all
	// matters and tests each.
	maxBranches = 24
	// commonText is how many rows of the text index make a text common: then PostgreSQL walks the
	// list and tests each row; below, it collects the hits and sorts them. Of a common text SQLite looks
	// whether its first hits give what is asked for; see textWay. Query files hold it too.
	commonText = 1000
	// commonGiven is how many matters make a reader one of many matters.
	commonGiven = 1000
	// commonMeasure is the same for a filter by measure.
	commonMeasure = 5000
)

// errFull ends a list that has its rows.
var errFull = errors.New("store: page is full")

// List returns the matters that the filter lets through, a page at a time.
func (q *Query) List(ctx context.Context, f Filter) ([]Row, error) {
	if f.Limit <= 0 {
		f.Limit = defaultLimit
	}
	p, err := f.plan(q.db.driver)
	if err != nil || len(f.Reader.Keys) == 0 {
		return nil, err
	}
	way, err := q.way(ctx, f, p)
	if err != nil {
		return nil, err
	}
	p.flags = append(p.flags, way...)
	if slices.Contains(way, merge) {
		for _, key := range f.Reader.Keys {
			p.args = append(p.args, key)
		}
	}
	var list []Row
	for limit := f.Limit; ; limit *= 4 {
		p.args[15] = limit
		var n int
		list, n, err = q.page(ctx, f, p)
		// A matter given to several keys, or found in several texts, comes several times.
		if err != nil || len(list) == f.Limit || n < limit || slices.Contains(way, stream) {
			break
		}
	}
	if f.Back {
		slices.Reverse(list)
	}
	return list, err
}

// page returns up to f.Limit different matters, and how many rows it read for them.
func (q *Query) page(ctx context.Context, f Filter, p plan) (list []Row, n int, err error) {
	s := q.db.build("matter_list", p.flags)
	if slices.Contains(p.flags, merge) {
		s = q.db.buildMerge(p.flags, len(f.Reader.Keys))
	}
	err = q.eachOf(ctx, "matter_list", s, p.args, func(scan scanFunc) error {
		row, err := scanRow(scan)
		if err != nil {
			return err
		}
		n++
		if len(list) == 0 || list[len(list)-1].ID != row.ID {
			list = append(list, row)
		}
		if len(list) == f.Limit {
			return errFull
		}
		return nil
	})
	if errors.Is(err, errFull) {
		err = nil
	}
	return list, n, err
}

// way chooses what a list walks; see query/matter_from.sql.
func (q *Query) way(ctx context.Context, f Filter, p plan) ([]string, error) {
	if len(f.Text) > 0 {
		way, err := q.textWay(ctx, f, p)
		if err != nil || way != nil {
			return way, err
		}
	}
	if f.Measured != nil && !f.byIndex() {
		few, err := q.fewMeasured(ctx, p)
		if err != nil || few {
			return []string{"measured"}, err
		}
	}
	if f.Order == DueFirst && !f.byMatter() {
		few, err := q.fewGiven(ctx, f)
		if err != nil || few {
			return []string{"given"}, err
		}
	}
	if f.byIndex() || len(f.Reader.Keys) > maxBranches {
		return []string{"walk"}, nil
	}
	return []string{merge}, nil
}

// fewMeasured reports whether a filter by measure finds so few rows that they are collected and sorted;
// of many, the list walks what is given to the reader and tests each.
func (q *Query) fewMeasured(ctx context.Context, p plan) (bool, error) {
	n := 0
	p.args[15] = commonMeasure
	err := q.eachOf(ctx, "measure_probe", q.db.build("measure_probe", append(slices.Clone(p.flags), "measured")), p.args, func(scan scanFunc) error { return scan(&n) })
	return n < commonMeasure, err
}

// fewGiven reports whether the reader was given so few matters that they are collected and sorted, which
// spares walking the due days of everybody else.
func (q *Query) fewGiven(ctx context.Context, f Filter) (bool, error) {
	var flags []string
	if f.Open {
		flags = append(flags, "open")
	}
	n := 0
	args := []any{keys(f.Reader.Keys), f.Reader.On, commonGiven}
	err := q.eachOf(ctx, "access_probe", q.db.build("access_probe", flags), args, func(scan scanFunc) error { return scan(&n) })
	return n < commonGiven, err
}

// byIndex reports whether an index of matters finds what the filter names without looking at many
// others.
func (f Filter) byIndex() bool { return f.Order == DueFirst && len(f.Text) == 0 || f.byMatter() }

// byMatter is byIndex whatever the order.
func (f Filter) byMatter() bool {
	return !f.DueBy.IsZero() || !f.DueBefore.IsZero() ||
		f.Assignee != "" || f.Number != "" || f.Organ != "" || f.Stage != "" || len(f.Stages) > 0 || len(f.Holders) > 0
}

// byAccess reports whether a filter asks nothing of a matter that its access rows do not say.
func (f Filter) byAccess() bool {
	return f.Measured == nil && !f.byMatter() && len(f.Text) == 0 && f.Procedure == "" && f.Category == "" && !f.Unassigned && len(f.Assignees) == 0 && !f.NoDue &&
		f.OpenedFrom.IsZero() && f.OpenedTo.IsZero() && f.DueFrom.IsZero()
}

// buildMerge joins one branch per key: each is in order, so both databases merge them lazily.
func (db *DB) buildMerge(flags []string, keys int) statement {
	cached := "matter_merge " + strconv.Itoa(keys) + " " + strings.Join(flags, " ")
	return db.buildText(cached, func() string {
		flags := append([]string{string(db.driver)}, flags...)
		branch := db.compose("matter_list", flags)
		branches := make([]string, keys)
		for i := range branches {
			branches[i] = strings.ReplaceAll(branch, "$30", "$"+strconv.Itoa(30+i))
			if db.driver == Postgres {
				branches[i] = "(" + branches[i] + ")"
			}
		}
		if keys == 1 && db.driver == Postgres {
			return branch // in order already, and may not be ordered twice
		}
		return strings.Join(branches, "\nunion all\n") + "\n" + db.compose("matter_merge", flags)
	})
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
	if len(f.Text) > 0 {
		f.Order = Newest
	}
	place := placeOf(f.After.Day, f.After.ID)
	if f.Back {
		place += pieces - 1 // the pieces of the matter at the cursor itself lie behind us
	}
	var holder any = keys(f.Holders)
	if len(f.Holders) == 1 { // one is found in the order of its index
		holder = f.Holders[0]
	}
	var c Measured
	if f.Measured != nil {
		c = *f.Measured
	}
	var stage any = f.Stage
	if len(f.Stages) > 0 {
		stage = keys(f.Stages)
	}
	var assignee any = f.Assignee
	if len(f.Assignees) > 0 {
		assignee = keys(f.Assignees)
	}
	p := plan{args: []any{keys(f.Reader.Keys), f.Reader.On, f.Procedure, stage, holder, f.Organ, f.Category,
		assignee, f.Number, f.OpenedFrom, f.OpenedTo, f.DueBy, f.DueBefore, f.After.Day, f.After.ID, f.Limit,
		grams, chars, classKeys(f.Classes), place, f.DueFrom,
		c.Name, c.From, c.To, keys(c.Values), keys(c.Holders), keys(c.Organs), textOf(c.County), textOf(c.Handler)}}
	for _, c := range []struct {
		flag string
		on   bool
	}{
		{"procedure", f.Procedure != ""}, {"stage", f.Stage != "" && len(f.Stages) == 0}, {"stages", len(f.Stages) > 0}, {"holder", len(f.Holders) == 1}, {"holders", len(f.Holders) > 1},
		{"organ", f.Organ != ""}, {"category", f.Category != ""}, {"assignee", f.Assignee != "" && len(f.Assignees) == 0}, {"assignees", len(f.Assignees) > 0},
		{"unassigned", f.Unassigned}, {"cases", f.Cases}, {"no_due", f.NoDue}, {"number", f.Number != ""}, {"open", f.Open}, {"closed", f.Closed},
		{"opened_from", !f.OpenedFrom.IsZero()}, {"opened_to", !f.OpenedTo.IsZero()},
		{"due_from", !f.DueFrom.IsZero()}, {"due_by", !f.DueBy.IsZero()}, {"due_before", !f.DueBefore.IsZero()},
		{"text", len(f.Text) > 0}, {"grams", grams != ""}, {"chars", chars != ""},
		{"newest", f.Order == Newest}, {"due", f.Order == DueFirst},
		{"after", f.After != Cursor{}}, {"back", f.Back},
		{"figure", f.Measured != nil}, {"f_values", len(c.Values) > 0}, {"f_holders", len(c.Holders) > 0},
		{"f_organs", len(c.Organs) > 0}, {"f_county", c.County != nil}, {"f_handler", c.Handler != nil},
	} {
		if c.on {
			p.flags = append(p.flags, c.flag)
		}
	}
	return p, nil
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
