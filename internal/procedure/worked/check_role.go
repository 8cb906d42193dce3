package worked

import (
	"fmt"
	"path"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
)

// roles: exclusion must have been seen at work.
func (v *coverage) roles(p *procedure.Procedure) []calendar.Fault {
	var out []calendar.Fault
	for name, r := range p.Roles.Each {
		for _, w := range r.When {
			for is, seen := range map[string]map[*procedure.Rule]bool{"hold": v.held, "fail": v.failed} {
				if !seen[w] {
					out = append(out, calendar.Fault{File: path.Join(p.Dir, "procedure.yaml"), Line: w.Line,
						What: fmt.Sprintf("role %s: no worked case sees `%s` %s", name, w.Is, is), Mend: "write a case in which somebody acts in the role, and one in which he may not"})
				}
			}
		}
		for _, n := range r.Not {
			reason := procedure.Recused
			if p.Roles.Get(n) != nil {
				reason = procedure.SecondPerson
			}
			if !v.refused[p.Key()+" "+reason] {
				out = append(out, calendar.Fault{File: path.Join(p.Dir, "procedure.yaml"), Line: r.Line,
					What: fmt.Sprintf("role %s: no worked case sees anybody excluded as %s", name, reason), Mend: "write a case with `! refused … " + reason + "`"})
			}
		}
	}
	for name, f := range p.Facts.Each {
		if len(f.Bars) > 0 && !v.barred[p.Key()+" "+f.Bars[0]] {
			out = append(out, calendar.Fault{File: path.Join(p.Dir, "procedure.yaml"), Line: f.Line,
				What: "fact " + name + ": no worked case sees anybody kept away by " + f.Bars[0], Mend: "write a case with `! refused … " + f.Bars[0] + " recused`"})
		}
	}
	return out
}
