// Package storetest is the one conformance suite for both databases: what the program relies on is
// written here once and run on SQLite and PostgreSQL. It is never imported outside tests.
package storetest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// Open opens a fresh, empty database, closed and removed with the test, and gives its address.
type Open func(t testing.TB) (db *store.DB, address string)

// Exercise runs the suite. Every test opens a database of its own.
func Exercise(t *testing.T, driver store.Driver, open Open) {
	for _, c := range []struct {
		name string
		test func(*testing.T, *store.DB)
	}{
		{"Append", testAppend}, {"Parts", testParts}, {"Matter", testMatter},
		{"Projections", testProjections}, {"Reach", testReach}, {"JobKept", testJobKept}, {"Try", testTry}, {"Rollback", testRollback}, {"Snapshot", testSnapshot},
		{"Count", testCount}, {"Cancelled", testCancelled},
		{"Numbers", testNumbers}, {"NumbersRace", testNumbersRace}, {"LocksRace", testLocksRace}, {"AppendRace", testAppendRace},
		{"Jobs", testJobs}, {"JobsCovered", testJobsCovered}, {"JobsRace", testJobsRace}, {"Answers", testAnswers}, {"Heads", testHeads}, {"Ledger", testLedger}, {"Cosignatures", testCosignatures}, {"Rungs", testRungs},
		{"Accounts", testAccounts}, {"Sessions", testSessions}, {"Factors", testFactors}, {"Drafts", testDrafts}, {"Uploads", testUploads}, {"ReadLog", testReadLog},
		{"Orders", testOrders}, {"Contacts", testContacts}, {"Subscriptions", testSubscriptions}, {"ServeLinks", testServeLinks}, {"Bookings", testBookings}, {"Receipts", testReceipts}, {"Texts", testTexts}, {"Refused", testRefused},
		{"Items", testItems}, {"Lists", testLists}, {"Keyset", testKeyset}, {"Access", testAccess}, {"AccessProperty", testAccessProperty},
		{"Loads", testLoads}, {"Deadlines", testDeadlines}, {"Feeds", testFeeds}, {"Search", testSearch}, {"SearchRefusals", testSearchRefusals}, {"SearchLong", testSearchLong}, {"SearchPages", testSearchPages}, {"SearchWays", testSearchWays}, {"MergeSearch", testMergeSearch},
		{"Measures", testMeasures}, {"MeasureCells", testMeasureCells}, {"Measured", testMeasured}, {"MeasuredPages", testMeasuredPages},
		{"Outcome", testOutcome}, {"Outcomes", testOutcomes}, {"OutcomeNews", testOutcomeNews},
		{"Statutes", testStatutes}, {"StatuteSearch", testStatuteSearch}, {"StatuteLists", testStatuteLists},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, _ := open(t)
			if db.Driver() != driver {
				t.Fatalf("driver is %s, want %s", db.Driver(), driver)
			}
			c.test(t, db)
		})
	}
	t.Run("AppendOnly", func(t *testing.T) {
		db, address := open(t)
		testAppendOnly(t, db, Raw(t, driver, address))
	})
}

// Raw opens a database beside the store, as an intruder would.
func Raw(t testing.TB, driver store.Driver, address string) *sql.DB {
	t.Helper()
	name := "pgx"
	if driver == store.SQLite {
		name, address = "sqlite", strings.TrimPrefix(address, "sqlite:")
	}
	raw, err := sql.Open(name, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	return raw
}

var (
	day0 = calendar.New(2026, 3, 2)
	now  = time.Date(2026, 3, 2, 1, 30, 0, 123000, time.UTC)
)

func write(t testing.TB, db *store.DB, fn func(*store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, db *store.DB, fn func(*store.Query) error) {
	t.Helper()
	if err := db.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// get reads one value.
func get[V any](t testing.TB, db *store.DB, fn func(*store.Query) (V, error)) V {
	t.Helper()
	var v V
	read(t, db, func(q *store.Query) (err error) { v, err = fn(q); return err })
	return v
}

func wantErr(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error is %v, want %v", err, want)
	}
}

func newID(t testing.TB) matter.ID {
	t.Helper()
	id, err := matter.NewID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// entryOf makes the entry seq of a matter, chained to prev, with one part.
func entryOf(id matter.ID, seq int, prev [32]byte) store.StoredEntry {
	e := matter.Entry{Matter: id, Seq: seq, Kind: matter.KindAct, Format: matter.Format, Procedure: "p@2026-02-01",
		Act: "note", Happened: calendar.DayOnly(day0.AddDays(seq)), Recorded: now.Add(time.Duration(seq) * time.Hour),
		Actor: matter.Actor{Person: "li"}, Delta: matter.Delta{Stage: "noted", Facts: matter.Facts{"n": int64(seq)}}}
	header, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	hash := sha256.Sum256(append(prev[:], header...))
	part := store.StoredPart{Class: matter.Staff, KeyID: "k1", Wrapped: []byte("wrapped"), Ciphertext: []byte{0, 1, 2, 255},
		Commitment: sha256.Sum256([]byte("commitment")), CipherHash: sha256.Sum256([]byte{0, 1, 2, 255})}
	return store.StoredEntry{Entry: e, Header: header, Prev: prev, Hash: hash, Parts: []store.StoredPart{part}}
}

// put writes the projections of a matter in which the keys may act.
func put(ctx context.Context, tx *store.Tx, row store.Row, keys ...string) error {
	if err := tx.PutMatter(ctx, row, matter.State{ID: row.ID, Stage: row.Stage, Rev: row.Rev}); err != nil {
		return err
	}
	var access []matter.Access
	for _, k := range keys {
		access = append(access, matter.Access{Holder: k, Right: "act", From: day0})
	}
	return tx.PutAccess(ctx, row.ID, row.Sort, access)
}
