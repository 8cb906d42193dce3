package procedure

import (
	"fmt"
	"slices"
	"strings"

	"yifa/internal/matter"
)

// Imports says which answers of an act tell what of a paper that it takes in. A paper taken in keeps the number it bears:
// it is none of a series of ours.
type Imports struct {
	Line   int
	File   string `yaml:"file" need:"1" doc:"field of type files: the paper itself, one file"`
	Sort   string `yaml:"sort" need:"1" doc:"field of type choice: what it is in the file"`
	Kind   string `yaml:"kind" doc:"field of type paper: of which kind of the catalogue"`
	Title  string `yaml:"title" need:"1" doc:"text"`
	Number string `yaml:"number" doc:"text: the number it bears"`
	Maker  string `yaml:"maker" doc:"text: who made it"`
	Dated  string `yaml:"dated" doc:"date: the day it bears; the entry's own day is that of taking it in"`
	Pages  string `yaml:"pages" doc:"number"`
}

// Takes says whether the act takes papers in.
func (i Imports) Takes() bool { return i.File != "" }

// Importing are the acts by which papers are taken in, each once, in the order of the file.
func (p *Procedure) Importing() []*Act {
	var out []*Act
	for _, a := range p.AllActs() {
		if a.Imports.Takes() && !slices.ContainsFunc(out, func(x *Act) bool { return x.Name == a.Name }) {
			out = append(out, a)
		}
	}
	return out
}

// Import is the definition of an act that takes papers in, or nil.
func (p *Procedure) Import(act string) *Act {
	for _, a := range p.Importing() {
		if a.Name == act {
			return a
		}
	}
	return nil
}

// Volume is the class of those who read what the act takes in, or "".
func (p *Procedure) Volume(a *Act) matter.Class {
	if f := p.Form(a).Field(a.Imports.File); f != nil {
		return f.Class
	}
	return ""
}

// imported says whether a paper of one of some kinds was taken into the matter.
func (s *scene) imported(kinds []string) bool {
	return slices.ContainsFunc(s.st.Facts.List(s.p.ImportedFact()), func(kind string) bool { return slices.Contains(kinds, kind) })
}

// ImportedFact is the fact that gathers the kinds of the papers taken in, or "".
func (p *Procedure) ImportedFact() string {
	for name, f := range p.Facts.Each {
		if f.Type == "papers" {
			return name
		}
	}
	return ""
}

// imports holds what an act takes in to fields of its form: types, one circle of readers for everything that is text.
func (c *checker) imports(a *Act) {
	i, form := a.Imports, c.p.Form(a)
	if !i.Takes() {
		return
	}
	var class matter.Class
	for _, x := range []struct{ name, types string }{
		{i.File, "files"}, {i.Sort, "choice"}, {i.Kind, "paper"}, {i.Title, "text"}, {i.Number, "text"}, {i.Maker, "text"}, {i.Dated, "date"}, {i.Pages, "number"},
	} {
		f := form.Field(x.name)
		switch {
		case x.name == "":
		case f == nil || f.Type != x.types:
			c.fault(i.Line, fmt.Sprintf("act %s imports: %q is no field of type %s", a.Name, x.name, x.types), "name a field of the act's form")
		case f.Class == Clear:
		case class != "" && f.Class != class:
			c.fault(i.Line, fmt.Sprintf("act %s imports: %s is of class %s, others of %s", a.Name, f.Name, f.Class, class), "give what is told of a paper to those who read it, and to nobody else")
		default:
			class = f.Class
		}
	}
	if f := form.Field(i.File); f != nil && (!f.Required || f.Max != 1) {
		c.fault(i.Line, "act "+a.Name+" imports: an entry takes one file", "write required: true and max: 1 at the field")
	}
}

// reads holds a field that is read of a file to that file's field.
func (c *checker) reads(f *Form, x *Field) string {
	if of := f.Field(x.Reads); x.Reads != "" && (of == nil || of.Type != "files" || of.Class != x.Class) {
		return fmt.Sprintf("field %s: reads %q is no field of files of its class", x.Name, x.Reads)
	}
	return ""
}

// readsRight holds what is for papers taken in to the types it goes with.
func (f *Field) readsRight(bad func(what, mend string)) {
	if f.Any && f.Type != "paper" || f.Reads != "" && f.Type != "longtext" {
		bad("any or reads does not go with type "+f.Type, "any is for paper, reads for longtext")
	}
}

// importedKinds holds what will do for something required to kinds of the catalogue that are taken in.
func (c *checker) importedKinds(r *Required) {
	if len(r.Imported) > 0 && c.p.ImportedFact() == "" {
		c.fault(r.Line, "required: no fact gathers the kinds of papers taken in", "declare a fact of type papers, which the acts that import add to")
	}
	for _, kind := range r.Imported {
		if _, known := c.l.Paper(kind, c.p.Applies.OpenedFrom); !known {
			c.fault(r.Line, fmt.Sprintf("required imported: the catalogue has no %q", kind), "known: "+strings.Join(c.kinds(), ", "))
		}
	}
}

// kinds are the kinds of the catalogue.
func (c *checker) kinds() []string {
	var out []string
	for _, k := range c.l.Papers() {
		out = append(out, k.ID)
	}
	return slices.Compact(out)
}
