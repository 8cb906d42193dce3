package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/store"
)

// Calendar is the calendar in force: the law's own years, and the notices entered since.
func (o *Office) Calendar(ctx context.Context) (*calendar.Calendar, error) {
	var cal *calendar.Calendar
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registers(ctx, q)
		if err == nil {
			cal = reg.Calendar
		}
		return err
	})
	return cal, err
}

// Recounting tells how far the recounts are that wait or run, the oldest notice first; none where all is counted. One that
// has not begun has examined nothing of nothing. last is the one that ended last, where that was within the week.
func (o *Office) Recounting(ctx context.Context) (now []Recounted, last *Recounted, err error) {
	err = o.db.Read(ctx, func(q *store.Query) error {
		jobs, err := q.WaitingJobs(ctx, jobRecount)
		if err != nil {
			return err
		}
		for _, j := range jobs {
			r, err := recountedOf(j)
			if err != nil {
				return err
			}
			now = append(now, r)
		}
		done, err := q.LastJob(ctx, jobRecount)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		r, err := recountedOf(done)
		last = &r
		return err
	})
	return now, last, err
}

func recountedOf(j store.Job) (Recounted, error) {
	var a recountArgs
	if err := json.Unmarshal([]byte(j.Args), &a); err != nil {
		return a.Recounted, fmt.Errorf("office: recount: %w", err)
	}
	return a.Recounted, nil
}
