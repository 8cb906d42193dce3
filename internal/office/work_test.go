package office_test

import (
	"sync"
	"testing"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

func TestHandOverMany(t *testing.T) {
	t.Parallel()
	handOverMany(t, officetest.New(t))
}

func TestHandOverManyPostgres(t *testing.T) {
	t.Parallel()
	handOverMany(t, officetest.Postgres(t))
}

// handOverMany hands over more matters than one round of an order takes, to a colleague: all but the one
// he is kept away from, which stays and is named, and none twice.
func handOverMany(t *testing.T, c *officetest.City) {
	const many = 212
	ctx, next, done := t.Context(), make(chan struct{}), sync.WaitGroup{}
	for range 8 {
		done.Go(func() {
			for range next {
				c.Sorted()
			}
		})
	}
	for range many {
		next <- struct{}{}
	}
	close(next)
	done.Wait()
	one, err := c.Office.List(ctx, c.As(officetest.Officer), office.Filter{Scope: "mine"})
	wantIs(t, "list", err, nil)
	c.Recuse(one.Rows[0].ID, officetest.Officer2)
	id, err := c.Office.HandOver(ctx, c.As(officetest.Head), officetest.Officer, []string{officetest.Officer2}, "何予宁调离。")
	wantIs(t, "hand over", err, nil)
	wantIs(t, "work", c.Office.Work(ctx), nil)
	v, err := c.Office.Order(ctx, c.As(officetest.Head), id)
	if err != nil || v.Total != many || v.Done+v.Failed != many || v.Failed != 1 || v.State != office.OrderDone {
		t.Fatalf("%d of %d done, %d failed, %s, %v", v.Done, v.Total, v.Failed, v.State, err)
	}
	counts := map[string]int{}
	for _, person := range []string{officetest.Officer, officetest.Officer2} {
		list, err := c.Office.List(ctx, c.As(person), office.Filter{Scope: "mine"})
		wantIs(t, "list", err, nil)
		counts[person] = list.Total
	}
	if counts[officetest.Officer] != v.Failed || counts[officetest.Officer2] != v.Done {
		t.Errorf("afterwards they handle %v", counts)
	}
	c.Sound()
}
