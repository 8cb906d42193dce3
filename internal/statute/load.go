package statute

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yifa/internal/calendar"
)

// statute reads and checks one file of statutes, with the further parts of its statute.
func (l *loader) statute(fsys fs.FS, file string) {
	if key, _, part := strings.Cut(strings.TrimSuffix(path.Base(file), ".yaml"), "."); part {
		if _, err := fs.Stat(fsys, path.Join(path.Dir(file), key+".yaml")); err != nil {
			l.faults = append(l.faults, calendar.Fault{File: file, What: "there is no " + key + ".yaml of which this is a part", Mend: "name it after the statute"})
		}
		return // read with its statute
	}
	var s Statute
	src, bad := calendar.ReadYAML(fsys, file, &s)
	if len(bad) > 0 {
		l.faults = append(l.faults, bad...)
		return
	}
	fault := func(what, mend string, at ...any) { l.faults = append(l.faults, src.Fault(what, mend, at...)) }
	if s.Schema != 1 {
		fault(fmt.Sprintf("schema is %d", s.Schema), "write schema: 1", "schema")
	}
	if name := strings.TrimSuffix(path.Base(file), ".yaml"); s.Key != name {
		fault(fmt.Sprintf("key %q is in %s.yaml", s.Key, name), "name file and key alike", "key")
	}
	if s.Title == "" || s.Short == "" || s.Source == "" {
		fault("title, short or source is missing", "give all three", "title")
	}
	if !slices.Contains(Levels, s.Level) {
		fault(fmt.Sprintf("level %q is unknown", s.Level), "write one of "+strings.Join(Levels, ", "), "level")
	}
	if !slices.Contains(Statuses, s.Status) {
		fault(fmt.Sprintf("status %q is unknown", s.Status), mendStatus, "status")
	}
	if s.Numbering != "" && s.Numbering != "heading" {
		fault(fmt.Sprintf("numbering %q is unknown", s.Numbering), "write heading, or take it out for articles", "numbering")
	}
	for _, n := range []Name{s.En, s.Hant} {
		if n.Title == "" || n.Short == "" {
			fault("a title is missing in a language", "give title and short under en and zh-Hant", "key")
		}
	}
	l.versions(src, s)
	seen := map[string]bool{}
	l.provisions(src, s, s.Provisions, seen)
	for _, part := range l.parts(fsys, s) {
		l.provisions(part.src, s, part.Provisions, seen)
		s.Provisions = append(s.Provisions, part.Provisions...)
	}
	l.counts(src, s)
	s.Examples = placed(src, s.Examples)
	for i, e := range s.Examples {
		if e.Length.N == 0 || e.Due == "" {
			fault("example without length or due", "write a length such as 7 日, from and due", "examples", i)
		}
	}
	l.book.statutes[s.Key] = s
	l.later = append(l.later, func() { l.playChoices(src, s) })
	l.later = append(l.later, func() { l.borrowed(src, s) })
}

const mendStatus = "write verified, partly, memory or platform"

func (l *loader) counts(src calendar.Source, s Statute) {
	c := s.Counts
	if !countsForm.MatchString(c.Workdays) {
		l.faults = append(l.faults, src.Fault(fmt.Sprintf("counts.workdays %q is not a rule", c.Workdays),
			`write numbers such as "2 3 5 7", a bound such as "<=10", "all", or "" for none`, "counts", "workdays"))
	}
	if c.Rest != "calendar" {
		l.faults = append(l.faults, src.Fault(fmt.Sprintf("counts.rest is %q", c.Rest), "write rest: calendar", "counts"))
	}
	if c.Workdays != "" && c.At == "" {
		l.faults = append(l.faults, src.Fault("counts names no provision", "write at: the provision that says which days are working days", "counts"))
	}
	if c.At != "" && !slices.ContainsFunc(s.Provisions, func(p Provision) bool { return p.At == c.At }) {
		l.faults = append(l.faults, src.Fault(fmt.Sprintf("counts.at %q is not among the provisions", c.At), "add the provision with its gist", "counts", "at"))
	}
}

func (l *loader) versions(src calendar.Source, s Statute) {
	if len(s.Versions) == 0 {
		l.faults = append(l.faults, src.Fault("has no version", "give the day it took effect under versions", "versions"))
	}
	for i, v := range s.Versions {
		if v.From == 0 || v.ID != v.From.String() {
			l.faults = append(l.faults, src.Fault(fmt.Sprintf("version %q does not begin on the day it is named after", v.ID),
				"write the day it took effect as id and as from", "versions", i))
		}
		if v.To != 0 && v.To <= v.From {
			l.faults = append(l.faults, src.Fault("version ends before it begins", mendTo, "versions", i, "to"))
		}
		if len(v.By) > 0 && v.To == 0 {
			l.faults = append(l.faults, src.Fault("is replaced, but has no last day", mendTo, "versions", i, "by"))
		}
		l.later = append(l.later, func() { l.replaced(src, v, i) })
		if i > 0 && (s.Versions[i-1].To == 0 || v.From < s.Versions[i-1].To) {
			l.faults = append(l.faults, src.Fault("version begins before the one above it ends", mendOrder, "versions", i, "from"))
		}
	}
}

const (
	mendTo    = "to is the first day on which it no longer holds"
	mendOrder = "list versions oldest first and give the earlier one its to"
)

// provisions holds the provisions of one file of a statute against its head; seen are those of the files before.
func (l *loader) provisions(src calendar.Source, s Statute, list []Provision, seen map[string]bool) {
	for i, p := range list {
		fault := func(what, mend, key string) { l.faults = append(l.faults, src.Fault(what, mend, "provisions", i, key)) }
		c, err := ParseCite(s.Key + "/" + p.At)
		if err != nil {
			fault(fmt.Sprintf("at %q is not a place in a statute", p.At), "write article, article.paragraph or article.paragraph.item", "at")
			continue
		}
		if p.Sole && c.Para == 0 {
			fault("sole is said of a provision without paragraph", "take sole out", "sole")
		}
		if p.Version != "" && !slices.ContainsFunc(s.Versions, func(v Version) bool { return v.ID == p.Version }) {
			fault(fmt.Sprintf("version %q is not among the versions", p.Version), "add it above, or correct it", "version")
		}
		if seen[p.At+"@"+p.Version] || seen[p.At+"@"] {
			fault(fmt.Sprintf("provision %s is given twice", p.At), "give each once, or each its version", "at")
		}
		seen[p.At+"@"+p.Version] = true
		if p.Gist == "" || p.En == "" || p.Hant == "" {
			fault("gist is missing in a language", "give gist, en and zh-Hant", "at")
		}
		switch {
		case !slices.Contains(Statuses, p.Status):
			fault(fmt.Sprintf("status %q is unknown", p.Status), mendStatus, "status")
		case (s.Level == "platform") != (p.Status == Platform):
			fault(fmt.Sprintf("status %q in a text of level %s", p.Status, s.Level), "only our own rules are platform, and they always are", "status")
		}
	}
}
