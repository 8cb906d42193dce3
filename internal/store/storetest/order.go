package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"yifa/internal/store"
)

// An order is found whole, by its id and among those of its person, until it is removed.
func testOrders(t *testing.T, db *store.DB) {
	ctx := context.Background()
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	at := time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)
	one := store.ActOrder{ID: "a", Kind: "import", Person: "li", Sealed: []byte{1, 2}, Total: 3, State: "running", Created: at}
	must(t, db.Write(ctx, func(tx *store.Tx) error { return tx.PutOrder(ctx, one) }))
	one.Done, one.Failed, one.State, one.Sealed = 2, 1, "done", []byte{3}
	must(t, db.Write(ctx, func(tx *store.Tx) error { return tx.PutOrder(ctx, one) }))
	must(t, db.Read(ctx, func(q *store.Query) error {
		got, err := q.Order(ctx, "a")
		if err != nil || got.Done != 2 || got.Failed != 1 || got.State != "done" || len(got.Sealed) != 1 || !got.Created.Equal(at) {
			t.Errorf("got %+v: %v", got, err)
		}
		list, err := q.AllOrders(ctx)
		if err != nil || len(list) != 1 {
			t.Errorf("%d orders: %v", len(list), err)
		}
		if _, err := q.Order(ctx, "b"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("unknown: %v", err)
		}
		if work, err := q.WorkOf(ctx, "li", "o"); err != nil || len(work) != 0 {
			t.Errorf("work %v: %v", work, err)
		}
		return nil
	}))
	must(t, db.Write(ctx, func(tx *store.Tx) error { return tx.DropOrders(ctx, at.Add(time.Hour)) }))
	must(t, db.Read(ctx, func(q *store.Query) error {
		if _, err := q.Order(ctx, "a"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("removed: %v", err)
		}
		return nil
	}))
}
