package office

import (
	"context"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/lawtext"
	"yifa/internal/statute"
	"yifa/internal/store"
)

// AbsentCite is a provision the law cites that the imported text of its version does not have.
type AbsentCite struct {
	Ref  string        // xzcf/64.1.9
	Name string        // 行政处罚法第六十四条第一款第九项
	Of   calendar.Date // the version looked into
	What string        // article, paragraph or item: the first of them that is not there
}

// UnheldStatute is a statute the law cites of which the version it cites was not imported.
type UnheldStatute struct {
	Key, Title string
	From       calendar.Date // the version cited
	Others     int           // other versions that are held
}

// AbsentCites holds every provision that law/statutes cites to the imported texts.
func (o *Office) AbsentCites(ctx context.Context) (absent []AbsentCite, unheld []UnheldStatute, err error) {
	err = o.db.Read(ctx, func(q *store.Query) error {
		all, err := q.AllStatutes(ctx)
		if err != nil {
			return err
		}
		held := map[string][]store.StatuteText{}
		for _, t := range all {
			held[t.Statute] = append(held[t.Statute], t)
		}
		for _, s := range o.law.Book.Statutes() {
			if s.Level == "platform" || len(s.Provisions) == 0 {
				continue
			}
			for _, v := range s.Versions {
				i := slices.IndexFunc(held[s.Key], func(t store.StatuteText) bool { return t.Day == v.From })
				if i < 0 {
					unheld = append(unheld, UnheldStatute{s.Key, s.Title, v.From, len(held[s.Key])})
					continue
				}
				articles, err := q.StatuteArticles(ctx, held[s.Key][i].ID, true)
				if err != nil {
					return err
				}
				absent = append(absent, o.absentIn(s, v, articles)...)
			}
		}
		return nil
	})
	return absent, unheld, err
}

// absentIn lists the provisions cited of a version that its text does not have.
func (o *Office) absentIn(s statute.Statute, v statute.Version, articles []lawtext.Article) []AbsentCite {
	has := map[[2]int]lawtext.Article{}
	for _, a := range articles {
		has[[2]int{a.N, a.Sub}] = a
	}
	var out []AbsentCite
	for _, p := range s.Provisions {
		c, err := statute.ParseCite(s.Key + "/" + p.At)
		if err != nil || p.Version != "" && p.Version != v.ID {
			continue
		}
		a, there := has[[2]int{c.Article, c.Sub}]
		var what string
		switch {
		case !there:
			what = "article"
		case !a.Has(c.Para, 0):
			what = "paragraph"
		case !a.Has(c.Para, c.Item):
			what = "item"
		default:
			continue
		}
		out = append(out, AbsentCite{Ref: c.String(), Name: o.law.Book.Name(c, "zh-Hans"), Of: v.From, What: what})
	}
	return out
}
