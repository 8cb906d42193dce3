package procedure

import (
	"fmt"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Required is something the file of a finished matter holds: one of several acts, a paper, or parts that are done with.
type Required struct {
	Line     int
	Label    string   `yaml:"label" need:"1"`
	Acts     []string `yaml:"acts" also:"act" doc:"one of them stands"`
	Document string   `yaml:"document" doc:"of documents; an act that makes it stands"`
	Imported []string `yaml:"imported" doc:"kinds of the catalogue: a paper of one of them that was taken in will do as well"`
	Part     string   `yaml:"part" doc:"procedure: all its part-matters, if there are any, have come to an end"`
	When     string   `yaml:"when" doc:"CEL over facts; needed only if true, not known yet while a fact is missing"`
	Why      string   `yaml:"why" doc:"why it is not needed where when does not hold, or where there is no part"`
	Mend     string   `yaml:"mend" doc:"act by which it comes into the file; the first of acts where left out"`
	Cite     []string `yaml:"cite" need:"1"`
}

// Stands is how something required stands.
type Stands string

// How something required stands.
const (
	Present   Stands = "there"
	Missing   Stands = "missing"
	NotNeeded Stands = "not_needed"
	NotYet    Stands = "not_yet" // what it hangs on is not decided
)

// Standing is one thing required of a file, and how it stands.
type Standing struct {
	Name string
	*Required
	State Stands
	Parts []matter.ID // those that are not done with
}

// Complete says how each thing the procedure requires of a file stands in a matter, in the order of the file.
func (p *Procedure) Complete(l *Law, st matter.State, snap Snapshot) ([]Standing, error) {
	s := &scene{p: p, l: l, st: st, snap: snap, on: snap.Today, moment: calendar.DayOnly(snap.Today)}
	var out []Standing
	for name, r := range p.Required.Each {
		one := Standing{Name: name, Required: r}
		var err error
		if one.State, err = s.stands(&one); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func (s *scene) stands(one *Standing) (Stands, error) {
	r := one.Required
	if r.When != "" {
		held, unknown, err := s.holds(r.When)
		switch {
		case err != nil:
			return "", err
		case len(unknown) > 0:
			return NotYet, nil
		case !held:
			return NotNeeded, nil
		}
	}
	if r.Part != "" {
		return s.partsStand(one), nil
	}
	acts := r.Acts
	for _, a := range s.p.AllActs() {
		if r.Document != "" && a.Document == r.Document {
			acts = append(slices.Clone(acts), a.Name)
		}
	}
	if _, done := s.st.LastOf(acts...); done {
		return Present, nil
	}
	if s.imported(r.Imported) {
		return Present, nil
	}
	return Missing, nil
}

// partsStand says how the part-matters of a kind stand.
func (s *scene) partsStand(one *Standing) Stands {
	found := false
	for _, l := range s.st.Links {
		part, known := s.snap.Linked[l.To]
		if l.Kind != "has_part" || !known || idOf(part.Procedure) != one.Part {
			continue
		}
		if found = true; !s.isClosed(part) {
			one.Parts = append(one.Parts, l.To)
		}
	}
	switch {
	case !found:
		return NotNeeded
	case len(one.Parts) > 0:
		return Missing
	}
	return Present
}

// requiredWhen hands the conditions of what is required to whoever compiles them.
func (p *Procedure) requiredWhen(one func(line int, form *Form, text, where string)) {
	for name, x := range p.Required.Each {
		one(x.Line, nil, x.When, "required "+name+" when")
	}
}

// required holds what a file is to have to acts, papers and procedures.
func (c *checker) required() {
	for name, r := range c.p.Required.Each {
		where := "required " + name
		c.cites(r.Line, where, r.Cite)
		c.mentions(r.When)
		for _, a := range append(slices.Clone(r.Acts), optional(r.Mend)...) {
			c.known(r.Line, where, named{"act", a}, c.actNames())
		}
		if r.Document != "" {
			c.known(r.Line, where, named{"document", r.Document}, c.p.Documents.Names)
		}
		c.importedKinds(r)
		n := len(optional(r.Document)) + len(optional(r.Part))
		if len(r.Acts) > 0 {
			n++
		}
		if n != 1 {
			c.fault(r.Line, where+": it is to be acts, a document or a part", "name one of the three")
		}
		if (r.When != "" || r.Part != "") != (r.Why != "") {
			c.fault(r.Line, where+": why and what may not be needed go together", "say why it is not needed, or take why out")
		}
		if r.Part == "" {
			continue
		}
		if other, err := c.l.Procedure(r.Part, c.p.Applies.OpenedFrom); err != nil || !c.p.openedAs(r.Part, "part_of") {
			c.fault(r.Line, fmt.Sprintf("%s: no act opens %q as a part", where, r.Part), "write the id of a procedure that an act here opens with link: part_of")
		} else {
			c.used["part:"+other.ID] = true
		}
	}
}
