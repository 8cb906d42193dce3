package storetest

import (
	"crypto/sha256"
	"errors"
	"reflect"
	"testing"
	"time"

	"yifa/internal/store"
)

// An answer is stored once per (actor, key), found, forgotten with its matter, and expires: at a full minute, so that it
// tells no second of when something was filed.
func testAnswers(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	a := store.Answered{BodyHash: sha256.Sum256([]byte("body")), Answer: []byte(`{"ok":true}`), Matter: id, Expires: now.Add(time.Hour)}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.Remember(ctx, "li", "k", a), tx.Remember(ctx, "li", "k2", store.Answered{Expires: now.Add(time.Hour)}))
	})
	a.Expires = a.Expires.Truncate(time.Minute).Add(time.Minute)
	read(t, db, func(q *store.Query) error { same(t, "answer", a)(q.Answer(ctx, "li", "k")); return nil })
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, err := q.Answer(ctx, "wang", "k"); return err }), store.ErrNotFound)
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.Remember(ctx, "li", "k", a) }), store.ErrRetry)
	write(t, db, func(tx *store.Tx) error { return tx.Forget(ctx, id) })
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, err := q.Answer(ctx, "li", "k"); return err }), store.ErrNotFound)
	write(t, db, func(tx *store.Tx) error { _, err := tx.Prune(ctx, now.Add(2*time.Hour)); return err })
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, err := q.Answer(ctx, "li", "k2"); return err }), store.ErrNotFound)
}

func testHeads(t *testing.T, db *store.DB) {
	ctx := t.Context()
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, err := q.Head(ctx, 7); return err }), store.ErrNotFound)
	h := store.Head{Shard: 7, Count: 1, Last: sha256.Sum256([]byte("x")), KeyID: "k", Signature: []byte{1, 2}}
	write(t, db, func(tx *store.Tx) error {
		if got, err := tx.Head(ctx, 7); err != nil || got.Count != 0 || got.Shard != 7 || got.Last != [32]byte{} {
			t.Errorf("new head is %+v, %v", got, err)
		}
		return tx.PutHead(ctx, h)
	})
	read(t, db, func(q *store.Query) error {
		same(t, "head", h)(q.Head(ctx, 7))
		same(t, "heads", []store.Head{h})(q.Heads(ctx))
		return nil
	})
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.PutHead(ctx, store.Head{Shard: 8}) }), store.ErrNotFound)
	parallel(t, 8, func(int) error { // the lock keeps every change
		return db.Write(ctx, func(tx *store.Tx) error {
			h, err := tx.Head(ctx, 9)
			if err != nil {
				return err
			}
			h.Count++
			return tx.PutHead(ctx, h)
		})
	})
	if h := get(t, db, func(q *store.Query) (store.Head, error) { return q.Head(ctx, 9) }); h.Count != 8 {
		t.Errorf("eight writers made count %d", h.Count)
	}
}

// A rung is claimed once, by one of many sweeps.
func testRungs(t *testing.T, db *store.DB) {
	ctx := t.Context()
	r := store.Rung{Matter: newID(t), Clock: "accept", Round: 0, Name: "2 工作日"}
	claims := make(chan bool, 16)
	parallel(t, 16, func(int) error {
		return db.Write(ctx, func(tx *store.Tx) error {
			ok, err := tx.ClaimRung(ctx, r)
			claims <- ok
			return err
		})
	})
	close(claims)
	n := 0
	for ok := range claims {
		if ok {
			n++
		}
	}
	if n != 1 {
		t.Errorf("claimed %d times", n)
	}
	r.Round++
	write(t, db, func(tx *store.Tx) error {
		if ok, err := tx.ClaimRung(ctx, r); err != nil || !ok {
			t.Errorf("the next round: %v, %v", ok, err)
		}
		return nil
	})
}

