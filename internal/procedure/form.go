package procedure

import (
	"maps"
	"slices"

	"yifa/internal/matter"
)

// Form is forms/<name>.yaml: what an act asks.
type Form struct {
	Line   int
	Name   string   `yaml:"-"`
	File   string   `yaml:"-"`
	Schema int      `yaml:"schema" need:"1"`
	Title  string   `yaml:"title"`
	Fields []*Field `yaml:"fields" need:"1"`
}

// Field is one question.
type Field struct {
	Line     int
	Name     string       `yaml:"name" need:"1"`
	Type     string       `yaml:"type" need:"1" enum:"text,longtext,choice,choices,bool,date,moment,number,organ,officer,person,division,files,matter,item,text_id,title,url,holidays,paper,filling,rows,cover" doc:"cover: what of a file is painted over, with the options as reasons; rows: a line for each, its columns apart by tab or |"`
	Class    matter.Class `yaml:"class" need:"1" enum:"clear,public,parties,filer,staff,sealed" doc:"clear: stored unsealed in the entry; never personal text"`
	Label    string       `yaml:"label" need:"1"`
	Hint     string       `yaml:"hint"`
	Required bool         `yaml:"required"`
	Max      int          `yaml:"max" doc:"characters (200 for text, 10000 for longtext), or files (20)"`
	Many     bool         `yaml:"many" doc:"of organ, officer, person, matter: several"`
	Posts    []string     `yaml:"posts" doc:"of person: the kinds of post in the holding organ that are offered; those of the role it is assigned, or of the handler, where left out"`
	Future   bool         `yaml:"future" doc:"a date that may lie after the act"`
	Options  []*Option    `yaml:"options"`
	Columns  []*Column    `yaml:"columns" doc:"of rows"`
	Handed   bool         `yaml:"handed" doc:"the answer goes to the matter the act opens and is not kept in this one"`
	Prefill  []string     `yaml:"prefill" doc:"texts given before that the answer begins with: the first one known of NAME in this matter, or LINK.NAME in a linked one"`
	Year     string       `yaml:"year" doc:"of holidays: the field or fact that says which year they are of"`
	Personal string       `yaml:"personal" enum:"name,phone,email,id_number,credit_code,handed_number" doc:"what personal data a sealed text is: how it is masked, and whether a matter is found by it; of handed_number, a text for staff: what another organ calls the same thing, which no two matters share"`
	Takes    string       `yaml:"takes" doc:"of filling: the field whose answers, as they stand, are this one's; nobody is asked"`
	Any      bool         `yaml:"any" doc:"of paper: any kind of the catalogue, not only those that the procedure's own matters may have"`
	Reads    string       `yaml:"reads" doc:"of longtext: a field of files; the answer is what a program can read of the file, and nobody is asked"`
	Hides    string       `yaml:"hides" doc:"of a public text: a text for staff of the same matter; the answer is that text as it stands, with what may tell who somebody is hidden behind marks, and nobody is asked"`
	All      string       `yaml:"all" doc:"of choices: every option is to be chosen, or the text for staff named here says why not"`
	Nameless string       `yaml:"nameless" doc:"of a text that others will read: what may tell who somebody is stands in it only where the text for staff named here says why"`
	Makes    string       `yaml:"makes" doc:"of cover: the unasked field of type files that takes the copy"`
	Unasked  bool         `yaml:"unasked" doc:"no page asks it: the office answers it itself, such as by which door the form came in"`
	Of       string       `yaml:"of" doc:"of item: the kind of register item that is offered, those of the organ holding the matter"`
	Wordings []*Wording   `yaml:"wordings" doc:"of longtext: ways to write it that whoever acts can take over"`
	Show     string       `yaml:"show" doc:"CEL over the form's other clear fields; the field is asked only if true"`
}

// Clear is the class of fields that stand in the entry's own header.
const Clear matter.Class = "clear"

// Option is one answer of a choice.
type Option struct {
	Line  int
	Value string   `yaml:"value" need:"1"`
	Label string   `yaml:"label" need:"1"`
	Hint  string   `yaml:"hint"`
	Cite  []string `yaml:"cite" doc:"of cover: the provision this reason rests on"`
	Stops string   `yaml:"stops" doc:"key of the advice page shown instead of going on"`
	Go    string   `yaml:"go" doc:"where the advice page leads"`
}

// Field returns the field, or nil.
func (f *Form) Field(name string) *Field {
	if f == nil {
		return nil
	}
	for _, x := range f.Fields {
		if x.Name == name {
			return x
		}
	}
	return nil
}

// Form returns the act's form, or nil where it asks nothing.
func (p *Procedure) Form(a *Act) *Form { return p.Forms[a.Form] }

// Asking returns the forms that ask a field, in order of name.
func (p *Procedure) Asking(field string) []*Form { return p.asking()[field] }

// askedIn gathers what Asking tells.
func (p *Procedure) askedIn() map[string][]*Form {
	out := map[string][]*Form{}
	for _, name := range slices.Sorted(maps.Keys(p.Forms)) {
		for _, f := range p.Forms[name].Fields {
			if list := out[f.Name]; len(list) == 0 || list[len(list)-1] != p.Forms[name] {
				out[f.Name] = append(list, p.Forms[name])
			}
		}
	}
	return out
}
