package procedure

import "slices"

// codes holds the acts that give a receipt code to a matter somebody can follow by one: an act hands out one code, of a
// matter it opens; in a matter that is there, only the filer gets a new one, since nobody else may end hers.
func (c *checker) codes(a *Act) {
	n := 0
	if a.Code {
		n++
		opens := slices.Contains(c.p.Open, a)
		switch {
		case !c.p.hasFiler():
			c.fault(a.Line, "act "+a.Name+" code: nobody can follow this matter by a code", "declare a role {is: filer}, or take code out")
		case !opens && !c.p.isOnlyFor(a, "filer"):
			c.fault(a.Line, "act "+a.Name+" code: it would end the filer's own", "write code at an opening act, or at one only the filer does")
		}
	}
	for _, o := range a.Opens {
		if !o.Code {
			continue
		}
		n++
		if other, err := c.l.Procedure(o.Procedure, c.p.Applies.OpenedFrom); err == nil && !other.hasFiler() {
			c.fault(o.Line, "act "+a.Name+" opens code: nobody can follow "+o.Procedure+" by a code", "declare a role {is: filer} there, or take code out")
		}
		if o.Each != "" {
			c.fault(o.Line, "act "+a.Name+" opens code: it would need one for each line", "take each or code out")
		}
	}
	if n > 1 {
		c.fault(a.Line, "act "+a.Name+" gives more than one receipt code", "leave one")
	}
}

// hasFiler says whether somebody outside can hold a receipt code of such a matter.
func (p *Procedure) hasFiler() bool {
	return slices.ContainsFunc(p.Roles.Names, func(name string) bool { return p.Roles.Get(name).Is == "filer" })
}
