package office

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"yifa/internal/i18n"
	"yifa/internal/lawtext"
	"yifa/internal/statute"
	"yifa/internal/store"
)

// How much of what a search finds is shown.
const (
	hitsShown     = 20 // articles of a page
	titlesShown   = 10
	gistsShown    = 10
	snippetBefore = 24 // characters before the first word found
	snippetLength = 120
	longestQuery  = 100 // characters
)

// StatuteSearch is what was found among titles, gists and words of statutes.
type StatuteSearch struct {
	Query  string
	Jump   *StatuteHit // the article that was named: 行政处罚法第六十条
	Titles []OptionView
	Gists  []StatuteHit
	Hits   []StatuteHit
	Next   string // cursor of the next page of hits
	Within *OptionView
	Held   bool // any words were imported at all
}

// StatuteHit is an article found.
type StatuteHit struct {
	Key, Statute string
	At, Name     string
	Snippet      []SnippetPart
}

// SnippetPart is a part of a snippet; Hit is what was looked for.
type SnippetPart struct {
	Text string
	Hit  bool
}

// FindStatutes looks for words among the titles of all statutes, the gists of the provisions cited, and the words
// imported, of the versions that hold today. within keeps it to one statute; after is the cursor of a page.
func (o *Office) FindStatutes(ctx context.Context, lang i18n.Lang, query, within, after string) (StatuteSearch, error) {
	v := StatuteSearch{Query: searchable(query)}
	words := strings.Fields(v.Query)
	if len(words) == 0 {
		return v, nil
	}
	if _, err := statute.ParseCite(within + "/1"); within != "" && err != nil {
		return v, ErrNotFound
	}
	f := store.StatuteFilter{On: o.Today(), Statute: within, Limit: hitsShown + 1, After: readStatuteCursor(after), Text: publicPhrases(v.Query)}
	err := o.db.Read(ctx, func(q *store.Query) error {
		if err := o.findTitles(ctx, q, &v, lang, within); err != nil {
			return err
		}
		hits, err := q.FindArticles(ctx, f)
		if err != nil {
			return err
		}
		if len(hits) > hitsShown {
			hits = hits[:hitsShown]
			v.Next = writeStatuteCursor(hits[hitsShown-1].Cursor)
		}
		for _, h := range hits {
			v.Hits = append(v.Hits, o.hit(lang, h, words))
		}
		return nil
	})
	if within == "" && after == "" {
		v.Jump, v.Gists = o.named(lang, v.Query), o.findGists(lang, words)
	}
	return v, err
}

// searchable is a query as it is looked for: one line, of a length somebody types.
func searchable(query string) string {
	query = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(query, ""))), " ")
	return strings.TrimSpace(string([]rune(query)[:min(len([]rune(query)), longestQuery)]))
}

func (o *Office) hit(lang i18n.Lang, h store.StatuteHit, words []string) StatuteHit {
	title := h.Text.Title
	if s, known := o.law.Book.Statute(h.Text.Statute); known {
		title = s.Name(string(lang)).Title
	}
	return StatuteHit{Key: h.Text.Statute, Statute: title, At: h.Article.At(), Name: o.articleName(lang, h.Text.Statute, h.Article, h.Text.Numbering), Snippet: snippet(h.Article.Plain(), words)}
}

// findTitles fills the titles in which all words stand, and whether anything was imported.
func (o *Office) findTitles(ctx context.Context, q *store.Query, v *StatuteSearch, lang i18n.Lang, within string) error {
	var known []string
	for _, s := range o.law.Book.Statutes() {
		known = append(known, s.Key)
		if n := s.Name(string(lang)); len(v.Titles) < titlesShown && within == "" && hasAll(s.Title+" "+strings.ToLower(n.Title), strings.Fields(strings.ToLower(v.Query))) {
			v.Titles = append(v.Titles, OptionView{Value: s.Key, Label: n.Title})
		}
		if s.Key == within {
			v.Within = &OptionView{Value: s.Key, Label: s.Name(string(lang)).Title}
		}
	}
	others, err := q.OtherStatutes(ctx, store.StatutesBeside{Keys: known, Title: strings.ReplaceAll(v.Query, " ", "")}, titlesShown)
	for _, t := range others {
		if within == "" {
			v.Titles = append(v.Titles, OptionView{Value: t.Statute, Label: t.Title})
		}
	}
	if err != nil {
		return err
	}
	v.Held, err = q.AnyStatute(ctx)
	if err != nil || within == "" || v.Within != nil {
		return err
	}
	texts, err := q.StatuteVersions(ctx, within)
	if len(texts) > 0 {
		v.Within = &OptionView{Value: within, Label: texts[len(texts)-1].Title}
	}
	return err
}

