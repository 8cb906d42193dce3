package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Boundary among the grams of a Doc ends a run: no phrase is found across it.
const Boundary = ""

// Doc is the index of one matter's text in one class. Grams and Chars are hashed by the caller, in
// lower-case letters and digits.
type Doc struct {
	Matter matter.ID
	Class  matter.Class
	Sort   calendar.Date // Row.Sort of the matter
	Grams  []string      // in order of the text, Boundary after each run
	Chars  []string      // distinct single characters
}

// PutSearch makes doc the whole index of its matter and class. Sealed and filer-only classes must
// never be given.
func (tx *Tx) PutSearch(ctx context.Context, doc Doc) error {
	if err := tx.DropSearch(ctx, doc.Matter, doc.Class); err != nil {
		return err
	}
	return tx.addSearch(ctx, doc)
}

// addSearch adds an index where there is none.
func (tx *Tx) addSearch(ctx context.Context, doc Doc) error {
	if doc.Class == matter.Sealed || doc.Class == matter.Filer {
		return fmt.Errorf("store: class %s of %s is never indexed", doc.Class, doc.Matter)
	}
	if err := checkTokens(doc.Grams, doc.Chars); err != nil {
		return fmt.Errorf("store: index %s: %w", doc.Matter, err)
	}
	place := placeOf(doc.Sort, doc.Matter)
	for i, grams := range split(doc.Grams) {
		var chars []string
		if i == 0 {
			chars = doc.Chars
		}
		var err error
		if place, err = tx.putPiece(ctx, doc, place, tx.indexed(grams), tx.indexed(chars)); err != nil {
			return fmt.Errorf("store: index %s: %w", doc.Matter, err)
		}
	}
	return nil
}

// PutSearches makes docs the whole index of matters: classes without one are not found. Rows are taken
// out first and put in by their places: a place before the last one makes the text index of SQLite
// write out what it gathered, as a piece of its own, and later join all the small pieces.
func (tx *Tx) PutSearches(ctx context.Context, ids []matter.ID, docs []Doc) error {
	for _, id := range slices.Sorted(slices.Values(ids)) {
		if err := tx.dropSearch(ctx, id, ""); err != nil {
			return err
		}
	}
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b Doc) int {
		return cmp.Or(cmp.Compare(placeOf(a.Sort, a.Matter), placeOf(b.Sort, b.Matter)), cmp.Compare(a.Matter, b.Matter))
	})
	for _, doc := range docs {
		if !slices.Contains(ids, doc.Matter) {
			return fmt.Errorf("store: index of %s given, which is not among those to be made", doc.Matter)
		}
		if err := tx.addSearch(ctx, doc); err != nil {
			return err
		}
	}
	return nil
}

// MergeSearch joins pieces of the text index of SQLite, writing so many of its pages at most, and tells whether there may be
// more to join. PostgreSQL does so by itself.
func (tx *Tx) MergeSearch(ctx context.Context, pages int) (more bool, err error) {
	if tx.db.driver == Postgres {
		return false, nil
	}
	var before, after int
	if err := tx.one(ctx, "search_changes", nil, &before); err != nil {
		return false, err
	}
	if _, err := tx.exec(ctx, "search_merge", pages); err != nil {
		return false, fmt.Errorf("store: merge the text index: %w", err)
	}
	err = tx.one(ctx, "search_changes", nil, &after)
	return after-before > 1, err // its own row is one: https://sqlite.org/fts5.html#the_merge_command
}

// DropSearch removes the index of a matter's text in one class.
func (tx *Tx) DropSearch(ctx context.Context, id matter.ID, class matter.Class) error {
	return tx.dropSearch(ctx, id, class)
}

// dropSearch removes the index of one class, or of all. Row by row: a statement that takes several
// rows from the text index of SQLite makes it write itself out first.
func (tx *Tx) dropSearch(ctx context.Context, id matter.ID, class matter.Class) error {
	var places []int64
	err := tx.each(ctx, "search_of", []any{id.Shard(), id, string(class)}, func(scan scanFunc) error {
		var place int64
		err := scan(&place)
		places = append(places, place)
		return err
	})
	for _, place := range places {
		if err == nil && tx.db.driver == SQLite {
			_, err = tx.exec(ctx, "search_unindex", place)
		}
		if err == nil {
			_, err = tx.exec(ctx, "search_drop", id.Shard(), place)
		}
	}
	if err != nil {
		return fmt.Errorf("store: unindex %s: %w", id, err)
	}
	return nil
}