func testAccounts(t *testing.T, db *store.DB) {
	ctx := t.Context()
	li := store.Account{Person: "p-li", Login: "li", Name: "李志强", Hash: "$argon2id$"}
	an := store.Account{Person: "p-an", Login: "an", Name: "安妮", Hash: "$argon2id$", Disabled: true}
	write(t, db, func(tx *store.Tx) error { return errors.Join(tx.PutAccount(ctx, li), tx.PutAccount(ctx, an)) })
	li.Name, li.Failures, li.Until, li.Matter, li.MustChange = "李志强（二）", 3, now.Truncate(time.Microsecond), 77, true
	li.SecondFailures, li.SecondUntil, li.Ended, li.SignedIn = 2, li.Until, true, li.Until
	renamed := li
	renamed.Failures, renamed.Until, renamed.SecondFailures, renamed.SignedIn = 0, time.Time{}, 0, time.Time{}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.SetSignedIn(ctx, li.Person, now), tx.PutAccount(ctx, renamed), tx.SetFailures(ctx, li.Person, 3, now), tx.SetSecondFailures(ctx, li.Person, 2, now))
	})
	read(t, db, func(q *store.Query) error {
		same(t, "by login", li)(q.AccountByLogin(ctx, "li"))
		same(t, "by person", an)(q.Account(ctx, "p-an"))
		same(t, "all", []store.Account{an, li})(q.Accounts(ctx))
		return nil
	})
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, err := q.AccountByLogin(ctx, "x"); return err }), store.ErrNotFound)
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.SetFailures(ctx, "x", 1, now) }), store.ErrNotFound)
	if err := db.Write(ctx, func(tx *store.Tx) error { return tx.PutAccount(ctx, store.Account{Person: "p-2", Login: "li"}) }); err == nil {
		t.Error("two accounts with one login")
	}
}

func testSessions(t *testing.T, db *store.DB) {
	ctx := t.Context()
	li := store.Account{Person: "s-li", Login: "s-li", Name: "李志强", Hash: "x"}
	at := now.Truncate(time.Microsecond)
	s := store.Session{ID: []byte{1}, Person: li.Person, Needs: "factor", How: "password", Begun: at, Used: at, Proved: at, By: "password", Origin: "192.0.2.1", Agent: "Chrome Windows", Expires: at.Add(time.Hour)}
	other := store.Session{ID: []byte{2}, Person: li.Person, Begun: at.Add(-time.Second), Expires: s.Expires}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.PutAccount(ctx, li), tx.PutSession(ctx, store.Session{ID: []byte{1}, Expires: now}), tx.PutSession(ctx, s), tx.PutSession(ctx, other))
	})
	find := func(id byte, at time.Time) (s store.Session, a store.Account, err error) {
		err = db.Read(ctx, func(q *store.Query) (err error) { s, a, err = q.Session(ctx, []byte{id}, at); return err })
		return s, a, err
	}
	got, whose, err := find(1, now)
	same(t, "session", s)(got, err)
	same(t, "whose", li)(whose, err)
	_, _, err = find(1, s.Expires)
	wantErr(t, err, store.ErrNotFound)
	s.Used = at.Add(time.Minute)
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.TouchSession(ctx, s.ID, s.Used), tx.TouchSession(ctx, []byte{9}, s.Used))
	})
	read(t, db, func(q *store.Query) error {
		same(t, "sessions", []store.Session{s, other})(q.SessionsOf(ctx, li.Person, now))
		return nil
	})
	write(t, db, func(tx *store.Tx) error { return tx.DropSessionsOf(ctx, li.Person, other.ID) })
	_, _, err = find(1, now)
	wantErr(t, err, store.ErrNotFound)
	_, _, err = find(2, now)
	wantErr(t, err, nil)
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.DropSession(ctx, other.ID), tx.DropSession(ctx, other.ID))
	})
	_, _, err = find(2, now)
	wantErr(t, err, store.ErrNotFound)
}

func testDrafts(t *testing.T, db *store.DB) {
	ctx := t.Context()
	old := store.Draft{ID: []byte{1}, Sealed: []byte("old"), Expires: now.Add(time.Hour)}
	fresh := store.Draft{ID: []byte{2}, Sealed: []byte("fresh"), Expires: now.Add(24 * time.Hour)}
	file := store.DraftFile{Draft: old.ID, Key: "a", Sealed: []byte("name"), Blob: "blob-1"}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.PutDraft(ctx, old), tx.PutDraft(ctx, fresh), tx.PutDraftFile(ctx, file),
			tx.PutDraftFile(ctx, store.DraftFile{Draft: old.ID, Key: "b", Sealed: []byte{}, Blob: "blob-2"}),
			tx.PutDraftFile(ctx, store.DraftFile{Draft: old.ID, Key: "c", Sealed: []byte{}, Blob: "blob-3"}),
			tx.PutDraftFile(ctx, store.DraftFile{Draft: fresh.ID, Key: "b", Sealed: []byte{}, Blob: "blob-2"}),
			tx.DropDraftFile(ctx, old.ID, "c"))
	})
	for _, d := range []*store.Draft{&old, &fresh} { // kept to the minute
		d.Expires = d.Expires.Truncate(time.Minute).Add(time.Minute)
	}
	read(t, db, func(q *store.Query) error {
		same(t, "draft", old)(q.Draft(ctx, old.ID, now))
		files, err := q.DraftFiles(ctx, old.ID)
		if err != nil || len(files) != 2 || !reflect.DeepEqual(files[0], file) {
			t.Errorf("files are %+v, %v", files, err)
		}
		return nil
	})
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { _, err := tx.Draft(ctx, old.ID, old.Expires); return err }), store.ErrNotFound)
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.DropDraftFile(ctx, old.ID, "z") }), store.ErrNotFound)
	if err := db.Write(ctx, func(tx *store.Tx) error { return tx.PutDraftFile(ctx, store.DraftFile{Draft: []byte{9}}) }); err == nil {
		t.Error("a file of no draft was stored")
	}
	var blobs []string
	write(t, db, func(tx *store.Tx) (err error) { blobs, err = tx.Prune(ctx, now.Add(2*time.Hour)); return err })
	if !reflect.DeepEqual(blobs, []string{"blob-1"}) {
		t.Errorf("blobs nothing keeps: %v", blobs)
	}
	read(t, db, func(q *store.Query) error {
		same(t, "fresh draft", fresh)(q.Draft(ctx, fresh.ID, now))
		same(t, "files of the old draft", []store.DraftFile(nil))(q.DraftFiles(ctx, old.ID))
		return nil
	})

	for i, want := range []bool{true, false} {
		write(t, db, func(tx *store.Tx) error {
			if ok, err := tx.UsePoW(ctx, "token", now); err != nil || ok != want {
				t.Errorf("use %d of one token: %v, %v", i+1, ok, err)
			}
			return nil
		})
	}
}

