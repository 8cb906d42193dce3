package proof

import (
	"slices"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

	"yifa/internal/procedure"
)

// scene is an act attempted in a stage, and the worlds in which that can be.
type scene struct {
	*worlds
	v     *version
	act   *procedure.Act
	stage string
	role  string              // in which it is attempted; empty: any of the act's
	done  map[string]bool     // acts of which it is settled whether they stand
	facts map[string][]string // facts that are settled, with the values they can have
}

// scene pictures an act in a stage.
func (v *version) scene(a *procedure.Act, stage string) *scene {
	return &scene{worlds: newWorlds(), v: v, act: a, stage: stage}
}

// asking reads conditions of the act, standing those of a role, leaving those that hold once it is done.
func (s *scene) asking() reader   { return reader{scene: s, form: s.v.p.Form(s.act)} }
func (s *scene) standing() reader { return reader{scene: s} }
func (s *scene) leaving() reader {
	return reader{scene: s, form: s.v.p.Form(s.act), after: true}
}

// pictured says whether all values of a name are few.
func (r reader) pictured(name string) bool {
	if name == "stage" {
		return true
	}
	if f := r.form.Field(name); f != nil && f.Class == procedure.Clear {
		return f.Type == "bool" || f.Type == "choice"
	}
	def := r.v.p.Facts.Get(name)
	return def != nil && (def.Type == "bool" || def.Type == "enum")
}

// named is a name whose values are few: an answer, a fact or the stage.
func (r reader) named(name string) term {
	if name == "stage" {
		return constant(r.stage)
	}
	if f := r.form.Field(name); f != nil && f.Class == procedure.Clear {
		return r.answer(f)
	}
	if r.after {
		if v, sets := r.sets(name); sets && v != "" {
			return constant(v)
		} else if sets {
			return r.variable("left "+name, r.v.all(name)...)
		}
	}
	return r.variable(name, r.values(name)...)
}

// answer is a clear answer being given: one of its options; unknown where it need not be given.
func (r reader) answer(f *procedure.Field) term {
	domain := []string{yes, no}
	if f.Type == "choice" {
		domain = optionsOf(f)
	} else if f.Required {
		domain = []string{yes} // a box that must be ticked
	}
	if !f.Required {
		domain = append(domain, unknown)
	}
	is := r.variable("given "+f.Name, domain...)
	shown := r.shown(f)
	if shown == nil {
		return is
	}
	return func(w world) string {
		if shown(w) != yes {
			return unknown
		}
		return is(w)
	}
}

// shown is the condition under which a field is asked, nil: always.
func (r reader) shown(f *procedure.Field) term {
	if f.Show == "" {
		return nil
	}
	return reader{scene: r.scene, form: r.form}.condition(f.Show)
}

func optionsOf(f *procedure.Field) []string {
	out := make([]string, 0, len(f.Options)+1)
	for _, o := range f.Options {
		out = append(out, o.Value)
	}
	return out
}

// values are those a fact can have before the act.
func (s *scene) values(name string) []string {
	if settled, ok := s.facts[name]; ok {
		return settled
	}
	return s.v.values(name, s.stage)
}

// sets says whether the act sets a fact, and to what where that is one value.
func (s *scene) sets(name string) (value string, sets bool) {
	to := s.act.Facts.Get(name)
	if to == nil {
		return "", false
	}
	if slices.Contains(s.v.all(name), *to) {
		return *to, true
	}
	return "", true
}

// given says whether something is known of which only the name is pictured. nil: always.
func (r reader) given(name string) term {
	if slices.Contains([]string{"stage", "holder", "today", "actor.person", "actor.organ"}, name) {
		return nil
	}
	if f := r.form.Field(name); f != nil && f.Class == procedure.Clear {
		shown := r.shown(f)
		if f.Required {
			return shown
		}
		is := r.variable("known given "+name, yes, no)
		return func(w world) string {
			if shown != nil && shown(w) != yes {
				return no
			}
			return is(w)
		}
	}
	if r.after {
		if _, sets := r.sets(name); sets {
			return r.variable("known left "+name, yes, no)
		}
	}
	var domain []string
	for _, v := range r.values(name) {
		is := yes
		if v == unknown {
			is = no
		}
		if !slices.Contains(domain, is) {
			domain = append(domain, is)
		}
	}
	return r.variable("known "+name, domain...)
}

// question reads what a condition asks the engine.
func (r reader) question(e ast.Expr, call ast.CallExpr) term {
	arg := ""
	if len(call.Args()) > 0 {
		text, _ := call.Args()[0].AsLiteral().(types.String)
		arg = string(text)
	}
	switch call.FunctionName() {
	case "done":
		return r.stands(arg)
	case "known":
		if r.pictured(arg) {
			is := r.named(arg)
			return func(w world) string {
				if is(w) == unknown {
					return no
				}
				return yes
			}
		}
		if is := r.given(arg); is != nil {
			return is
		}
		return constant(yes)
	case "assigned":
		return r.variable("assigned "+arg, r.assigned(arg)...)
	case "running", "suspended", "overdue":
		status := r.clock(arg)
		want := map[string][]string{"running": {running, late}, "suspended": {suspended}, "overdue": {late, lapsed}}[call.FunctionName()]
		return func(w world) string {
			if slices.Contains(want, status(w)) {
				return yes
			}
			return no
		}
	}
	return r.opaque(e)
}

// stands is whether an act was done before.
func (s *scene) stands(act string) term {
	if is, settled := s.done[act]; settled {
		return constant(map[bool]string{true: yes, false: no}[is])
	}
	switch {
	case !s.v.precedes(act, s.stage):
		return constant(no)
	case slices.Contains(s.act.After, act) || s.v.mustPrecede(act, s.stage):
		return constant(yes)
	}
	return s.variable("done "+act, yes, no)
}

// assigned is whether somebody is assigned to a role.
func (s *scene) assigned(role string) []string {
	def := s.v.p.Roles.Get(role)
	if def != nil && def.Assigned && (s.role == role || len(s.act.By) == 1 && s.act.By[0] == role) {
		return []string{yes}
	}
	for _, x := range s.v.p.AllActs() {
		if to := x.Assign.Get(role); to != nil && *to != "none" && s.v.precedes(x.Name, s.stage) {
			return []string{yes, no}
		}
	}
	return []string{no}
}

// clock is how a clock can stand in the stage.
func (s *scene) clock(name string) term {
	return s.variable("clock "+name, s.v.statuses(name, s.stage)...)
}
