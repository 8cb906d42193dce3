package office_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"yifa/internal/ledger"
	"yifa/internal/matter"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

// Every entry waits for the log as soon as it is in the record: one of a named matter at once, one of an anonymous
// matter, whoever made it, for the end of its minute. Once the log runs, the named are in it within a second or so.
func TestLogged(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	anonymous, _ := c.Accepted()
	report := officetest.Report()
	report["identity"], report["name"] = []string{"named"}, []string{"陈某"}
	named := c.File(report).ID
	ready := map[matter.ID][]time.Time{}
	read(t, c, func(q *store.Query) error {
		list, err := q.WaitingForLedger(t.Context())
		for _, w := range list {
			ready[w.Matter] = append(ready[w.Matter], w.Ready)
		}
		return err
	})
	if len(ready[anonymous]) < 4 || len(ready[named]) != 1 || !ready[named][0].IsZero() {
		t.Fatalf("anonymous %v, named %v", ready[anonymous], ready[named])
	}
	for _, at := range ready[anonymous] {
		if at.Truncate(time.Minute) != at || time.Until(at) > time.Minute || time.Until(at) < -time.Minute {
			t.Errorf("an entry of an anonymous matter may be logged at %v", at)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); c.Office.Run(ctx) }()
	held := func(at store.Place) bool {
		var err error
		read(t, c, func(q *store.Query) error { _, err = q.LedgerLeaf(t.Context(), at); return nil })
		return err == nil
	}
	for until := time.Now().Add(10 * time.Second); !held(store.Place{Matter: named, Seq: 1}); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("the entry of the named matter is not in the log")
		}
	}
	filed := time.Now()
	again := c.File(report).ID
	for !held(store.Place{Matter: again, Seq: 1}) {
		if time.Since(filed) > 10*time.Second {
			t.Fatal("an entry made while the log runs is not in it")
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Logf("in the log after %v", time.Since(filed))
	stop()
	<-ended
}

// A receipt holds what the filer did herself, with the texts she may read whole, and nothing of the officials'.
func TestReceiptFile(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	id, _ := c.Accepted()
	c.Do(c.Filer(id), id, "message_staff", map[string][]string{"message": {"还有一件事。"}})
	text, err := c.Office.ReceiptFile(t.Context(), c.Filer(id))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ledger.ParseReceipt(text)
	if err != nil {
		t.Fatal(err)
	}
	checked, err := r.Check("")
	if err != nil || len(checked) != 2 {
		t.Fatalf("%d entries, %v", len(checked), err)
	}
	for _, e := range checked {
		if e.Entry.Actor.Person != matter.PersonFiler {
			t.Errorf("%s by %s", e.Entry.Act, e.Entry.Actor.Person)
		}
	}
	if got := checked[1].Parts; len(got) != 1 || got[0].Fields["message"] != "还有一件事。" {
		t.Errorf("%+v", got)
	}
	slip := c.File(officetest.Report())
	if text, err = c.Office.ReceiptFile(t.Context(), c.Filer(slip.ID+1024)); err == nil {
		t.Errorf("a matter that is none: %s", text)
	}
	if text, err = c.Office.ReceiptFile(t.Context(), c.As(officetest.Officer)); err == nil {
		t.Errorf("an official: %s", text)
	}
	var headers []string
	for _, e := range r.Entries {
		headers = append(headers, e.Header)
	}
	read(t, c, func(q *store.Query) error {
		entries, err := q.Entries(t.Context(), id, 0)
		for _, e := range entries {
			own := e.Entry.Actor.Person == matter.PersonFiler
			if slices.Contains(headers, string(e.Header)) != own || !json.Valid(e.Header) {
				t.Errorf("entry %d: in the receipt: %v", e.Entry.Seq, !own)
			}
		}
		return err
	})
}

func read(t *testing.T, c *officetest.City, fn func(*store.Query) error) {
	t.Helper()
	if err := c.DB.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}
