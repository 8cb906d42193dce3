package document

import (
	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// Folder is where a law folder keeps its catalogue of papers: documents/<id>/<day>.md, one file for each version.
const Folder = "documents"

// Kind is one version of a kind of official paper: its template, what has to be filled in, and who makes it.
type Kind struct {
	ID     string            `yaml:"-"`
	Schema int               `yaml:"schema"`
	No     int               `yaml:"no"` // its place in the catalogue
	Title  string            `yaml:"title"`
	From   calendar.Date     `yaml:"from"` // in force from
	Reader Reader            `yaml:"reader"`
	Basis  []string          `yaml:"basis"` // provisions
	Series string            `yaml:"series"`
	Drafts string            `yaml:"drafts"` // roles
	Checks string            `yaml:"checks"`
	Signs  string            `yaml:"signs"`
	Remedy []string          `yaml:"remedy"` // families of remedies.yaml of each of which it must bear a text
	Facts  map[string]string `yaml:"facts"`  // what is always so of it, where remedies are chosen by it
	Fields map[string]Field  `yaml:"fields"` // after loading, with what it takes from fields.yaml
	Given  map[string]string `yaml:"given"`  // examples of given fields, where they differ from those of Given
	Meta   `yaml:",inline"`

	Template  Template `yaml:"-"`
	catalogue *Catalogue
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
	"organ": "江门市蓬江区综合行政执法局", "day": "2026年3月5日", "document_number": "", "matter_number": "江蓬综执案〔2026〕37号",
	"government": "江门市蓬江区人民政府", "review_body": "江门市蓬江区人民政府", "court": "江门市蓬江区人民法院", "short": "江蓬综执",
}

// What stands in a text instead of a field: {term:rel-01} is a length of the law in words, {remedy:relief} the text a
// party must be told.
const (
	termRef   = "term"
	remedyRef = "remedy"
)

// Catalogue is all kinds of papers a law folder has, and the texts that tell parties their rights.
type Catalogue struct {
	kinds       []Kind
	remedies    []Remedy
	facts       map[string]Fact
	book        *statute.Book
	arrangement Arrangement
}

// All are the kinds in the order of their numbers, versions of one by the day they came into force.
func (c *Catalogue) All() []Kind { return c.kinds }

// Remedies are all texts that tell parties their rights, by family in the order they are tried.
func (c *Catalogue) Remedies() []Remedy { return c.remedies }

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
