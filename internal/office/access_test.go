package office_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

// where reports of the tests below happen, and of which organs they complain; "" names none.
var (
	places = []string{"440703", "440703002", "440705", "440781", "440784104", "440700"}
	organs = []string{"", "440703002-zhzf", "440703-cgzf", "440703-sfj", "440705-scjg", "440781-jtys", "440784104-zhzf", "440700-cgzf"}
)

// crowd is a city with matters in all its corners, brought as far as chance takes them, and everybody
// who holds a post in it.
func crowd(t *testing.T, c *officetest.City) (ids []matter.ID, persons []string) {
	t.Helper()
	posts := posts(t, c)
	for i := range 16 {
		fields, organ := officetest.Report(), organs[rand.IntN(len(organs))]
		fields["division"] = []string{places[rand.IntN(len(places))]}
		delete(fields, "organ")
		if organ != "" {
			fields["organ"] = []string{organ}
		}
		id := c.File(fields).ID
		ids = append(ids, id)
		try := func(act string, fields map[string][]string) {
			staff := slices.DeleteFunc(slices.Clone(posts), func(p store.RegisterItem) bool { return p.Attrs.Text("organ") != c.State(id).Holder })
			if len(staff) == 0 {
				return
			}
			who := c.As(staff[rand.IntN(len(staff))].Attrs.Text("person"))
			_, err := c.Office.Perform(t.Context(), who, office.Act{Matter: id, Act: act, Fields: fields})
			if fault(err) {
				t.Fatal(err)
			}
		}
		target := map[string][]string{"target": {"known"}, "complained_organ": {organs[1+rand.IntN(len(organs)-1)]}, "officer_known": {"false"}}
		if i%2 == 0 {
			target["officer_known"], target["complained_of"] = []string{"true"}, []string{posts[rand.IntN(len(posts))].Attrs.Text("person")}
		}
		for range 2 {
			try("link_target", target)
			try("transfer_up", map[string][]string{"complained_organ": target["complained_organ"], "officer_known": {"false"}, "reason": {"本单位"}})
			try("sort", map[string][]string{"stream": {"about_enforcement"}, "title": {"一件事"}, "summary": {"一件事。"}})
			try("pass_on", map[string][]string{"division": {places[rand.IntN(len(places))]}, "reason": {"发生地"}})
			try("claim", nil)
			try("accept", map[string][]string{"scope": {"查。"}})
			try("split", map[string][]string{"split_problem": {"inaction"}, "account": {"另一件。"}})
		}
		for _, l := range c.State(id).Links {
			ids = append(ids, l.To)
		}
	}
	for _, p := range posts {
		persons = append(persons, p.Attrs.Text("person"))
	}
	return ids, append(persons, "nobody")
}

// posts are the posts of the city.
func posts(t *testing.T, c *officetest.City) []store.RegisterItem {
	t.Helper()
	var out []store.RegisterItem
	err := c.DB.Read(t.Context(), func(q *store.Query) (err error) {
		out, err = q.Items(t.Context(), "post", c.Office.Today(), officetest.Start)
		return err
	})
	if err != nil || len(out) < 40 {
		t.Fatalf("%d posts: %v", len(out), err)
	}
	return out
}

func TestAccess(t *testing.T) {
	t.Parallel()
	readable(t, officetest.New(t))
}

func TestAccessPostgres(t *testing.T) {
	t.Parallel()
	readable(t, officetest.Postgres(t))
}

// Whoever looks, and however the list is narrowed: it holds those matters, and counts those, that the
// reader can open one by one; and whom a matter is about cannot.
func readable(t *testing.T, c *officetest.City) {
	ids, persons := crowd(t, c)
	if err := c.Office.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	home := map[string][]string{}
	for _, p := range posts(t, c) {
		home[p.Attrs.Text("person")] = append(home[p.Attrs.Text("person")], p.Attrs.Text("organ"))
	}
	open, some := map[string][]matter.ID{}, 0
	for _, person := range persons {
		r := c.As(person)
		for _, id := range ids {
			_, _, err := c.Office.Record(t.Context(), r, id)
			if err != nil && !errors.Is(err, office.ErrNotFound) {
				t.Fatal(err)
			}
			if err != nil {
				continue
			}
			some++
			open[person] = append(open[person], id)
			st := c.State(id)
			if st.Facts.List("complained_of") != nil && slices.Contains(st.Facts.List("complained_of"), person) {
				t.Errorf("%s reads %s, which is about him", person, id)
			}
			for _, organ := range home[person] {
				if organ == st.Facts.Text("complained_organ") {
					t.Errorf("%s reads %s, which is about %s", person, id, organ)
				}
			}
			if !slices.Contains(home[person], st.Holder) {
				t.Errorf("%s of %v reads %s, held by %s", person, home[person], id, st.Holder)
			}
			if len(st.Links) == 0 {
				continue
			}
			v, err := c.Office.Matter(t.Context(), r, id)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range v.Links {
				if _, err := c.Office.Matter(t.Context(), r, l.Brief.ID); err != nil {
					t.Errorf("%s is shown a link to %s, which he cannot open: %v", person, l.Brief.ID, err)
				}
			}
		}
	}
	if some < 16 {
		t.Errorf("only %d readings were open", some)
	}
	rapid.Check(t, func(t *rapid.T) {
		person := rapid.SampledFrom(persons).Draw(t, "person")
		f := office.Filter{Procedure: "supervision.complaint", Closed: "all", Query: rapid.SampledFrom([]string{"", "", "一件事"}).Draw(t, "query")}
		listed, total := page(t, c, c.As(person), f)
		var want []matter.ID
		for _, id := range open[person] {
			if f.Query == "" || c.State(id).Number("matter") != "" { // sorted, and so with a title
				want = append(want, id)
			}
		}
		slices.Sort(listed)
		slices.Sort(want)
		want = slices.Compact(want)
		if !slices.Equal(listed, want) || total != len(want) {
			t.Fatalf("%s searching %q: %d listed, %d counted, %d to be opened one by one", person, f.Query, len(listed), total, len(want))
		}
	})
}

// page reads all pages of a list.
func page(t *rapid.T, c *officetest.City, r office.Reader, f office.Filter) (ids []matter.ID, total int) {
	for {
		v, err := c.Office.List(t.Context(), r, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range v.Rows {
			ids = append(ids, row.ID)
		}
		if total = v.Total; v.Next == "" {
			return ids, total
		}
		f.After = v.Next
	}
}

// Rights follow the days of a post: who is no longer in it reads nothing by it, and a filer reads her
// own matter whatever day it is.
func TestAccessInTime(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Sorted()
	c.Clock.Set(calendar.New(2020, 1, 1).Midnight())
	if _, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), id); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("before the post began: %v", err)
	}
	c.Clock.Set(calendar.New(2036, 1, 1).Midnight())
	for _, r := range []office.Reader{c.As(officetest.Officer), c.Filer(id)} {
		if _, err := c.Office.Matter(t.Context(), r, id); err != nil {
			t.Errorf("%q years later: %v", r.Person, err)
		}
	}
}
