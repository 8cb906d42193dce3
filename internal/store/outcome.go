package store

import (
	"context"
	"fmt"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Outcome is a published result as lists of the public find it, a projection: what everybody may know, and no text.
type Outcome struct {
	Day       calendar.Date   // first published
	Changed   calendar.Moment // of the last act that everybody notices
	Kinds     []string        // of problem
	Organ     string          // concerned, "" unknown
	Place     string          // code of a county
	Result    string
	Typical   bool
	Withdrawn bool
}

// OutcomeRow is one row of an outcome: under one kind of problem, or under "" for all.
type OutcomeRow struct {
	Kind string
	Outcome
}

// Rows are the rows that stand for an outcome; none for nil, which is one that is not public.
func (o *Outcome) Rows() []OutcomeRow {
	if o == nil {
		return nil
	}
	var out []OutcomeRow
	seen := map[string]bool{}
	for _, kind := range append([]string{""}, o.Kinds...) {
		if !seen[kind] {
			row := OutcomeRow{kind, *o}
			row.Kinds, seen[kind] = nil, true
			out = append(out, row)
		}
	}
	return out
}

// PutOutcome makes o all that is listed of a matter; nil: nothing.
func (tx *Tx) PutOutcome(ctx context.Context, id matter.ID, o *Outcome) error {
	if _, err := tx.exec(ctx, "outcome_clear", id.Shard(), id); err != nil {
		return fmt.Errorf("store: outcome %s: %w", id, err)
	}
	for _, r := range o.Rows() {
		_, err := tx.exec(ctx, "outcome_put", id.Shard(), id, r.Kind, r.Day, minutes(r.Changed), r.Organ, r.Place, r.Result, r.Typical, r.Withdrawn)
		if err != nil {
			return fmt.Errorf("store: outcome %s: %w", id, err)
		}
	}
	return nil
}

// ClearOutcomes removes every row, before all are made again.
func (tx *Tx) ClearOutcomes(ctx context.Context) error {
	_, err := tx.exec(ctx, "outcome_clear_all")
	return err
}

// OutcomeRows returns what is listed of one matter, in order of kind.
func (q *Query) OutcomeRows(ctx context.Context, id matter.ID) ([]OutcomeRow, error) {
	var list []OutcomeRow
	err := q.each(ctx, "outcome_of", []any{id.Shard(), id}, func(scan scanFunc) error {
		var r OutcomeRow
		var changed int64
		err := scan(&r.Kind, &r.Day, &changed, &r.Organ, &r.Place, &r.Result, &r.Typical, &r.Withdrawn)
		r.Changed = moment(changed)
		list = append(list, r)
		return err
	})
	return list, err
}

// OutcomeFilter says which published results are wanted. Empty fields do not narrow.
type OutcomeFilter struct {
	Kind, Organ, Place, Result string
	From, To                   calendar.Date // first published, both included
	Typical                    bool
	// Text finds those whose public text holds all the phrases, and none that was withdrawn; by Changed, all that were. At most 8.
	Text []Phrase

	// NotedAfter and NotedUpTo find those whose change was noted after one instant, up to the other; One, one alone.
	NotedAfter, NotedUpTo time.Time
	One                   matter.ID

	Changed bool   // those that changed last come first, and After counts for nothing
	After   Cursor // Day is the day of first publication
	Limit   int    // 0: 50
}

// OutcomePlace is one published result in a list.
type OutcomePlace struct {
	ID      matter.ID
	Day     calendar.Date
	Changed calendar.Moment
}

// Outcomes lists published results, newest first.
func (q *Query) Outcomes(ctx context.Context, f OutcomeFilter) ([]OutcomePlace, error) {
	var list []OutcomePlace
	err := q.outcomes(ctx, "outcome_list", f, func(scan scanFunc) error {
		var r OutcomePlace
		var changed int64
		err := scan(&r.ID, &r.Day, &changed)
		r.Changed = moment(changed)
		list = append(list, r)
		return err
	})
	return list, err
}

// CountOutcomes counts them, up to the limit of the filter; its cursor counts for nothing.
func (q *Query) CountOutcomes(ctx context.Context, f OutcomeFilter) (n int, err error) {
	f.After = Cursor{}
	err = q.outcomes(ctx, "outcome_count", f, func(scan scanFunc) error { return scan(&n) })
	return n, err
}

func (q *Query) outcomes(ctx context.Context, name string, f OutcomeFilter, fn func(scanFunc) error) error {
	if f.Limit <= 0 {
		f.Limit = defaultLimit
	}
	grams, chars, err := Filter{Text: f.Text}.textQuery(q.db.driver)
	if err != nil {
		return err
	}
	var flags []string
	for _, c := range []struct {
		flag string
		on   bool
	}{
		{"organ", f.Organ != ""}, {"place", f.Place != ""}, {"result", f.Result != ""}, {"from", !f.From.IsZero()}, {"to", !f.To.IsZero()},
		{"typical", f.Typical}, {"text", len(f.Text) > 0}, {"grams", grams != ""}, {"chars", chars != ""},
		{"noted", !f.NotedUpTo.IsZero()}, {"one", f.One != 0}, {"changed", f.Changed}, {"after", !f.Changed && f.After != Cursor{}},
	} {
		if c.on {
			flags = append(flags, c.flag)
		}
	}
	args := []any{f.Kind, f.Organ, f.Place, f.Result, f.From, f.To, f.After.Day, f.After.ID, f.Limit, grams, chars, micros(f.NotedAfter), micros(f.NotedUpTo), f.One}
	return q.eachOf(ctx, name, q.db.build(name, flags), args, fn)
}

// OutcomeOrgans lists the organs of which anything was published.
func (q *Query) OutcomeOrgans(ctx context.Context) ([]string, error) {
	var list []string
	err := q.each(ctx, "outcome_organs", nil, func(scan scanFunc) error {
		var key string
		err := scan(&key)
		list = append(list, key)
		return err
	})
	return list, err
}
