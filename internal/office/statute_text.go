package office

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/lawtext"
	"yifa/internal/statute"
	"yifa/internal/store"
)

// TextVersion is one version of a statute of which the words were imported.
type TextVersion struct {
	Day       calendar.Date // of effect, or of adoption
	Effective bool          // Day is the day of effect
	To        calendar.Date // the first day on which it no longer held; zero: none known
	Repealed  bool          // it ends, or ended, without another text
	State     string        // on the day asked about: in_force, not_yet, replaced, repealed
	Shown     bool
	Same      bool // of an article: says the same as the one shown
	Absent    bool // of an article: does not have it

	id        int64
	numbering lawtext.Numbering
	head      []string
	annex     []string
}

// textVersions are the versions held of a statute, oldest first, as they stand on a day, and which of them to show: the
// one that held, else the last before, else the first after.
func (o *Office) textVersions(texts []store.StatuteText, on calendar.Date) (list []TextVersion, shown int) {
	for i, t := range texts {
		v := TextVersion{Day: t.Day, Effective: t.Effective, id: t.ID, numbering: t.Numbering, head: t.Head, annex: t.Annex}
		if i+1 < len(texts) {
			v.To = texts[i+1].Day
		}
		v.Repealed = o.endOf(t, &v)
		switch {
		case on < v.Day:
			v.State = "not_yet"
		case v.To == 0 || on < v.To:
			v.State = "in_force"
		case v.Repealed:
			v.State = "repealed"
		default:
			v.State = "replaced"
		}
		if v.Day <= on {
			shown = i
		}
		list = append(list, v)
	}
	if len(list) > 0 {
		list[shown].Shown = true
	}
	return list, shown
}

// endOf sets the end of a version that law/statutes knows of: the day the next version began, held or not, or the day
// the statute was repealed, which it reports.
func (o *Office) endOf(t store.StatuteText, v *TextVersion) (repealed bool) {
	s, _ := o.law.Book.Statute(t.Statute)
	for _, ours := range s.Versions {
		if ours.From > t.Day && (v.To == 0 || ours.From < v.To) {
			v.To = ours.From
		}
	}
	if len(s.Versions) == 0 {
		return false
	}
	if last := s.Versions[len(s.Versions)-1]; last.To != 0 && last.From <= t.Day && (v.To == 0 || last.To <= v.To) {
		v.To = last.To
		return true
	}
	return false
}

// ContentsPart is a heading of a statute with the articles that follow it; a text without headings has one without.
type ContentsPart struct {
	Heading  string // 第五章 行政处罚的决定
	Depth    int    // 1 for the widest
	Articles []ArticleBrief
}

// ArticleBrief is an article in a list: its words only where they were asked for.
type ArticleBrief struct {
	At, Name string
	Cited    bool // the platform cites it
	Lines    []WordLine
}

// WordLine is one line of an article: a 款, a 项 with its mark, or a 目.
type WordLine struct {
	At   string // 64.1.2; of a 目, and of what has a number that came before, empty
	Kind string // para, item or point
	Text string
}

// wordLines lays the words of an article out.
func wordLines(a lawtext.Article) []WordLine {
	var out []WordLine
	for i, p := range a.Paras {
		para := a.At() + "." + strconv.Itoa(i+1)
		out = append(out, WordLine{At: para, Kind: "para", Text: p.Text})
		last := 0
		for _, item := range p.Items {
			mark, at := statute.HeadingPath(statute.Cite{Article: item.N}, "zh-Hans"), ""
			if item.Sub > 0 {
				mark = strings.TrimSuffix(mark, "）") + "之" + strings.Trim(statute.HeadingPath(statute.Cite{Article: item.Sub}, "zh-Hans"), "（）") + "）"
			} else if item.N > last {
				at, last = para+"."+strconv.Itoa(item.N), item.N
			}
			out = append(out, WordLine{At: at, Kind: "item", Text: mark + item.Text})
			for _, point := range item.Points {
				out = append(out, WordLine{Kind: "point", Text: point})
			}
		}
	}
	return out
}

