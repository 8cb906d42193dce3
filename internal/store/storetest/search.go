package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yifa/internal/access"
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
			f := store.Filter{Reader: access.Reader{Keys: []string{"k"}, On: day0}, Text: phrases(words...), Classes: classes}
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
}

// No phrase is found across a boundary, what must not be found is not indexed, and nothing but hashes
// goes into a query.
func testSearchRefusals(t *testing.T, db *store.DB) {
	ctx := t.Context()
	write(t, db, func(tx *store.Tx) error {
		grams := []string{"aa", "bb", store.Boundary, "cc"}
		return errors.Join(put(ctx, tx, store.Row{ID: plainID(1), Sort: day0}, "k"), tx.PutSearch(ctx, store.Doc{Matter: plainID(1), Class: matter.Staff, Sort: day0, Grams: grams}))
	})
	for phrase, found := range map[[2]string]int{{"aa", "bb"}: 1, {"bb", "cc"}: 0} {
		f := store.Filter{Reader: access.Reader{Keys: []string{"k"}, On: day0}, Text: []store.Phrase{{Grams: phrase[:]}}, Classes: allClasses}
		if rows := get(t, db, func(q *store.Query) ([]store.Row, error) { return q.List(ctx, f) }); len(rows) != found {
			t.Errorf("the phrase %v is found %d times, want %d", phrase, len(rows), found)
		}
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
		plainID(1): strings.Repeat("重复", 3000) + "特别之处" + strings.Repeat("重复", 3000) + "重点",
		plainID(2): strings.Repeat("重复。", 3000) + "特别之处。" + strings.Repeat("甲乙丙丁。", 3000) + "最后一句",
		plainID(3): strings.Repeat("一", 17000) + "最后一句",
		plainID(4): "",
	}
	for r := range rune(20000) { // a run of 20,000 different characters
		long[plainID(4)] += string('一' + r)
	}
	write(t, db, func(tx *store.Tx) error {
		for id, text := range long {
			if err := errors.Join(put(ctx, tx, store.Row{ID: id, Sort: day0}, "k"), putText(ctx, tx, id, matter.Staff, text)); err != nil {
				return err
			}
		}
		return nil
	})
	cut := string([]rune{'一' + 15998, '一' + 15999, '一' + 16000, '一' + 16001, '一' + 16002}) // where a piece ends
	far := string([]rune{'一' + 17000, '一' + 17001, '一' + 17002})
	for word, want := range map[string][]matter.ID{far: {plainID(4)}, cut: {plainID(4)}, "复重点": {plainID(1)}, "特别之处": {plainID(2), plainID(1)}, "最后一句": {plainID(3), plainID(2)}, "复重复重复": {plainID(1)}, "句": {plainID(4), plainID(3), plainID(2)}, "重复": {plainID(2), plainID(1)}} {
		read(t, db, func(q *store.Query) error {
			f := store.Filter{Reader: access.Reader{Keys: []string{"k"}, On: day0}, Text: phrases(word), Classes: allClasses}
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
		checkPages(t, db, word, count)
	}
	checkReadOnly(t, db)
}

// checkReadOnly: by a text of class staff nobody finds a matter he may only read, be the word common or rare.
func checkReadOnly(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := t.Context()
	var ids []matter.ID
	write(t, db, func(tx *store.Tx) error {
		rows, err := tx.List(ctx, store.Filter{Reader: access.Reader{Keys: []string{"k"}, On: day0}, Limit: 10000})
		for _, r := range rows {
			ids = append(ids, r.ID)
			access := []matter.Access{{Holder: "k", Right: "act", From: day0}, {Holder: "r", Right: "read", From: day0}}
			err = errors.Join(err, tx.PutAccess(ctx, r.ID, r.Sort, access))
		}
		return err
	})
	for _, word := range []string{"common", "rare"} {
		f := store.Filter{Reader: access.Reader{Keys: []string{"r"}, On: day0}, Text: []store.Phrase{{Grams: []string{word}}}, Classes: []matter.Class{matter.Staff}}
		read(t, db, func(q *store.Query) error {
			if got := list(t, q, f); len(got) != 0 {
				t.Errorf("%s: who only reads finds %d matters by staff texts", word, len(got))
			}
			same(t, word+" counted", 0)(q.CountMatters(ctx, f))
			f.Classes = allClasses
			if got := list(t, q, f); len(got) == 0 {
				t.Errorf("%s: nothing is found by public texts either", word)
			}
			return nil
		})
	}
	if len(ids) == 0 {
		t.Error("there is nothing to find")
	}
}

// checkPages walks the pages of a search for one word that count matters hold.
func checkPages(t *testing.T, db *store.DB, word string, count int) {
	t.Helper()
	ctx := t.Context()
	f := store.Filter{Reader: access.Reader{Keys: []string{"k"}, On: day0}, Text: []store.Phrase{{Grams: []string{word}}}, Classes: allClasses, Limit: 7}
	page := func() []store.Row {
		return get(t, db, func(q *store.Query) ([]store.Row, error) { return q.List(ctx, f) })
	}
	var got, last []store.Row
	for range 5 {
		rows := page()
		got = append(got, rows...)
		if len(rows) < f.Limit {
			break
		}
		last = rows
		f.After = rows[len(rows)-1].Cursor(store.Newest)
	}
	if n := min(count, 35); len(got) != n {
		t.Errorf("%s: %d rows in up to five pages, want %d", word, len(got), n)
	}
	all := get(t, db, func(q *store.Query) ([]store.Row, error) {
		return q.List(ctx, store.Filter{Reader: f.Reader, Limit: 10000})
	})
	if word == "common" && !slices.Equal(got, all[:35]) {
		t.Error("common: pages are not in the order of the list")
	}
	f.After, f.Back = last[0].Cursor(store.Newest), true
	i := slices.Index(got, last[0])
	if back := page(); !slices.Equal(back, got[i-len(back):i]) || len(back) != min(i, f.Limit) {
		t.Errorf("%s: the page before is wrong", word)
	}
	read(t, db, func(q *store.Query) error {
		same(t, "count to a limit", f.Limit)(q.CountMatters(ctx, f))
		f.Limit = 0
		same(t, "count", count)(q.CountMatters(ctx, f))
		return nil
	})
}
