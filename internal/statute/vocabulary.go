package statute

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"yifa/internal/calendar"
)

// vocabularyFile gives words to what terms name by a short word.
const vocabularyFile = "vocabulary.yaml"

// Vocabulary is that file: kind, then short word, then language.
type Vocabulary struct {
	Schema   int              `yaml:"schema"`
	Grounds  map[string]Words `yaml:"grounds"`  // why time stands still or is not counted
	Granters map[string]Words `yaml:"granters"` // who grants an extension
	Profiles map[string]Words `yaml:"profiles"` // sectors with a limit of their own
	Families []Family         `yaml:"families"` // in the order they are listed in
}

// Family is the terms whose ids begin alike: pen-01, pen-07.
type Family struct {
	ID    string `yaml:"id"`
	Words Words  `yaml:",inline"`
	Terms []Term `yaml:"-"`
}

// Words is a text in every language: zh-Hans, zh-Hant, en.
type Words map[string]string

func (v Vocabulary) kind(name string) map[string]Words {
	return map[string]map[string]Words{"grounds": v.Grounds, "granters": v.Granters, "profiles": v.Profiles}[name]
}

// Word is what a ground, granter or profile is called; its short word where it has no other.
func (b *Book) Word(kind, name, lang string) string {
	if s := b.words.kind(kind)[name][lang]; s != "" {
		return s
	}
	return name
}

// Named reports whether the vocabulary has words for it.
func (b *Book) Named(kind, name string) bool { _, ok := b.words.kind(kind)[name]; return ok }

// Families lists the terms family by family, each by id.
func (b *Book) Families() []Family {
	families := slices.Clone(b.words.Families)
	for i := range families {
		for _, t := range b.Terms() {
			if prefix, _, _ := strings.Cut(t.ID, "-"); prefix == families[i].ID {
				families[i].Terms = append(families[i].Terms, t)
			}
		}
	}
	return slices.DeleteFunc(families, func(f Family) bool { return len(f.Terms) == 0 })
}

func (l *loader) vocabulary(fsys fs.FS) {
	if _, err := fs.Stat(fsys, vocabularyFile); err != nil {
		return // a law whose terms need no such words has none
	}
	src, bad := calendar.ReadYAML(fsys, vocabularyFile, &l.book.words)
	l.faults = append(l.faults, bad...)
	for _, kind := range []string{"grounds", "granters", "profiles"} {
		for name, w := range l.book.words.kind(kind) {
			if w["zh-Hans"] == "" || w["zh-Hant"] == "" || w["en"] == "" || len(w) != 3 {
				l.faults = append(l.faults, src.Fault(name+" has no words in a language", "give zh-Hans, zh-Hant and en", kind, name))
			}
		}
	}
}

// family reports a term whose family has no words, where the law names families at all.
func (r row) family(t Term) {
	prefix, _, _ := strings.Cut(t.ID, "-")
	all := r.l.book.words.Families
	if len(all) > 0 && !slices.ContainsFunc(all, func(f Family) bool { return f.ID == prefix }) {
		r.fault(fmt.Sprintf("%s is of no family", t.ID), "add "+prefix+" with its words to the families of "+vocabularyFile, "id")
	}
}

// named reports a short word that has no entry in the vocabulary.
func (r row) named(kind, name string, at ...any) {
	if name != "" && !r.l.book.Named(kind, name) {
		r.fault(fmt.Sprintf("%q is not among the %s", name, kind), "add it with its words to "+vocabularyFile, at...)
	}
}

// replaced holds the statutes said to have replaced a version against the book.
func (l *loader) replaced(src calendar.Source, v Version, i int) {
	for k, key := range v.By {
		if _, ok := l.book.statutes[key]; !ok {
			l.faults = append(l.faults, src.Fault(fmt.Sprintf("there is no statute %q", key), "add statutes/"+key+".yaml, or correct the key", "versions", i, "by", k))
		}
	}
}

// placed writes file and line into examples, for whoever plays them.
func placed(src calendar.Source, examples []Example, at ...any) []Example {
	for i := range examples {
		examples[i].File = src.File
		examples[i].Line = src.Fault("", "", append(at[:len(at):len(at)], "examples", i)...).Line
	}
	return examples
}
