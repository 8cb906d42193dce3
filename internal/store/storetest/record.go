package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"reflect"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// What is appended comes back byte for byte, in order, and replays; a seq is taken once.
func testAppend(t *testing.T, db *store.DB) {
	ctx, id, other := t.Context(), newID(t), newID(t)
	first := entryOf(id, 1, [32]byte{})
	second := entryOf(id, 2, first.Hash)
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.Append(ctx, first), tx.Append(ctx, second), tx.Append(ctx, entryOf(other, 1, [32]byte{})))
	})
	got := get(t, db, func(q *store.Query) ([]store.StoredEntry, error) { return q.Entries(ctx, id, 0) })
	if len(got) != 2 || !bytes.Equal(got[0].Header, first.Header) || got[1].Prev != first.Hash || got[1].Hash != second.Hash {
		t.Fatalf("entries came back as %+v", got)
	}
	if !reflect.DeepEqual(got[1].Entry, second.Entry) {
		t.Errorf("entry 2 is\n%+v, want\n%+v", got[1].Entry, second.Entry)
	}
	st, err := matter.Replay([]matter.Entry{got[0].Entry, got[1].Entry})
	if err != nil || st.Rev != 2 || st.Stage != "noted" {
		t.Errorf("replay gives rev %d, stage %q, %v", st.Rev, st.Stage, err)
	}
	if got := get(t, db, func(q *store.Query) ([]store.StoredEntry, error) { return q.Entries(ctx, id, 1) }); len(got) != 1 || got[0].Entry.Seq != 2 {
		t.Errorf("after seq 1 come %d entries", len(got))
	}
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.Append(ctx, entryOf(id, 2, first.Hash)) }), matter.ErrConflict)

	read(t, db, func(q *store.Query) error {
		same(t, "somebody but li has acted", false)(q.HasActed(ctx, "li"))
		same(t, "somebody but wang has acted", true)(q.HasActed(ctx, "wang"))
		return nil
	})
	seen := map[matter.ID]int{}
	read(t, db, func(q *store.Query) error {
		return q.EachEntry(ctx, 0, 1023, func(e store.StoredEntry) error {
			if e.Entry.Seq != seen[e.Entry.Matter]+1 {
				t.Errorf("entry %d of %s out of order", e.Entry.Seq, e.Entry.Matter)
			}
			seen[e.Entry.Matter]++
			if _, err := q.Heads(ctx); err == nil {
				t.Error("a query went through while rows were being read, which PostgreSQL cannot do")
			}
			return nil
		})
	})
	if seen[id] != 2 || seen[other] != 1 {
		t.Errorf("all entries: %v", seen)
	}
}

// The database itself refuses to change or remove what is recorded.
func testAppendOnly(t *testing.T, db *store.DB, raw *sql.DB) {
	ctx, id := t.Context(), newID(t)
	write(t, db, func(tx *store.Tx) error {
		line := store.ReadLine{Shard: 1, Seq: 1, Matter: id, Line: "{}", At: now}
		return errors.Join(tx.Append(ctx, entryOf(id, 1, [32]byte{})), tx.AppendRead(ctx, line),
			tx.EnterLedger(ctx, nil, []store.Leaf{{Place: store.Place{Matter: id, Seq: 1}}}))
	})
	for _, text := range []string{
		"update entry set header = '{}'", "update entry set seq = 2", "delete from entry",
		"update read_log set line = 'x'", "delete from read_log",
		"update ledger_leaf set seq = 2", "delete from ledger_leaf",
		"update part set ciphertext = wrapped", "update part set class = 'public'", "delete from part",
	} {
		if _, err := raw.ExecContext(ctx, text); err == nil {
			t.Errorf("%q went through", text)
		}
	}
	if got := get(t, db, func(q *store.Query) ([]store.StoredPart, error) { return q.Parts(ctx, id) }); len(got) != 1 {
		t.Errorf("the part is gone")
	}
}

