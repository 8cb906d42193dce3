package procedure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// setting holds the value an act gives a fact to the fact's type.
func (c *checker) setting(a *Act, name, to string) {
	def, where := c.p.Facts.Get(name), fmt.Sprintf("act %s facts: %s", a.Name, name)
	bad := func(mend string) { c.fault(a.Line, fmt.Sprintf("%s cannot be %q", where, to), mend) }
	switch source, of, _ := strings.Cut(to, ":"); source {
	case "field", "add", "less":
		if f := c.p.Form(a).Field(of); f == nil || f.Class != Clear {
			bad("name a clear field of the act's form")
		} else if source != "field" && kindOf(def.Type, false) != "list" {
			bad("only a list can be added to or taken from")
		}
		return
	case "kind":
		if def.Type != "organ" || of == "" {
			bad("only a fact of type organ can be the nearest organ of a kind")
		}
		return
	case "paper":
		if c.p.PaperFact() == "" || !slices.Contains([]string{"reader", "signs", "checked"}, of) {
			bad("write paper:reader, paper:signs or paper:checked, and declare a fact of type paper")
		}
		return
	case "post":
		c.name(a.Line, where, of, c.p.Form(a))
		if def.Type != "enum" {
			bad("only a fact of type enum can say which post somebody holds")
		}
		return
	}
	_, notNumber := strconv.Atoi(to)
	switch {
	case to == "none":
	case len(def.Options) > 0:
		if !slices.Contains(def.Options, to) {
			bad("write one of " + strings.Join(def.Options, ", "))
		}
	case def.Type == "bool" && to != "true" && to != "false":
		bad("write true, false or none")
	case def.Type == "number" && notNumber != nil:
		bad("write a whole number")
	case def.Type == "date" && to != "today":
		bad("write today, none or field:NAME")
	case def.Type == "person" && to != "actor":
		bad("write actor, none or field:NAME")
	}
}

// opens holds the opening of another matter to that procedure's act and form.
func (c *checker) opens(a *Act, o *Opens) {
	where := "act " + a.Name + " opens"
	other, err := c.l.Procedure(o.Procedure, c.p.Applies.OpenedFrom)
	if err != nil {
		c.fault(o.Line, fmt.Sprintf("%s: unknown procedure %q", where, o.Procedure), "write the id of a procedure in law/procedures that applies from that day")
		return
	}
	i := slices.IndexFunc(other.Open, func(x *Act) bool { return x.Name == o.Act })
	if i < 0 {
		c.fault(o.Line, fmt.Sprintf("%s: %q opens nothing in %s", where, o.Act, o.Procedure), "name one of its opening acts")
		return
	}
	c.given(o.Line, where, handing{a, o.Given, other.Open[i], other})
	c.each(a, o, other)
}

// each holds what an opening goes through, and what tells one opened matter from another.
func (c *checker) each(a *Act, o *Opens, other *Procedure) {
	where := "act " + a.Name + " opens"
	f := c.p.Form(a).Field(o.Each)
	switch {
	case o.Each != "" && (f == nil || f.Type != "rows" && !f.Many && f.Type != "choices"):
		c.fault(o.Line, fmt.Sprintf("%s: each %q is no field of many values", where, o.Each), "name a field of type rows, one with many, or choices")
		return
	case f != nil && f.Type != "rows" && f.Class != Clear:
		c.fault(o.Line, fmt.Sprintf("%s: each %q is not clear", where, o.Each), "only rows may be of another class")
	}
	for name, from := range o.Given.Each {
		kind, of, _ := strings.Cut(*from, ":")
		switch {
		case kind == "paper" && !slices.Contains([]string{"seq", "number", "title"}, of):
			c.fault(o.Line, fmt.Sprintf("%s given: a paper has no %q", where, of), "write paper:seq, paper:number or paper:title")
		case kind == "use" && of != "to" && of != "by":
			c.fault(o.Line, fmt.Sprintf("%s given: papers: says no %q", where, of), "write use:to or use:by")
		case kind == "each" && !f.hasColumn(of):
			c.fault(o.Line, fmt.Sprintf("%s given: %s comes from %q, which is no column", where, name, of), "name a column of the field in each, each:id of rows, or each:value of a list")
		}
	}
	for _, fact := range o.Distinct {
		c.known(o.Line, where+" distinct", named{"fact of " + o.Procedure, fact}, other.Facts.Names)
		if o.Given.Get(fact) == nil {
			c.fault(o.Line, fmt.Sprintf("%s distinct: %s is not given", where, fact), "add it under given")
		}
	}
	for _, stage := range o.Again {
		c.known(o.Line, where+" again", named{"stage of " + o.Procedure, stage}, other.Stages.Names)
	}
}

