package storetest

import (
	"errors"
	"testing"
	"time"

	"yifa/internal/store"
)

// A step of a second factor is taken once, what a ceremony needs is given once, and attempts are listed from the latest.
func testFactors(t *testing.T, db *store.DB) {
	ctx, at := t.Context(), now.Truncate(time.Microsecond).UTC()
	f := store.Factor{Person: "f-li", ID: "codes", Kind: "codes", Sealed: []byte("s"), Used: 7, Made: at}
	spare := store.Factor{Person: "f-li", ID: "r1", Kind: "recovery", Sealed: []byte("t"), Made: at.Add(time.Second)}
	write(t, db, func(tx *store.Tx) error { return errors.Join(tx.PutFactor(ctx, f), tx.PutFactor(ctx, spare)) })
	for _, use := range []struct {
		step int64
		want bool
	}{{7, false}, {9, true}, {9, false}, {8, false}} {
		write(t, db, func(tx *store.Tx) error {
			same(t, "use", use.want)(tx.UseFactor(ctx, "f-li", "codes", use.step))
			return nil
		})
	}
	f.Used = 9
	read(t, db, func(q *store.Query) error {
		same(t, "factors", []store.Factor{f, spare})(q.Factors(ctx, "f-li"))
		same(t, "one", spare)(q.Factor(ctx, "recovery", "r1"))
		same(t, "who has one", map[string]bool{"f-li": true})(q.PersonsWith(ctx, "codes", "passkey"))
		_, err := q.Factor(ctx, "codes", "r1")
		wantErr(t, err, store.ErrNotFound)
		all, err := q.AllFactors(ctx)
		same(t, "all", true)(len(all) >= 2, err)
		return nil
	})
	write(t, db, func(tx *store.Tx) error {
		same(t, "drop", true)(tx.DropFactor(ctx, "f-li", "r1"))
		same(t, "drop again", false)(tx.DropFactor(ctx, "f-li", "r1"))
		return errors.Join(tx.DropFactors(ctx, "f-li", "codes"), tx.DropFactors(ctx, "f-li", ""))
	})
	first := store.SignIn{Person: "f-li", At: at, How: "password", Result: "wrong", Origin: "192.0.2.1", Agent: "Firefox"}
	second := store.SignIn{Person: "f-li", At: at.Add(time.Second), How: "password+totp", Result: "in"}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.AddSignIn(ctx, []byte{1}, first), tx.AddSignIn(ctx, []byte{2}, second), tx.PutCeremony(ctx, []byte{1}, []byte("c"), now.Add(time.Hour)))
	})
	read(t, db, func(q *store.Query) error {
		same(t, "sign-ins", []store.SignIn{second, first})(q.SignIns(ctx, "f-li", time.Time{}, 9))
		same(t, "older", []store.SignIn{first})(q.SignIns(ctx, "f-li", second.At, 9))
		return nil
	})
	write(t, db, func(tx *store.Tx) error {
		same(t, "ceremony", []byte("c"))(tx.TakeCeremony(ctx, []byte{1}, now))
		return tx.PruneSignIns(ctx, second.At)
	})
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { _, err := tx.TakeCeremony(ctx, []byte{1}, now); return err }), store.ErrNotFound)
	read(t, db, func(q *store.Query) error {
		same(t, "kept", []store.SignIn{second})(q.SignIns(ctx, "f-li", time.Time{}, 9))
		return nil
	})
}
