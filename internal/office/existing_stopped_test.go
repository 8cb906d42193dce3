package office_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// TestExistingStopped: a program that ends while papers are taken in, at any line, leaves each of them taken once when the
// next one goes on: none is lost and none is there twice.
func TestExistingStopped(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	officer := c.As(officetest.Officer)
	const many = 24
	for i := range many {
		if bad, err := c.Office.AddExisting(t.Context(), officer, id, []office.Upload{{Name: fmt.Sprintf("%d 询问笔录.png", i+1), Body: photo(uint8(i))}}); err != nil || len(bad) > 0 {
			t.Fatal(bad, err)
		}
	}
	c.Reopen() // what was acknowledged is there for the next program
	officer = c.As(officetest.Officer)
	if v, err := c.Office.Existing(t.Context(), officer, id, false); err != nil || v.Ready != many {
		t.Fatalf("%d of %d: %v", v.Ready, many, err)
	}
	order, err := c.Office.TakeExisting(t.Context(), officer, id)
	wantIs(t, "take", err, nil)
	stops := 0
	for range 20 {
		ctx, stop := context.WithTimeout(t.Context(), time.Duration(60+40*stops)*time.Millisecond)
		err := c.Office.WorkOrders(ctx)
		stop()
		if err == nil {
			break
		}
		stops++
		c.Reopen()
		c.Clock.Set(c.Clock.Now().Add(3 * time.Minute)) // nobody else goes on before the lease has run out
	}
	wantIs(t, "work", c.Office.Work(t.Context()), nil)
	officer = c.As(officetest.Officer)
	done, err := c.Office.Order(t.Context(), officer, order)
	if err != nil || done.Done != many || done.Failed != 0 || stops == 0 {
		t.Fatalf("%d stops, %d done, %d failed: %v", stops, done.Done, done.Failed, err)
	}
	m, err := c.Office.Matter(t.Context(), officer, id)
	wantIs(t, "matter", err, nil)
	seen := map[string]bool{}
	for i, x := range m.Existing {
		if seen[x.Files[0].Name] || x.No != i+1 || x.Files[0].Name != fmt.Sprintf("%d 询问笔录.png", i+1) {
			t.Errorf("%d: %s", x.No, x.Files[0].Name)
		}
		seen[x.Files[0].Name] = true
	}
	if len(seen) != many {
		t.Errorf("%d of %d", len(seen), many)
	}
	t.Logf("stopped %d times", stops)
	c.Sound()
}