// hasColumn says whether a line or value of the field has a column.
func (f *Field) hasColumn(name string) bool {
	switch {
	case f == nil:
		return false
	case f.Type != "rows":
		return name == "value"
	case name == "id":
		return slices.ContainsFunc(f.Columns, func(c *Column) bool { return c.Known })
	}
	return slices.ContainsFunc(f.Columns, func(c *Column) bool { return c.Name == name })
}

// handed: what is not kept here goes to a matter the act opens, or it would be lost.
func (c *checker) handed(a *Act) {
	form := c.p.Form(a)
	if form == nil {
		return
	}
	for _, f := range form.Fields {
		taken := slices.ContainsFunc(a.Opens, func(o *Opens) bool {
			return o.Each == f.Name || slices.ContainsFunc(o.Given.Names, func(n string) bool { return *o.Given.Get(n) == "field:"+f.Name })
		})
		if f.Handed && !taken {
			c.fault(a.Line, fmt.Sprintf("act %s: field %s is handed on, but the act hands it to nothing", a.Name, f.Name), "add it under given of opens, or take handed out of the field")
		}
	}
}

// handing is what one act gives to another in a linked matter.
type handing struct {
	from  *Act
	given Ordered[string]
	to    *Act
	of    *Procedure
}

// given holds what is handed on to the form it is to fill.
func (c *checker) given(line int, where string, h handing) {
	form := h.of.Form(h.to)
	for name, from := range h.given.Each {
		if form.Field(name) == nil {
			c.fault(line, fmt.Sprintf("%s given: %s asks no %q", where, h.to.Name, name), "name a field of its form")
		}
		kind, of, ok := strings.Cut(*from, ":")
		switch {
		case ok && kind == "field" && c.p.Form(h.from).Field(of) == nil, ok && kind == "fact" && c.p.Facts.Get(of) == nil:
			c.fault(line, fmt.Sprintf("%s given: there is no %s %q", where, kind, of), "name a field of the act's form or a fact")
		case ok && kind == "assigned":
			c.known(line, where+" given", named{"role", of}, c.p.Roles.Names)
		}
	}
	if form == nil {
		return
	}
	for _, f := range form.Fields {
		if f.Required && f.Show == "" && h.given.Get(f.Name) == nil {
			c.fault(line, fmt.Sprintf("%s: %s asks %s, which is not given", where, h.to.Name, f.Name), "add it under given")
		}
	}
}

// carries holds an entry made in linked matters to the procedures that open this one by that link.
func (c *checker) carries(a *Act, x *Carries) {
	where := "act " + a.Name + " carries"
	if slices.Contains(together, x.Link) {
		c.joined(a, x)
		return
	}
	if x.Names != "" || x.Unlink {
		c.fault(x.Line, where+": only matters that are joined can be named, or unlinked", "write link: joined_to")
	}
	if x.Needed && (a.Needs.Part == "" || x.Link != "has_part") {
		c.fault(x.Line, where+": needed, but the act waits for no part", "add needs:, carry it to has_part, or take needed out")
	}
	found := false
	for _, other := range c.l.all {
		if !other.openedAs(c.p.ID, x.Link) && (x.Link != "has_part" || !c.p.openedAs(other.ID, "part_of")) || x.Needed && other.ID != a.Needs.Part {
			continue
		}
		acts := other.Acts(x.Act)
		if found = found || !x.Maybe || len(acts) > 0; x.Maybe && len(acts) == 0 {
			continue
		}
		if len(acts) == 0 {
			c.fault(x.Line, fmt.Sprintf("%s: %s has no act %q", where, other.Key(), x.Act), "add it there, done by a role that says is: linked")
			continue
		}
		c.given(x.Line, where, handing{a, x.Given, acts[0], other})
	}
	if !found {
		c.fault(x.Line, fmt.Sprintf("%s: no procedure opens this one as %s", where, x.Link), "let an act of another procedure open it with that link")
	}
}

// openedAs says whether an act of the procedure opens another procedure as a kind of link.
func (p *Procedure) openedAs(id, link string) bool {
	return slices.ContainsFunc(p.AllActs(), func(a *Act) bool {
		return slices.ContainsFunc(a.Opens, func(o *Opens) bool { return o.Procedure == id && o.Link == link })
	})
}