// Parts come back whole; only the wrapping changes; they go when a destroy entry stands.
func testParts(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	e := entryOf(id, 1, [32]byte{})
	e.Parts = append(e.Parts, store.StoredPart{Class: matter.Parties, Party: "A", KeyID: "k1"})
	write(t, db, func(tx *store.Tx) error { return tx.Append(ctx, e) })
	parts := func() []store.StoredPart {
		return get(t, db, func(q *store.Query) ([]store.StoredPart, error) { return q.Parts(ctx, id) })
	}
	got := parts()
	if len(got) != 2 || got[0].Class != matter.Parties || got[0].Party != "A" {
		t.Fatalf("parts are %+v", got)
	}
	want := e.Parts[0]
	want.Matter, want.Seq = id, 1
	if !reflect.DeepEqual(got[1], want) {
		t.Errorf("part is %+v, want %+v", got[1], want)
	}

	want.KeyID, want.Wrapped = "k2", []byte("again")
	write(t, db, func(tx *store.Tx) error { return tx.RewrapPart(ctx, want) })
	if got := parts()[1]; !reflect.DeepEqual(got, want) {
		t.Errorf("rewrapped part is %+v", got)
	}
	var found []store.StoredPart
	read(t, db, func(q *store.Query) error {
		return q.EachPartOf(ctx, []matter.ID{newID(t), id}, []matter.Class{matter.Staff}, func(p store.StoredPart) error {
			found = append(found, p)
			return nil
		})
	})
	if !reflect.DeepEqual(found, []store.StoredPart{want}) {
		t.Errorf("staff parts of many matters: %+v", found)
	}
	destroy := entryOf(id, 2, e.Hash)
	destroy.Entry.Kind, destroy.Parts = matter.KindDestroy, nil
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.Append(ctx, destroy), tx.DestroyPart(ctx, want))
	})
	if got := parts(); len(got) != 1 || got[0].Party != "A" {
		t.Errorf("after destroying one part: %+v", got)
	}
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { return tx.DestroyPart(ctx, want) }), store.ErrNotFound)
}

// A state comes back as it went in; locking an unknown matter fails.
func testMatter(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	st := matter.State{ID: id, Procedure: "supervision.complaint@2026-02-01", Rev: 3, Stage: "sorted", Holder: "440703-sfj",
		Opened: calendar.Moment{Day: day0, Minute: 570}, Facts: matter.Facts{"n": int64(2), "is": true, "list": []string{"a", "b"}},
		Clocks: map[string]matter.Clock{"accept": {Name: "accept", Due: day0.AddDays(5), Status: matter.Running},
			"late": {Name: "late", Due: day0, Status: matter.Stopped}},
		Numbers: []matter.Number{{For: "matter", Text: "江蓬执监诉〔2026〕1号", N: 1}}}
	row := store.RowOf(st)
	row.Confidential, row.Category, row.Organ, row.Assignee = true, "no_identification", "440703-zhzf", "li"
	if row.NextDue != day0.AddDays(5) || row.Number != "江蓬执监诉〔2026〕1号" || row.Sort != day0 {
		t.Errorf("row of the state is %+v", row)
	}
	write(t, db, func(tx *store.Tx) error { return tx.PutMatter(ctx, row, st) })
	st.Stage, row.Stage, row.Closed = "closed", "closed", true
	write(t, db, func(tx *store.Tx) error { return tx.PutMatter(ctx, row, st) })
	if got := get(t, db, func(q *store.Query) (store.Row, error) { return q.Matter(ctx, id) }); got != row {
		t.Errorf("row is\n%+v, want\n%+v", got, row)
	}
	check := func(states []matter.State, err error) {
		t.Helper()
		if err != nil || !reflect.DeepEqual(states, []matter.State{st, st}) {
			t.Errorf("states are %+v, %v, want twice %+v", states, err, st)
		}
	}
	write(t, db, func(tx *store.Tx) error {
		check(tx.Lock(ctx, id, id))
		check(tx.States(ctx, id, id))
		return nil
	})
	read(t, db, func(q *store.Query) error {
		check(q.States(ctx, id, id))
		same(t, "states of many", map[matter.ID]matter.State{id: st})(q.StatesOf(ctx, []matter.ID{newID(t), id}))
		same(t, "states of none", map[matter.ID]matter.State{})(q.StatesOf(ctx, nil))
		return nil
	})
	wantErr(t, db.Write(ctx, func(tx *store.Tx) error { _, err := tx.Lock(ctx, id, newID(t)); return err }), store.ErrNotFound)
	wantErr(t, db.Read(ctx, func(q *store.Query) error { _, err := q.Matter(ctx, newID(t)); return err }), store.ErrNotFound)
	read(t, db, func(q *store.Query) error {
		return q.EachMatter(ctx, 0, 1023, func(r store.Row, s matter.State) error {
			if r != row || !reflect.DeepEqual(s, st) {
				t.Errorf("each matter gives %+v", r)
			}
			return nil
		})
	})
}

