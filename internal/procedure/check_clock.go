package procedure

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"yifa/internal/statute"
)

// term holds a term to the book: known, and in force when the version begins to apply.
func (c *checker) term(line int, where, id string) (statute.TermVersion, bool) {
	if c.l.Book == nil {
		return statute.TermVersion{}, false
	}
	_, v, err := c.l.Book.Term(id, c.p.Applies.OpenedFrom)
	if err == nil {
		return v, true
	}
	mend := "name a term in law/terms"
	if unknown := statute.UnknownTerm(""); !errors.As(err, &unknown) {
		mend = "give the term a version for that day, or move applies.opened_from"
	}
	c.fault(line, fmt.Sprintf("%s: %s", where, strings.TrimPrefix(err.Error(), "statute: ")), mend)
	return v, false
}

func (c *checker) clock(name string, def *ClockDef) {
	where := "clock " + name
	v, inForce := c.term(def.Line, where, def.Term)
	if inForce && v.Length.Unit == statute.Prompt {
		c.fault(def.Line, fmt.Sprintf("%s: the law sets no number (%s)", where, v.Length), "take the clock out, or set a number of our own as a platform rule")
		inForce = false
	}
	acts := c.actNames()
	known := func(line int, what string, list []string) {
		for _, a := range list {
			c.known(line, where+" "+what, named{"act", a}, acts)
		}
	}
	known(def.Starts.Line, "starts", def.Starts.Acts)
	known(def.Stops.Line, "stops", def.Stops.Acts)
	for _, s := range def.Stops.Stages {
		c.known(def.Stops.Line, where+" stops", named{"stage", s}, c.p.Stages.Names)
	}
	if len(def.Starts.Acts) == 0 {
		c.fault(def.Line, where+": nothing starts it", "add starts: {acts: […]}")
	}
	if def.Per == "party" && c.p.Facts.Get(PartyField) == nil {
		for _, name := range def.Starts.Acts {
			for _, a := range c.p.Acts(name) {
				if f := c.p.Form(a).Field(PartyField); f == nil || f.Class != Clear {
					c.fault(def.Line, fmt.Sprintf("%s runs per party, but %s names none", where, name), "give its form a clear field party, or the procedure a fact party")
				}
			}
		}
	}
	if len(def.Stops.Acts)+len(def.Stops.Stages) == 0 {
		c.fault(def.Line, where+": nothing stops it", "add stops: {acts: […], stages: […]}")
	}
	for _, s := range def.Suspends {
		known(s.Line, "suspends", s.Acts)
		known(s.Line, "suspends until", s.Until)
		c.cites(s.Line, where+" suspends", s.Cite)
		for _, act := range s.Acts {
			if inForce && !slices.ContainsFunc(slices.Concat(v.Suspend, v.Exclude), func(g statute.Ground) bool { return g.Ground == act }) {
				c.fault(s.Line, fmt.Sprintf("%s suspends: the term does not stand still for %s", where, act), "add the ground with its provision to the term, or take it out")
			}
		}
	}
	for _, e := range def.Extends {
		known(e.Line, "extends", e.Acts)
		if inForce {
			c.extension(where, e, v)
		}
	}
	if inForce {
		c.ladder(where, def, v)
	}
	c.lapse(name, def)
}

// extension: the term must allow it, and to somebody who may do the act.
func (c *checker) extension(where string, e Extend, v statute.TermVersion) {
	if len(v.Extend) == 0 {
		c.fault(e.Line, where+" extends: the term allows no extension", "take extends out, or add the extension with its provision to the term")
		return
	}
	for _, name := range e.Acts {
		for _, a := range c.p.Acts(name) {
			if !slices.ContainsFunc(v.Extend, func(x statute.Extension) bool { return slices.Contains(a.By, x.By) }) {
				c.fault(e.Line, fmt.Sprintf("%s extends: the term lets %s extend, but %s is done by %s", where, v.Extend[0].By, name, strings.Join(a.By, ", ")), "let the act be done by the role the term names")
			}
		}
	}
}

