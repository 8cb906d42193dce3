package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"yifa/internal/store"
)

// An upload is found by its address and among those of its holder until it expires, and then names what lies in the
// evidence store for it alone.
func testUploads(t *testing.T, db *store.DB) {
	ctx := context.Background()
	at := time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)
	write := func(do func(tx *store.Tx) error) {
		t.Helper()
		if err := db.Write(ctx, do); err != nil {
			t.Fatal(err)
		}
	}
	one := store.Upload{ID: []byte{1}, Holder: []byte{9}, Sealed: []byte{1, 2}, Length: 5_000_000_000, Expires: at.Add(time.Hour)}
	write(func(tx *store.Tx) error {
		two := one
		two.ID, two.Length = []byte{2}, 7
		return errors.Join(tx.PutUpload(ctx, one), tx.PutUpload(ctx, two), tx.PutUploadBlob(ctx, one.ID, "a"), tx.PutUploadBlob(ctx, two.ID, "b"), tx.PutUploadBlob(ctx, two.ID, "c"))
	})
	one.Arrived, one.Sealed = 4_000_000_000, []byte{3}
	write(func(tx *store.Tx) error { return tx.PutUpload(ctx, one) })
	write(func(tx *store.Tx) error {
		got, err := tx.Upload(ctx, one.ID, at)
		if err != nil || got.Arrived != one.Arrived || got.Length != one.Length || !slices.Equal(got.Sealed, one.Sealed) || !got.Expires.Equal(one.Expires) {
			t.Errorf("got %+v: %v", got, err)
		}
		if n, err := tx.UploadsWaiting(ctx, at); err != nil || n != 1_000_000_007 {
			t.Errorf("%d bytes wait: %v", n, err)
		}
		if list, err := tx.UploadsOf(ctx, one.Holder, at); err != nil || len(list) != 2 {
			t.Errorf("%d of the holder: %v", len(list), err)
		}
		if err := tx.RewrapUpload(ctx, store.Upload{ID: one.ID, Sealed: []byte{8}}, []byte{4}); err != nil {
			t.Error(err)
		}
		if err := tx.ClearUploadBlobs(ctx, one.ID); err != nil {
			t.Error(err)
		}
		return nil
	})
	write(func(tx *store.Tx) error {
		if got, err := tx.Query.Upload(ctx, one.ID, at); err != nil || !slices.Equal(got.Sealed, one.Sealed) {
			t.Errorf("rewrapped over a change: %+v: %v", got, err)
		}
		blobs, err := tx.Prune(ctx, at.Add(time.Hour))
		if err != nil || !slices.Equal(blobs, []string{"b", "c"}) {
			t.Errorf("pruned %v: %v", blobs, err)
		}
		if _, err := tx.Upload(ctx, one.ID, at); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("still there: %v", err)
		}
		return nil
	})
}
