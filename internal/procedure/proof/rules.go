package proof

import (
	"fmt"

	"yifa/internal/procedure"
)

// rules: each condition of an act can hold, can fail, and the conditions of an act can hold together.
func (c *checker) rules() {
	alive := map[string]bool{} // act and condition: refuses somebody somewhere
	for _, a := range c.p.AllActs() {
		for i, r := range a.When {
			alive[a.Name+"\x00"+r.Is] = alive[a.Name+"\x00"+r.Is] || c.refuses(a, i)
		}
	}
	for _, a := range c.p.AllActs() {
		if !c.possible(a) {
			continue
		}
		for _, r := range a.When {
			if key := a.Name + "\x00" + r.Is; !alive[key] {
				alive[key] = true // said once
				c.fault(r.Line, fmt.Sprintf("act %s: `%s` can never fail", a.Name, r.Is), "a rule that refuses nobody is no rule: take it out, or correct it")
			}
		}
		c.played(a)
	}
}

// refuses says whether a condition can fail where those before it hold, in some stage of the act.
func (c *checker) refuses(a *procedure.Act, i int) bool {
	stages := c.stagesOf(a)
	for _, stage := range stages {
		s := c.scene(a, stage)
		before, rule := s.together(a.When[:i]), s.asking().condition(a.When[i].Is)
		if found := s.some(func(w world) bool { return before(w) && rule(w) == no }); found {
			return true
		}
	}
	return len(stages) == 0
}

// together says whether all of several conditions hold in a world.
func (s *scene) together(rules []*procedure.Rule) func(world) bool {
	terms := make([]term, len(rules))
	for i, r := range rules {
		terms[i] = s.asking().condition(r.Is)
	}
	return func(w world) bool { return hold(terms, w) }
}

func hold(terms []term, w world) bool {
	for _, t := range terms {
		if t(w) != yes {
			return false
		}
	}
	return true
}

// possible: the conditions of an act can hold together in some stage. It names the first that cannot.
func (c *checker) possible(a *procedure.Act) bool {
	stages := c.stagesOf(a)
	if len(stages) == 0 {
		return true // no matter comes there, which is said of the stage
	}
	furthest := -1
	for _, stage := range stages {
		n := c.holdable(a, stage)
		if n == len(a.When) {
			return true
		}
		furthest = max(furthest, n)
	}
	r := a.When[furthest]
	if furthest == 0 || !c.alone(a, r) {
		what := "can never hold"
		if missing := c.neverKnown(a, r); missing != "" {
			what = "can never hold, because nothing that comes before sets " + missing
		}
		c.fault(r.Line, fmt.Sprintf("act %s: `%s` %s", a.Name, r.Is, what), "the act could never be done: correct the condition, set what it asks for, or take the act out")
		return false
	}
	c.fault(r.Line, fmt.Sprintf("act %s: `%s` contradicts the conditions before it, so that the act could never be done", a.Name, r.Is),
		"let the conditions hold together in some case, or take the act out")
	return false
}

// holdable counts how many of the conditions, from the first, can hold together in a stage.
func (c *checker) holdable(a *procedure.Act, stage string) int {
	for n := len(a.When); n > 0; n-- {
		s := c.scene(a, stage)
		all := s.together(a.When[:n])
		if found := s.some(all); found {
			return n
		}
	}
	return 0
}

// alone says whether a condition can hold by itself in some stage of the act.
func (c *checker) alone(a *procedure.Act, r *procedure.Rule) bool {
	for _, stage := range c.stagesOf(a) {
		s := c.scene(a, stage)
		if found := s.some(s.together([]*procedure.Rule{r})); found {
			return true
		}
	}
	return false
}

// neverKnown names a fact a condition reads that is given nowhere before the act; "" where there is none.
func (c *checker) neverKnown(a *procedure.Act, r *procedure.Rule) string {
	form := c.p.Form(a)
	_, reads := c.p.Condition(form, r.Is)
	for _, name := range reads {
		if form.Field(name) != nil {
			continue
		}
		known := false
		for _, stage := range c.stagesOf(a) {
			for _, value := range c.values(name, stage) {
				known = known || value != unknown
			}
		}
		if !known {
			return name
		}
	}
	return ""
}

// played: the conditions of each role that may do the act can hold together with the act's own.
func (c *checker) played(a *procedure.Act) {
	for _, name := range a.By {
		role := c.p.Roles.Get(name)
		stages := c.stagesOf(a)
		if len(role.When) == 0 || len(stages) == 0 {
			continue
		}
		can := false
		for _, stage := range stages {
			s := c.scene(a, stage)
			s.role = name
			terms := make([]term, len(role.When))
			for i, r := range role.When {
				terms[i] = s.standing().condition(r.Is)
			}
			own := s.together(a.When)
			found := s.some(func(w world) bool { return hold(terms, w) && own(w) })
			can = can || found
		}
		if !can {
			c.fault(a.Line, fmt.Sprintf("act %s: nobody can do it as %s, whose conditions contradict those of the act", a.Name, name), "take the role out of by, or correct the conditions")
		}
	}
}
