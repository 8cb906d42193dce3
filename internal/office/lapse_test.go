package office_test

import (
	"context"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

func at(y int, m time.Month, d int) time.Time {
	return calendar.New(y, m, d).Midnight().Add(10 * time.Hour)
}

func due(t *testing.T, c *officetest.City, id matter.ID, clock string) string {
	t.Helper()
	v, err := c.Office.Matter(context.Background(), c.As(officetest.Officer), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range v.Clocks {
		if k.Name == clock {
			return k.Due.String()
		}
	}
	return ""
}

// A notice entered by two administrators moves the open days that it concerns, with one entry in each
// such matter, and leaves the others alone.
func TestCalendarNoticeMovesDays(t *testing.T) {
	ctx := context.Background()
	c := officetest.New(t)
	c.Clock.Set(at(2026, 12, 28))
	over := c.File(officetest.Report()).ID
	before := due(t, c, over, "accept")
	c.Clock.Set(at(2026, 12, 29))
	first, second := c.As("luo-jingyi"), c.As("zeng-guangyao")
	done, err := c.Office.Perform(ctx, first, office.Act{Procedure: "register.calendar", Act: "enter", Fields: map[string][]string{
		"year": {"2027"}, "notice": {"国务院办公厅关于2027年部分节假日安排的通知"}, "number": {"（演示）"}, "from": {"2026-12-29"},
		"rest": {"元旦 2027-01-01..2027-01-05 班 2027-01-09"}, "link": {"https://example.org/2027"}, "reason": {"演示。"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Office.Perform(ctx, second, office.Act{Matter: done.Matter, Act: "confirm", Fields: map[string][]string{"compared": {"true"}}}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time nothing is left to do
		if err := c.Office.Work(ctx); err != nil {
			t.Fatal(err)
		}
	}
	after := due(t, c, over, "accept")
	if before != "2027-01-05" && before != "2027-01-04" || after != "2027-01-07" {
		t.Errorf("due %s before the notice and %s after it, want 2027-01-07 after", before, after)
	}
	_, r, err := c.Office.Record(ctx, c.As(officetest.Officer), over)
	if err != nil || len(r) != 2 || r[1].Act != "recount" {
		t.Errorf("record has %d entries (%v), want the report and one recount", len(r), err)
	}
	v, err := c.Office.Verify(ctx)
	if err != nil || len(v.Differences) > 0 {
		t.Errorf("verify: %v %v", err, v.Differences)
	}
}

// What the law does by itself on a day stands before what somebody does after that day, also when no
// sweep ran between.
func TestLapseStandsBeforeALaterAct(t *testing.T) {
	ctx := context.Background()
	c := officetest.New(t)
	id, _ := c.Accepted()
	officer := c.As(officetest.Officer)
	c.Do(officer, id, "ask_supplement", map[string][]string{"what": {"照片"}})
	c.Clock.Set(at(2026, 11, 9)) // the 15 working days for it ended in October
	c.Do(c.Filer(id), id, "message_staff", map[string][]string{"message": {"找不到照片。"}})
	_, r, err := c.Office.Record(ctx, officer, id)
	if err != nil {
		t.Fatal(err)
	}
	last, prev := r[len(r)-1], r[len(r)-2]
	if last.Act != "message_staff" || prev.Act != "proceed_without" {
		t.Errorf("the record ends %s, %s; want proceed_without, message_staff", prev.Act, last.Act)
	}
	if prev.Happened.Day.String() >= "2026-11-01" {
		t.Errorf("the lapse happened on %s, want its legal day in October", prev.Happened)
	}
}