// putPiece writes one row of the index at the first free place from place on, and returns the next.
func (tx *Tx) putPiece(ctx context.Context, doc Doc, place int64, grams, chars string) (int64, error) {
	for end := place + pieces; place < end; place++ {
		args := []any{place, doc.Matter.Shard(), doc.Matter, string(doc.Class), grams, chars}
		n, err := tx.exec(ctx, "search_put", args...)
		if err == nil && n == 1 && tx.db.driver == SQLite {
			_, err = tx.exec(ctx, "search_index", args...)
		}
		if err != nil || n == 1 {
			return place + 1, err
		}
	}
	return place, fmt.Errorf("store: no place for another piece")
}

// Limits of a piece. PostgreSQL keeps positions up to 16,383 and at most 255 of one token.
const (
	maxPositions = 16000
	maxRepeats   = 250
	overlap      = 32 // tokens of a cut run that the next piece repeats, so that phrases are found
)

// split cuts a long text into pieces, at boundaries where there is one. It gives at least one piece.
func split(grams []string) [][]string {
	var out [][]string
	start, boundary := 0, -1
	seen := map[string]int{}
	for i := 0; i < len(grams); i++ {
		seen[grams[i]]++
		if grams[i] == Boundary {
			boundary = i
			seen[Boundary] = 0 // takes a position but is no token
		}
		if i-start < maxPositions && seen[grams[i]] <= maxRepeats {
			continue
		}
		next := max(i-overlap, start+1)
		if boundary > start+overlap {
			next = boundary + 1
			out = append(out, grams[start:next])
		} else {
			out = append(out, grams[start:i])
		}
		start, i = next, next-1
		clear(seen)
	}
	return append(out, grams[start:])
}

// indexed writes tokens as the database indexes them: for SQLite words, a boundary being a word that
// no hash can be; for PostgreSQL a tsvector with positions, a boundary being a position left out.
func (tx *Tx) indexed(tokens []string) string {
	if tx.db.driver == SQLite {
		words := make([]string, len(tokens))
		for i, t := range tokens {
			words[i] = t
			if t == Boundary {
				words[i] = "0"
			}
		}
		return strings.Join(words, " ")
	}
	at := map[string][]string{}
	for i, t := range tokens {
		if t != Boundary {
			at[t] = append(at[t], strconv.Itoa(i+1))
		}
	}
	var b strings.Builder
	for t, positions := range at {
		b.WriteString("'" + t + "':" + strings.Join(positions, ",") + " ")
	}
	return b.String()
}

// textQuery writes the phrases as the database asks for them: one MATCH for SQLite, a tsquery each
// for grams and single characters for PostgreSQL.
func (f Filter) textQuery(d Driver) (grams, chars string, err error) {
	if len(f.Text) > maxPhrases {
		return "", "", fmt.Errorf("store: %d phrases searched for, at most %d", len(f.Text), maxPhrases)
	}
	var g, c []string
	for _, p := range f.Text {
		if err := checkTokens(p.Grams, nil); err != nil {
			return "", "", err
		}
		if p.Char != "" {
			if err := checkTokens(nil, []string{p.Char}); err != nil {
				return "", "", err
			}
			c = append(c, p.Char)
		}
		if len(p.Grams) > 0 {
			g = append(g, phrase(d, p.Grams))
		}
	}
	if d == Postgres {
		return strings.Join(g, " & "), strings.Join(c, " & "), nil
	}
	for i := range g {
		g[i] = "g : " + g[i]
	}
	for _, char := range c {
		g = append(g, "c : "+phrase(d, []string{char}))
	}
	return strings.Join(g, " AND "), "", nil
}

const maxPhrases = 8

func phrase(d Driver, tokens []string) string {
	if d == Postgres {
		return "(" + strings.Join(tokens, " <-> ") + ")"
	}
	return `"` + strings.Join(tokens, " ") + `"`
}

// checkTokens refuses what is not a hash: it goes into a query language.
func checkTokens(grams, chars []string) error {
	for _, t := range slices.Concat(grams, chars) {
		if strings.Trim(t, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return errors.New("a token is not of lower-case letters and digits")
		}
	}
	return nil
}

// pieces is how many rows of the text index one matter has room for.
const pieces = 1 << 8

// placeOf is the first place of a matter in the text index: 16 bits of the day, the 39 leading bits
// of the id, 8 bits for its pieces, so that places follow the order of lists.
func placeOf(day calendar.Date, id matter.ID) int64 {
	return int64(min(max(day, 0), 1<<16-1))<<47 | int64(id>>24)<<8
}

func classKeys(classes []matter.Class) keys {
	k := make(keys, len(classes))
	for i, c := range classes {
		k[i] = string(c)
	}
	return k
}
