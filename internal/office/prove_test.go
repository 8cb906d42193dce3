package office_test

import (
	"testing"
	"time"

	"yifa/internal/demo"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

var acceptFields = map[string][]string{"scope": {"有没有出示证件。"}}

// proofOf is what the newest entry of a matter says of who did it.
func proofOf(t *testing.T, c *officetest.City, id matter.ID) (string, *matter.Proof) {
	t.Helper()
	var last store.StoredEntry
	if err := c.DB.Read(t.Context(), func(q *store.Query) error {
		all, err := q.Entries(t.Context(), id, 0)
		if err == nil {
			last = all[len(all)-1]
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return last.Entry.Act, last.Entry.Proved
}

// Whatever way an act comes that asks its doer to show who he is, without a fresh proof nothing is done.
func TestProve(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	ids := []matter.ID{}
	for range 3 {
		id, _ := c.Sorted()
		ids = append(ids, id)
	}
	s := signedIn(t, c, "heyuning", demo.Password)
	accept := func(r office.Reader, id matter.ID) error {
		_, err := c.Office.Perform(ctx, r, office.Act{Matter: id, Act: "accept", Fields: acceptFields})
		return err
	}
	wantIs(t, "just signed in", accept(readerOf(t, c, s), ids[0]), nil)
	if act, p := proofOf(t, c, ids[0]); act != "accept" || p == nil || p.How != "password" || p.At.Second() != 0 {
		t.Errorf("%s: %+v", act, p)
	}
	r := readerOf(t, c, s)
	if _, err := c.Office.OrderActs(ctx, r, office.Act{Matter: ids[1], Act: "accept", Fields: acceptFields}); err != nil {
		t.Fatal(err)
	}
	c.Clock.Set(c.Clock.Now().Add(10 * time.Minute))
	wantIs(t, "a reader of ten minutes ago", accept(r, ids[2]), office.ErrProve)
	r = readerOf(t, c, s)
	wantIs(t, "ten minutes on", accept(r, ids[2]), office.ErrProve)
	for _, one := range c.Office.PerformEach(ctx, r, map[matter.ID]int{ids[2]: 0}, office.Act{Act: "accept", Fields: acceptFields, Key: "k"}) {
		wantIs(t, "of many", one.Err, office.ErrProve)
	}
	_, err := c.Office.OrderActs(ctx, r, office.Act{Matter: ids[2], Act: "accept", Fields: acceptFields})
	wantIs(t, "ordered", err, office.ErrProve)
	if act, _ := proofOf(t, c, ids[2]); act != "claim" {
		t.Errorf("the last act is %s", act)
	}
	if err := c.Office.WorkOrders(ctx); err != nil {
		t.Fatal(err)
	}
	if act, p := proofOf(t, c, ids[1]); act != "accept" || p == nil || p.How != "password" {
		t.Errorf("ordered while it was fresh: %s, %+v", act, p)
	}
	if _, err := c.Office.Perform(ctx, r, office.Act{Matter: ids[2], Act: "note", Fields: map[string][]string{"note": {"不用核对"}}}); err != nil {
		t.Error(err)
	}
	if _, p := proofOf(t, c, ids[2]); p != nil {
		t.Errorf("a note says who was asked: %+v", p)
	}
	s, err = c.Office.Prove(ctx, s.Token, demo.Password, here)
	wantIs(t, "prove", err, nil)
	wantIs(t, "proved", accept(readerOf(t, c, s), ids[2]), nil)
	c.Sound()
}