// findGists are the provisions cited in whose gist all words stand, in the reader's language.
func (o *Office) findGists(lang i18n.Lang, words []string) []StatuteHit {
	var out []StatuteHit
	for _, s := range o.law.Book.Statutes() {
		for _, p := range s.Provisions {
			gist := p.Words(string(lang))
			missing := func(w string) bool { return !strings.Contains(strings.ToLower(gist), strings.ToLower(w)) }
			if slices.ContainsFunc(words, missing) {
				continue
			}
			c, err := statute.ParseCite(s.Key + "/" + p.At)
			if err != nil {
				continue // the loader has read it
			}
			out = append(out, StatuteHit{Key: s.Key, Statute: s.Name(string(lang)).Title, At: p.At, Name: o.placeName(lang, c), Snippet: snippet(gist, words)})
			if len(out) == gistsShown {
				return out
			}
		}
	}
	return out
}

var namedArticle = regexp.MustCompile(`^(.{2,40}?)\s*第\s*([零〇一二三四五六七八九十百千0-9０-９]{1,9})\s*[条條](?:之([一二三四五六七八九十]{1,3}))?`)

// named is the article that a query names by statute and number; nil: it names none of those we know.
func (o *Office) named(lang i18n.Lang, query string) *StatuteHit {
	m := namedArticle.FindStringSubmatch(query)
	if m == nil {
		return nil
	}
	a := lawtext.Article{N: lawtext.Number(m[2]), Sub: lawtext.Number(m[3])}
	for _, s := range o.law.Book.Statutes() {
		name, typed := s.Name(string(lang)), titleKey(m[1])
		if a.N > 0 && slices.ContainsFunc([]string{s.Title, s.Short, name.Title, name.Short}, func(t string) bool { return titleKey(t) == typed }) {
			return &StatuteHit{Key: s.Key, Statute: s.Name(string(lang)).Title, At: a.At(), Name: o.articleName(lang, s.Key, a, lawtext.ByArticle)}
		}
	}
	return nil
}

// snippet is the part of a text around the first word found, with every word in it marked.
func snippet(text string, words []string) []SnippetPart {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\n", " "))
	var quoted []string
	for _, w := range words {
		quoted = append(quoted, regexp.QuoteMeta(w))
	}
	find := regexp.MustCompile(`(?i)` + strings.Join(quoted, "|"))
	runes, from := []rune(text), 0
	if at := find.FindStringIndex(text); at != nil {
		from = max(0, len([]rune(text[:at[0]]))-snippetBefore)
	}
	to := min(len(runes), from+snippetLength)
	text = string(runes[from:to])
	var parts []SnippetPart
	add := func(s string, hit bool) {
		if s != "" {
			parts = append(parts, SnippetPart{s, hit})
		}
	}
	if from > 0 {
		add("…", false)
	}
	last := 0
	for _, at := range find.FindAllStringIndex(text, -1) {
		add(text[last:at[0]], false)
		add(text[at[0]:at[1]], true)
		last = at[1]
	}
	add(text[last:], false)
	if to < len(runes) {
		add("…", false)
	}
	return parts
}

// A cursor is written place.statute.n: 0.xzcf.64.
func writeStatuteCursor(c store.StatuteCursor) string {
	return strconv.Itoa(c.Place) + "." + c.Statute + "." + strconv.Itoa(c.N)
}

// readStatuteCursor reads it; what cannot be read is the first page.
func readStatuteCursor(s string) store.StatuteCursor {
	part := strings.Split(s, ".")
	if len(part) != 3 {
		return store.StatuteCursor{}
	}
	place, err1 := strconv.Atoi(part[0])
	n, err2 := strconv.Atoi(part[2])
	if _, err := statute.ParseCite(part[1] + "/1"); err != nil || err1 != nil || err2 != nil || n < 0 || n > 1<<16 || place < 0 || place > 100 {
		return store.StatuteCursor{}
	}
	return store.StatuteCursor{Place: place, Statute: part[1], N: n}
}
