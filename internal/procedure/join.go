package procedure

import (
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"yifa/internal/matter"
)

// goes are the links along which an act makes entries elsewhere: those that stand, or the one it makes to the matter
// that an answer names.
func (s *scene) goes(x *Carries) []matter.Link {
	if x.Names == "" {
		return slices.DeleteFunc(slices.Clone(s.st.Links), func(l matter.Link) bool { return l.Kind != x.Link })
	}
	var out []matter.Link
	for _, name := range s.given.List(x.Names) {
		if id, err := matter.ParseID(name); err == nil {
			out = append(out, matter.Link{Kind: x.Link, To: id})
		}
	}
	return out
}

// joins holds what is answered for a matter to be joined to: there is one, of the same procedure, other than this one.
// One that the person acting may not read is none: the snapshot leaves it out.
func (s *scene) joins(a *Act, try Attempt) FieldErrors {
	for _, x := range a.Carries {
		if x.Names == "" {
			continue
		}
		for _, l := range s.goes(x) {
			there, known := s.snap.Linked[l.To]
			switch {
			case l.To == try.Matter:
				return FieldErrors{{Field: x.Names, Key: "joins_itself"}}
			case !known || idOf(there.Procedure) != s.p.ID:
				return FieldErrors{{Field: x.Names, Key: "no_such_matter"}}
			}
		}
	}
	return nil
}

// joining binds what conditions ask about matters linked to this one.
func (s *scene) joining(out map[string]cel.LateBoundFunction) {
	out["agrees"] = s.agrees
	out["joined"] = func(_ string, args ...ref.Val) ref.Val {
		return types.Bool(s.anyLinked(string(args[0].(types.String)), func(matter.State) bool { return true }))
	}
}

// agrees says whether every matter linked in a way of which a fact is known has the value that the fact has here.
func (s *scene) agrees(_ string, args ...ref.Val) ref.Val {
	kind, fact := string(args[0].(types.String)), string(args[1].(types.String))
	here := s.list(fact)
	return types.Bool(!s.anyLinked(kind, func(x matter.State) bool {
		there := x.Facts.List(fact)
		return len(here) > 0 && len(there) > 0 && !shareOne(here, there)
	}))
}

// Joins lists the answers of an act that name matters to be joined to.
func (a *Act) Joins() []string {
	var out []string
	for _, x := range a.Carries {
		if x.Names != "" {
			out = append(out, x.Names)
		}
	}
	return out
}

// together are the kinds of link between matters of one procedure that somebody joined.
var together = []string{"joined_to", "has_joined"}

// joined holds entries made in matters that are joined by a person to this procedure itself.
func (c *checker) joined(a *Act, x *Carries) {
	where := "act " + a.Name + " carries"
	f := c.p.Form(a).Field(x.Names)
	switch {
	case x.Names != "" && (f == nil || f.Type != "matter" || f.Many || f.Class != Clear):
		c.fault(x.Line, where+": names "+x.Names+", which is no clear field of type matter", "name one of the act's form")
	case x.Names != "" && (x.Link != "joined_to" || x.Unlink):
		c.fault(x.Line, where+": names and link do not go together", "write link: joined_to beside names, and no unlink")
	}
	acts := c.p.Acts(x.Act)
	if len(acts) == 0 {
		c.fault(x.Line, where+": "+c.p.Key()+" has no act \""+x.Act+"\"", "add it, done by a role that says is: linked")
		return
	}
	c.given(x.Line, where, handing{a, x.Given, acts[0], c.p})
}