// contents are the headings of a text with their articles.
func contents(articles []lawtext.Article, brief func(lawtext.Article) ArticleBrief) []ContentsPart {
	var parts []ContentsPart
	var above []lawtext.Heading
	for i, a := range articles {
		same := 0
		for same < len(above) && same < len(a.Place) && above[same] == a.Place[same] {
			same++
		}
		for depth, h := range a.Place[same:] {
			parts = append(parts, ContentsPart{Heading: headingText(h), Depth: same + depth + 1})
		}
		if i == 0 && len(parts) == 0 {
			parts = append(parts, ContentsPart{})
		}
		above = a.Place
		last := &parts[len(parts)-1]
		last.Articles = append(last.Articles, brief(a))
	}
	return parts
}

func headingText(h lawtext.Heading) string {
	if h.Number == "" || strings.HasSuffix(h.Number, "、") {
		return h.Number + h.Name
	}
	return strings.TrimSpace(h.Number + " " + h.Name)
}

// articleName names an article: 第六十四条, article 64, （六）.
func (o *Office) articleName(lang i18n.Lang, key string, a lawtext.Article, by lawtext.Numbering) string {
	c := statute.Cite{Key: key, Article: a.N, Sub: a.Sub}
	if _, known := o.law.Book.Statute(key); !known && by != lawtext.ByArticle {
		return statute.HeadingPath(c, string(lang))
	}
	return o.placeName(lang, c)
}

// placeName names a place in a statute where nothing stands before it: Article 64.
func (o *Office) placeName(lang i18n.Lang, c statute.Cite) string {
	name := o.law.Book.Place(c, string(lang))
	if lang == i18n.En {
		return strings.ToUpper(name[:1]) + name[1:]
	}
	return name
}

// fillText puts the imported words into the view of a statute, as of a day.
func (o *Office) fillText(ctx context.Context, v *StatuteView, lang i18n.Lang, ask TextAsk) error {
	on := cmp.Or(ask.On, o.Today())
	return o.db.Read(ctx, func(q *store.Query) error {
		texts, err := q.StatuteVersions(ctx, v.Key)
		if err != nil || len(texts) == 0 {
			return err
		}
		held, shown := o.textVersions(texts, on)
		v.On, v.Today, v.Held, v.Shown = on, on == o.Today(), held, &held[shown]
		if v.Title == "" {
			v.Title = texts[len(texts)-1].Title
		}
		articles, err := q.StatuteArticles(ctx, held[shown].id, ask.Whole)
		if err != nil {
			return err
		}
		cited := o.citedArticles(v.Key)
		v.Whole, v.Head, v.Annex = ask.Whole, held[shown].head, held[shown].annex
		v.Contents = contents(articles, func(a lawtext.Article) ArticleBrief {
			return ArticleBrief{At: a.At(), Name: o.articleName(lang, v.Key, a, held[shown].numbering), Cited: cited[a.At()], Lines: wordLines(a)}
		})
		return nil
	})
}

// citedArticles are the articles of a statute that law/statutes has provisions of.
func (o *Office) citedArticles(key string) map[string]bool {
	s, _ := o.law.Book.Statute(key)
	cited := map[string]bool{}
	for _, p := range s.Provisions {
		cited[articleOf(p.At)] = true
	}
	return cited
}

// articleOf is the article of a place: 64 of 64.1.2.
func articleOf(at string) string {
	article, _, _ := strings.Cut(at, ".")
	return article
}

// versionsHeld adds to the versions of law/statutes those that are held beside them, newest first.
func (v *StatuteView) versionsHeld() {
	for _, t := range v.Held {
		i := slices.IndexFunc(v.Versions, func(n StatuteVersion) bool { return n.From == t.Day })
		if i < 0 {
			v.Versions = append(v.Versions, StatuteVersion{From: t.Day, To: t.To, Adopted: !t.Effective})
			i = len(v.Versions) - 1
		}
		v.Versions[i].Held = true
	}
	slices.SortFunc(v.Versions, func(a, b StatuteVersion) int { return cmp.Compare(b.From, a.From) })
}
