package document

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// LoadCatalogue reads the papers of a law folder and holds them to the law: every field is declared, used and has an
// example, every provision is in the book and in force.
func LoadCatalogue(fsys fs.FS, book *statute.Book) (*Catalogue, []calendar.Fault) {
	c := &Catalogue{book: book}
	common, faults := c.readShared(fsys)
	files, err := fs.Glob(fsys, path.Join(Folder, "*", "*.md"))
	if err != nil {
		return c, append(faults, calendar.Fault{File: Folder, What: err.Error()})
	}
	for _, file := range files {
		r := reading{file: file, book: book, common: common, catalogue: c}
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
	return c, append(append(faults, common.unused()...), c.readArrangement(fsys)...)
}

// reading is one file while it is read.
type reading struct {
	file      string
	book      *statute.Book
	common    *shared
	catalogue *Catalogue
	kind      Kind
	text      string // of the template, with its blocks
	src       calendar.Source
	faults    []calendar.Fault
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
	if text, err = r.common.expand(text); err != nil {
		r.fault(err.Error(), "add it to blocks.yaml or take it out")
		return
	}
	r.text = text
	if r.kind.Template, err = parse(r.kind.Meta, text); err != nil {
		r.fault(strings.TrimPrefix(err.Error(), "document: "), "see internal/document.Template")
		return
	}
	r.check()
}

// check holds a kind to what it declares and to the book.
func (r *reading) check() {
	k := &r.kind
	k.catalogue = r.catalogue
	if k.Schema != 1 || k.Title == "" || len(k.Basis) == 0 || k.Drafts == "" || k.Signs == "" {
		r.fault("lacks schema 1, title, basis, drafts or signs", "say what it rests on and who makes it")
	}
	if !slices.Contains([]Reader{Party, Organ, Inside}, k.Reader) {
		r.fault(fmt.Sprintf("is read by %q", k.Reader), "write party, organ or inside", "reader")
	}
	for i, cite := range k.Basis {
		r.cite(cite, "basis", i)
	}
	for name := range k.Given {
		if _, given := Given[name]; !given {
			r.fault("no field "+name+" is given by the platform", "put it into fields", "given", name)
		}
	}
	refs := k.Template.refs()
	r.series(refs)
	r.fields(r.remedies(refs))
	r.words(refs)
}

// seriesForm is the number of a paper: whose, what kind, of which year.
var seriesForm = regexp.MustCompile(`^\{short\}\p{Han}{0,6}〔\{year\}〕\{n\}号$`)

// series: what leaves the organ bears a number of a series, but for records and what a party writes itself.
func (r *reading) series(refs []ref) {
	k := r.kind
	switch numbered := slices.Contains(refs, ref{"document_number", ""}); {
	case k.Series != "" && !seriesForm.MatchString(k.Series):
		r.fault(fmt.Sprintf("is numbered as %q", k.Series), "write {short}…〔{year}〕{n}号", "series")
	case numbered != (k.Series != ""):
		r.fault("{document_number} in the text and series: above it go together", "name the series and put {document_number} under the title", "series")
	case k.Series == "" && k.Reader != Inside && k.Form != Record && k.Signs != byParty:
		r.fault("leaves the organ without a number", "name its series", "reader")
	}
}

// byParty signs what a party writes itself.
const byParty = "party"

// remedies holds what a kind says it bears to its text, and gives all fields it uses.
func (r *reading) remedies(refs []ref) []ref {
	for _, family := range r.kind.Remedy {
		if !slices.Contains(refs, ref{remedyRef, family}) {
			r.fault("bears a remedy "+family+" that stands nowhere in the text", "put {remedy:"+family+"} where it stands", "remedy")
		}
	}
	if err := r.catalogue.known(r.kind.Facts); err != nil {
		r.fault(strings.TrimPrefix(err.Error(), "document: "), "name a fact of remedies.yaml and one of its values", "facts")
	}
	for _, one := range slices.Clone(refs) {
		if one.name != remedyRef {
			continue
		}
		if !slices.Contains(r.kind.Remedy, one.of) {
			r.fault("{remedy:"+one.of+"} stands in the text but is not what it must bear", "name it in remedy", "remedy")
		}
		texts := r.catalogue.family(one.of)
		if len(texts) == 0 {
			r.fault("there is no remedy "+one.of, "add it to remedies.yaml", "remedy")
		}
		for _, text := range texts {
			refs = append(refs, text.refs()...)
		}
	}
	return refs
}

// fields holds the fields a kind declares to those it uses. What it does not say of a field it takes from fields.yaml.
func (r *reading) fields(refs []ref) {
	k := &r.kind
	if k.Fields == nil {
		k.Fields = map[string]Field{}
	}
	for name := range k.Fields {
		switch _, given := Given[name]; {
		case given:
			r.fault("the field "+name+" is given by the platform", "take it out of fields", "fields", name)
		case !slices.ContainsFunc(refs, func(one ref) bool { return one.name == name }):
			r.fault("the field "+name+" is used nowhere in the text", "use it or take it out", "fields", name)
		}
	}
	for _, one := range refs {
		if _, given := Given[one.name]; given || one.name == termRef || one.name == remedyRef {
			continue
		}
		f := r.common.field(one.name, k.Fields[one.name])
		if f.Label == "" || f.Example == "" {
			r.fault("the field "+one.name+" is not declared, or has no label or no example", "declare both in fields, or in fields.yaml", "fields", one.name)
		}
		if f.Cite != "" {
			r.cite(f.Cite, "fields", one.name, "cite")
		}
		k.Fields[one.name] = f
	}
}

// typed is a length of time written by hand.
var typed = regexp.MustCompile(`[0-9一二三四五六七八九十百两]+(个工作日|日|天|个月|年)(之?内|前|后)`)

// words holds the lengths of time in a text to the law: those of terms, and none typed.
func (r *reading) words(refs []ref) {
	for _, one := range refs {
		if one.name != termRef {
			continue
		}
		if _, _, err := r.book.Term(one.of, r.kind.From); err != nil {
			r.fault(strings.TrimPrefix(err.Error(), "statute: "), "name a term of law/terms that is in force")
		}
	}
	if found := typed.FindString(r.text); found != "" {
		r.fault(fmt.Sprintf("says %q itself", found), "write {term:…}, so that it follows the law")
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
