package storetest

import (
	"fmt"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// Pieces of the text index are joined in steps, which come to an end, and everything is found before and after.
func testMergeSearch(t *testing.T, db *store.DB) {
	ctx := t.Context()
	for i := range 40 {
		id := newID(t)
		write(t, db, func(tx *store.Tx) error {
			return tx.PutSearch(ctx, store.Doc{Matter: id, Class: matter.Staff, Sort: calendar.New(2026, 9, 1), Grams: []string{"merged", fmt.Sprint("only", i)}, Chars: []string{"m"}})
		})
	}
	steps := 0
	for more := true; more; steps++ {
		write(t, db, func(tx *store.Tx) (err error) {
			more, err = tx.MergeSearch(ctx, 1)
			return err
		})
		if steps > 1000 {
			t.Fatal("the steps never end")
		}
	}
	if db.Driver() == store.SQLite && steps < 2 {
		t.Errorf("%d steps: nothing was joined", steps)
	}
}
