package procedure

import (
	"cmp"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
)

// questions are the functions a condition may ask; each takes names written as literals.
var questions = map[string]struct {
	args  int
	gives *cel.Type
}{
	"done": {1, cel.BoolType}, "overdue": {1, cel.BoolType}, "running": {1, cel.BoolType},
	"suspended": {1, cel.BoolType}, "days": {1, cel.IntType}, "linked": {2, cel.BoolType},
	"known": {1, cel.BoolType}, "param": {1, cel.IntType}, "assigned": {1, cel.BoolType}, "closed": {1, cel.BoolType},
	"linked_with": {3, cel.BoolType}, "assigned_in": {3, cel.BoolType}, "has_work": {2, cel.BoolType},
	"count": {1, cel.IntType}, "joined": {1, cel.BoolType}, "agrees": {2, cel.BoolType},
	"among": {2, cel.BoolType}, "shares": {2, cel.BoolType}, "held": {1, cel.BoolType}, "ours": {1, cel.BoolType}, "under": {1, cel.BoolType}, "expired": {2, cel.BoolType},
}

// questions binds the functions of conditions to the matter at hand.
func (s *scene) questions() map[string]cel.LateBoundFunction {
	ask := func(f func(name string) ref.Val) cel.LateBoundFunction {
		return func(_ string, args ...ref.Val) ref.Val { return f(string(args[0].(types.String))) }
	}
	status := func(want matter.ClockStatus) cel.LateBoundFunction {
		return ask(func(c string) ref.Val { k, _ := s.clockOf(c); return types.Bool(k.Status == want) })
	}
	out := map[string]cel.LateBoundFunction{
		"done":      ask(func(act string) ref.Val { _, ok := s.st.LastOf(act); return types.Bool(ok) }),
		"overdue":   ask(func(c string) ref.Val { k, _ := s.clockOf(c); return types.Bool(Overdue(k, s.on)) }),
		"running":   status(matter.Running),
		"suspended": status(matter.Suspended),
		"known":     ask(func(f string) ref.Val { _, ok := s.fact(f); return types.Bool(ok) }),
		"param":     ask(func(id string) ref.Val { return types.Int(s.p.Params.Get(id).Value) }),
		"days": ask(func(c string) ref.Val {
			k, ok := s.clockOf(c)
			if !ok {
				return types.NewUnknown(0, types.NewAttributeTrail(c))
			}
			return types.Int(clock.Left(k, s.snap.Calendar, s.on))
		}),
		"assigned": ask(func(role string) ref.Val {
			return types.Bool(slices.ContainsFunc(s.st.Assigned[role], func(x string) bool {
				_, away := s.barred(x) // by what was decided in the matter this one is part of
				return !away && s.canPlay(role, x)
			}))
		}),
		"closed": ask(func(kind string) ref.Val { return types.Bool(s.anyLinked(kind, s.isClosed)) }),
	}
	for name, holds := range map[string]func(x matter.State, a, b string) bool{
		"linked": func(x matter.State, stage, _ string) bool { return x.Stage == stage },
		"linked_with": func(x matter.State, stage, fact string) bool {
			return x.Stage == stage && shareOne(s.list(fact), x.Facts.List(fact))
		},
		"assigned_in": func(x matter.State, role, fact string) bool { return shareOne(s.list(fact), x.Assigned[role]) },
	} {
		out[name] = func(_ string, args ...ref.Val) ref.Val {
			text := func(i int) string { t, _ := args[min(i, len(args)-1)].(types.String); return string(t) }
			return types.Bool(s.anyLinked(text(0), func(x matter.State) bool { return holds(x, text(1), text(2)) }))
		}
	}
	out["has_work"] = func(_ string, args ...ref.Val) ref.Val {
		fact := func(i int) string { return first(s.list(string(args[i].(types.String)))) }
		return types.Bool(s.snap.Work != nil && s.snap.Work(fact(0), fact(1), s.st.Holder))
	}
	out["count"] = ask(func(name string) ref.Val {
		if s.asked && s.form.Field(name) != nil {
			return types.NewUnknown(0, types.NewAttributeTrail(name))
		}
		return types.Int(len(s.list(name)))
	})
	s.keeping(out)
	s.joining(out)
	for name, hook := range s.p.hooks {
		out[name] = func(string, ...ref.Val) ref.Val {
			return types.Bool(hook(HookArgs{s.st, s.given, s.on, s.snap}))
		}
	}
	return out
}

// under says whether an organ is of the same kind as the one that acts or holds the matter, for a part of its division.
func (s *scene) under(organ string) bool {
	own, known := s.snap.Organs[cmp.Or(s.st.Holder, s.by.Organ)]
	below, found := s.snap.Organs[organ]
	return known && found && own.Kind == below.Kind && own.Division != below.Division && Covers(own.Division, below.Division)
}

// canPlay says whether a person holds, today, a post in which the role is played here: a task whose holder has left is
// nobody's (ptsd/162).
func (s *scene) canPlay(name, person string) bool {
	role := s.p.Roles.Get(name)
	return slices.ContainsFunc(s.snap.Posts, func(p Post) bool {
		return p.Person == person && p.Holds(s.snap.Today) && slices.Contains(role.Posts, p.Role) && s.at(role, p.Organ)
	})
}

// Overdue says whether a clock's last day has passed on the day without its being stopped.
func Overdue(c matter.Clock, on calendar.Date) bool {
	return (c.Status == matter.Running || c.Status == matter.Lapsed) && !c.Due.IsZero() && c.Due < on
}

// anyLinked says whether something holds of a matter joined to this one by a kind of link.
func (s *scene) anyLinked(kind string, holds func(matter.State) bool) bool {
	return slices.ContainsFunc(s.st.Links, func(l matter.Link) bool {
		x, known := s.snap.Linked[l.To]
		return l.Kind == kind && known && holds(x)
	})
}

// isClosed says whether a linked matter stands in a final stage of its procedure.
func (s *scene) isClosed(x matter.State) bool {
	p, err := s.l.ByKey(x.Procedure)
	return err == nil && p.Stages.Get(x.Stage) != nil && p.Stages.Get(x.Stage).Final
}

func shareOne(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// NotAsked lists the questions of an act that the matter as it stands has settled, whatever the others
// are answered with.
func (p *Procedure) NotAsked(l *Law, st matter.State, snap Snapshot, a *Act) []string {
	form := p.Form(a)
	if form == nil {
		return nil
	}
	var out []string
	s := &scene{p: p, l: l, st: st, snap: snap, on: snap.Today, form: form}
	for _, f := range form.Fields {
		if f.Show == "" {
			continue
		}
		if shown, unknown, err := s.holds(f.Show); err == nil && !shown && len(unknown) == 0 {
			out = append(out, f.Name)
		}
	}
	return out
}
