package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// The outbox of the log, its leaves and tiles, and who may append.
func testLedger(t *testing.T, db *store.DB) {
	a, b := matter.ID(7<<10|3), matter.ID(5<<10|900)
	soon := now.Truncate(time.Minute).Add(time.Minute)
	list := []store.Waiting{{Place: store.Place{Matter: a, Seq: 1}}, {Place: store.Place{Matter: b, Seq: 1}, Ready: soon}}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.Append(t.Context(), entryOf(a, 1, [32]byte{})), tx.Append(t.Context(), entryOf(b, 1, [32]byte{})), tx.AwaitLedger(t.Context(), list))
	})
	ready := func(at time.Time) []store.Waiting { t.Helper(); return readyAt(t, db, at) }
	first := ready(now)
	if len(first) != 1 || first[0].Place != list[0].Place || string(first[0].Header) != string(entryOf(a, 1, [32]byte{}).Header) {
		t.Fatalf("%+v", first)
	}
	if all := ready(soon); len(all) != 2 || !all[1].Ready.Equal(soon) {
		t.Fatalf("%+v", all)
	}
	leaf := store.Leaf{Place: list[0].Place, At: 0, Hash: [32]byte{1, 2, 3}}
	write(t, db, func(tx *store.Tx) error {
		claimed, err := tx.ClaimLedger(t.Context(), "one", now, now.Add(time.Second))
		if err != nil || claimed.Size != 0 || claimed.Holder != "one" || !claimed.Until.Equal(now.Add(time.Second)) {
			t.Fatalf("%+v, %v", claimed, err)
		}
		next := claimed
		next.Origin, next.Size, next.Checkpoint = "log", 1, "signed"
		return errors.Join(tx.EnterLedger(t.Context(), first, []store.Leaf{leaf}), tx.PutLedger(t.Context(), claimed, next),
			tx.PutLedgerTile(t.Context(), store.Tile{Level: 0, N: 0, Data: []byte("short")}), tx.PutLedgerTile(t.Context(), store.Tile{Level: 0, N: 0, Data: []byte("longer")}))
	})
	wantErr(t, db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.ClaimLedger(t.Context(), "two", now, now.Add(time.Second))
		return err
	}), store.ErrNotFound)
	wantErr(t, db.Write(t.Context(), func(tx *store.Tx) error {
		claimed, err := tx.ClaimLedger(t.Context(), "two", now.Add(time.Second), now.Add(2*time.Second))
		if err != nil {
			return err
		}
		claimed.Size = 0 // somebody appended meanwhile
		return tx.PutLedger(t.Context(), claimed, claimed)
	}), store.ErrNotFound)
	if left := ready(soon); len(left) != 1 || left[0].Place != list[1].Place {
		t.Fatalf("%+v", left)
	}
	read(t, db, func(q *store.Query) error { return ledgerStands(t, q, leaf, list[1]) })
	if err := db.Write(t.Context(), func(tx *store.Tx) error {
		twice := leaf
		twice.At = 1
		return tx.EnterLedger(t.Context(), nil, []store.Leaf{twice})
	}); err == nil {
		t.Error("an entry stands in the log twice")
	}
}

func readyAt(t *testing.T, db *store.DB, at time.Time) (out []store.Waiting) {
	t.Helper()
	read(t, db, func(q *store.Query) error {
		some, err := q.AnyForLedger(t.Context(), at)
		if err != nil {
			return err
		}
		out, err = q.ReadyForLedger(t.Context(), at, 10)
		if some != (len(out) > 0) {
			t.Errorf("any: %v of %d", some, len(out))
		}
		return err
	})
	return out
}

// ledgerStands reads everything back.
func ledgerStands(t *testing.T, q *store.Query, leaf store.Leaf, waits store.Waiting) error {
	s, err := q.LedgerState(t.Context())
	if err != nil || s.Origin != "log" || s.Size != 1 || s.Checkpoint != "signed" || s.Holder != "one" {
		t.Errorf("%+v, %v", s, err)
	}
	found, err := q.LedgerLeaf(t.Context(), leaf.Place)
	if err != nil || found != leaf {
		t.Errorf("%+v, %v", found, err)
	}
	_, err = q.LedgerLeaf(t.Context(), waits.Place)
	wantErr(t, err, store.ErrNotFound)
	list, err := q.LedgerLeaves(t.Context(), 0, 5)
	in, errIn := q.LedgerLeavesIn(t.Context(), leaf.Matter.Shard())
	if err != nil || errIn != nil || !slices.Equal(list, []store.Leaf{leaf}) || !slices.Equal(in, list) {
		t.Errorf("%+v, %+v, %v", list, in, errors.Join(err, errIn))
	}
	waiting, err := q.WaitingForLedger(t.Context())
	if err != nil || len(waiting) != 1 || waiting[0].Place != waits.Place {
		t.Errorf("%+v, %v", waiting, err)
	}
	tile, err := q.LedgerTile(t.Context(), 0, 0)
	if err != nil || string(tile.Data) != "longer" {
		t.Errorf("%+v, %v", tile, err)
	}
	_, err = q.LedgerTile(t.Context(), 1, 0)
	wantErr(t, err, store.ErrNotFound)
	n := 0
	err = q.EachLedgerTile(t.Context(), func(store.Tile) error { n++; return nil })
	if n != 1 {
		t.Errorf("%d tiles", n)
	}
	return err
}

// The newest cosigned checkpoint, with all its cosignatures; a witness's older one never takes the place of a newer.
func testCosignatures(t *testing.T, db *store.DB) {
	put := func(name string, size int64) {
		t.Helper()
		write(t, db, func(tx *store.Tx) error {
			return tx.PutCosignature(t.Context(), store.Cosignature{Name: name, Size: size, Body: "body", Line: fmt.Sprint(name, size)})
		})
	}
	put("b", 7)
	put("a", 7)
	put("c", 5)
	put("a", 6)
	got := get(t, db, func(q *store.Query) ([]store.Cosignature, error) { return q.Cosignatures(t.Context()) })
	want := []store.Cosignature{{Name: "a", Size: 7, Body: "body", Line: "a7"}, {Name: "b", Size: 7, Body: "body", Line: "b7"}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	put("c", 9)
	if got = get(t, db, func(q *store.Query) ([]store.Cosignature, error) { return q.Cosignatures(t.Context()) }); len(got) != 1 || got[0].Line != "c9" {
		t.Errorf("%+v", got)
	}
}
