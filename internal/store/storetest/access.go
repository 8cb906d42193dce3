package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Rights are those of the day and the keys; a denial wins, in every list and count.
func testAccess(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), plainID(1)
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(put(ctx, tx, store.Row{ID: id, Sort: day0}), tx.PutAccess(ctx, id, day0, []matter.Access{
			{Holder: "organ:o:r", Right: "act", From: day0, To: day0.AddDays(10)},
			{Holder: "organ:o:s", Right: "read", From: day0},
			{Holder: "person:accused", Right: "read", From: day0, Deny: true},
			{Holder: "person:recused", Right: "act", From: day0.AddDays(2), To: day0.AddDays(4), Deny: true}}))
	})
	for _, c := range []struct {
		keys []string
		day  int
		want access.Rights
	}{
		{[]string{"organ:o:r"}, 0, access.Rights{Read: true, Act: true}},
		{[]string{"organ:o:r"}, -1, access.Rights{}},
		{[]string{"organ:o:r"}, 9, access.Rights{Read: true, Act: true}},
		{[]string{"organ:o:r"}, 10, access.Rights{}},
		{[]string{"organ:o:s"}, 99, access.Rights{Read: true}},
		{[]string{"organ:o:s", "organ:o:r"}, 5, access.Rights{Read: true, Act: true}},
		{[]string{"organ:o:r", "person:accused"}, 5, access.Rights{}},
		{[]string{"person:accused"}, 5, access.Rights{}},
		{[]string{"organ:o:r", "person:recused"}, 1, access.Rights{Read: true, Act: true}},
		{[]string{"organ:o:r", "person:recused"}, 3, access.Rights{Read: true}},
		{[]string{"organ:o:r", "person:recused"}, 4, access.Rights{Read: true, Act: true}},
		{[]string{"organ:o"}, 5, access.Rights{}},
		{nil, 5, access.Rights{}},
	} {
		r := access.Reader{Keys: c.keys, On: day0.AddDays(c.day)}
		read(t, db, func(q *store.Query) error {
			same(t, fmt.Sprintf("rights of %v on day %d", c.keys, c.day), c.want)(q.May(ctx, id, r))
			if found := list(t, q, store.Filter{Reader: r}); (len(found) == 1) != c.want.Read {
				t.Errorf("%v on day %d: the list has %d rows, the rights are %+v", c.keys, c.day, len(found), c.want)
			}
			return nil
		})
	}
}

// Whatever posts somebody holds and whatever rights and denials are stored: list, count, search and both single checks
// find what the rule of access.To says of the rows in memory.
func testAccessProperty(t *testing.T, db *store.DB) {
	ctx := t.Context()
	rapid.Check(t, func(rt *rapid.T) {
		f := store.Filter{Reader: drawReader(rt)}
		var may, acts []matter.ID // by the rule, newest first
		var ids []matter.ID
		write(t, db, func(tx *store.Tx) error {
			for n := range 4 {
				id := plainID(n + 1)
				ids = append(ids, id)
				rights := access.Current(rapid.SliceOfN(rapid.Custom(drawRight), 0, 5).Draw(rt, "rights"))
				row := store.Row{ID: id, Sort: day0.AddDays(n)}
				err := errors.Join(tx.PutMatter(ctx, row, matter.State{ID: id}), tx.PutAccess(ctx, id, row.Sort, rights),
					tx.PutSearch(ctx, store.Doc{Matter: id, Class: matter.Parties, Sort: row.Sort, Grams: []string{"word"}}),
					tx.PutSearch(ctx, store.Doc{Matter: id, Class: matter.Staff, Sort: row.Sort, Grams: []string{"inner"}}))
				if err != nil {
					return err
				}
				to := access.To(rights, f.Reader)
				if to.Read {
					may = slices.Insert(may, 0, id)
				}
				if to.Act {
					acts = slices.Insert(acts, 0, id)
				}
			}
			return nil
		})
		read(t, db, func(q *store.Query) error {
			for _, id := range ids {
				r, err := q.May(ctx, id, f.Reader)
				if want := (access.Rights{Read: slices.Contains(may, id), Act: slices.Contains(acts, id)}); err != nil || r != want {
					rt.Errorf("of %s the single check says %+v, %v, the rule %+v", id, r, err, want)
				}
			}
			readable, err := q.Readable(ctx, ids, f.Reader)
			sameReadable(rt, readable, may, err)
			if got := list(t, q, f); !slices.Equal(got, may) {
				rt.Fatalf("list %v, the rule %v", got, may)
			}
			same(t, "count", len(may))(q.CountMatters(ctx, f))
			checkFound(t, q, f, map[string][]matter.ID{"word": may, "inner": acts})
			return nil
		})
	})
}

// drawReader is somebody in some posts, two of which another might hold too, on some day.
func drawReader(rt *rapid.T) access.Reader {
	posts := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) procedure.Post {
		return procedure.Post{ID: rapid.SampledFrom([]string{"1", "2"}).Draw(rt, "post"), Organ: rapid.SampledFrom([]string{"o", "u"}).Draw(rt, "organ"),
			Role: rapid.SampledFrom([]string{"r", "s"}).Draw(rt, "role")}
	}), 0, 2).Draw(rt, "posts")
	return access.Reader{Keys: access.Keys("li", posts, nil), On: day0.AddDays(rapid.IntRange(-1, 6).Draw(rt, "day"))}
}

// drawRight is a right or a denial of a post, a person, a role or a whole organ, for some days or for good.
func drawRight(rt *rapid.T) matter.Access {
	from := day0.AddDays(rapid.IntRange(0, 4).Draw(rt, "from"))
	a := matter.Access{Holder: rapid.SampledFrom([]string{"person:li", "person:wu", "post:1", "post:2", "organ:o", "organ:u", "organ:o:r", "organ:o:s", "organ:u:r"}).Draw(rt, "holder"),
		Right: rapid.SampledFrom([]string{access.Read, access.Act}).Draw(rt, "right"), From: from, Deny: rapid.IntRange(0, 3).Draw(rt, "deny") == 0}
	if rapid.Bool().Draw(rt, "ends") {
		a.To = from.AddDays(rapid.IntRange(0, 3).Draw(rt, "days"))
	}
	return a
}

// checkFound searches each word, which stand in texts for parties or, inner, for staff: those are for who acts.
func checkFound(t *testing.T, q *store.Query, f store.Filter, found map[string][]matter.ID) {
	t.Helper()
	f.Classes = []matter.Class{matter.Parties, matter.Staff}
	for word, want := range found {
		f.Text = []store.Phrase{{Grams: []string{word}}}
		if got := list(t, q, f); !slices.Equal(got, want) {
			t.Fatalf("search for %s %v, single checks %v", word, got, want)
		}
		same(t, "count of "+word, len(want))(q.CountMatters(t.Context(), f))
	}
}

// sameReadable holds what may be read of several matters at once to what may be read one by one.
func sameReadable(rt *rapid.T, readable map[matter.ID]bool, may []matter.ID, err error) {
	if err != nil || len(readable) != len(may) || slices.ContainsFunc(may, func(id matter.ID) bool { return !readable[id] }) {
		rt.Errorf("one by one %v may be read, together %v, %v", may, readable, err)
	}
}
