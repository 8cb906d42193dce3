package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// A matter has one link at a time; it serves once, counts what was wrong, and is forgotten with its matter or its day.
func testServeLinks(t *testing.T, db *store.DB) {
	ctx := context.Background()
	at := time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)
	id := matter.ID(3<<10 | 5)
	write := func(want error, f func(*store.Tx) error) {
		t.Helper()
		if err := db.Write(ctx, f); !errors.Is(err, want) {
			t.Fatalf("%v, want %v", err, want)
		}
	}
	put := func(mac string) {
		t.Helper()
		write(nil, func(tx *store.Tx) error {
			return tx.PutServeLink(ctx, store.ServeLink{MAC: []byte(mac), Matter: id, Proof: []byte("p"), Expires: at.Add(time.Hour)})
		})
	}
	found := func(mac string, want error) (l store.ServeLink) {
		t.Helper()
		write(want, func(tx *store.Tx) (err error) { l, err = tx.ServeLink(ctx, []byte(mac)); return err })
		return l
	}
	put("one")
	put("two")
	found("one", store.ErrNotFound)
	write(nil, func(tx *store.Tx) error { return tx.TryServeLink(ctx, []byte("two")) })
	write(nil, func(tx *store.Tx) error { return tx.UseServeLink(ctx, []byte("two"), at) })
	write(store.ErrNotFound, func(tx *store.Tx) error { return tx.UseServeLink(ctx, []byte("two"), at.Add(time.Minute)) })
	if l := found("two", nil); l.Matter != id || string(l.Proof) != "p" || l.Tries != 1 || !l.Used.Equal(at) || !l.Expires.Equal(at.Add(time.Hour)) {
		t.Errorf("%+v", l)
	}
	write(nil, func(tx *store.Tx) error { return tx.PruneServeLinks(ctx, at.Add(time.Hour)) })
	found("two", store.ErrNotFound)
	put("three")
	write(nil, func(tx *store.Tx) error { return tx.DropServeLinks(ctx, id) })
	found("three", store.ErrNotFound)
}