func testReadLog(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, err := q.LastRead(ctx, 3); return err }), store.ErrNotFound)
	one := store.ReadLine{Shard: 3, Seq: 1, Matter: id, Line: `{"why":"复核"}`, At: now.Truncate(time.Microsecond), Hash: sha256.Sum256([]byte("1"))}
	two := one
	two.Seq, two.Prev, two.Hash = 2, one.Hash, sha256.Sum256([]byte("2"))
	write(t, db, func(tx *store.Tx) error { return errors.Join(tx.AppendRead(ctx, one), tx.AppendRead(ctx, two)) })
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.AppendRead(ctx, two) }), store.ErrRetry)
	read(t, db, func(q *store.Query) error {
		same(t, "last", two)(q.LastRead(ctx, 3))
		same(t, "all", []store.ReadLine{one, two})(q.Reads(ctx, 3, 0, 10))
		same(t, "after 1", []store.ReadLine{two})(q.Reads(ctx, 3, 1, 10))
		return nil
	})
}

func testReceipts(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	write(t, db, func(tx *store.Tx) error { return tx.PutReceiptCode(ctx, []byte("mac"), id) })
	finds := func(mac string, ended bool) {
		t.Helper()
		read(t, db, func(q *store.Query) error {
			got, over, err := q.FindReceiptCode(ctx, []byte(mac))
			if got != id || over != ended {
				t.Errorf("%s: %s, ended %t, want %s, %t", mac, got, over, id, ended)
			}
			return err
		})
	}
	finds("mac", false)
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.EndReceiptCodes(ctx, id), tx.PutReceiptCode(ctx, []byte("new"), id))
	})
	finds("mac", true)
	finds("new", false)
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.PutReceiptCode(ctx, []byte("mac"), newID(t)) }), store.ErrRetry)
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, _, err := q.FindReceiptCode(ctx, []byte("x")); return err }), store.ErrNotFound)
}

func testTexts(t *testing.T, db *store.DB) {
	ctx := t.Context()
	text := store.ProcedureText{Hash: "h", Procedure: "p@1", Files: map[string]string{"procedure.yaml": "id: p\n", "forms/a.yaml": "schema: 1"}}
	for range 2 {
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.PutProcedureText(ctx, text), tx.PutMeta(ctx, "name", "江门"))
		})
	}
	read(t, db, func(q *store.Query) error {
		same(t, "text", text)(q.ProcedureText(ctx, "h"))
		same(t, "meta", "江门")(q.Meta(ctx, "name"))
		return nil
	})
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, err := q.ProcedureText(ctx, "x"); return err }), store.ErrNotFound)
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, err := q.Meta(ctx, "x"); return err }), store.ErrNotFound)
}

func testRefused(t *testing.T, db *store.DB) {
	ctx := t.Context()
	r := store.Refused{Day: day0, Procedure: "p", Act: "accept", Reason: "recused"}
	for range 2 {
		write(t, db, func(tx *store.Tx) error { return tx.CountRefused(ctx, r) })
	}
	r.Count = 2
	read(t, db, func(q *store.Query) error {
		same(t, "refused", []store.Refused{r})(q.RefusedBetween(ctx, day0, day0))
		same(t, "later", []store.Refused(nil))(q.RefusedBetween(ctx, day0.AddDays(1), day0.AddDays(9)))
		return nil
	})
}
