package store

import (
	"context"

	"yifa/internal/access"
	"yifa/internal/calendar"
)

// Load is how much one person has open for one organ, and how much of it is late. An Assignee "" is
// nobody: the organ's pool.
type Load struct {
	Holder, Assignee string
	Open, Late, Soon int
	Readable         int // of Open: those the reader may read
}

// Loads counts the open matters that the organs of over hold, by organ and person; where over is empty,
// those the reader may read. Soon is due from the reader's day up to soonBy. Matters denied to the reader
// are not counted anywhere.
func (q *Query) Loads(ctx context.Context, r access.Reader, over []string, soonBy calendar.Date) ([]Load, error) {
	var flags []string
	args := []any{keys(r.Keys), r.On, soonBy}
	if len(over) > 0 {
		flags, args = []string{"over"}, append(args, keys(over))
	}
	var list []Load
	err := q.eachOf(ctx, "matter_late", q.db.build("matter_late", flags), args, func(scan scanFunc) error {
		var l Load
		err := scan(&l.Holder, &l.Assignee, &l.Open, &l.Late, &l.Soon, &l.Readable)
		list = append(list, l)
		return err
	})
	return list, err
}
