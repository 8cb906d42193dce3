package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Measure is one measurable fact of a matter, a projection, with what tables are broken down by.
// It holds ids, enumerations and days, no personal text.
type Measure struct {
	Matter  matter.ID
	Name    string // of the measure, see law/indicators
	Value   string // "" where the measure has none
	Day     calendar.Date
	Days    int    // calendar days from receipt to Day
	Holder  string // organ that holds the matter
	Organ   string // organ complained of, "" unknown
	Place   string // code of a division
	Handler string // person, "" nobody
}

// PutMeasures writes rows, new or changed, of any number of matters, in one statement.
func (tx *Tx) PutMeasures(ctx context.Context, rows []Measure) error {
	list := make([][11]any, len(rows))
	for i, r := range rows {
		y, m, _ := r.Day.YMD()
		list[i] = [11]any{r.Matter.Shard(), int64(r.Matter), r.Name, r.Value, int(r.Day), r.Days, y*12 + int(m) - 1,
			r.Holder, r.Organ, r.Place, r.Handler}
	}
	return tx.measures(ctx, "measure_put", list, len(rows))
}

// DropMeasures removes rows, found by matter, name and value, in one statement.
func (tx *Tx) DropMeasures(ctx context.Context, rows []Measure) error {
	list := make([][4]any, len(rows))
	for i, r := range rows {
		list[i] = [4]any{r.Matter.Shard(), int64(r.Matter), r.Name, r.Value}
	}
	return tx.measures(ctx, "measure_drop", list, len(rows))
}

func (tx *Tx) measures(ctx context.Context, query string, list any, n int) error {
	if n == 0 {
		return nil
	}
	set, err := json.Marshal(list)
	if err == nil {
		_, err = tx.exec(ctx, query, string(set))
	}
	if err != nil {
		return fmt.Errorf("store: %s: %w", query, err)
	}
	return nil
}

// ClearMeasures removes every row of every matter, before all are made again.
func (tx *Tx) ClearMeasures(ctx context.Context) error {
	_, err := tx.exec(ctx, "measure_clear")
	return err
}

// MeasuresOf returns the rows of one matter in order of name and value.
func (q *Query) MeasuresOf(ctx context.Context, id matter.ID) ([]Measure, error) {
	var list []Measure
	err := q.each(ctx, "measure_list", []any{id.Shard(), id}, func(scan scanFunc) error {
		r := Measure{Matter: id}
		err := scan(&r.Name, &r.Value, &r.Day, &r.Days, &r.Holder, &r.Organ, &r.Place, &r.Handler)
		list = append(list, r)
		return err
	})
	return list, err
}

// Ask says which rows of measures are counted.
type Ask struct {
	Query    string        // file in query/ that counts: measure_tally or measure_days
	Measures []string      // names
	From, To calendar.Date // days of the rows, both included
	Reader   access.Reader // whose rights bound what is counted; no keys: everybody's matters, for public figures
	Given    bool          // only what the reader may read; else all but what is denied to him
	Holders  []string      // nil: whoever holds them
	Handlers bool          // told apart by handler
}

// Cell is how many matters stand at one place of all tables at once.
type Cell struct {
	Name, Value                    string
	N                              int // the month (year * 12 + month - 1), or days from receipt
	Holder, Organ, County, Handler string
	Count                          int
}

// errNoQuery: an indicator names a query that counts no measures.
var errNoQuery = errors.New("store: no query of measures")

// HasQuery reports whether there is a query that counts measures under a name: what indicators may name.
func HasQuery(name string) bool { return name == "measure_tally" || name == "measure_days" }

// EachCell calls fn for every cell that is not empty.
func (q *Query) EachCell(ctx context.Context, a Ask, fn func(Cell) error) error {
	if !HasQuery(a.Query) {
		return fmt.Errorf("%w: %q", errNoQuery, a.Query)
	}
	var flags []string
	for _, c := range []struct {
		flag string
		on   bool
	}{{"read", a.Given}, {"deny", len(a.Reader.Keys) > 0}, {"holders", a.Holders != nil}, {"handler", a.Handlers}} {
		if c.on {
			flags = append(flags, c.flag)
		}
	}
	args := []any{keys(a.Reader.Keys), a.Reader.On, keys(a.Measures), a.From, a.To, keys(a.Holders)}
	return q.eachOf(ctx, a.Query, q.db.build(a.Query, flags), args, func(scan scanFunc) error {
		var c Cell
		if err := scan(&c.Name, &c.Value, &c.N, &c.Holder, &c.Organ, &c.County, &c.Handler, &c.Count); err != nil {
			return err
		}
		return fn(c)
	})
}
