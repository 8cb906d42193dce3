package proof

import (
	"fmt"
	"slices"
	"strings"

	"yifa/internal/procedure"
)

// duties: nobody is kept by the separation of duties from what only he could do, whoever there is.
func (c *checker) duties() {
	for name, r := range c.p.Roles.Each {
		if r.Is == "" && len(r.Posts) == 0 {
			c.fault(r.Line, "role "+name+" has no posts, so that nobody is in it", "add posts: […], or is: …")
		}
		if by := c.assigners(name); r.Assigned && by != "" && slices.Contains(r.Not, by) {
			c.fault(r.Line, fmt.Sprintf("role %s: only a %s takes it on, and whoever acted as %s may not be in it", name, by, by), "let somebody else assign the role, or take the exclusion out")
		}
	}
	for _, a := range c.p.AllActs() {
		for role, to := range a.Assign.Each {
			field, named := cutField(*to)
			if def := c.p.Facts.Get(field); named && def != nil && len(def.Bars) > 0 {
				c.fault(a.Line, fmt.Sprintf("act %s assign: %s goes to whom %s keeps away from the matter, so that it is always refused", a.Name, role, field), "assign the role to somebody named in another field")
			}
		}
		for _, name := range a.By {
			fact, at := strings.CutPrefix(c.p.Roles.Get(name).At, "organ:")
			if at && len(c.stagesOf(a)) > 0 && !c.knownSomewhere(a, fact) {
				c.fault(a.Line, fmt.Sprintf("act %s: nobody can do it as %s, because nothing that comes before sets %s", a.Name, name, fact), "set the fact before, or take the role out of by")
			}
		}
	}
}

// assigners is the one role whose acts alone assign another, always to whoever does them; "" where there are more ways.
func (c *checker) assigners(role string) string {
	only := ""
	for _, a := range c.p.AllActs() {
		to := a.Assign.Get(role)
		if to == nil || *to == "none" {
			continue
		}
		if *to != "actor" || len(a.By) != 1 || only != "" && only != a.By[0] {
			return ""
		}
		only = a.By[0]
	}
	return only
}

// knownSomewhere says whether a fact can be known where an act stands.
func (c *checker) knownSomewhere(a *procedure.Act, fact string) bool {
	return slices.ContainsFunc(c.stagesOf(a), func(stage string) bool {
		return slices.ContainsFunc(c.values(fact, stage), func(v string) bool { return v != unknown })
	})
}
