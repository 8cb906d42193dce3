package procedure

import "slices"

// Proves are the provisions by which an act asks its doer to show who he is; nil where it does not. What one definition
// of an act asks holds in every stage.
func (p *Procedure) Proves(act string) []string {
	for _, a := range p.Acts(act) {
		if len(a.Prove) > 0 {
			return a.Prove
		}
	}
	return nil
}

// Proves says whether an act of that name asks, in some procedure, its doer to show who he is.
func (l *Law) Proves(act string) bool {
	return slices.ContainsFunc(l.all, func(p *Procedure) bool { return len(p.Proves(act)) > 0 })
}

// proves holds what an act asks of its doer to its provision. Whoever acts by a receipt code, the law by itself and the
// operator have nothing to show; and what an act brings about elsewhere is asked of that act.
func (c *checker) proves(a *Act) {
	if len(a.Prove) > 0 {
		c.cites(a.Line, "act "+a.Name+" prove", a.Prove)
		if !slices.ContainsFunc(a.By, func(name string) bool { r := c.p.Roles.Get(name); return r != nil && len(r.Posts) > 0 }) {
			c.fault(a.Line, "act "+a.Name+" prove: no official does it", "take prove out, or name a role of posts")
		}
		return
	}
	for _, o := range a.Opens {
		if part, err := c.l.Procedure(o.Procedure, c.p.Applies.OpenedFrom); err == nil && len(part.Proves(o.Act)) > 0 && len(c.p.Proves(a.Name)) == 0 {
			c.bringsAbout(a, o.Act)
		}
	}
	for _, x := range a.Carries {
		if c.l.Proves(x.Act) && len(c.p.Proves(a.Name)) == 0 {
			c.bringsAbout(a, x.Act)
		}
	}
}

func (c *checker) bringsAbout(a *Act, other string) {
	c.fault(a.Line, "act "+a.Name+" brings about "+other+", which asks its doer to show who he is, and does not ask itself", "add prove: to "+a.Name)
}
