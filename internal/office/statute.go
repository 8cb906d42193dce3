package office

import (
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/statute"
)

// StatuteGroup is the statutes of one rank, by title.
type StatuteGroup struct {
	Label    string
	Statutes []StatuteBrief
}

// StatuteBrief is one line of that list.
type StatuteBrief struct {
	Key, Title string
	Since      calendar.Date // the version in force, or of one that is not: its last or next
	State      string        // empty, not_yet or ended
}

// StatuteView is what the platform holds of a statute: its versions, how it counts days, and the provisions it cites with
// their gist. It is not the text.
type StatuteView struct {
	Key, Title, Number, Level string
	Counts                    string
	CountsCite                CiteView
	Status                    statute.Status
	Versions                  []StatuteVersion
	Provisions                []ProvisionView
}

// StatuteVersion is one version, newest first.
type StatuteVersion struct {
	From, To calendar.Date // To zero: in force
	By       []OptionView  // what replaced it
}

// ProvisionView is one provision and the limits that rest on it.
type ProvisionView struct {
	At     string // 64.1.1
	Name   string // 第六十四条第一项
	Gist   string
	Since  calendar.Date // where it differs from version to version
	Unsaid bool
	Terms  []OptionView // the limits, by id
}

// Statutes lists every statute the platform cites, highest rank first.
func (o *Office) Statutes(lang i18n.Lang) []StatuteGroup {
	var out []StatuteGroup
	for _, level := range statute.Levels {
		g := StatuteGroup{Label: i18n.T(lang, "statute.level."+level)}
		for _, s := range o.law.Book.Statutes() {
			if s.Level == level {
				g.Statutes = append(g.Statutes, o.statuteBrief(lang, s))
			}
		}
		slices.SortStableFunc(g.Statutes, func(a, b StatuteBrief) int { return strings.Compare(a.Title, b.Title) })
		if len(g.Statutes) > 0 {
			out = append(out, g)
		}
	}
	return out
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
func (o *Office) Statute(key string, lang i18n.Lang) (StatuteView, error) {
	s, ok := o.law.Book.Statute(key)
	if !ok {
		return StatuteView{}, ErrNotFound
	}
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
	terms := o.termsOn(lang, key)
	for _, p := range s.Provisions {
		c, err := statute.ParseCite(s.Key + "/" + p.At)
		if err != nil {
			continue // the loader has read it
		}
		n := ProvisionView{At: p.At, Name: o.law.Book.Place(c, string(lang)), Gist: p.Words(string(lang)), Unsaid: p.Status != statute.Verified, Terms: terms[p.At]}
		if p.Version != "" {
			n.Since, _ = calendar.Parse(p.Version)
		}
		v.Provisions = append(v.Provisions, n)
	}
	return v, nil
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
