package office

import (
	"context"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/statute"
	"yifa/internal/store"
)

// StatuteGroup is the statutes of one rank, by title.
type StatuteGroup struct {
	Label    string
	Statutes []StatuteBrief
	Cut      bool // there are more
}

// StatuteBrief is one line of that list.
type StatuteBrief struct {
	Key, Title string
	Held       bool          // its words were imported
	Since      calendar.Date // the version in force, or of one that is not: its last or next
	State      string        // empty, not_yet, ended or adopted
	Own        bool          // imported, and not cited: its title is in Chinese
}

// StatuteView is what the platform holds of a statute: its versions, how it counts days, the provisions it cites with
// their gist, and the words that were imported.
type StatuteView struct {
	Key, Title, Number, Level string
	Counts                    string
	CountsCite                CiteView
	Status                    statute.Status
	Versions                  []StatuteVersion
	Provisions                []ProvisionView

	On       calendar.Date  // the day the words are asked of
	Today    bool           // On is today
	Held     []TextVersion  // versions imported, oldest first
	Shown    *TextVersion   // nil: no words were imported
	Contents []ContentsPart // its headings and articles
	Whole    bool           // with all their words
	Head     []string       // what stands before the first article
	Annex    []string
}

// TextAsk says of which day the words of a statute are asked, zero for today, and whether all of them.
type TextAsk struct {
	On    calendar.Date
	Whole bool
}

// StatuteVersion is one version, newest first.
type StatuteVersion struct {
	From, To calendar.Date // To zero: in force
	By       []OptionView  // what replaced it
	Adopted  bool          // From is the day of adoption, that of effect is not known
	Held     bool          // its words were imported
}

// ProvisionView is one provision and the limits that rest on it.
type ProvisionView struct {
	At     string // 64.1.1
	Name   string // 第六十四条第一项
	Gist   string
	Since  calendar.Date // where it differs from version to version
	Other  calendar.Date // the version it was written of, where the words shown are of another
	Unsaid bool
	Terms  []OptionView // the limits, by id
}

// othersShown is how many statutes that the platform does not cite are listed; the others are found by searching.
const othersShown = 100

