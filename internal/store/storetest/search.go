package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// index cuts a text as the search package does, with tokens that are easy to read: every character
// becomes its code in hexadecimal.
func index(text string) (grams, chars []string) {
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '。' || r == '，' }) {
		rs := []rune(run)
		for i := range rs {
			grams = append(grams, token(rs[i:min(i+2, len(rs))]))
			if c := token(rs[i : i+1]); !slices.Contains(chars, c) {
				chars = append(chars, c)
			}
		}
		grams = append(grams, store.Boundary)
	}
	return grams, chars
}

func token(rs []rune) string {
	s := "x"
	for _, r := range rs {
		s += fmt.Sprintf("%x", r)
	}
	return s
}

func phrases(words ...string) []store.Phrase {
	var list []store.Phrase
	for _, w := range words {
		rs := []rune(w)
		p := store.Phrase{}
		if len(rs) == 1 {
			p.Char = token(rs)
		}
		for i := 0; i+2 <= len(rs); i++ {
			p.Grams = append(p.Grams, token(rs[i:i+2]))
		}
		list = append(list, p)
	}
	return list
}

func putText(ctx context.Context, tx *store.Tx, id matter.ID, class matter.Class, text string) error {
	g, c := index(text)
	return tx.PutSearch(ctx, store.Doc{Matter: id, Class: class, Sort: day0, Grams: g, Chars: c})
}

var allClasses = []matter.Class{matter.Public, matter.Parties, matter.Staff}

// One, two and four characters are found as phrases, in the classes asked for, and no more after
// the text has changed or gone.
func testSearch(t *testing.T, db *store.DB) {
	ctx := t.Context()
	texts := []string{"食品经营许可被拒绝。执法人员没有出示证件", "食品安全，经营正常", "许可证过期未换发", "营许"}
	write(t, db, func(tx *store.Tx) error {
		for i, text := range texts {
			id := plainID(i + 1)
			err := errors.Join(put(ctx, tx, store.Row{ID: id, Sort: day0}, "k"), putText(ctx, tx, id, matter.Staff, text))
			if err != nil {
				return err
			}
		}
		return errors.Join(putText(ctx, tx, plainID(3), matter.Public, "许可公示"), put(ctx, tx, store.Row{ID: plainID(9), Sort: day0}, "other"), putText(ctx, tx, plainID(9), matter.Staff, texts[0]))
	})
	find := func(classes []matter.Class, words ...string) []int {
		t.Helper()
		var found []int
		read(t, db, func(q *store.Query) error {
			f := store.Filter{Reader: store.Reader{Keys: []string{"k"}, On: day0}, Text: phrases(words...), Classes: classes}
			for _, id := range list(t, q, f) {
				found = append(found, int(id>>40)-1)
			}
			same(t, "count", len(found))(q.CountMatters(ctx, f))
			return nil
		})
		return found
	}
	for _, c := range []struct {
		words string
		want  []int
	}{
		{"许", []int{3, 2, 0}}, {"食品", []int{1, 0}}, {"许可", []int{2, 0}}, {"经营许可", []int{0}}, {"食品经营", []int{0}},
		{"品安全经", nil}, {"绝执", nil}, {"可许", nil}, {"食品 执法", []int{0}}, {"食品 证", []int{0}}, {"许 可", []int{2, 0}}, {"無", nil},
	} {
		if got := find(allClasses, strings.Fields(c.words)...); !slices.Equal(got, c.want) {
			t.Errorf("%q finds %v, want %v", c.words, got, c.want)
		}
	}
	if got := find([]matter.Class{matter.Public}, "许可"); !slices.Equal(got, []int{2}) {
		t.Errorf("in public texts: %v", got)
	}
	if got := find(nil, "许可"); got != nil {
		t.Errorf("in no class: %v", got)
	}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(putText(ctx, tx, plainID(1), matter.Staff, "改写了"), tx.DropSearch(ctx, plainID(3), matter.Staff))
	})
	if got := find(allClasses, "许可"); !slices.Equal(got, []int{2}) {
		t.Errorf("after change and removal: %v", got)
	}
	if got := find(allClasses, "改写"); !slices.Equal(got, []int{0}) {
		t.Errorf("the new text: %v", got)
	}
	for _, class := range []matter.Class{matter.Filer, matter.Sealed} {
		if err := db.Write(ctx, func(tx *store.Tx) error { return putText(ctx, tx, plainID(1), class, "密") }); err == nil {
			t.Errorf("class %s was indexed", class)
		}
	}
	read(t, db, func(q *store.Query) error {
		for _, p := range []store.Phrase{{Grams: []string{`a" OR "b`}}, {Char: "a' | 'b"}, {Grams: []string{"ABC"}}} {
			if _, err := q.List(ctx, store.Filter{Text: []store.Phrase{p}}); err == nil {
				t.Errorf("%+v went into the query", p)
			}
		}
		return nil
	})
}