// ladder: each rung lies within the term, in its unit, and the rungs go down.
func (c *checker) ladder(where string, def *ClockDef, v statute.TermVersion) {
	before := -1
	for _, r := range def.Ladder {
		left, err := statute.ParseLength(r.Left)
		if err != nil {
			c.fault(r.Line, fmt.Sprintf("%s ladder: %q is no length", where, r.Left), "write a number and the term's unit, such as 2 工作日")
			continue
		}
		unit := left.Unit
		if unit == "" {
			unit = statute.Day
		}
		switch {
		case v.Length.Unit == statute.Yearly || v.Length.Unit == statute.Monthly: // any number of days before a fixed day
		case left.N > 0 && unit != v.Length.Unit:
			c.fault(r.Line, fmt.Sprintf("%s ladder: %s is not in the unit of the term (%s)", where, r.Left, v.Length), "use the term's own unit")
		case left.N > v.Length.N:
			c.fault(r.Line, fmt.Sprintf("%s ladder: %s lies outside the term of %s", where, r.Left, v.Length), "a rung is what is left, at most the whole term")
		case before >= 0 && left.N >= before:
			c.fault(r.Line, fmt.Sprintf("%s ladder: %s does not come after the rung before it", where, r.Left), "write the rungs from much left to nothing left")
		}
		before = left.N
		if len(r.Tell) == 0 && r.Raise == "" {
			c.fault(r.Line, where+" ladder: the rung tells nobody", "add tell: [ROLE] or raise: overdue")
		}
		for _, role := range r.Tell {
			c.known(r.Line, where+" ladder", named{"role", role}, c.p.Roles.Names)
		}
	}
}

// lapse: what the law attaches to a clock running out must be done by somebody and told to
// somebody. A lapse that grants or punishes in silence is forbidden.
func (c *checker) lapse(name string, def *ClockDef) {
	where := "clock " + name + " lapse"
	act, deemed := strings.CutPrefix(def.Lapse, "deemed:")
	switch {
	case deemed:
		if !c.known(def.Line, where, named{"act", act}, c.actNames()) {
			return
		}
		for _, a := range c.p.Acts(act) {
			if !slices.ContainsFunc(a.By, func(r string) bool { return c.p.Roles.Get(r) != nil && c.p.Roles.Get(r).Is == "system" }) {
				c.fault(a.Line, fmt.Sprintf("%s: %s is not an act of the system", where, act), "let it be done by a role that says is: system")
			}
			if a.Visible == "staff" && c.p.Filer() != "" {
				c.fault(a.Line, fmt.Sprintf("%s: %s takes effect in silence", where, act), "make it visible: filer with public: what it means for the filer")
			}
		}
	case def.Lapse == "breach":
		if !slices.ContainsFunc(def.Ladder, func(r Rung) bool { return r.Raise == "overdue" }) {
			c.fault(def.Line, where+": a breach is raised nowhere", "add a rung {left: 0 …, raise: overdue}")
		}
	case def.Lapse == "lose_right" || def.Lapse == "release":
		if !c.asks("overdue('" + name + "')") {
			c.fault(def.Line, where+": "+def.Lapse+" has no effect: no act asks overdue('"+name+"')", "add {is: \"!overdue('"+name+"')\", else: …} to the act that is lost, or let the release be an act")
		}
	default:
		c.fault(def.Line, fmt.Sprintf("%s: %q is not known", where, def.Lapse), "write breach, lose_right, release or deemed:ACT; a decision is never made in silence")
	}
}

// asks says whether some condition holds the words.
func (c *checker) asks(words string) bool {
	return slices.ContainsFunc(c.p.AllActs(), func(a *Act) bool {
		return slices.ContainsFunc(a.When, func(r *Rule) bool {
			return strings.Contains(strings.ReplaceAll(strings.ReplaceAll(r.Is, `"`, "'"), " ", ""), words)
		})
	})
}
