package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/lawtext"
)

// StatuteText is one version of a statute as it was imported. Its articles are beside it.
type StatuteText struct {
	ID        int64         // set by PutStatute
	Statute   string        // key
	Day       calendar.Date // of effect, or of adoption
	Effective bool          // Day is the day of effect
	Adopted   calendar.Date // zero: not said
	Title     string
	Numbering lawtext.Numbering
	Head      []string
	Annex     []string
	Place     int    // in the list of statutes: what searches are ordered by
	Hash      string // of the words
	Source    string // name of the file
}

// IndexedArticle is an article with its index for searching, as Doc has it.
type IndexedArticle struct {
	lawtext.Article
	Grams, Chars []string
}

// Rows of the text index: a version has room for 2^16 articles, an article for pieces.
const (
	articleRoom = pieces
	versionRoom = 1 << 16 * articleRoom
)

// PutStatute makes a text and its articles the version of its statute on its day, and notes who did so. It locks out
// other imports until the transaction ends.
func (tx *Tx) PutStatute(ctx context.Context, t StatuteText, articles []IndexedArticle, actor string, at time.Time) error {
	if actor == "" {
		return fmt.Errorf("store: statute %s without an actor", t.Statute)
	}
	if err := tx.PutMeta(ctx, "statutes", at.UTC().Format(time.RFC3339Nano)); err != nil {
		return err
	}
	what := "added"
	versions, err := tx.StatuteVersions(ctx, t.Statute)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.Day == t.Day {
			what = "replaced"
			if err := tx.dropStatute(ctx, v.ID); err != nil {
				return err
			}
		}
	}
	if err := tx.one(ctx, "statute_next", nil, &t.ID); err != nil {
		return err
	}
	head, err1 := json.Marshal(t.Head)
	annex, err2 := json.Marshal(t.Annex)
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("store: statute %s: %w", t.Statute, err)
	}
	if _, err := tx.exec(ctx, "statute_put", t.ID, t.Statute, t.Day, t.Effective, t.Adopted, t.Title, string(t.Numbering), string(head), string(annex), t.Place, t.Hash, t.Source); err != nil {
		return err
	}
	for i, a := range articles {
		if err := tx.putArticle(ctx, t.ID, i+1, a); err != nil {
			return fmt.Errorf("store: statute %s, article %s: %w", t.Statute, a.At(), err)
		}
	}
	return tx.noteStatute(ctx, t, what, actor, at)
}

func (tx *Tx) putArticle(ctx context.Context, version int64, n int, a IndexedArticle) error {
	place, err1 := json.Marshal(a.Place)
	paras, err2 := json.Marshal(a.Paras)
	if err := errors.Join(err1, err2, checkTokens(a.Grams, a.Chars)); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, "statute_article_put", version, n, a.N, a.Sub, string(place), string(paras)); err != nil {
		return err
	}
	row := version*versionRoom + int64(n)*articleRoom
	for i, grams := range split(a.Grams) {
		var chars []string
		if i == 0 {
			chars = a.Chars
		}
		if i == articleRoom {
			return fmt.Errorf("no place for another piece")
		}
		if _, err := tx.exec(ctx, "statute_index", row+int64(i), tx.indexed(grams), tx.indexed(chars)); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) noteStatute(ctx context.Context, t StatuteText, what, actor string, at time.Time) error {
	id, err := randomID()
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, "statute_noted", id, micros(at), actor, what, t.Statute, t.Day, t.Hash, t.Source)
	return err
}

// DropStatute takes out every version of a statute and notes who did so.
func (tx *Tx) DropStatute(ctx context.Context, key, actor string, at time.Time) error {
	versions, err := tx.StatuteVersions(ctx, key)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if err := tx.dropStatute(ctx, v.ID); err != nil {
			return err
		}
		if err := tx.noteStatute(ctx, v, "dropped", actor, at); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) dropStatute(ctx context.Context, id int64) error {
	if _, err := tx.exec(ctx, "statute_unindex", id*versionRoom, (id+1)*versionRoom-1); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, "statute_article_drop", id); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "statute_drop", id)
	return err
}

// StatuteImport is one line of who imported what.
type StatuteImport struct {
	At           time.Time
	Actor        string
	What         string // added, replaced, dropped
	Statute      string
	Day          calendar.Date
	Hash, Source string
}

// StatuteImports lists what was imported of a statute, oldest first.
func (q *Query) StatuteImports(ctx context.Context, key string) ([]StatuteImport, error) {
	var list []StatuteImport
	err := q.each(ctx, "statute_imports", []any{key}, func(scan scanFunc) error {
		var i StatuteImport
		var at int64
		err := scan(&at, &i.Actor, &i.What, &i.Statute, &i.Day, &i.Hash, &i.Source)
		i.At = fromMicros(at)
		list = append(list, i)
		return err
	})
	return list, err
}
