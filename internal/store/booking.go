package store

import (
	"context"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Booking is one thing that a matter takes up for a time. Times are civil, in Asia/Shanghai; To is exclusive.
type Booking struct {
	Matter   matter.ID
	Name     string // room:ID, person:ID
	From, To calendar.Moment
	Off      bool // called off
	Turn     int
}

// minutesOfDay turn a moment into one number and back.
const minutesOfDay = 24 * 60

func minutes(m calendar.Moment) int64 { return int64(m.Day)*minutesOfDay + int64(max(m.Minute, 0)) }

func moment(n int64) calendar.Moment {
	return calendar.Moment{Day: calendar.Date(n / minutesOfDay), Minute: int(n % minutesOfDay)}
}

// PutBooking makes b all that a matter takes up; nil: it never took up anything.
func (tx *Tx) PutBooking(ctx context.Context, id matter.ID, b *matter.Booking) error {
	if _, err := tx.exec(ctx, "booking_clear", id.Shard(), id); err != nil {
		return fmt.Errorf("store: booking of %s: %w", id, err)
	}
	for _, r := range BookingsOf(id, b) {
		off := 0
		if r.Off {
			off = 1
		}
		if _, err := tx.exec(ctx, "booking_put", id.Shard(), id, r.Name, minutes(r.From), minutes(r.To), off, r.Turn); err != nil {
			return fmt.Errorf("store: booking %s of %s: %w", r.Name, id, err)
		}
	}
	return nil
}

// BookingsOf are the rows of what a matter takes up.
func BookingsOf(id matter.ID, b *matter.Booking) []Booking {
	if b == nil {
		return nil
	}
	var out []Booking
	for _, key := range b.Keys {
		out = append(out, Booking{Matter: id, Name: key, From: b.From, To: b.Ends(), Off: b.Off, Turn: b.Turn})
	}
	return out
}

// Booking returns what a matter takes up, in order of name.
func (q *Query) Booking(ctx context.Context, id matter.ID) ([]Booking, error) {
	return q.bookings(ctx, "booking_of", id.Shard(), id)
}

// Bookings returns what is taken up of some names within a time, and what of it was called off, in order of time.
func (q *Query) Bookings(ctx context.Context, names []string, from, to calendar.Moment) ([]Booking, error) {
	return q.bookings(ctx, "booking_in", keys(names), minutes(from), minutes(to))
}

func (q *Query) bookings(ctx context.Context, query string, args ...any) ([]Booking, error) {
	var list []Booking
	err := q.each(ctx, query, args, func(scan scanFunc) error {
		var b Booking
		var from, to int64
		var off int
		err := scan(&b.Matter, &b.Name, &from, &to, &off, &b.Turn)
		b.From, b.To, b.Off = moment(from), moment(to), off != 0
		list = append(list, b)
		return err
	})
	return list, err
}

// Minutes is how long it takes.
func (b Booking) Minutes() int { return int(minutes(b.To) - minutes(b.From)) }
