package store

import (
	"context"

	"yifa/internal/calendar"
)

// Refused counts the attempts of a day that the law refused. No attempt itself is kept.
type Refused struct {
	Day       calendar.Date
	Procedure string
	Act       string
	Reason    string
	Count     int
}

// CountRefused adds one.
func (tx *Tx) CountRefused(ctx context.Context, r Refused) error {
	_, err := tx.exec(ctx, "refused_count", r.Day, r.Procedure, r.Act, r.Reason)
	return err
}

// RefusedBetween returns the counts of the days from..to, both included, in order of all columns.
func (q *Query) RefusedBetween(ctx context.Context, from, to calendar.Date) ([]Refused, error) {
	var list []Refused
	err := q.each(ctx, "refused_list", []any{from, to}, func(scan scanFunc) error {
		var r Refused
		err := scan(&r.Day, &r.Procedure, &r.Act, &r.Reason, &r.Count)
		list = append(list, r)
		return err
	})
	return list, err
}
