package storetest

import (
	"context"
	"slices"
	"sync"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// What a matter takes up is the whole of what it said last; a time that only touches another takes up nothing of it; what
// was called off stays to be told. Of two that look and then take the same room, one sees the other.
func testBookings(t *testing.T, db *store.DB) {
	ctx := context.Background()
	const day = calendar.Date(20_000)
	at := func(minute int) calendar.Moment { return calendar.Moment{Day: day, Minute: minute} }
	put := func(id matter.ID, b *matter.Booking) {
		t.Helper()
		if err := db.Write(ctx, func(tx *store.Tx) error { return tx.PutBooking(ctx, id, b) }); err != nil {
			t.Fatal(err)
		}
	}
	in := func(from, to int, names ...string) (found []store.Booking) {
		t.Helper()
		if err := db.Read(ctx, func(q *store.Query) (err error) {
			found, err = q.Bookings(ctx, names, at(from), at(to))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return found
	}
	one, two := matter.ID(1<<10|7), matter.ID(2<<10|9)
	put(one, &matter.Booking{Keys: []string{"room:a", "person:li"}, From: at(540), Minutes: 60, Turn: 1})
	if got := in(599, 700, "room:a"); len(got) != 1 || got[0].Matter != one || got[0].From != at(540) || got[0].To != at(600) || got[0].Turn != 1 || got[0].Minutes() != 60 {
		t.Fatalf("%+v", got)
	}
	if got := slices.Concat(in(600, 700, "room:a"), in(480, 540, "room:a"), in(0, 1439, "room:b")); len(got) != 0 {
		t.Errorf("it takes up what only touches it: %+v", got)
	}
	if got := in(0, 1439, "person:li", "room:a"); len(got) != 2 {
		t.Errorf("%+v", got)
	}
	put(one, &matter.Booking{Keys: []string{"room:b"}, From: at(1380), Minutes: 120, Turn: 2}) // past midnight
	if got := in(0, 1379, "person:li", "room:a", "room:b"); len(got) != 0 {
		t.Errorf("what it took up before is still taken up: %+v", got)
	}
	if got := in(1439, 1500, "room:b"); len(got) != 1 || got[0].To != (calendar.Moment{Day: day + 1, Minute: 60}) {
		t.Errorf("%+v", got)
	}
	put(one, &matter.Booking{Keys: []string{"room:b"}, From: at(1380), Minutes: 120, Off: true, Turn: 3})
	if got := in(1380, 1439, "room:b"); len(got) != 1 || !got[0].Off || got[0].Turn != 3 {
		t.Errorf("called off: %+v", got)
	}
	put(one, nil)
	if got := in(0, 2879, "room:b"); len(got) != 0 {
		t.Errorf("given up: %+v", got)
	}
	takeAtOnce(t, db, at(540), one, two)
}

// takeAtOnce has two matters look whether a room is free and take it, at the same time.
func takeAtOnce(t *testing.T, db *store.DB, from calendar.Moment, ids ...matter.ID) {
	ctx := context.Background()
	var wait sync.WaitGroup
	var mu sync.Mutex
	took := 0
	for _, id := range ids {
		wait.Go(func() {
			err := db.Write(ctx, func(tx *store.Tx) error {
				if _, err := tx.Head(ctx, 0); err != nil { // as the writer does: shard 0 waits for shard 0
					return err
				}
				there, err := tx.Bookings(ctx, []string{"room:c"}, from, calendar.Moment{Day: from.Day, Minute: from.Minute + 60})
				if err != nil || len(there) > 0 {
					return err
				}
				mu.Lock()
				took++
				mu.Unlock()
				return tx.PutBooking(ctx, id, &matter.Booking{Keys: []string{"room:c"}, From: from, Minutes: 60, Turn: 1})
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if took != 1 {
		t.Errorf("%d took the room", took)
	}
}
