package access

import (
	"cmp"
	"slices"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Who of a matrix, beside the roles of posts.
const (
	ByFiler    = "filer"
	BySystem   = "system"
	ByOperator = "operator"
	ByLinked   = "linked" // whoever does an act of another matter that brings this one about
)

// Table is who may do what in one version of a procedure, and who reads what of it. It is derived from the law's data and
// from the rule of this package alone; it grants nothing.
type Table struct {
	Procedure *procedure.Procedure
	Who       []string // roles of posts and ByFiler and its like, in the order of the procedure's roles
	Lines     []Line   // acts in the order of the procedure
	Given     []Given  // what acts give and take, in that order
	Barred    []string // facts that keep away whom they name, in order
	Texts     map[matter.Class][]Text
}

// Line is one act.
type Line struct {
	Act    *procedure.Act
	Stages []string         // where it can be done; none: it opens a matter
	Ways   map[string][]Way // by Who
}

// Way is one role by which somebody may do an act.
type Way struct {
	Role     string
	At       string // "" at the organ that holds the matter; any; organ:FACT
	Assigned bool   // only the persons the matter is assigned to
	Not      []string
	When     bool // only under conditions of the role
}

// Given is a right that an act gives or takes.
type Given struct {
	Act    *procedure.Act
	Holder string // as the law writes it
	Right  string
	Deny   bool
	When   bool // only under a condition
}

// Text is a question whose answer is read by those who read its class.
type Text struct{ Form, Field string }

// TableOf derives the matrix of a version.
func TableOf(p *procedure.Procedure) Table {
	t := Table{Procedure: p, Texts: map[matter.Class][]Text{}}
	for _, name := range p.Roles.Names {
		for _, who := range whoOf(p.Roles.Get(name)) {
			if !slices.Contains(t.Who, who) {
				t.Who = append(t.Who, who)
			}
		}
	}
	for _, a := range p.Open {
		t.add(a, "")
	}
	for _, stage := range p.Stages.Names {
		for _, a := range p.ActsIn(stage) {
			t.add(a, stage)
		}
	}
	for name, f := range p.Facts.Each {
		if len(f.Bars) > 0 {
			t.Barred = append(t.Barred, name)
		}
	}
	t.texts()
	return t
}

func whoOf(r *procedure.Role) []string {
	if r.Is != "" {
		return []string{r.Is}
	}
	return r.Posts
}

// add enters an act at a stage. The same act in another stage with other roles is a line of its own.
func (t *Table) add(a *procedure.Act, stage string) {
	i := slices.IndexFunc(t.Lines, func(l Line) bool { return l.Act.Name == a.Name && slices.Equal(l.Act.By, a.By) })
	if i < 0 {
		i = len(t.Lines)
		t.Lines = append(t.Lines, Line{Act: a, Ways: t.ways(a)})
	}
	if stage != "" {
		t.Lines[i].Stages = append(t.Lines[i].Stages, stage)
	}
	for _, rule := range a.Access {
		g := Given{Act: a, Holder: rule.Holder, Right: cmp.Or(rule.Right, Read), Deny: rule.Deny, When: rule.When != ""}
		if !slices.ContainsFunc(t.Given, func(x Given) bool {
			return x.Act.Name == a.Name && x.Holder == g.Holder && x.Right == g.Right && x.Deny == g.Deny
		}) {
			t.Given = append(t.Given, g)
		}
	}
}

func (t *Table) ways(a *procedure.Act) map[string][]Way {
	out := map[string][]Way{}
	for _, name := range a.By {
		r := t.Procedure.Roles.Get(name)
		way := Way{Role: name, At: strings.TrimPrefix(r.At, "holder"), Assigned: r.Assigned, Not: r.Not, When: len(r.When) > 0}
		for _, who := range whoOf(r) {
			out[who] = append(out[who], way)
		}
	}
	return out
}

// texts gathers what is asked and kept from others, by class.
func (t *Table) texts() {
	for _, l := range t.Lines {
		form := t.Procedure.Form(l.Act)
		if form == nil {
			continue
		}
		for _, f := range form.Fields {
			x := Text{form.Name, f.Name}
			if f.Class != procedure.Clear && !slices.Contains(t.Texts[f.Class], x) {
				t.Texts[f.Class] = append(t.Texts[f.Class], x)
			}
		}
	}
}
