package store

import (
	"context"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Clock is the projection of one clock of a matter: what lists and the sweep need.
type Clock struct {
	Matter matter.ID
	Key    string // as in State.Clocks: name or name:party
	Term   string
	Status matter.ClockStatus
	Due    calendar.Date // zero while suspended
	Role   string        // role that must act; "" nobody in particular
	// First and Last are the days of the calendar its count hangs on, zero where it hangs on none.
	First, Last calendar.Date
}

// PutClocks makes clocks the whole set of clocks of a matter. Their Matter is taken to be id.
func (tx *Tx) PutClocks(ctx context.Context, id matter.ID, clocks []Clock) error {
	if _, err := tx.exec(ctx, "clock_clear", id.Shard(), id); err != nil {
		return fmt.Errorf("store: clocks of %s: %w", id, err)
	}
	for _, c := range clocks {
		_, err := tx.exec(ctx, "clock_put", id.Shard(), id, c.Key, c.Term, string(c.Status), c.Due, c.Role, c.First, c.Last)
		if err != nil {
			return fmt.Errorf("store: clock %s of %s: %w", c.Key, id, err)
		}
	}
	return nil
}

// Clocks returns the clocks of a matter in order of key.
func (q *Query) Clocks(ctx context.Context, id matter.ID) ([]Clock, error) {
	return q.clocks(ctx, "clock_list", id.Shard(), id)
}

// ClockCursor is a place in the order (Due, Matter, Key); the zero cursor lies before every clock.
type ClockCursor struct {
	Due    calendar.Date
	Matter matter.ID
	Key    string
}

// DueBefore returns at most limit running clocks due on or before the day, after the cursor, in
// order of due day, matter and key, without those whose key and term, a space between, are among but.
func (q *Query) DueBefore(ctx context.Context, day calendar.Date, after ClockCursor, limit int, but ...string) ([]Clock, error) {
	return q.clocks(ctx, "clock_due", day, max(after.Due, firstDay), after.Matter, after.Key, limit, keys(but))
}

// firstDay is before the day of every clock that has one.
const firstDay calendar.Date = 1

func (q *Query) clocks(ctx context.Context, name string, args ...any) ([]Clock, error) {
	var list []Clock
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var c Clock
		err := scan(&c.Matter, &c.Key, &c.Term, &c.Status, &c.Due, &c.Role, &c.First, &c.Last)
		list = append(list, c)
		return err
	})
	return list, err
}

// Rung names one rung of a clock's ladder, to be acted upon once.
type Rung struct {
	Matter matter.ID
	Clock  string // key of the clock
	Round  int    // how often the clock was started before
	Name   string // the rung within the ladder, or "lapse"
}

// ClaimRung reports whether this call is the first to claim the rung; only the first may act on it.
func (tx *Tx) ClaimRung(ctx context.Context, r Rung) (bool, error) {
	n, err := tx.exec(ctx, "rung_claim", r.Matter.Shard(), r.Matter, r.Clock, r.Round, r.Name)
	if err != nil {
		return false, fmt.Errorf("store: claim rung %s of %s/%s: %w", r.Name, r.Matter, r.Clock, err)
	}
	return n == 1, nil
}
