package store

import (
	"context"
	"fmt"

	"yifa/internal/calendar"
)

// Deadline is one clock of a matter on a list of deadlines.
type Deadline struct {
	Row Row
	Key string        // of the clock, as in State.Clocks
	Due calendar.Date // zero where it stands still
}

// Cursor is the place of a deadline in its list.
func (d Deadline) Cursor() ClockCursor { return ClockCursor{Due: d.Due, Matter: d.Row.ID, Key: d.Key} }

// Deadlines says which clocks a list of deadlines shows: the running ones due from one day to another, both included,
// or the Still ones, which wait for something and have no due day.
type Deadlines struct {
	From, To calendar.Date
	Still    bool
	After    ClockCursor
}

// Deadlines returns clocks of the matters that the filter lets through, up to its limit: the running ones by due day,
// the still ones by matter. The filter's own days, order, cursor and texts are not asked.
func (q *Query) Deadlines(ctx context.Context, f Filter, d Deadlines) ([]Deadline, error) {
	if len(f.Reader.Keys) == 0 {
		return nil, nil
	}
	if f.Limit <= 0 {
		f.Limit = defaultLimit
	}
	way := "walk"
	few, err := q.fewGiven(ctx, f)
	if few {
		way = "given"
	}
	if err != nil {
		return nil, err
	}
	p, err := d.plan(q.db.driver, f, way)
	if err != nil {
		return nil, err
	}
	var list []Deadline
	err = q.eachOf(ctx, "clock_of", q.db.build("clock_of", p.flags), p.args, func(scan scanFunc) error {
		var line Deadline
		var err error
		line.Row, err = scanRow(scan, &line.Key, &line.Due)
		list = append(list, line)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: deadlines: %w", err)
	}
	return list, nil
}

// plan is that of a list whose way is walk, by the days of all clocks, or given, by the matters given to the reader.
func (d Deadlines) plan(driver Driver, f Filter, way string) (plan, error) {
	f.Order, f.After, f.Back, f.Text = DueFirst, Cursor{}, false, nil
	p, err := f.plan(driver)
	p.flags = append(p.flags, way)
	if d.Still {
		p.flags = append(p.flags, "still")
	}
	p.args = append(p.args, "", d.From, d.To, max(d.After.Due, firstDay), d.After.Matter, d.After.Key)
	return p, err
}
