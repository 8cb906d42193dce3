package office

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/lawtext"
	"yifa/internal/statute"
	"yifa/internal/store"
)

// ArticleView is one article: its words as of a day, where they were imported, and the gist of what is cited of it.
type ArticleView struct {
	Key, Statute string // the statute's key and title
	At, Name     string // 60-1, 第六十条之一
	On           calendar.Date
	Today        bool // On is today
	Level        string
	Place        []string      // the headings it stands under
	Shown        *TextVersion  // nil: no words were imported
	Lines        []WordLine    // none where the version shown does not have it
	Others       []TextVersion // every version held, newest first, where there are several
	Prev, Next   *ArticleBrief
	Provisions   []ProvisionView
}

// Article is one article of a statute as of a day. The error is ErrNotFound where it is neither cited nor imported.
func (o *Office) Article(ctx context.Context, lang i18n.Lang, key, at string, on calendar.Date) (ArticleView, error) {
	c, err := statute.ParseCite(key + "/" + at)
	if err != nil || c.Para > 0 || c.Version != "" {
		return ArticleView{}, ErrNotFound
	}
	v := ArticleView{Key: key, At: at, On: cmp.Or(on, o.Today())}
	v.Today = v.On == o.Today()
	s, known := o.law.Book.Statute(key)
	if known {
		v.Statute, v.Level = s.Name(string(lang)).Title, i18n.T(lang, "statute.level."+s.Level)
		v.Name = o.placeName(lang, c)
		v.Provisions = slices.DeleteFunc(o.provisions(lang, s), func(p ProvisionView) bool { return articleOf(p.At) != at })
	}
	err = o.db.Read(ctx, func(q *store.Query) error {
		return o.fillArticle(ctx, q, &v, lang, c)
	})
	if err != nil {
		return v, err
	}
	if len(v.Provisions) == 0 && !slices.ContainsFunc(v.Others, func(t TextVersion) bool { return !t.Absent }) {
		return v, ErrNotFound
	}
	if len(v.Others) == 1 {
		v.Others = nil
	}
	v.markOther(s)
	return v, nil
}

// fillArticle puts in what was imported of an article.
func (o *Office) fillArticle(ctx context.Context, q *store.Query, v *ArticleView, lang i18n.Lang, c statute.Cite) error {
	texts, err := q.StatuteVersions(ctx, c.Key)
	if err != nil || len(texts) == 0 {
		return err
	}
	held, shown := o.textVersions(texts, v.On)
	words, err := q.ArticleVersions(ctx, c.Key, c.Article, c.Sub)
	if err != nil {
		return err
	}
	articles, err := q.StatuteArticles(ctx, held[shown].id, false)
	if err != nil {
		return err
	}
	this, has := words[held[shown].id]
	for i, t := range held {
		other, there := words[t.id]
		held[i].Absent, held[i].Same = !there, there && has && reflect.DeepEqual(other.Paras, this.Paras)
	}
	v.Shown, v.Lines = &held[shown], wordLines(this)
	if v.Statute == "" {
		v.Statute, v.Level = texts[len(texts)-1].Title, i18n.T(lang, "statute.level_other")
		v.Name = o.articleName(lang, c.Key, lawtext.Article{N: c.Article, Sub: c.Sub}, held[shown].numbering)
	}
	for _, h := range this.Place {
		v.Place = append(v.Place, headingText(h))
	}
	at := slices.IndexFunc(articles, func(a lawtext.Article) bool { return a.N == c.Article && a.Sub == c.Sub })
	brief := func(i int) *ArticleBrief {
		if at < 0 || i < 0 || i >= len(articles) {
			return nil
		}
		return &ArticleBrief{At: articles[i].At(), Name: o.articleName(lang, c.Key, articles[i], held[shown].numbering)}
	}
	v.Prev, v.Next = brief(at-1), brief(at+1)
	v.Others = slices.Clone(held)
	slices.Reverse(v.Others)
	return nil
}

// markOther says of each gist of which version it is, where that is not the one shown.
func (v *ArticleView) markOther(s statute.Statute) {
	if v.Shown == nil || !v.Shown.Effective && len(s.Versions) == 0 {
		return
	}
	for i, p := range v.Provisions {
		of := p.Since
		if of == 0 && !slices.ContainsFunc(s.Versions, func(n statute.Version) bool { return n.From == v.Shown.Day }) {
			of = s.Versions[len(s.Versions)-1].From
		}
		if of != v.Shown.Day {
			v.Provisions[i].Other = of
		}
	}
}
