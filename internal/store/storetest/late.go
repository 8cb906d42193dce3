package storetest

import (
	"crypto/rand"
	"errors"
	"testing"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// Loads count by organ and person what the organs named hold, or what the reader may read; what is denied to the
// reader, closed, or a register is in no number.
func testLoads(t *testing.T, db *store.DB) {
	ctx, deny := t.Context(), []matter.Access{{Holder: "person:li", Right: "read", From: day0, Deny: true}}
	write(t, db, func(tx *store.Tx) error {
		register, err := matter.NewIDIn(rand.Reader, 0)
		return errors.Join(err,
			put(ctx, tx, store.Row{ID: plainID(1), Sort: day0, Holder: "h1", Assignee: "li", NextDue: day0.AddDays(-1)}, "person:li"),
			put(ctx, tx, store.Row{ID: plainID(2), Sort: day0, Holder: "h1", Assignee: "li", NextDue: day0}, "person:wang"),
			put(ctx, tx, store.Row{ID: plainID(3), Sort: day0, Holder: "h1", NextDue: day0.AddDays(8)}, "person:wang"),
			put(ctx, tx, store.Row{ID: plainID(4), Sort: day0, Holder: "h1", Closed: true, NextDue: day0.AddDays(-1)}, "person:li"),
			put(ctx, tx, store.Row{ID: plainID(5), Sort: day0, Holder: "h2"}, "person:li"),
			put(ctx, tx, store.Row{ID: plainID(6), Sort: day0, Holder: "h1", NextDue: day0.AddDays(-1)}),
			tx.PutAccess(ctx, plainID(6), day0, deny),
			put(ctx, tx, store.Row{ID: register, Sort: day0, Holder: "h1"}))
	})
	reader := access.Reader{Keys: []string{"person:li"}, On: day0}
	read(t, db, func(q *store.Query) error {
		same(t, "over h1", []store.Load{{Holder: "h1", Open: 1}, {Holder: "h1", Assignee: "li", Open: 2, Late: 1, Soon: 1, Readable: 1}})(
			q.Loads(ctx, reader, []string{"h1"}, day0.AddDays(7)))
		same(t, "readable", []store.Load{{Holder: "h1", Assignee: "li", Open: 1, Late: 1, Readable: 1}, {Holder: "h2", Open: 1, Readable: 1}})(
			q.Loads(ctx, reader, nil, day0.AddDays(7)))
		return nil
	})
}