func idsOf(list []matter.State, err error) ([]matter.ID, error) {
	var ids []matter.ID
	for _, st := range list {
		ids = append(ids, st.ID)
	}
	return ids, err
}

// Clocks, links and access of a matter are replaced as a whole.
func testProjections(t *testing.T, db *store.DB) {
	ctx, id, to := t.Context(), newID(t), newID(t)
	clocks := []store.Clock{{Matter: id, Key: "a", Term: "cmp-01", Status: matter.Running, Due: day0, Role: "handler", First: day0.AddDays(-5), Last: day0},
		{Matter: id, Key: "b:A", Term: "cmp-02", Status: matter.Suspended, First: day0.AddDays(-9), Last: day0.AddDays(-7)}, {Matter: id, Key: "c", Status: matter.Stopped, Last: day0}}
	links := []matter.Link{{Kind: "about", To: to}, {Kind: "split_to", To: to}}
	access := []matter.Access{{Holder: "organ:o:r", Right: "act", From: day0}, {Holder: "person:x", Right: "read", From: day0, To: day0.AddDays(1), Deny: true}}
	write(t, db, func(tx *store.Tx) error { return tx.PutMatter(ctx, store.Row{ID: id}, matter.State{ID: id}) })
	for range 2 { // the second time replaces the first
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.PutClocks(ctx, id, clocks), tx.PutLinks(ctx, id, links), tx.PutAccess(ctx, id, day0, access))
		})
	}
	read(t, db, func(q *store.Query) error {
		same(t, "clocks", clocks)(q.Clocks(ctx, id))
		same(t, "links", links)(q.Links(ctx, id))
		same(t, "linked to it", []matter.ID{id})(idsOf(q.LinkedTo(ctx, "about", to, 10)))
		same(t, "linked in another way", []matter.ID(nil))(idsOf(q.LinkedTo(ctx, "continues", to, 10)))
		same(t, "none of them", []matter.ID(nil))(idsOf(q.LinkedTo(ctx, "about", to, 0)))
		same(t, "access", access)(q.AccessTo(ctx, id))
		same(t, "due", clocks[:1])(q.DueBefore(ctx, day0, store.ClockCursor{}, 10))
		same(t, "due after the only one", []store.Clock(nil))(q.DueBefore(ctx, day0, store.ClockCursor{Due: day0, Matter: id, Key: "a"}, 10))
		same(t, "due but for it", []store.Clock(nil))(q.DueBefore(ctx, day0, store.ClockCursor{}, 10, "a cmp-01", "b cmp-01"))
		same(t, "due but for another", clocks[:1])(q.DueBefore(ctx, day0, store.ClockCursor{}, 10, "a cmp-02"))
		same(t, "due before", []store.Clock(nil))(q.DueBefore(ctx, day0.AddDays(-1), store.ClockCursor{}, 10))
		return nil
	})
}