// Statutes lists every statute the platform cites, highest rank first, and after them others that were imported.
func (o *Office) Statutes(ctx context.Context, lang i18n.Lang) ([]StatuteGroup, error) {
	var keys []string
	for _, s := range o.law.Book.Statutes() {
		keys = append(keys, s.Key)
	}
	var held map[string]bool
	var others []store.StatuteText
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		if held, err = q.HeldStatutes(ctx, keys); err == nil {
			others, err = q.OtherStatutes(ctx, store.StatutesBeside{Keys: keys}, othersShown)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []StatuteGroup
	for _, level := range statute.Levels {
		g := StatuteGroup{Label: i18n.T(lang, "statute.level."+level)}
		for _, s := range o.law.Book.Statutes() {
			if s.Level == level {
				b := o.statuteBrief(lang, s)
				b.Held = held[s.Key]
				g.Statutes = append(g.Statutes, b)
			}
		}
		slices.SortStableFunc(g.Statutes, func(a, b StatuteBrief) int { return strings.Compare(a.Title, b.Title) })
		if len(g.Statutes) > 0 {
			out = append(out, g)
		}
	}
	if len(others) == 0 {
		return out, nil
	}
	g := StatuteGroup{Label: i18n.T(lang, "statute.level_other"), Cut: len(others) == othersShown}
	for _, t := range others {
		b := StatuteBrief{Key: t.Statute, Title: t.Title, Held: true, Since: t.Day, Own: true}
		if !t.Effective {
			b.State = "adopted"
		} else if t.Day > o.Today() {
			b.State = "not_yet"
		}
		g.Statutes = append(g.Statutes, b)
	}
	return append(out, g), nil
}

func (o *Office) statuteBrief(lang i18n.Lang, s statute.Statute) StatuteBrief {
	b := StatuteBrief{Key: s.Key, Title: s.Name(string(lang)).Title}
	for _, v := range s.Versions {
		b.Since, b.State = v.From, ""
		switch today := o.Today(); {
		case today < v.From:
			b.State = "not_yet"
			return b
		case v.To != 0 && v.To <= today:
			b.State, b.Since = "ended", v.To
		default:
			return b
		}
	}
	return b
}

// Statute is what the platform holds of one statute. The error is ErrNotFound.
func (o *Office) Statute(ctx context.Context, lang i18n.Lang, key string, ask TextAsk) (StatuteView, error) {
	if _, err := statute.ParseCite(key + "/1"); err != nil {
		return StatuteView{}, ErrNotFound
	}
	v := StatuteView{Key: key}
	s, known := o.law.Book.Statute(key)
	if known {
		v = o.statuteView(lang, s)
	}
	if err := o.fillText(ctx, &v, lang, ask); err != nil {
		return v, err
	}
	if !known && v.Shown == nil {
		return v, ErrNotFound
	}
	v.versionsHeld()
	return v, nil
}

// statuteView is what law/statutes says of a statute.
func (o *Office) statuteView(lang i18n.Lang, s statute.Statute) StatuteView {
	v := StatuteView{Key: s.Key, Title: s.Name(string(lang)).Title, Number: s.Number, Level: i18n.T(lang, "statute.level."+s.Level), Status: s.Status}
	v.Counts = countsText(lang, s.Counts)
	if s.Counts.At != "" {
		v.CountsCite = o.cite(lang, s.Key+"/"+s.Counts.At, s.Versions[len(s.Versions)-1].From)
	}
	for _, version := range slices.Backward(s.Versions) {
		n := StatuteVersion{From: version.From, To: version.To}
		for _, by := range version.By {
			if other, ok := o.law.Book.Statute(by); ok {
				n.By = append(n.By, OptionView{Value: by, Label: other.Name(string(lang)).Short})
			}
		}
		v.Versions = append(v.Versions, n)
	}
	v.Provisions = o.provisions(lang, s)
	return v
}

// provisions are those of a statute that the platform cites, with the limits that rest on them.
func (o *Office) provisions(lang i18n.Lang, s statute.Statute) []ProvisionView {
	var out []ProvisionView
	terms := o.termsOn(lang, s.Key)
	for _, p := range s.Provisions {
		c, err := statute.ParseCite(s.Key + "/" + p.At)
		if err != nil {
			continue // the loader has read it
		}
		n := ProvisionView{At: p.At, Name: o.law.Book.Place(c, string(lang)), Gist: p.Words(string(lang)), Unsaid: p.Status != statute.Verified, Terms: terms[p.At]}
		if p.Version != "" {
			n.Since, _ = calendar.Parse(p.Version)
		}
		out = append(out, n)
	}
	slices.SortStableFunc(out, func(a, b ProvisionView) int { return slices.Compare(inText(s.Key, a.At), inText(s.Key, b.At)) })
	return out
}

// inText is where a provision stands in its statute, so that pages list provisions as the text has them.
func inText(key, at string) []int {
	c, _ := statute.ParseCite(key + "/" + at)
	return []int{c.Article, c.Sub, c.Para, c.Item}
}

// termsOn gathers the limits that rest on the provisions of a statute, by provision.
func (o *Office) termsOn(lang i18n.Lang, key string) map[string][]OptionView {
	out := map[string][]OptionView{}
	for _, t := range o.law.Book.Terms() {
		v := t.Versions[len(t.Versions)-1]
		if v.Cite.Key == key {
			out[v.Cite.At()] = append(out[v.Cite.At()], OptionView{Value: t.ID, Label: t.Words(string(lang)).Title, Hint: o.lengthText(lang, v.Length)})
		}
	}
	return out
}

// countsText words how a bare 日 of a statute counts.
func countsText(lang i18n.Lang, c statute.Counts) string {
	if bound, ok := strings.CutPrefix(c.Workdays, "<="); ok {
		return i18n.T(lang, "statute.counts_most", "n", bound)
	}
	switch c.Workdays {
	case "":
		return i18n.T(lang, "statute.counts_none")
	case "all":
		return i18n.T(lang, "statute.counts_all")
	}
	return i18n.T(lang, "statute.counts_some", "list", strings.Join(strings.Fields(c.Workdays), i18n.T(lang, "office.list_comma")))
}
