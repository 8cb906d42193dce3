package storetest

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/lawtext"
	"yifa/internal/store"
)

// An invented statute: each article with the tokens it is found by, spaces between, "." a boundary.
func statuteOf(key string, day calendar.Date, place int, articles ...string) (store.StatuteText, []store.IndexedArticle) {
	t := store.StatuteText{Statute: key, Day: day, Effective: true, Adopted: day.AddDays(-30), Title: "title of " + key, Head: []string{"passed"}, Annex: []string{"annex"}, Place: place,
		Hash: key + day.String(), Source: key + ".md"}
	var list []store.IndexedArticle
	for i, tokens := range articles {
		a := store.IndexedArticle{Article: lawtext.Article{N: i + 1, Place: []lawtext.Heading{{Rank: lawtext.Chapter, N: 1, Name: "one"}}, Paras: []lawtext.Para{{Text: tokens, Items: []lawtext.Item{{N: 1, Text: "x"}}}}}}
		for _, g := range strings.Fields(tokens) {
			if g == "." {
				g = store.Boundary
			} else {
				a.Chars = append(a.Chars, "c"+g)
			}
			a.Grams = append(a.Grams, g)
		}
		list = append(list, a)
	}
	return t, list
}

func putStatute(t *testing.T, db *store.DB, text store.StatuteText, articles []store.IndexedArticle) {
	t.Helper()
	write(t, db, func(tx *store.Tx) error { return tx.PutStatute(t.Context(), text, articles, "operator", now) })
}

func testStatutes(t *testing.T, db *store.DB) {
	ctx := t.Context()
	older, oldArticles := statuteOf("aa", day0, 1, "g h", "h . k")
	newer, newArticles := statuteOf("aa", day0.AddDays(100), 1, "g h", "k")
	putStatute(t, db, older, oldArticles)
	putStatute(t, db, newer, newArticles)
	versions := get(t, db, func(q *store.Query) ([]store.StatuteText, error) { return q.StatuteVersions(ctx, "aa") })
	if len(versions) != 2 {
		t.Fatalf("%d versions", len(versions))
	}
	older.ID, newer.ID = versions[0].ID, versions[1].ID
	if !reflect.DeepEqual(versions, []store.StatuteText{older, newer}) {
		t.Errorf("versions are\n%+v, want\n%+v", versions, []store.StatuteText{older, newer})
	}
	whole := get(t, db, func(q *store.Query) ([]lawtext.Article, error) { return q.StatuteArticles(ctx, older.ID, true) })
	if len(whole) != 2 || !reflect.DeepEqual(whole[1], oldArticles[1].Article) {
		t.Errorf("articles are %+v", whole)
	}
	bare := get(t, db, func(q *store.Query) ([]lawtext.Article, error) { return q.StatuteArticles(ctx, older.ID, false) })
	if len(bare) != 2 || bare[1].N != 2 || bare[1].Place[0].Name != "one" || bare[1].Paras != nil {
		t.Errorf("contents are %+v", bare)
	}
	second := get(t, db, func(q *store.Query) (map[int64]lawtext.Article, error) { return q.ArticleVersions(ctx, "aa", 2, 0) })
	if len(second) != 2 || second[newer.ID].Paras[0].Text != "k" || second[older.ID].Paras[0].Text != "h . k" {
		t.Errorf("versions of article 2: %+v", second)
	}

	// The same day again takes the place of what was there, and nothing of it is found any more.
	changed, articles := statuteOf("aa", older.Day, 1, "z")
	putStatute(t, db, changed, articles)
	if got := found(t, db, store.StatuteFilter{Text: grams("h", ""), On: day0}); got != "" {
		t.Errorf("the words of before are still found: %s", got)
	}
	if got := found(t, db, store.StatuteFilter{Text: grams("z", ""), On: day0}); got != "aa/1" {
		t.Errorf("found %s", got)
	}
	write(t, db, func(tx *store.Tx) error { return tx.DropStatute(ctx, "aa", "operator", now) })
	if got := found(t, db, store.StatuteFilter{Text: grams("z", ""), On: day0}); got != "" {
		t.Errorf("dropped, it is still found: %s", got)
	}
	var said []string
	for _, i := range get(t, db, func(q *store.Query) ([]store.StatuteImport, error) { return q.StatuteImports(ctx, "aa") }) {
		if i.Actor != "operator" || !i.At.Equal(now) || i.Source != "aa.md" || i.Hash == "" {
			t.Errorf("noted %+v", i)
		}
		said = append(said, i.What)
	}
	slices.Sort(said)
	if want := []string{"added", "added", "dropped", "dropped", "replaced"}; !slices.Equal(said, want) {
		t.Errorf("noted %v", said)
	}
	if err := db.Write(ctx, func(tx *store.Tx) error { return tx.PutStatute(ctx, changed, articles, "", now) }); err == nil {
		t.Error("imported by nobody")
	}
}

// grams asks for a phrase and for a single character; "" leaves one out.
func grams(phrase, char string) []store.Phrase {
	var out []store.Phrase
	if phrase != "" {
		out = append(out, store.Phrase{Grams: strings.Fields(phrase)})
	}
	if char != "" {
		out = append(out, store.Phrase{Char: char})
	}
	return out
}

