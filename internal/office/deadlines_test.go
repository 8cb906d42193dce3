package office_test

import (
	"errors"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// The page of deadlines shows whoever may read a matter its open clocks: those to come by their day, what is late before
// them, what stands still behind; and nobody else any.
func TestDeadlines(t *testing.T) {
	for _, c := range []*officetest.City{officetest.New(t), officetest.Postgres(t)} {
		id, _ := c.Accepted()
		ask := func(person string, f office.DeadlineFilter) office.DeadlinesView {
			t.Helper()
			v, err := c.Office.Deadlines(t.Context(), c.As(person), f)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		mine := ask(officetest.Officer, office.DeadlineFilter{})
		due := c.State(id).Clocks["answer"].Due
		if mine.Whose != "mine" || len(mine.Rows) != 1 || mine.Rows[0].Due.On != due || mine.Rows[0].ID != id || len(mine.Late)+len(mine.Still) != 0 {
			t.Fatalf("the officer is shown %+v, his answer is due %s", mine, due)
		}
		if v := ask(officetest.Officer, office.DeadlineFilter{Day: due}); len(v.Rows) != 1 {
			t.Errorf("on its day there is %+v", v.Rows)
		}
		if v := ask(officetest.Officer, office.DeadlineFilter{Day: due + 1}); len(v.Rows) != 0 {
			t.Errorf("a day later there is %+v", v.Rows)
		}
		for _, person := range []string{officetest.Stranger, officetest.Complained, "zhong-lingyun"} {
			if v := ask(person, office.DeadlineFilter{Whose: "all"}); len(v.Rows)+len(v.Late)+len(v.Still)+len(v.Choices) != 0 {
				t.Errorf("%s is shown %+v", person, v)
			}
		}
		head := ask(officetest.Head, office.DeadlineFilter{})
		if head.Whose != "all" || len(head.Rows) != 1 || len(head.Choices) != 2 || head.Choices[1].Value != "440703-sfj/"+officetest.Officer {
			t.Errorf("the head is shown %+v", head)
		}
		for whose, want := range map[string]int{"440703-sfj": 1, "440703-sfj/" + officetest.Officer: 1, "440703-sfj/": 0, "440705-sfj": 0, "x\x00": 1} {
			if v := ask(officetest.Head, office.DeadlineFilter{Whose: whose}); len(v.Rows) != want {
				t.Errorf("of %q there are %d", whose, len(v.Rows))
			}
		}

		c.Do(c.As(officetest.Officer), id, "ask_supplement", map[string][]string{"what": {"请补一张照片。"}})
		still := ask(officetest.Officer, office.DeadlineFilter{})
		if len(still.Still) != 1 || !still.Still[0].Due.Suspended {
			t.Errorf("while the filer is asked there stands still %+v", still.Still)
		}
	}
}

// A month counts on each day what its list shows, also of days that have passed.
func TestDeadlineMonth(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	due := c.State(id).Clocks["answer"].Due
	y, m, _ := due.YMD()
	check := func(late bool) {
		t.Helper()
		v, err := c.Office.DeadlineMonth(t.Context(), c.As(officetest.Officer), office.DeadlineFilter{}, calendar.New(y, m, 1))
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range v.Days {
			list, err := c.Office.Deadlines(t.Context(), c.As(officetest.Officer), office.DeadlineFilter{Day: day.On})
			if err != nil || len(list.Rows)+len(list.Late) != day.Due || (day.On == due) != (day.Due > 0) || late && len(list.Rows) > 0 {
				t.Errorf("on %s the month counts %d, the list shows %d and %d late, %v", day.On, day.Due, len(list.Rows), len(list.Late), err)
			}
		}
	}
	check(false)
	c.Clock.Set(due.AddDays(1).Midnight().Add(9 * time.Hour))
	check(true)
}

// A calendar program is given the days of whoever made its address, without a word of content, until the address ends.
func TestFeed(t *testing.T) {
	for _, c := range []*officetest.City{officetest.New(t), officetest.Postgres(t)} {
		id, _ := c.Accepted()
		ctx, r := t.Context(), c.As(officetest.Officer)
		token, err := c.Office.MakeFeed(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		list, _, err := c.Office.Feed(ctx, token, i18n.En)
		if err != nil || len(list) != 1 || list[0].Matter != id || list[0].On != c.State(id).Clocks["answer"].Due || list[0].Number == "" {
			t.Fatalf("%+v, %v", list, err)
		}
		if made, err := c.Office.FeedMade(ctx, r); err != nil || made.IsZero() {
			t.Errorf("made %v, %v", made, err)
		}
		renewed, err := c.Office.MakeFeed(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		gone := func(token string) {
			t.Helper()
			if list, _, err := c.Office.Feed(ctx, token, i18n.En); !errors.Is(err, office.ErrNotFound) {
				t.Errorf("%+v, %v", list, err)
			}
		}
		gone(token)
		gone("")
		c.Clock.Set(c.Clock.Now().AddDate(1, 0, 0))
		if list, _, err := c.Office.Feed(ctx, renewed, i18n.En); err != nil || len(list) != 1 {
			t.Errorf("a year later, late: %+v, %v", list, err)
		}
		if err := c.Office.DropFeed(ctx, r); err != nil {
			t.Fatal(err)
		}
		gone(renewed)
		if made, err := c.Office.FeedMade(ctx, r); err != nil || !made.IsZero() {
			t.Errorf("made %v, %v", made, err)
		}
	}
}
