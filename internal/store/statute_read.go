package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/lawtext"
)

// StatuteVersions returns the versions held of a statute, oldest first.
func (q *Query) StatuteVersions(ctx context.Context, key string) ([]StatuteText, error) {
	return q.statutes(ctx, "statute_versions", key)
}

// AllStatutes returns every version held, by statute and day.
func (q *Query) AllStatutes(ctx context.Context) ([]StatuteText, error) {
	return q.statutes(ctx, "statute_all")
}

func (q *Query) statutes(ctx context.Context, name string, args ...any) ([]StatuteText, error) {
	var list []StatuteText
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var t StatuteText
		err := t.scan(scan)
		list = append(list, t)
		return err
	})
	return list, err
}

// scan reads the columns of statute_columns and more after them.
func (t *StatuteText) scan(scan scanFunc, more ...any) error {
	var head, annex string
	if err := scan(append([]any{&t.ID, &t.Statute, &t.Day, &t.Effective, &t.Adopted, &t.Title, &t.Numbering, &head, &annex, &t.Place, &t.Hash, &t.Source}, more...)...); err != nil {
		return err
	}
	if err := errors.Join(json.Unmarshal([]byte(head), &t.Head), json.Unmarshal([]byte(annex), &t.Annex)); err != nil {
		return fmt.Errorf("store: statute %s: %w", t.Statute, err)
	}
	return nil
}

// HeldStatutes tells of which statutes a text is held.
func (q *Query) HeldStatutes(ctx context.Context, of []string) (map[string]bool, error) {
	held := map[string]bool{}
	err := q.each(ctx, "statute_held", []any{keys(of)}, func(scan scanFunc) error {
		var key string
		err := scan(&key)
		held[key] = true
		return err
	})
	return held, err
}

// StatutesBeside says which statutes are asked for: those beside Keys, in whose title Title stands, after After.
type StatutesBeside struct {
	Keys  []string
	Title string      // empty: any
	After StatuteText // by title and key
}

// OtherStatutes lists statutes by title, each by its newest version, of which key, title and day are given.
func (q *Query) OtherStatutes(ctx context.Context, of StatutesBeside, limit int) ([]StatuteText, error) {
	var list []StatuteText
	err := q.each(ctx, "statute_others", []any{keys(of.Keys), of.After.Title, of.After.Statute, limit, of.Title}, func(scan scanFunc) error {
		var t StatuteText
		err := scan(&t.Statute, &t.Title, &t.Day, &t.Effective)
		list = append(list, t)
		return err
	})
	return list, err
}

// AnyStatute reports whether the words of any statute are held.
func (q *Query) AnyStatute(ctx context.Context) (held bool, err error) {
	err = q.one(ctx, "statute_any", nil, &held)
	return held, err
}

// StatuteArticles returns the articles of a version in order, without their words unless asked for.
func (q *Query) StatuteArticles(ctx context.Context, version int64, words bool) ([]lawtext.Article, error) {
	var flags []string
	if words {
		flags = []string{"words"}
	}
	var list []lawtext.Article
	err := q.eachOf(ctx, "statute_contents", q.db.build("statute_contents", flags), []any{version}, func(scan scanFunc) error {
		var a lawtext.Article
		var place, paras string
		if err := scan(&a.N, &a.Sub, &place, &paras); err != nil {
			return err
		}
		err := unmarshalArticle(&a, place, paras)
		list = append(list, a)
		return err
	})
	return list, err
}

func unmarshalArticle(a *lawtext.Article, place, paras string) error {
	err := json.Unmarshal([]byte(place), &a.Place)
	if paras != "" {
		err = errors.Join(err, json.Unmarshal([]byte(paras), &a.Paras))
	}
	if err != nil {
		return fmt.Errorf("store: article %s: %w", a.At(), err)
	}
	return nil
}

// ArticleVersions returns an article as every version of a statute has it, by version.
func (q *Query) ArticleVersions(ctx context.Context, key string, article, sub int) (map[int64]lawtext.Article, error) {
	found := map[int64]lawtext.Article{}
	err := q.each(ctx, "statute_article_versions", []any{article, sub, key}, func(scan scanFunc) error {
		a := lawtext.Article{N: article, Sub: sub}
		var version int64
		var place, paras string
		if err := scan(&version, &place, &paras); err != nil {
			return err
		}
		err := unmarshalArticle(&a, place, paras)
		found[version] = a
		return err
	})
	return found, err
}

// StatuteFilter says which articles are looked for.
type StatuteFilter struct {
	Text    []Phrase      // at least one
	On      calendar.Date // in the versions that held that day
	Statute string        // in one statute; empty: in all
	After   StatuteCursor
	Limit   int
}

// StatuteCursor is the place of an article among all.
type StatuteCursor struct {
	Place   int
	Statute string
	N       int
}

// StatuteHit is an article found, with the version it stands in.
type StatuteHit struct {
	Text    StatuteText
	Article lawtext.Article
	Cursor  StatuteCursor
}

// FindArticles looks for articles, in the order of the list of statutes. A version that a later one has replaced by
// then is not looked at; one that was repealed without a successor is.
func (q *Query) FindArticles(ctx context.Context, f StatuteFilter) ([]StatuteHit, error) {
	grams, chars, err := Filter{Text: f.Text}.textQuery(q.db.driver)
	if err != nil || grams == "" && chars == "" {
		return nil, err
	}
	var flags []string
	if grams != "" {
		flags = append(flags, "grams")
	}
	if chars != "" {
		flags = append(flags, "chars")
	}
	if f.Statute != "" {
		flags = append(flags, "within")
	}
	var list []StatuteHit
	args := []any{grams, chars, f.On, f.Statute, f.After.Place, f.After.Statute, f.After.N, f.Limit}
	err = q.eachOf(ctx, "statute_find", q.db.build("statute_find", flags), args, func(scan scanFunc) error {
		var h StatuteHit
		var place, paras string
		if err := h.Text.scan(scan, &h.Cursor.N, &h.Article.N, &h.Article.Sub, &place, &paras); err != nil {
			return err
		}
		h.Cursor.Place, h.Cursor.Statute = h.Text.Place, h.Text.Statute
		err := unmarshalArticle(&h.Article, place, paras)
		list = append(list, h)
		return err
	})
	return list, err
}
