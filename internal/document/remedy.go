package document

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// Remedy is a text that tells a party what it may do against a paper, or has to do after it. Its lengths of time are
// references to terms, never typed.
type Remedy struct {
	ID     string            `yaml:"id"`
	Family string            `yaml:"family"`
	From   calendar.Date     `yaml:"from"`
	To     calendar.Date     `yaml:"to"`    // exclusive; zero: still in use
	When   map[string]string `yaml:"when"`  // facts that must all be so; none: where no other text of the family fits
	Basis  []string          `yaml:"basis"` // provisions
	Text   string            `yaml:"text"`
}

// Fact is something remedies are chosen by.
type Fact struct {
	Label  string            `yaml:"label"`
	Values map[string]string `yaml:"values"` // with their labels
}

type remedyFile struct {
	Schema   int             `yaml:"schema"`
	Facts    map[string]Fact `yaml:"facts"`
	Remedies []Remedy        `yaml:"remedies"`
}

// Errors of choosing a remedy.
var (
	ErrNoRemedy = errors.New("document: no text of this family tells the party its rights on this day")
	ErrFact     = errors.New("document: a fact is not of the catalogue")
)

// Remedy is the text of a family that fits the facts on a day. A fact nobody declared is an error, not a text that
// happens to fit: a wrong remedy is worse than none.
func (c *Catalogue) Remedy(family string, on calendar.Date, facts map[string]string) (Remedy, error) {
	if err := c.known(facts); err != nil {
		return Remedy{}, err
	}
	for _, r := range c.family(family) {
		if r.From <= on && (r.To == 0 || on < r.To) && r.fits(facts) {
			return r, nil
		}
	}
	return Remedy{}, fmt.Errorf("%w: %s, %s", ErrNoRemedy, family, on)
}

func (r Remedy) fits(facts map[string]string) bool {
	for name, value := range r.When {
		if facts[name] != value {
			return false
		}
	}
	return true
}

// family are the texts of one family, in the order they are tried.
func (c *Catalogue) family(name string) []Remedy {
	var out []Remedy
	for _, r := range c.remedies {
		if r.Family == name {
			out = append(out, r)
		}
	}
	return out
}

// known says that all facts and their values are declared.
func (c *Catalogue) known(facts map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		if c.facts[name].Values[facts[name]] == "" {
			return fmt.Errorf("%w: %s: %s", ErrFact, name, facts[name])
		}
	}
	return nil
}

// refs are the fields of a text.
func (r Remedy) refs() []ref { return refsOf(r.Text) }

// fill fills a text line by line.
func (r Remedy) fill(value Value) string {
	var out []string
	for _, line := range linesOf(r.Text) {
		if line = fill(line, value); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// Words is a remedy's text on a day, with its fields filled in.
func (c *Catalogue) Words(r Remedy, on calendar.Date, value Value) string {
	return r.fill(func(name, of string) string {
		if name == termRef {
			return c.term(of, on)
		}
		return value(name, of)
	})
}

// term is the length of a term in words, as it holds on a day; "" where it does not.
func (c *Catalogue) term(id string, on calendar.Date) string {
	_, v, err := c.book.Term(id, on)
	if err != nil {
		return ""
	}
	return v.Length.Words()
}

// takeRemedies holds remedies to the book and keeps them.
func (c *Catalogue) takeRemedies(src calendar.Source, all remedyFile) []calendar.Fault {
	var faults []calendar.Fault
	c.facts, c.remedies = all.Facts, all.Remedies
	last := map[string]bool{} // families that have a text for every other case
	ids := map[string]bool{}
	for i, r := range c.remedies {
		fault := func(what, mend string, at ...any) {
			faults = append(faults, src.Fault("remedy "+r.ID+" "+what, mend, append([]any{"remedies", i}, at...)...))
		}
		if r.ID == "" || r.Family == "" || r.From == 0 || len(r.Basis) == 0 || strings.TrimSpace(r.Text) == "" || ids[r.ID] {
			fault("lacks id, family, from, basis or text, or is there twice", "give it all of them")
		}
		ids[r.ID] = true
		if last[r.Family] {
			fault("is never reached", "put it above the text of its family that has no when")
		}
		last[r.Family] = len(r.When) == 0 && r.To == 0
		if err := c.known(r.When); err != nil {
			fault(strings.TrimPrefix(err.Error(), "document: "), "declare it in facts", "when")
		}
		for _, text := range r.Basis {
			cite, err := statute.ParseCite(text)
			if err == nil {
				if _, ok := c.book.Provision(cite, r.From); !ok {
					err = errors.New(text + " is no provision in force on " + r.From.String())
				}
			}
			if err != nil {
				fault("rests on what is not in the book: "+err.Error(), "add it to law/statutes or cite another", "basis")
			}
		}
		for _, one := range r.refs() {
			if one.name == termRef {
				if _, _, err := c.book.Term(one.of, r.From); err != nil {
					fault(strings.TrimPrefix(err.Error(), "statute: "), "name a term of law/terms", "text")
				}
			}
		}
		if found := typed.FindString(r.Text); found != "" {
			fault(fmt.Sprintf("says %q itself", found), "write {term:…}, so that it follows the law", "text")
		}
	}
	for _, family := range slices.Sorted(maps.Keys(last)) {
		if !last[family] {
			faults = append(faults, src.Fault("the family "+family+" has no text for all other cases", "end it with one that has no when"))
		}
	}
	return faults
}
