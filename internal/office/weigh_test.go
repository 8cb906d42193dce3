package office_test

import (
	"slices"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// What looks as if sent in bulk is listed apart with the reasons, by nobody's hand; its days run as before, it counts among the
// late, its filer is told nothing else, and a person sends it on.
func TestWeighed(t *testing.T) { weighed(t, officetest.New(t)) }

func TestWeighedPostgres(t *testing.T) { weighed(t, officetest.Postgres(t)) }

func weighed(t *testing.T, c *officetest.City) {
	var ids []matter.ID
	for range 5 {
		ids = append(ids, c.File(officetest.Report()).ID)
		must(t, c.Office.Work(t.Context()))
	}
	other := officetest.Report()
	other["account"] = []string{"检查的人说话很客气，可是同一个月来了四次，每次都看同一本台账。"}
	ids = append(ids, c.File(other).ID)
	must(t, c.Office.Work(t.Context()))
	var stages []string
	for _, id := range ids {
		stages = append(stages, c.State(id).Stage)
	}
	if want := []string{"received", "received", "received", office.HeldStage, office.HeldStage, "received"}; !slices.Equal(stages, want) {
		t.Fatalf("stages %v, want %v", stages, want)
	}
	held, plain := c.State(ids[3]), c.State(ids[5])
	if held.Clocks["accept"].Due != plain.Clocks["accept"].Due || held.Clocks["accept"].Due.IsZero() {
		t.Errorf("held is due %v, another %v", held.Clocks["accept"].Due, plain.Clocks["accept"].Due)
	}
	officer := c.As(officetest.Officer)
	today, err := c.Office.TodayPage(t.Context(), officer)
	must(t, err)
	if today.Held != 2 || today.Pool != 4 {
		t.Errorf("%d held, %d to be claimed", today.Held, today.Pool)
	}
	filer, err := c.Office.Track(t.Context(), c.Filer(ids[3]))
	must(t, err)
	if filer.StageKey != "received" || filer.Stage != "已收到" {
		t.Errorf("the filer reads %q", filer.Stage)
	}
	for _, e := range filer.Timeline {
		if strings.Contains(e.Title+e.Note, "待核") {
			t.Error("the filer is told that hers was set aside")
		}
	}
	c.Do(officer, ids[3], "release", nil)
	c.Do(officer, ids[4], "mark_bulk", map[string][]string{"reason": {"五份一字不差。"}})
	if a, b := c.State(ids[3]), c.State(ids[4]); a.Stage != "received" || a.Facts.Bool("bulk") || b.Stage != "received" || !b.Facts.Bool("bulk") {
		t.Errorf("sent on: %s %v, %s %v", a.Stage, a.Facts["bulk"], b.Stage, b.Facts["bulk"])
	}
	must(t, c.Office.Work(t.Context()))
	if c.State(ids[3]).Stage != "received" {
		t.Error("it is set aside once more")
	}
	late := c.File(officetest.Report()).ID
	must(t, c.Office.Work(t.Context()))
	c.Clock.Set(c.State(late).Clocks["accept"].Due.AddDays(1).Midnight())
	list, err := c.Office.List(t.Context(), c.As(officetest.Head), office.Filter{Due: "late"})
	must(t, err)
	if c.State(late).Stage != office.HeldStage || !slices.ContainsFunc(list.Rows, func(b office.Brief) bool { return b.ID == late }) {
		t.Errorf("stage %s; not among the late", c.State(late).Stage)
	}
}
