package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// A contact is found by its keyed hash until its day is over, lasts longer when it is renewed, and is dropped with its
// matter. A code is counted against its contact, and is there until it served or expired.
func testContacts(t *testing.T, db *store.DB) {
	ctx := context.Background()
	at := time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)
	write := func(f func(*store.Tx) error) {
		t.Helper()
		if err := db.Write(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	found := func(now time.Time, want int) {
		t.Helper()
		write(func(tx *store.Tx) error {
			list, err := tx.FindContact(ctx, "blind", now, 10)
			if len(list) != want {
				t.Errorf("found %v at %s, want %d", list, now, want)
			}
			return err
		})
	}
	one := store.Contact{Matter: matter.ID(3<<10 | 5), Kind: "phone", Blind: "blind", Sealed: []byte{1}, Expires: at.Add(time.Hour)}
	write(func(tx *store.Tx) error { return tx.PutContact(ctx, one) })
	write(func(tx *store.Tx) error { return tx.PutContact(ctx, one) }) // twice comes to the same
	found(at, 1)
	found(at.Add(2*time.Hour), 0)
	write(func(tx *store.Tx) error { return tx.RenewContact(ctx, "blind", at, at.Add(3*time.Hour)) })
	found(at.Add(2*time.Hour), 1)
	write(func(tx *store.Tx) error { return tx.RewrapContact(ctx, one, []byte{2}) })
	write(func(tx *store.Tx) error {
		list, err := tx.Contacts(ctx, one.Matter, at)
		all, err2 := tx.AllContacts(ctx)
		if len(list) != 1 || len(all) != 1 || list[0].Sealed[0] != 2 || list[0].Kind != "phone" {
			t.Errorf("contacts %+v, all %+v", list, all)
		}
		return errors.Join(err, err2)
	})
	write(func(tx *store.Tx) error { return tx.PruneContacts(ctx, at.Add(4*time.Hour), at) })
	found(at, 0)
	write(func(tx *store.Tx) error { return tx.PutContact(ctx, one) })
	write(func(tx *store.Tx) error { return tx.DropContacts(ctx, one.Matter) })
	found(at, 0)
	testCodes(t, at, write)
}

func testCodes(t *testing.T, at time.Time, write func(func(*store.Tx) error)) {
	t.Helper()
	ctx := context.Background()
	code := store.ContactCode{ID: []byte{9}, Blind: "blind", MAC: []byte{7}, Made: at, Expires: at.Add(time.Minute)}
	write(func(tx *store.Tx) error { return tx.PutContactCode(ctx, code) })
	write(func(tx *store.Tx) error { return tx.TryContactCode(ctx, code.ID) })
	write(func(tx *store.Tx) error {
		got, err := tx.ContactCode(ctx, code.ID, at)
		if got.Tries != 1 || got.MAC[0] != 7 || got.Blind != "blind" {
			t.Errorf("code %+v", got)
		}
		n, err2 := tx.CountContactCodes(ctx, "blind", at.Add(-time.Second))
		if n != 1 {
			t.Errorf("%d codes counted", n)
		}
		if _, late := tx.ContactCode(ctx, code.ID, at.Add(time.Minute)); !errors.Is(late, store.ErrNotFound) {
			t.Errorf("expired: %v", late)
		}
		return errors.Join(err, err2)
	})
	write(func(tx *store.Tx) error { return tx.TakeContactCode(ctx, code.ID) })
	write(func(tx *store.Tx) error {
		if _, err := tx.ContactCode(ctx, code.ID, at); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("taken: %v", err)
		}
		return tx.PruneContacts(ctx, at, at)
	})
}