// Long texts are cut into pieces: what stands far behind is found, also across a cut and where one
// pair comes a thousand times.
func testSearchLong(t *testing.T, db *store.DB) {
	ctx := t.Context()
	long := map[matter.ID]string{
		plainID(1): strings.Repeat("重复", 3000) + "特别之处" + strings.Repeat("重复", 3000),
		plainID(2): strings.Repeat("重复。", 3000) + "特别之处。" + strings.Repeat("甲乙丙丁。", 3000) + "最后一句",
		plainID(3): strings.Repeat("一", 17000) + "最后一句",
	}
	write(t, db, func(tx *store.Tx) error {
		for id, text := range long {
			if err := errors.Join(put(ctx, tx, store.Row{ID: id, Sort: day0}, "k"), putText(ctx, tx, id, matter.Staff, text)); err != nil {
				return err
			}
		}
		return nil
	})
	for word, want := range map[string][]matter.ID{"特别之处": {plainID(2), plainID(1)}, "最后一句": {plainID(3), plainID(2)}, "复重复重复": {plainID(1)}, "句": {plainID(3), plainID(2)}, "重复": {plainID(2), plainID(1)}} {
		read(t, db, func(q *store.Query) error {
			f := store.Filter{Reader: store.Reader{Keys: []string{"k"}, On: day0}, Text: phrases(word), Classes: allClasses}
			if got := list(t, q, f); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", word, got, want)
			}
			return nil
		})
	}
}

// Search results come in the order of lists and in pages, rare and common words alike; a matter
// found in several texts comes once.
func testSearchPages(t *testing.T, db *store.DB) {
	ctx := t.Context()
	const matters = 1200 // more than make a word common
	var want []matter.ID
	write(t, db, func(tx *store.Tx) error {
		for i := range matters {
			row := store.Row{ID: newID(t), Sort: day0.AddDays(i / 100)}
			doc := store.Doc{Matter: row.ID, Class: matter.Staff, Sort: row.Sort, Grams: []string{"common"}}
			if i%100 == 0 {
				doc.Grams = append(doc.Grams, "rare")
			}
			public := doc
			public.Class = matter.Public
			if err := errors.Join(put(ctx, tx, row, "k"), tx.PutSearch(ctx, doc), tx.PutSearch(ctx, public)); err != nil {
				return err
			}
		}
		return nil
	})
	for word, count := range map[string]int{"common": matters, "rare": matters / 100} {
		f := store.Filter{Reader: store.Reader{Keys: []string{"k"}, On: day0}, Text: []store.Phrase{{Grams: []string{word}}}, Classes: allClasses, Limit: 7}
		want = nil
		read(t, db, func(q *store.Query) error {
			all, err := q.List(ctx, store.Filter{Reader: f.Reader, Limit: matters})
			for _, r := range all {
				want = append(want, r.ID)
			}
			return err
		})
		var got []matter.ID
		var last []store.Row
		for pages := 0; pages < 5; pages++ {
			rows := get(t, db, func(q *store.Query) ([]store.Row, error) { return q.List(ctx, f) })
			for _, r := range rows {
				got = append(got, r.ID)
			}
			if len(rows) < f.Limit {
				break
			}
			last = rows
			f.After = rows[len(rows)-1].Cursor(store.Newest)
		}
		if n := min(count, 35); len(got) != n {
			t.Errorf("%s: %d rows in up to five pages, want %d", word, len(got), n)
		}
		if word == "common" && !slices.Equal(got, want[:35]) {
			t.Error("common: pages are not in the order of the list")
		}
		f.After, f.Back = last[0].Cursor(store.Newest), true
		back := get(t, db, func(q *store.Query) ([]store.Row, error) { return q.List(ctx, f) })
		i := slices.Index(got, last[0].ID)
		for k, r := range back {
			if r.ID != got[i-len(back)+k] {
				t.Errorf("%s: the page before is wrong at %d", word, k)
			}
		}
		read(t, db, func(q *store.Query) error {
			same(t, "count to a limit", f.Limit)(q.CountMatters(ctx, f))
			f.Limit = 0
			same(t, "count", count)(q.CountMatters(ctx, f))
			return nil
		})
	}
}
