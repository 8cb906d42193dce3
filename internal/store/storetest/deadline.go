package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// Deadlines are the running clocks of what a reader may read, by due day and a page at a time, and those that stand still;
// for a reader of few matters and for one of many, which walk two ways.
func testDeadlines(t *testing.T, db *store.DB) {
	ctx := t.Context()
	write(t, db, func(tx *store.Tx) error {
		running := func(n int, key string, in int) store.Clock {
			return store.Clock{Matter: plainID(n), Key: key, Term: "t", Status: matter.Running, Due: day0.AddDays(in)}
		}
		still := store.Clock{Matter: plainID(2), Key: "still", Term: "t", Status: matter.Suspended}
		ended := store.Clock{Matter: plainID(2), Key: "ended", Term: "t", Status: matter.Stopped, Due: day0}
		errs := []error{
			putClocked(ctx, tx, store.Row{ID: plainID(1), Sort: day0, Holder: "h1", Assignee: "li"}, running(1, "a", 3), running(1, "b", 1)),
			putClocked(ctx, tx, store.Row{ID: plainID(2), Sort: day0, Holder: "h2", Assignee: "li"}, running(2, "a", 3), still, ended),
			putClocked(ctx, tx, store.Row{ID: plainID(3), Sort: day0, Holder: "h1", Closed: true}, running(3, "a", 2)),
			put(ctx, tx, store.Row{ID: plainID(4), Sort: day0, Holder: "h1"}),
			tx.PutClocks(ctx, plainID(4), []store.Clock{running(4, "a", 1)}),
			tx.PutAccess(ctx, plainID(4), day0, []matter.Access{{Holder: "person:li", Right: "read", From: day0, Deny: true}, {Holder: "organ:many", Right: "read", From: day0}}),
		}
		for n := 10; n < 1020; n++ {
			errs = append(errs, put(ctx, tx, store.Row{ID: plainID(n), Sort: day0}, "organ:many"))
		}
		return errors.Join(errs...)
	})
	for _, keys := range [][]string{{"person:li"}, {"person:li", "organ:many"}} {
		reader := access.Reader{Keys: keys, On: day0}
		ask := func(f store.Filter, d store.Deadlines) (list []string) {
			f.Reader, f.Open = reader, true
			read(t, db, func(q *store.Query) error {
				lines, err := q.Deadlines(ctx, f, d)
				for _, l := range lines {
					list = append(list, fmt.Sprintf("%d%s%d", int64(l.Row.ID)>>40, l.Key, max(int(l.Due-day0), 0)))
				}
				return err
			})
			return list
		}
		all := store.Deadlines{From: day0, To: day0.AddDays(9)}
		for _, c := range []struct {
			name string
			f    store.Filter
			d    store.Deadlines
			want []string
		}{
			{"all", store.Filter{}, all, []string{"1b1", "1a3", "2a3"}},
			{"a page", store.Filter{Limit: 2}, all, []string{"1b1", "1a3"}},
			{"the next", store.Filter{Limit: 2}, store.Deadlines{From: day0, To: day0.AddDays(9), After: store.ClockCursor{Due: day0.AddDays(3), Matter: plainID(1), Key: "a"}}, []string{"2a3"}},
			{"a holder", store.Filter{Holders: []string{"h2"}}, all, []string{"2a3"}},
			{"a person", store.Filter{Assignee: "li"}, all, []string{"1b1", "1a3", "2a3"}},
			{"to a day", store.Filter{}, store.Deadlines{From: day0, To: day0.AddDays(1)}, []string{"1b1"}},
			{"from a day", store.Filter{}, store.Deadlines{From: day0.AddDays(2), To: day0.AddDays(3)}, []string{"1a3", "2a3"}},
			{"still", store.Filter{}, store.Deadlines{Still: true}, []string{"2still0"}},
			{"no more still", store.Filter{}, store.Deadlines{Still: true, After: store.ClockCursor{Matter: plainID(2), Key: "still"}}, nil},
		} {
			if got := ask(c.f, c.d); fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("%v: %s: %v, want %v", keys, c.name, got, c.want)
			}
		}
	}
}

func putClocked(ctx context.Context, tx *store.Tx, r store.Row, clocks ...store.Clock) error {
	return errors.Join(put(ctx, tx, r, "person:li"), tx.PutClocks(ctx, r.ID, clocks))
}

// A person has one secret address; a new one ends the one before.
func testFeeds(t *testing.T, db *store.DB) {
	ctx, one, two := t.Context(), []byte("one"), []byte("two")
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.PutAccount(ctx, store.Account{Person: "li", Login: "li"}), tx.PutFeed(ctx, one, "li", now))
	})
	find := func(id []byte, want error) {
		t.Helper()
		read(t, db, func(q *store.Query) error {
			a, err := q.FeedAccount(ctx, id)
			wantErr(t, err, want)
			if err == nil && a.Person != "li" {
				t.Errorf("it is the address of %q", a.Person)
			}
			return nil
		})
	}
	find(one, nil)
	find(two, store.ErrNotFound)
	if made := get(t, db, func(q *store.Query) (int64, error) { m, err := q.FeedMade(ctx, "li"); return m.UnixMicro(), err }); made != now.UnixMicro() {
		t.Errorf("made at %d", made)
	}
	write(t, db, func(tx *store.Tx) error { return tx.PutFeed(ctx, two, "li", now) })
	find(one, store.ErrNotFound)
	find(two, nil)
	write(t, db, func(tx *store.Tx) error { return tx.DropFeed(ctx, "li") })
	find(two, store.ErrNotFound)
	read(t, db, func(q *store.Query) error {
		_, err := q.FeedMade(ctx, "li")
		wantErr(t, err, store.ErrNotFound)
		return nil
	})
}
