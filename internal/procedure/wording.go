package procedure

import (
	"regexp"
	"slices"
	"strings"

	"yifa/internal/matter"
)

// Wording is a way to write an answer that whoever acts takes over and finishes. It decides nothing: what is sent is what
// stands in the field.
type Wording struct {
	Line  int
	Name  string   `yaml:"name" need:"1"`
	Label string   `yaml:"label" need:"1" doc:"what it is for, in a few words"`
	Fact  string   `yaml:"fact" doc:"it is offered where this fact is one of is; where left out, always"`
	Is    []string `yaml:"is" doc:"values of the fact"`
	Text  string   `yaml:"text" need:"1" doc:"{title}, {matter_number}, {received} and {FACT} stand for what is known; 【…】 is a blank, which nobody can leave"`
}

var (
	slotOfWording = regexp.MustCompile(`\{([a-z_]+)\}`)
	blank         = regexp.MustCompile(`【[^【】]*】`)
)

// knownOfMatter are what a wording can name of any matter.
var knownOfMatter = []string{"title", "matter_number", "received"}

// Fits says whether a wording is offered in a matter as it stands.
func (w *Wording) Fits(st matter.State) bool {
	return w.Fact == "" || slices.Contains(w.Is, st.Facts.Text(w.Fact))
}

// Fill writes what is known of the matter into a wording; its blanks stay.
func (w *Wording) Fill(value func(name string) string) string {
	return strings.TrimSpace(slotOfWording.ReplaceAllStringFunc(w.Text, func(slot string) string { return value(slot[1 : len(slot)-1]) }))
}

// Wording returns one of the field's wordings, or nil.
func (f *Field) Wording(name string) *Wording {
	if i := slices.IndexFunc(f.Wordings, func(w *Wording) bool { return w.Name == name }); i >= 0 {
		return f.Wordings[i]
	}
	return nil
}

// blankLeft is the first blank of a wording that an answer still has; "" for none. What somebody else puts in such
// brackets is no blank.
func (f *Field) blankLeft(text string) string {
	for _, w := range f.Wordings {
		for _, b := range blank.FindAllString(w.Text, -1) {
			if strings.Contains(text, b) {
				return b
			}
		}
	}
	return ""
}

// wordingsRight holds the wordings of a field to what they can be.
func (f *Form) wordingsRight(x *Field, bad func(what, mend string)) {
	if len(x.Wordings) == 0 {
		return
	}
	if x.Type != "longtext" || x.Unasked || slices.ContainsFunc(f.Fields, func(y *Field) bool { return y.Type == "files" }) {
		bad("wordings are for a longtext that is asked in a form without files", "a page shown again would lose the files that were chosen")
	}
	for i, w := range x.Wordings {
		if slices.ContainsFunc(x.Wordings[:i], func(o *Wording) bool { return o.Name == w.Name }) {
			bad("wording "+w.Name+" stands twice", "name it differently")
		}
		if (w.Fact == "") != (len(w.Is) == 0) {
			bad("wording "+w.Name+": fact and is go together", "write both or neither")
		}
	}
}

// wordings hold what they name to the procedure's facts.
func (c *checker) wordings(f *Form, x *Field) {
	for _, w := range x.Wordings {
		where := "form " + f.Name + " wording " + w.Name
		if w.Fact != "" && c.known(w.Line, where, named{"fact", w.Fact}, c.p.Facts.Names) {
			for _, value := range w.Is {
				c.known(w.Line, where, named{"value", value}, c.p.Facts.Get(w.Fact).Options)
			}
		}
		for _, m := range slotOfWording.FindAllStringSubmatch(w.Text, -1) {
			if !slices.Contains(knownOfMatter, m[1]) {
				c.known(w.Line, where, named{"fact", m[1]}, c.p.Facts.Names)
			}
		}
	}
}
