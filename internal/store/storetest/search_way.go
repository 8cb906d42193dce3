package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// wayMatters are more matters than a text may have hits before it counts as common.
const wayMatters = 2600

// wayHolders are readers of all, of a third, of the oldest two hundred, of ten matters, and of all but those of the
// last; each is given a matter by its number, counted from the oldest.
var wayHolders = map[string]func(i int) bool{
	"all":    func(int) bool { return true },
	"third":  func(i int) bool { return i%3 == 0 },
	"old":    func(i int) bool { return i < 200 },
	"ten":    func(i int) bool { return i%(wayMatters/10) == 7 },
	"denied": func(int) bool { return true },
}

// wayWords say in which matters a word stands, and in texts of which class.
var wayWords = map[string]struct {
	in    func(i int) bool
	class matter.Class
}{
	"everywhere": {func(int) bool { return true }, matter.Public},
	"often":      {func(i int) bool { return i%2 == 0 }, matter.Parties},
	"oldest":     {func(i int) bool { return i < 1300 }, matter.Public},
	"seldom":     {func(i int) bool { return i%130 == 0 }, matter.Parties},
	"inner":      {func(int) bool { return true }, matter.Staff},
}

// Whatever way a search goes, and that hangs on how common its words are and how much the reader may see, it finds what
// single checks allow, in the order of lists, page by page in both directions, and counts as many.
func testSearchWays(t *testing.T, db *store.DB) {
	ctx := t.Context()
	rows, rights := fillWays(t, db), map[string][]access.Rights{}
	words, holders := slices.Sorted(maps.Keys(wayWords)), slices.Sorted(maps.Keys(wayHolders))
	rapid.Check(t, func(rt *rapid.T) {
		word := rapid.SampledFrom(words).Draw(rt, "word")
		f := store.Filter{Reader: access.Reader{Keys: rapid.SliceOfNDistinct(rapid.SampledFrom(holders), 1, 2, rapid.ID).Draw(rt, "keys"), On: day0},
			Text: []store.Phrase{{Grams: []string{word}}}, Classes: allClasses, Open: rapid.Bool().Draw(rt, "open"), Limit: rapid.IntRange(20, 90).Draw(rt, "limit")}
		read(t, db, func(q *store.Query) error {
			may, err := each(ctx, q, rows, f.Reader, rights)
			if err != nil {
				return err
			}
			var want []store.Row
			for i, row := range slices.Backward(rows) {
				if wayWords[word].in(i) && (!f.Open || !row.Closed) && (may[i].Act || may[i].Read && wayWords[word].class != matter.Staff) {
					want = append(want, row)
				}
			}
			same(t, fmt.Sprintf("%s for %v counted to %d", word, f.Reader.Keys, f.Limit), min(f.Limit, len(want)))(q.CountMatters(ctx, f))
			whole := f
			whole.Limit = 0
			same(t, fmt.Sprintf("%s for %v counted", word, f.Reader.Keys), len(want))(q.CountMatters(ctx, whole))
			at := rapid.IntRange(0, max(0, len(want)-1)).Draw(rt, "at")
			for _, back := range []bool{false, true} {
				f, next := f, want[min(at+1, len(want)):]
				if f.Back = back; back {
					next = want[max(0, at-f.Limit):at]
				}
				if len(want) > 0 {
					f.After = want[at].Cursor(store.Newest)
				}
				got, err := q.List(ctx, f)
				if next = next[:min(f.Limit, len(next))]; err != nil || !slices.Equal(got, next) {
					rt.Fatalf("%s for %v after %d, back %v: %d rows, %v, want %d", word, f.Reader.Keys, at, back, len(got), err, len(next))
				}
			}
			first, err := q.List(ctx, f)
			if n := min(f.Limit, len(want)); err != nil || !slices.Equal(first, want[:n]) {
				rt.Fatalf("%s for %v: %d rows, %v, want %d", word, f.Reader.Keys, len(first), err, n)
			}
			return nil
		})
	})
}

// each is what the reader may do with each of the rows, asked one by one and kept in rights.
func each(ctx context.Context, q *store.Query, rows []store.Row, r access.Reader, rights map[string][]access.Rights) ([]access.Rights, error) {
	name := fmt.Sprint(r.Keys)
	if rights[name] == nil {
		for _, row := range rows {
			may, err := q.May(ctx, row.ID, r)
			if err != nil {
				return nil, err
			}
			rights[name] = append(rights[name], may)
		}
	}
	return rights[name], nil
}

// fillWays writes the matters, oldest first: every fourth is closed, and its holder "third" may only read.
func fillWays(t *testing.T, db *store.DB) []store.Row {
	t.Helper()
	ctx := t.Context()
	var rows []store.Row
	write(t, db, func(tx *store.Tx) error {
		for i := range wayMatters {
			row := store.Row{ID: plainID(i + 1), Procedure: "p@1", Sort: day0.AddDays(i / 50), Closed: i%4 == 0}
			rows = append(rows, row)
			texts := map[matter.Class][]string{}
			for word, w := range wayWords {
				if w.in(i) {
					texts[w.class] = append(texts[w.class], word)
				}
			}
			var rights []matter.Access
			for _, holder := range slices.Sorted(maps.Keys(wayHolders)) {
				if wayHolders[holder](i) {
					right := map[bool]string{true: "read", false: "act"}[holder == "third"]
					rights = append(rights, matter.Access{Holder: holder, Right: right, From: day0})
				}
			}
			if wayHolders["ten"](i) {
				rights = append(rights, matter.Access{Holder: "denied", Right: "read", Deny: true, From: day0})
			}
			err := errors.Join(tx.PutMatter(ctx, row, matter.State{ID: row.ID}), tx.PutAccess(ctx, row.ID, row.Sort, rights))
			for class, words := range texts {
				slices.Sort(words)
				err = errors.Join(err, tx.PutSearch(ctx, store.Doc{Matter: row.ID, Class: class, Sort: row.Sort, Grams: words}))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return get(t, db, func(q *store.Query) ([]store.Row, error) {
		list, err := q.List(ctx, store.Filter{Reader: access.Reader{Keys: []string{"all"}, On: day0}, Limit: 2 * wayMatters})
		slices.Reverse(list)
		if len(list) != len(rows) {
			t.Errorf("%d matters are there, want %d", len(list), len(rows))
		}
		return list, err
	})
}
