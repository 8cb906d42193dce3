package statute

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"yifa/internal/calendar"
)

// Book is every statute and term, checked against each other. It is never changed once loaded.
type Book struct {
	statutes map[string]Statute
	terms    map[string]Term
	aliases  map[string]string // alias → id
	words    Vocabulary
}

// Load reads the folders statutes and terms and vocabulary.yaml. With faults the book is nil.
func Load(fsys fs.FS) (*Book, []calendar.Fault) {
	l := &loader{book: &Book{statutes: map[string]Statute{}, terms: map[string]Term{}, aliases: map[string]string{}}}
	l.vocabulary(fsys)
	l.each(fsys, "statutes", l.statute)
	l.each(fsys, "terms", l.termFile)
	for _, check := range l.later {
		check()
	}
	if len(l.faults) > 0 {
		return nil, l.faults
	}
	return l.book, nil
}

// loader gathers the faults of all files; later holds the checks that need the whole book.
type loader struct {
	book   *Book
	faults []calendar.Fault
	later  []func()
}

func (l *loader) each(fsys fs.FS, dir string, read func(fs.FS, string)) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		l.faults = append(l.faults, calendar.Fault{File: dir, What: "cannot be read: " + err.Error(), Mend: "check the name of the folder"})
		return
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".yaml") {
			read(fsys, path.Join(dir, e.Name()))
		}
	}
}

// Statute returns a statute by its key.
func (b *Book) Statute(key string) (Statute, bool) { s, ok := b.statutes[key]; return s, ok }

// Statutes lists every statute by key.
func (b *Book) Statutes() []Statute { return sorted(b.statutes) }

// Terms lists every term by id.
func (b *Book) Terms() []Term { return sorted(b.terms) }

func sorted[T any](m map[string]T) []T {
	list := make([]T, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		list = append(list, m[k])
	}
	return list
}

// Term returns a term by id or alias and the version of it that holds on a day. The error is
// UnknownTerm or *NotInForce.
func (b *Book) Term(id string, on calendar.Date) (Term, TermVersion, error) {
	t, ok := b.lookup(id)
	if !ok {
		return Term{}, TermVersion{}, UnknownTerm(id)
	}
	v, err := t.inForce(on)
	return t, v, err
}

// Find returns a term by id or alias, whatever the day. The error is UnknownTerm.
func (b *Book) Find(id string) (Term, error) {
	t, ok := b.lookup(id)
	if !ok {
		return t, UnknownTerm(id)
	}
	return t, nil
}

// lookup returns a term by id or alias, whatever the day.
func (b *Book) lookup(id string) (Term, bool) {
	if real, ok := b.aliases[id]; ok {
		id = real
	}
	t, ok := b.terms[id]
	return t, ok
}

// Provision returns what a citation names on a day; false where the statute or the provision is
// not in the book, or the version was not in force. A citation that names its version is found
// whatever the day.
func (b *Book) Provision(c Cite, on calendar.Date) (Provision, bool) {
	s, ok := b.statutes[c.Key]
	if !ok {
		return Provision{}, false
	}
	version := c.Version
	if version == "" {
		v, ok := s.inForce(on)
		if !ok {
			return Provision{}, false
		}
		version = v.ID
	} else if !slices.ContainsFunc(s.Versions, func(v Version) bool { return v.ID == version }) {
		return Provision{}, false
	}
	at := c.At()
	for _, p := range s.Provisions {
		if p.At == at && (p.Version == "" || p.Version == version) {
			return p, true
		}
	}
	return Provision{}, false
}

// InForce returns the version of a cited statute that holds on a day.
func (b *Book) InForce(c Cite, on calendar.Date) (Version, bool) {
	return b.statutes[c.Key].inForce(on)
}

// Cited returns the version a citation speaks of: the one it names, or the one in force on a day.
func (b *Book) Cited(c Cite, on calendar.Date) (Version, bool) {
	s := b.statutes[c.Key]
	if i := slices.IndexFunc(s.Versions, func(v Version) bool { return v.ID == c.Version }); i >= 0 {
		return s.Versions[i], true
	}
	return s.inForce(on)
}

// Title is the short title of the cited statute in Simplified Chinese, or its key where unknown.
func (b *Book) Title(c Cite) string { return b.short(c.Key, "zh-Hans") }

func (b *Book) short(key, lang string) string {
	s, ok := b.statutes[key]
	if name := s.Name(lang).Short; ok && name != "" {
		return name
	}
	return key
}

// Name words a whole citation in zh-Hans, zh-Hant or en: 行政处罚法第六十四条第一项. Where an
// article has one paragraph only, that paragraph is not named.
func (b *Book) Name(c Cite, lang string) string {
	if c.IsZero() {
		return ""
	}
	if lang == "en" {
		return b.short(c.Key, lang) + ", " + b.Place(c, lang)
	}
	return b.short(c.Key, lang) + b.Place(c, lang)
}

// Place words where in its statute a provision stands: 第六十四条第一项.
func (b *Book) Place(c Cite, lang string) string {
	s := b.statutes[c.Key]
	at := c.At()
	for _, p := range s.Provisions {
		if p.At == at && p.Sole {
			c.Para = 0
		}
	}
	if s.Numbering == "heading" {
		return HeadingPath(c, lang)
	}
	return c.Path(lang)
}

// HeadingPath words a place in a text numbered by headings, not articles: （六）.
func HeadingPath(c Cite, lang string) string {
	if lang == "en" {
		return strings.Replace(c.Path(lang), "article", "section", 1)
	}
	rest := strings.TrimPrefix(Cite{Article: c.Article, Para: c.Para, Item: c.Item}.Path(lang), Cite{Article: c.Article}.Path(lang))
	return "（" + numeral(c.Article) + "）" + rest
}