func same[V any](t testing.TB, what string, want V) func(V, error) {
	t.Helper()
	return func(got V, err error) {
		t.Helper()
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v; want %+v", what, got, err, want)
		}
	}
}

// Register items answer "valid on that day, as known at that instant".
func testItems(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), newID(t)
	jan, jun, sep := calendar.New(2026, 1, 1), calendar.New(2026, 6, 1), calendar.New(2026, 9, 1)
	li := matter.Item{Kind: "post", Key: "p1", From: jan, Attrs: matter.Facts{"person": "li", "roles": []string{"head"}}}
	wang := matter.Item{Kind: "post", Key: "p1", From: jun, Attrs: matter.Facts{"person": "wang"}}
	first, second, third := now, now.Add(time.Hour), now.Add(2*time.Hour)
	putItems := func(at time.Time, items ...matter.Item) {
		t.Helper()
		write(t, db, func(tx *store.Tx) error { return tx.PutItems(ctx, id, items, at) })
	}
	who := func(on calendar.Date, known time.Time, want string) {
		t.Helper()
		items := get(t, db, func(q *store.Query) ([]store.RegisterItem, error) { return q.Items(ctx, "post", on, known) })
		got := ""
		for _, i := range items {
			got += i.Attrs.Text("person")
		}
		if got != want {
			t.Errorf("on %s as known at %s: %q, want %q", on, known, got, want)
		}
	}
	made := func() []store.RegisterItem {
		return get(t, db, func(q *store.Query) ([]store.RegisterItem, error) { return q.ItemsOf(ctx, id) })
	}
	putItems(first, li)
	putItems(first.Add(time.Minute), li) // nothing new is nothing recorded
	if of := made(); len(of) != 1 || !of[0].RecFrom.Equal(first.Truncate(time.Microsecond)) {
		t.Errorf("said twice, the item stands as %+v", of)
	}
	putItems(second, li, wang)
	who(jan, time.Time{}, "li")
	who(jun, time.Time{}, "wang")
	who(jun.AddDays(-1), time.Time{}, "li")
	who(jun, first, "li") // wang's appointment was not known yet
	who(jan.AddDays(-1), time.Time{}, "")
	who(jan, first.Add(-time.Second), "")

	ended := wang
	ended.To = sep
	putItems(third, li, wang, ended)
	who(sep, time.Time{}, "")
	who(sep.AddDays(-1), time.Time{}, "wang")
	who(sep, second, "wang")
	putItems(third, li) // overtaken within the same instant: wang's appointment voided
	who(sep, time.Time{}, "li")
	who(sep, second, "wang")
	if of := made(); len(of) != 4 || !reflect.DeepEqual(of[0].Attrs, li.Attrs) || of[0].Matter != id {
		t.Errorf("the matter made %d rows: %+v", len(of), of)
	}
	all := get(t, db, func(q *store.Query) ([]store.RegisterItem, error) { return q.Items(ctx, "post", 0, second) })
	if len(all) != 2 {
		t.Errorf("every validity as known at %s: %d rows", second, len(all))
	}
}

// Under a cancelled context nothing is written and nothing hangs.
func testCancelled(t *testing.T, db *store.DB) {
	id := newID(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Append(ctx, entryOf(id, 1, [32]byte{})); err != nil {
			return err
		}
		cancel()
		return nil
	})
	wantErr(t, err, context.Canceled)
	if got := get(t, db, func(q *store.Query) ([]store.StoredEntry, error) { return q.Entries(t.Context(), id, 0) }); len(got) != 0 {
		t.Errorf("%d entries of a cancelled transaction", len(got))
	}
	write(t, db, func(tx *store.Tx) error { return tx.Append(t.Context(), entryOf(id, 1, [32]byte{})) })
}
