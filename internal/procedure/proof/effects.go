package proof

import (
	"fmt"
	"maps"
	"slices"

	"yifa/internal/procedure"
)

// effects: what an act does only under a condition, and what a form asks only under one, can come and can stay away.
func (c *checker) effects() {
	for _, a := range c.p.AllActs() {
		for _, x := range a.Access {
			c.sometimes(a, x.Line, "access", x.When)
		}
		for _, x := range a.Opens {
			c.sometimes(a, x.Line, "opens", x.When)
		}
		for _, x := range a.Carries {
			c.sometimes(a, x.Line, "carries", x.When)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.p.Forms)) {
		c.questions(c.p.Forms[name])
	}
}

// sometimes holds a condition on what an act brings about.
func (c *checker) sometimes(a *procedure.Act, line int, what, when string) {
	stages := c.stagesOf(a)
	if when == "" || len(stages) == 0 {
		return
	}
	holds, fails := false, false
	for _, stage := range stages {
		s := c.scene(a, stage)
		is := s.leaving().condition(when)
		can := s.some(func(w world) bool { return is(w) == yes })
		cannot := s.some(func(w world) bool { return is(w) != yes })
		holds, fails = holds || can, fails || cannot
	}
	c.either(named{c.file, line, fmt.Sprintf("act %s %s: `%s`", a.Name, what, when)}, holds, fails)
}

// named is where a condition stands and how it is named.
type named struct {
	file string
	line int
	what string
}

func (c *checker) either(at named, holds, fails bool) {
	switch {
	case !holds:
		c.faultIn(at.file, at.line, at.what+" can never hold", "it would never happen: correct the condition, or take it out with what hangs on it")
	case !fails:
		c.faultIn(at.file, at.line, at.what+" always holds", "a condition that leaves nothing out is none: take it out, or correct it")
	}
}

// questions: a field asked only under a condition is sometimes asked, and sometimes not.
func (c *checker) questions(f *procedure.Form) {
	for _, x := range f.Fields {
		if x.Show == "" {
			continue
		}
		holds, fails, used := false, false, false
		for _, a := range c.p.AllActs() {
			if a.Form != f.Name {
				continue
			}
			for _, stage := range c.stagesOf(a) {
				s := c.scene(a, stage)
				is := s.asking().condition(x.Show)
				can := s.some(func(w world) bool { return is(w) == yes })
				cannot := s.some(func(w world) bool { return is(w) != yes })
				holds, fails, used = holds || can, fails || cannot, true
			}
		}
		if used {
			c.either(named{f.File, x.Line, fmt.Sprintf("field %s show: `%s`", x.Name, x.Show)}, holds, fails)
		}
	}
}