// found lists the articles that a search finds, as key/article.
func found(t *testing.T, db *store.DB, f store.StatuteFilter) string {
	t.Helper()
	if f.Limit == 0 {
		f.Limit = 100
	}
	var list []string
	for _, h := range get(t, db, func(q *store.Query) ([]store.StatuteHit, error) { return q.FindArticles(t.Context(), f) }) {
		if h.Text.Title != "title of "+h.Text.Statute || len(h.Article.Paras) != 1 {
			t.Errorf("found %+v", h)
		}
		list = append(list, h.Text.Statute+"/"+h.Article.At())
	}
	return strings.Join(list, " ")
}

// threeStatutes puts aa in two versions, bb and cc.
func threeStatutes(t *testing.T, db *store.DB) {
	t.Helper()
	long := strings.Repeat("p ", 20_000) + "q"
	for _, c := range []struct {
		key      string
		day      calendar.Date
		place    int
		articles []string
	}{
		{"bb", day0, 1, []string{"g h", "h k", "g . h"}}, {"aa", day0, 2, []string{"g h k", long}}, {"aa", day0.AddDays(10), 2, []string{"k"}}, {"cc", day0.AddDays(20), 1, []string{"g h"}},
	} {
		text, articles := statuteOf(c.key, c.day, c.place, c.articles...)
		putStatute(t, db, text, articles)
	}
}

func testStatuteSearch(t *testing.T, db *store.DB) {
	threeStatutes(t, db)
	later := day0.AddDays(30)
	for name, c := range map[string]struct {
		f    store.StatuteFilter
		want string
	}{
		"phrase":      {store.StatuteFilter{Text: grams("g h", ""), On: day0}, "bb/1 aa/1"},
		"later":       {store.StatuteFilter{Text: grams("g h", ""), On: later}, "bb/1 cc/1"},
		"before":      {store.StatuteFilter{Text: grams("g h", ""), On: day0.AddDays(-1)}, ""},
		"both":        {store.StatuteFilter{Text: grams("g h", "ck"), On: day0}, "aa/1"},
		"character":   {store.StatuteFilter{Text: grams("", "ck"), On: later}, "bb/2 aa/1"},
		"within":      {store.StatuteFilter{Text: grams("k", ""), On: later, Statute: "aa"}, "aa/1"},
		"long":        {store.StatuteFilter{Text: grams("p q", ""), On: day0}, "aa/2"},
		"nothing":     {store.StatuteFilter{On: day0}, ""},
		"not a token": {store.StatuteFilter{Text: grams("g x", ""), On: day0}, ""},
	} {
		if got := found(t, db, c.f); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	// Pages of one join without gap or repetition.
	f, walked := store.StatuteFilter{Text: grams("h", ""), On: day0, Limit: 1}, []string(nil)
	for {
		hits := get(t, db, func(q *store.Query) ([]store.StatuteHit, error) { return q.FindArticles(t.Context(), f) })
		if len(hits) == 0 {
			break
		}
		walked = append(walked, hits[0].Text.Statute+"/"+hits[0].Article.At())
		f.After = hits[0].Cursor
	}
	if got := strings.Join(walked, " "); got != "bb/1 bb/2 bb/3 aa/1" {
		t.Errorf("pages give %s", got)
	}
}

func testStatuteLists(t *testing.T, db *store.DB) {
	threeStatutes(t, db)
	held := get(t, db, func(q *store.Query) (map[string]bool, error) {
		return q.HeldStatutes(t.Context(), []string{"aa", "zz"})
	})
	if len(held) != 1 || !held["aa"] {
		t.Errorf("held: %v", held)
	}
	all := get(t, db, func(q *store.Query) ([]store.StatuteText, error) { return q.AllStatutes(t.Context()) })
	if len(all) != 4 {
		t.Errorf("%d versions", len(all))
	}
	beside := func(after store.StatuteText) []store.StatuteText {
		return get(t, db, func(q *store.Query) ([]store.StatuteText, error) {
			return q.OtherStatutes(t.Context(), store.StatutesBeside{Keys: []string{"bb"}, After: after}, 5)
		})
	}
	others := beside(store.StatuteText{})
	if len(others) != 2 || others[0].Statute != "aa" || others[0].Day != day0.AddDays(10) || others[1].Title != "title of cc" {
		t.Errorf("others: %+v", others)
	}
	named := get(t, db, func(q *store.Query) ([]store.StatuteText, error) {
		return q.OtherStatutes(t.Context(), store.StatutesBeside{Title: "of b"}, 5)
	})
	if len(named) != 1 || named[0].Statute != "bb" {
		t.Errorf("named: %+v", named)
	}
	if held := get(t, db, func(q *store.Query) (bool, error) { return q.AnyStatute(t.Context()) }); !held {
		t.Error("none are held")
	}
	if next := beside(others[0]); len(next) != 1 || next[0].Statute != "cc" {
		t.Errorf("after the first: %+v", next)
	}
}
