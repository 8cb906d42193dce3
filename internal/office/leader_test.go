package office_test

import (
	"context"
	"testing"
	"time"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// The leader of the city's government sees who is late in every county, and may open nothing for that; a county's
// leader sees his own county; a matter about somebody's own organ is in no number of his (ptsd/73).
func TestLeaderOfTheCity(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	other := officetest.Report()
	other["organ"], other["division"] = []string{"440705-cgzf"}, []string{"440705"}
	c.File(other)
	c.Clock.Set(c.Clock.Now().AddDate(0, 3, 0))
	view := func(person string) office.LeaderView {
		t.Helper()
		v, err := c.Office.Leader(t.Context(), c.As(person))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	count := func(list []office.LateCount, key string) office.LateCount {
		for _, l := range list {
			if l.Key == key {
				return l
			}
		}
		return office.LateCount{}
	}
	city := view("he-tianyou")
	if n := count(city.ByCounty, "440703"); !city.Whole || n.Open != 1 || n.Late != 1 || n.Readable != 0 || n.Name != "蓬江区" {
		t.Errorf("the city's leader counts %+v of 蓬江", city.ByCounty)
	}
	if n := count(city.ByOrgan, "440705-sfj"); n.Open != 1 || n.Late != 1 || n.Readable != 0 {
		t.Errorf("the city's leader counts %+v", city.ByOrgan)
	}
	if n := count(city.ByPerson, "440703-sfj/"+officetest.Officer); n.Late != 1 || n.Name == "" || n.Organ == "" {
		t.Errorf("the city's leader counts %+v by person", city.ByPerson)
	}
	if len(city.Rows) != 0 {
		t.Errorf("the city's leader is shown %d matters he may not read", len(city.Rows))
	}
	if _, err := c.Office.Matter(t.Context(), c.As("he-tianyou"), id); err == nil {
		t.Error("counting a matter lets him read it")
	}
	county := view(officetest.Leader)
	if n := count(county.ByOrgan, "440703-sfj"); county.Whole || n.Late != 1 || n.Readable != 1 || len(county.ByOrgan) != 1 || len(county.Rows) != 1 {
		t.Errorf("the county's leader counts %+v and is shown %d", county.ByOrgan, len(county.Rows))
	}
}

// A list of open matters has those due first in front and goes on with those in which nothing is due; each stands in
// it once, whichever page it comes on.
func TestListOrder(t *testing.T) {
	c := officetest.New(t)
	for i := range 60 {
		if i%3 == 0 {
			c.Answered() // waits for nobody here
		} else {
			c.Accepted()
		}
		c.Clock.Set(c.Clock.Now().Add(7 * time.Hour))
	}
	head := c.As(officetest.Head)
	for order, want := range map[string]string{"": "due", "new": "new"} {
		seen, after, last, pages := map[string]bool{}, "", office.Brief{}, 0
		for {
			l, err := c.Office.List(context.Background(), head, office.Filter{Order: order, After: after})
			if err != nil || l.Order != want {
				t.Fatal(l.Order, err)
			}
			for _, b := range l.Rows {
				switch {
				case seen[b.ID.String()]:
					t.Errorf("%q: %s stands twice", order, b.ID)
				case last.ID == 0:
				case order == "new" && b.Opened.Day > last.Opened.Day:
					t.Errorf("newest first: %s after %s", b.Opened.Day, last.Opened.Day)
				case order == "" && timed(b) && (!timed(last) || b.Due.On < last.Due.On):
					t.Errorf("due first: %+v after %+v", b.Due, last.Due)
				}
				seen[b.ID.String()], last = true, b
			}
			pages++
			if after = l.Next; after == "" {
				break
			}
		}
		if len(seen) != 60 || pages != 3 {
			t.Errorf("%q: %d matters on %d pages", order, len(seen), pages)
		}
	}
}

// timed says whether something is due in a matter that the office must keep.
func timed(b office.Brief) bool { return b.Due != nil && b.Due.Mine && !b.Due.Suspended }
