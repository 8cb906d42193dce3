package procedure

import (
	"slices"

	"yifa/internal/matter"
)

// Follows is a matter of another procedure that a new one goes on from, as its filer names it. The link leads there from
// the new one alone: nothing is entered in the other, and whoever files gets no right there.
type Follows struct {
	Line      int
	Names     string `yaml:"names" need:"1" doc:"clear field of the act's form, of type matter"`
	Link      string `yaml:"link" need:"1" enum:"continues" doc:"what the matter named is to this one"`
	Procedure string `yaml:"procedure" need:"1" doc:"id: of what procedure the matter named has to be"`
	Done      string `yaml:"done" need:"1" doc:"act of that procedure that must stand in the matter named"`
}

// followed lists the answers of an act that name matters its own goes on from.
func (a *Act) followed() []string {
	var out []string
	for _, x := range a.Follow {
		out = append(out, x.Names)
	}
	return out
}

// Named lists the answers of an act that name matters it is decided by.
func (a *Act) Named() []string { return append(a.Joins(), a.followed()...) }

// follows holds what is answered for a matter to go on from: there is one, of that procedure, in which that act stands.
// One that the person acting may not read is none: the snapshot leaves it out.
func (s *scene) follows(a *Act) FieldErrors {
	for _, x := range a.Follow {
		for _, l := range s.leads(x) {
			there, known := s.snap.Linked[l.To]
			if _, done := there.LastOf(x.Done); !known || !done || idOf(there.Procedure) != x.Procedure {
				return FieldErrors{{Field: x.Names, Key: "no_such_matter"}}
			}
		}
	}
	return nil
}

// leads are the links to the matters an answer names.
func (s *scene) leads(x *Follows) []matter.Link {
	var out []matter.Link
	for _, name := range s.given.List(x.Names) {
		if id, err := matter.ParseID(name); err == nil {
			out = append(out, matter.Link{Kind: x.Link, To: id})
		}
	}
	return out
}

// linked adds the links of an act to what it changes. An act decided once more brings those it was decided with.
func (s *scene) linked(a *Act, d *matter.Delta) {
	for _, x := range a.Follow {
		for _, l := range s.leads(x) {
			if !slices.Contains(d.Links, l) {
				d.Links = append(d.Links, l)
			}
		}
	}
}

// followed holds what a new matter may go on from to the form and to the procedure it names.
func (c *checker) followed(a *Act, x *Follows) {
	where := "act " + a.Name + " follows"
	if f := c.p.Form(a).Field(x.Names); f == nil || f.Type != "matter" || f.Class != Clear {
		c.fault(x.Line, where+": names "+x.Names+", which is no clear field of type matter", "name one of the act's form")
	}
	other, err := c.l.Procedure(x.Procedure, c.p.Applies.OpenedFrom)
	switch {
	case err != nil:
		c.fault(x.Line, where+": there is no procedure "+x.Procedure, "name one that is in force")
	case len(other.Acts(x.Done)) == 0:
		c.fault(x.Line, where+": "+other.Key()+" has no act \""+x.Done+"\"", "name one of its acts")
	}
}
