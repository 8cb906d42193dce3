package document

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// Folder is where a law folder keeps its catalogue of papers: documents/<id>/<day>.md, one file for each version.
const Folder = "documents"

// Kind is one version of a kind of official paper: its template, what has to be filled in, and who makes it.
type Kind struct {
	ID     string           `yaml:"-"`
	Schema int              `yaml:"schema"`
	No     int              `yaml:"no"` // its place in the catalogue
	Title  string           `yaml:"title"`
	From   calendar.Date    `yaml:"from"` // in force from
	Reader Reader           `yaml:"reader"`
	Basis  []string         `yaml:"basis"` // provisions
	Series string           `yaml:"series"`
	Drafts string           `yaml:"drafts"` // roles
	Checks string           `yaml:"checks"`
	Signs  string           `yaml:"signs"`
	Remedy string           `yaml:"remedy"` // a text of remedies.yaml that it must bear
	Fields map[string]Field `yaml:"fields"`
	Meta   `yaml:",inline"`

	Template Template `yaml:"-"`
}

// Reader is for whom a paper is.
type Reader string

// Papers are for a party, for another organ, or stay inside.
const (
	Party  Reader = "party"
	Organ  Reader = "organ"
	Inside Reader = "inside"
)

// Field is something a paper says that is filled in.
type Field struct {
	Label    string `yaml:"label"`
	Cite     string `yaml:"cite"`     // the provision that demands it
	Optional bool   `yaml:"optional"` // the paper may be issued without it
	Example  string `yaml:"example"`
}

// Given are the fields every paper may use without declaring them, with an example of each.
var Given = map[string]string{
	"organ": "江门市蓬江区综合行政执法局", "day": "2026年3月5日", "document_number": "江蓬执罚决〔2026〕12号", "matter_number": "江蓬执案〔2026〕37号",
	"remedy": "", "government": "江门市蓬江区人民政府", "review_body": "江门市蓬江区人民政府", "court": "江门市蓬江区人民法院",
}

// Catalogue is all kinds of papers a law folder has.
type Catalogue struct{ kinds []Kind }

// All are the kinds in the order of their numbers, versions of one by the day they came into force.
func (c *Catalogue) All() []Kind { return c.kinds }

// Kind is the version of a kind in force on a day.
func (c *Catalogue) Kind(id string, on calendar.Date) (Kind, bool) {
	var found Kind
	for _, k := range c.kinds {
		if k.ID == id && k.From <= on {
			found = k
		}
	}
	return found, found.ID != ""
}

// LoadCatalogue reads the papers of a law folder and holds them to the law: every field is declared, used and has an
// example, every provision is in the book and in force.
func LoadCatalogue(fsys fs.FS, book *statute.Book) (*Catalogue, []calendar.Fault) {
	c := &Catalogue{}
	files, err := fs.Glob(fsys, path.Join(Folder, "*", "*.md"))
	if err != nil {
		return c, []calendar.Fault{{File: Folder, What: err.Error()}}
	}
	var faults []calendar.Fault
	for _, file := range files {
		r := reading{file: file, book: book}
		r.read(fsys)
		faults = append(faults, r.faults...)
		if len(r.faults) == 0 {
			c.kinds = append(c.kinds, r.kind)
		}
	}
	slices.SortFunc(c.kinds, func(a, b Kind) int {
		if a.No != b.No {
			return a.No - b.No
		}
		if a.ID != b.ID {
			return strings.Compare(a.ID, b.ID)
		}
		return int(a.From - b.From)
	})
	return c, faults
}

// reading is one file while it is read.
type reading struct {
	file   string
	book   *statute.Book
	kind   Kind
	src    calendar.Source
	faults []calendar.Fault
}

func (r *reading) fault(what, mend string, at ...any) {
	r.faults = append(r.faults, r.src.Fault(what, mend, at...))
}

