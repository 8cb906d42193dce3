package storetest

import (
	"fmt"
	"slices"
	"testing"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// plainID is a matter's id that is easy to read in a failure.
func plainID(n int) matter.ID { return matter.ID(n)<<40 | matter.ID(n%1023+1) }

// checkList holds list, count and tally of a filter to the matters wanted.
func checkList(t *testing.T, db *store.DB, f store.Filter, want []matter.ID) {
	t.Helper()
	ctx, reader := t.Context(), f.Reader
	read(t, db, func(q *store.Query) error {
		if got := list(t, q, f); !slices.Equal(got, want) {
			t.Errorf("found %v, want %v", got, want)
		}
		if f.Order == store.DueFirst && f.DueBefore.IsZero() {
			return nil // the order leaves out rows without a day, a count does not
		}
		for _, f.Reader = range []access.Reader{reader, manyKeys(reader)} {
			same(t, "count", len(want))(q.CountMatters(ctx, f))
			none := f
			none.Procedure = "none"
			if len(f.Text) == 0 {
				same(t, "counts", []int{0, len(want), 0})(q.CountEach(ctx, []store.Filter{none, f, none}))
			}
			tally, err := q.Tally(ctx, f, store.ByStage)
			sum := 0
			for _, n := range tally {
				sum += n
			}
			if err != nil || sum != len(want) {
				t.Errorf("tally is %v, %v, want %d in all", tally, err, len(want))
			}
		}
		return nil
	})
}

// list returns the ids a filter finds, asked by a reader of few keys and by one of many: two ways to
// walk, which must agree.
func list(t testing.TB, q *store.Query, f store.Filter) []matter.ID {
	t.Helper()
	var first []matter.ID
	for i, reader := range []access.Reader{f.Reader, manyKeys(f.Reader)} {
		f.Reader = reader
		rows, err := q.List(t.Context(), f)
		if err != nil {
			t.Fatalf("list: %v", err)
		}
		ids := make([]matter.ID, len(rows))
		for i, r := range rows {
			ids[i] = r.ID
		}
		if i == 1 && !slices.Equal(ids, first) {
			t.Errorf("a reader of many keys finds %v, of few %v", ids, first)
		}
		first = ids
	}
	return first
}

// manyKeys is the reader with forty keys more, to which nothing is given.
func manyKeys(r access.Reader) access.Reader {
	r.Keys = slices.Clone(r.Keys)
	for i := range 40 {
		r.Keys = append(r.Keys, fmt.Sprint("none:", i))
	}
	return r
}

// listCases name the rows of testLists that a filter finds.
var listCases = []struct {
	name string
	f    store.Filter
	want []int
}{
	{"all", store.Filter{}, []int{5, 4, 3, 2, 1, 0}},
	{"procedure", store.Filter{Procedure: "p1"}, []int{5, 3, 1}},
	{"stage", store.Filter{Stage: "s1"}, []int{4, 1}},
	{"holder", store.Filter{Holders: []string{"h0"}}, []int{4, 2, 0}},
	{"holders", store.Filter{Holders: []string{"h0", "h1"}, Open: true}, []int{4, 3, 2, 1, 0}},
	{"nothing due", store.Filter{NoDue: true}, []int{5, 4}},
	{"organ", store.Filter{Organ: "o1"}, []int{5, 3, 1}},
	{"category", store.Filter{Category: "c0"}, []int{4, 2, 0}},
	{"assignee", store.Filter{Assignee: "li"}, []int{2}},
	{"assignees", store.Filter{Assignees: []string{"wang", "li@h0"}}, []int{2}},
	{"assignees by due", store.Filter{Assignees: []string{"li", "wang@h0"}, Order: store.DueFirst}, []int{2}},
	{"assignees of another organ", store.Filter{Assignees: []string{"li@h1"}}, nil},
	{"unassigned", store.Filter{Unassigned: true}, []int{5, 4, 3, 1, 0}},
	{"number", store.Filter{Number: "〔2026〕4号"}, []int{4}},
	{"open", store.Filter{Open: true}, []int{4, 3, 2, 1, 0}},
	{"closed", store.Filter{Closed: true}, []int{5}},
	{"opened", store.Filter{OpenedFrom: day0.AddDays(1), OpenedTo: day0.AddDays(2)}, []int{2, 1}},
	{"due by", store.Filter{DueBy: day0.AddDays(18)}, []int{3, 2}},
	{"overdue", store.Filter{DueBefore: day0.AddDays(18), Order: store.DueFirst}, []int{3}},
	{"due first", store.Filter{Order: store.DueFirst}, []int{3, 2, 1, 0}},
	{"two at once", store.Filter{Procedure: "p1", Stage: "s1", Open: true}, []int{1}},
	{"none", store.Filter{Stage: "unknown"}, nil},
}

// Every filter finds what it names and nothing else; count and tally agree with the list.
func testLists(t *testing.T, db *store.DB) {
	ctx := t.Context()
	reader := access.Reader{Keys: []string{"organ:o:r", "person:li"}, On: day0}
	rows := make([]store.Row, 6)
	write(t, db, func(tx *store.Tx) error {
		for i := range rows {
			day := day0.AddDays(i)
			rows[i] = store.Row{ID: plainID(i + 1), Procedure: fmt.Sprintf("p%d@1", i%2), Stage: "s" + fmt.Sprint(i%3), Holder: "h" + fmt.Sprint(i%2),
				Opened: day, Sort: day, Closed: i == 5, Organ: "o" + fmt.Sprint(i%2), Category: "c" + fmt.Sprint(i%2), Number: fmt.Sprintf("〔2026〕%d号", i)}
			if i < 4 {
				rows[i].NextDue = day0.AddDays(20 - i)
			}
			if i == 2 {
				rows[i].Assignee = "li"
			}
			if err := put(ctx, tx, rows[i], "organ:o:r", "person:li"); err != nil {
				return err
			}
		}
		return put(ctx, tx, store.Row{ID: plainID(99), Procedure: "p0@1", Sort: day0, Opened: day0, Assignee: "li"}, "person:wang")
	})
	for _, c := range listCases {
		t.Run(c.name, func(t *testing.T) {
			c.f.Reader = reader
			var want []matter.ID
			for _, i := range c.want {
				want = append(want, rows[i].ID)
			}
			checkList(t, db, c.f, want)
		})
	}
	read(t, db, func(q *store.Query) error {
		same(t, "by stage", map[string]int{"s0": 2, "s1": 2, "s2": 2})(q.Tally(ctx, store.Filter{Reader: reader}, store.ByStage))
		same(t, "by assignee", map[string]int{"": 5, "li": 1})(q.Tally(ctx, store.Filter{Reader: reader}, store.ByAssignee))
		if _, err := q.Tally(ctx, store.Filter{Reader: reader}, "state"); err == nil {
			t.Error("tally by a column that is none")
		}
		got, err := q.List(ctx, store.Filter{Reader: reader, Number: rows[2].Number})
		if err != nil || len(got) != 1 || got[0] != rows[2] {
			t.Errorf("row is %+v, want %+v", got, rows[2])
		}
		return nil
	})
}

// Pages join without gap or repetition, forwards and back, also where many rows share a day.
func testKeyset(t *testing.T, db *store.DB) {
	ctx := t.Context()
	reader := access.Reader{Keys: []string{"k", "k2"}, On: day0}
	write(t, db, func(tx *store.Tx) error {
		for i := range 23 {
			day := day0.AddDays(i / 10)
			row := store.Row{ID: newID(t), Opened: day, Sort: day, NextDue: day}
			if err := put(ctx, tx, row, "k", "k2"); err != nil {
				return err
			}
		}
		return nil
	})
	for _, order := range []store.Order{store.Newest, store.DueFirst} {
		for _, reader := range []access.Reader{reader, manyKeys(reader)} {
			f := store.Filter{Reader: reader, Order: order, Limit: 100}
			page := func(f store.Filter) []store.Row {
				return get(t, db, func(q *store.Query) ([]store.Row, error) { return q.List(ctx, f) })
			}
			all := page(f)
			if len(all) != 23 {
				t.Fatalf("%d rows, want 23", len(all))
			}
			f.Limit = 5
			var walked []store.Row
			for {
				rows := page(f)
				walked = append(walked, rows...)
				if len(rows) < f.Limit {
					break
				}
				f.After = rows[len(rows)-1].Cursor(order)
			}
			if !slices.Equal(walked, all) {
				t.Errorf("order %d: pages give %d rows in another order than one list of %d", order, len(walked), len(all))
			}
			f.After, f.Back = all[12].Cursor(order), true
			if got := page(f); !slices.Equal(got, all[7:12]) {
				t.Errorf("order %d: the page before row 12 is wrong", order)
			}
		}
	}
}
