package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// A subscription is told of nothing before it is confirmed; who is told is taken once, put back where it did not go out,
// and forgotten with its day.
func testSubscriptions(t *testing.T, db *store.DB) {
	ctx, at := t.Context(), now.Truncate(time.Microsecond)
	one := store.Subscription{ID: []byte("\x00one"), Blind: "b", Sealed: []byte{1}, Made: at, Expires: at.Add(time.Hour)}
	two := store.Subscription{ID: []byte("two"), Blind: "b", Sealed: []byte{2}, Made: at.Add(time.Minute), Expires: at.Add(time.Hour)}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.PutSubscription(ctx, two), tx.PutSubscription(ctx, one), tx.RewrapSubscription(ctx, one, []byte{9}))
	})
	after := func(from []byte, limit int) (ids []string) {
		t.Helper()
		read(t, db, func(q *store.Query) error {
			list, err := q.SubscriptionsAfter(ctx, at.Add(48*time.Hour), at, from, limit)
			for _, s := range list {
				ids = append(ids, string(s.ID))
			}
			return err
		})
		return ids
	}
	if got := after(nil, 5); len(got) != 0 {
		t.Errorf("told before anybody confirmed: %q", got)
	}
	year := at.Add(365 * 24 * time.Hour)
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.ConfirmSubscription(ctx, one.ID, at.Add(time.Second), year), tx.ConfirmSubscription(ctx, two.ID, at.Add(time.Second), year),
			tx.ConfirmSubscription(ctx, one.ID, at.Add(time.Hour), year)) // once more: only longer
	})
	if got := after(nil, 5); !slices.Equal(got, []string{"\x00one", "two"}) || !slices.Equal(after(one.ID, 5), []string{"two"}) || len(after(nil, 1)) != 1 {
		t.Errorf("%q are told", got)
	}
	read(t, db, func(q *store.Query) error {
		got, err := q.Subscription(ctx, one.ID, at)
		if !got.Since.Equal(at.Add(time.Second)) || !got.Confirmed.Equal(got.Since) || !got.Expires.Equal(year) || got.Sealed[0] != 9 {
			t.Errorf("%+v", got)
		}
		list, err2 := q.SubscriptionsOf(ctx, "b", at)
		if len(list) != 2 || string(list[0].ID) != string(one.ID) {
			t.Errorf("of an address: %+v", list)
		}
		one = got
		return errors.Join(err, err2)
	})
	tellOnce(t, db, one, at.Add(time.Hour))
	write(t, db, func(tx *store.Tx) error { return tx.DropSubscription(ctx, one.ID) })
	write(t, db, func(tx *store.Tx) error { return tx.PruneSubscriptions(ctx, year, at) })
	read(t, db, func(q *store.Query) error {
		if list, err := q.AllSubscriptions(ctx); err != nil || len(list) != 0 {
			t.Errorf("left %+v, %v", list, err)
		}
		if _, err := q.Subscription(ctx, one.ID, at); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("forgotten: %v", err)
		}
		return nil
	})
}

func tellOnce(t *testing.T, db *store.DB, s store.Subscription, upTo time.Time) {
	t.Helper()
	tell := func(s store.Subscription, since time.Time, day calendar.Date, want bool) {
		t.Helper()
		write(t, db, func(tx *store.Tx) error {
			if got, err := tx.TellSubscriber(t.Context(), s, since, day); got != want || err != nil {
				t.Errorf("taken %v, %v", got, err)
			}
			return nil
		})
	}
	tell(s, upTo, day0, true)
	tell(s, upTo, day0, false)
	told := s
	told.Since, told.Told = upTo, day0
	tell(told, s.Since, s.Told, true)
	tell(s, upTo, day0, true)
}

// What changed is found by the instant it was noted, within a filter or alone.
func testOutcomeNews(t *testing.T, db *store.DB) {
	ctx := t.Context()
	one, two := matter.ID(1<<10|5), matter.ID(2<<10|6)
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.PutOutcome(ctx, one, &store.Outcome{Day: day0, Organ: "a"}), tx.PutOutcome(ctx, two, &store.Outcome{Day: day0, Organ: "b"}),
			tx.NoteOutcome(ctx, one, now), tx.NoteOutcome(ctx, two, now), tx.NoteOutcome(ctx, two, now.Add(time.Hour)))
	})
	for _, c := range []struct {
		name string
		f    store.OutcomeFilter
		want []matter.ID
	}{
		{"both", store.OutcomeFilter{NotedAfter: now.Add(-time.Second), NotedUpTo: now.Add(time.Hour)}, []matter.ID{two, one}},
		{"after", store.OutcomeFilter{NotedAfter: now, NotedUpTo: now.Add(time.Hour)}, []matter.ID{two}},
		{"up to", store.OutcomeFilter{NotedAfter: now.Add(-time.Second), NotedUpTo: now}, []matter.ID{one}},
		{"an organ", store.OutcomeFilter{NotedAfter: now.Add(-time.Second), NotedUpTo: now.Add(time.Hour), Organ: "a"}, []matter.ID{one}},
		{"one alone", store.OutcomeFilter{NotedAfter: now.Add(-time.Second), NotedUpTo: now.Add(time.Hour), One: two}, []matter.ID{two}},
	} {
		c.f.Changed = true
		read(t, db, func(q *store.Query) error {
			places, err := q.Outcomes(ctx, c.f)
			var got []matter.ID
			for _, p := range places {
				got = append(got, p.ID)
			}
			n, err2 := q.CountOutcomes(ctx, c.f)
			if !slices.Equal(got, c.want) || n != len(c.want) {
				t.Errorf("%s: %v (%d), want %v", c.name, got, n, c.want)
			}
			return errors.Join(err, err2)
		})
	}
	write(t, db, func(tx *store.Tx) error { return tx.PruneSubscriptions(ctx, now, now) })
	read(t, db, func(q *store.Query) error {
		places, err := q.Outcomes(ctx, store.OutcomeFilter{NotedAfter: now.Add(-time.Hour), NotedUpTo: now.Add(2 * time.Hour)})
		if len(places) != 1 {
			t.Errorf("%d changes are left", len(places))
		}
		return err
	})
}