func (r *reading) read(fsys fs.FS) {
	r.src.File = r.file
	raw, err := fs.ReadFile(fsys, r.file)
	if err != nil {
		r.fault("cannot be read: "+err.Error(), "check the file")
		return
	}
	said, text, err := cutMeta(string(raw))
	if err != nil || said == "" {
		r.fault("does not say what it is", "begin with a line "+fence+", its keys, and a line "+fence)
		return
	}
	var bad []calendar.Fault
	if r.src, bad = calendar.DecodeYAML(r.file, []byte("\n"+said), &r.kind); len(bad) > 0 {
		r.faults = append(r.faults, bad...)
		return
	}
	r.kind.ID = path.Base(path.Dir(r.file))
	if want := r.kind.From.String() + ".md"; path.Base(r.file) != want {
		r.fault("is in force from "+r.kind.From.String(), "name the file "+want, "from")
	}
	if r.kind.Template, err = parse(r.kind.Meta, text); err != nil {
		r.fault(strings.TrimPrefix(err.Error(), "document: "), "see internal/document.Template")
		return
	}
	r.check()
}

// check holds a kind to what it declares and to the book.
func (r *reading) check() {
	k := r.kind
	if k.Schema != 1 || k.Title == "" || len(k.Basis) == 0 || k.Drafts == "" || k.Signs == "" {
		r.fault("lacks schema 1, title, basis, drafts or signs", "say what it rests on and who makes it")
	}
	if !slices.Contains([]Reader{Party, Organ, Inside}, k.Reader) {
		r.fault(fmt.Sprintf("is read by %q", k.Reader), "write party, organ or inside", "reader")
	}
	for i, cite := range k.Basis {
		r.cite(cite, "basis", i)
	}
	used := k.Template.Fields()
	for _, name := range used {
		if _, given := Given[name]; !given && k.Fields[name].Label == "" {
			r.fault("the field "+name+" is not declared", "declare it in fields with its label and an example", "fields")
		}
	}
	for name, f := range k.Fields {
		switch _, given := Given[name]; {
		case given:
			r.fault("the field "+name+" is given by the platform", "take it out of fields", "fields", name)
		case !slices.Contains(used, name):
			r.fault("the field "+name+" is used nowhere in the text", "use it or take it out", "fields", name)
		case f.Label == "" || f.Example == "":
			r.fault("the field "+name+" has no label or no example", "give both", "fields", name)
		}
		if f.Cite != "" {
			r.cite(f.Cite, "fields", name, "cite")
		}
	}
	if bears := slices.Contains(used, "remedy"); bears != (k.Remedy != "") {
		r.fault("{remedy} in the text and remedy: above it go together", "name the remedy and put {remedy} where it stands", "remedy")
	}
}

// cite holds a citation to the book, as of the day the paper came into force.
func (r *reading) cite(text string, at ...any) {
	c, err := statute.ParseCite(text)
	if err != nil {
		r.fault(strings.TrimPrefix(err.Error(), "statute: "), "write it as key/article.paragraph.item", at...)
		return
	}
	if _, ok := r.book.Provision(c, r.kind.From); !ok {
		r.fault(text+" is no provision in force on "+r.kind.From.String(), "add it to law/statutes or cite another", at...)
	}
}

// ErrMissing: a paper lacks what the law demands of it.
var ErrMissing = errors.New("document: a mandatory field is empty")

// Missing are the mandatory fields that have no value, by name in the order of the text.
func (k Kind) Missing(value Value) []string {
	var out []string
	for _, name := range k.Template.Fields() {
		if f, declared := k.Fields[name]; declared && !f.Optional && strings.TrimSpace(value(name, "")) == "" {
			out = append(out, name)
		}
	}
	return out
}

// Sample is the paper filled with its own examples.
func (k Kind) Sample() Paper {
	return k.Template.Fill(func(name, _ string) string {
		if f, declared := k.Fields[name]; declared {
			return f.Example
		}
		return Given[name]
	})
}
