package proof

import (
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
)

// Staff is who holds which post in which organ.
type Staff struct {
	Organs []procedure.Organ
	Posts  []procedure.Post
	On     calendar.Date
}

// Shortage is an act that cannot be done in an organ with the staff it has, or hangs on one person there.
type Shortage struct {
	Organ     string   `json:"organ"`
	Procedure string   `json:"procedure"` // id@version
	Act       string   `json:"act"`
	Label     string   `json:"label"`
	Roles     []string `json:"roles"`          // labels of those who may
	Why       string   `json:"why"`            // in Simplified Chinese
	Only      string   `json:"only,omitempty"` // the one person on whom it hangs: recused or away, nobody is left
}

// Staffing holds the procedures in force on a day to the real staff of every organ that holds matters of them:
// which acts nobody there could lawfully do, posts, separation of duties and second persons considered, and
// which could be done by one person only.
func Staffing(l *procedure.Law, s Staff) []Shortage {
	var out []Shortage
	seen := map[string]bool{}
	for _, p := range l.All() {
		p, err := l.Procedure(p.ID, s.On)
		if err != nil || seen[p.ID] {
			continue
		}
		seen[p.ID] = true
		v := newVersion(l, p)
		for _, o := range s.Organs {
			if s.holds(l, p, o) {
				u := unit{version: v, staff: s, organ: o.Key}
				out = append(out, u.shortages()...)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Shortage) int { return strings.Compare(a.Organ, b.Organ) })
	return out
}

// holds says whether an organ can come to hold matters of a procedure.
func (s Staff) holds(l *procedure.Law, p *procedure.Procedure, o procedure.Organ) bool {
	switch h := p.Subject.Holder; {
	case h.Kind != "":
		return o.Kind == h.Kind
	case h.Is == "actor":
		return slices.ContainsFunc(p.Open, func(a *procedure.Act) bool {
			return slices.ContainsFunc(a.By, func(r string) bool { return len(s.people(p.Roles.Get(r).Posts, o.Key)) > 0 })
		})
	}
	return p.Subject.Shard != "zero" && slices.Contains(l.HolderKinds(), o.Kind)
}

// people are those who hold one of some posts on the day, in an organ or (empty) anywhere.
func (s Staff) people(posts []string, organ string) []string {
	var out []string
	for _, p := range s.Posts {
		if p.Holds(s.On) && slices.Contains(posts, p.Role) && (organ == "" || p.Organ == organ) && !slices.Contains(out, p.Person) {
			out = append(out, p.Person)
		}
	}
	return out
}

// unit is one organ holding matters of one version.
type unit struct {
	*version
	staff Staff
	organ string
}

func (u unit) shortages() []Shortage {
	var out []Shortage
	told := map[string]bool{}
	for _, a := range u.p.AllActs() {
		if told[a.Name] || len(u.stagesOf(a)) == 0 || u.byNobody(a) {
			continue
		}
		why, people := "", []string{}
		for _, name := range a.By {
			no, who := u.lacks(name, a)
			if no == "" {
				why = ""
				people = append(people, who...)
				continue
			}
			if len(people) == 0 && why == "" {
				why = no
			}
		}
		slices.Sort(people)
		people = slices.Compact(people)
		x := Shortage{Organ: u.organ, Procedure: u.p.Key(), Act: a.Name, Label: a.Label, Roles: u.labels(a.By)}
		switch {
		case len(people) == 0:
			x.Why = why
		case len(people) == 1:
			x.Only, x.Why = people[0], "只有一个人能办；这个人回避或者不在，就没有人能办"
		default:
			continue
		}
		told[a.Name] = true
		out = append(out, x)
	}
	return out
}

// byNobody: what the public, the system or another matter does needs no staff.
func (u unit) byNobody(a *procedure.Act) bool {
	return slices.ContainsFunc(a.By, func(r string) bool { return u.p.Roles.Get(r).Is != "" })
}

func (u unit) labels(roles []string) []string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = u.p.Roles.Get(r).Label
	}
	return out
}

// in are those who could be in a role, and where they are sought.
func (u unit) in(name string) []string {
	r := u.p.Roles.Get(name)
	if r.At == "" || r.At == "holder" {
		return u.staff.people(r.Posts, u.organ)
	}
	return u.staff.people(r.Posts, "")
}

// lacks says why nobody could do an act in a role; who are those who could.
func (u unit) lacks(name string, a *procedure.Act) (why string, who []string) {
	r := u.p.Roles.Get(name)
	if who = u.in(name); len(who) == 0 {
		return "没有人担任" + r.Label, nil
	}
	var before []string // roles that somebody else has acted in when it comes to this one
	for _, other := range r.Not {
		def := u.p.Roles.Get(other)
		if def == nil || def.Is != "" || !u.mustAct(other, a) {
			continue
		}
		if len(u.in(other)) == 0 {
			return "要先由" + def.Label + "办理，但没有人担任", nil
		}
		before = append(before, other)
	}
	who = slices.DeleteFunc(slices.Clone(who), func(p string) bool { return !u.apart(before, map[string]string{name: p}) })
	switch labels := u.labels(before); {
	case len(who) == 0 && len(before) == 1:
		return r.Label + "不能就是" + labels[0] + "，但符合两个条件的只有同一个人", nil
	case len(who) == 0:
		return "要由不同的人担任" + strings.Join(labels, "、") + "和" + r.Label + "，但符合条件的人不够", nil
	}
	if second := u.seconds(name, a); second != nil && len(union(who, second)) < 2 {
		return "要有另一个人，但符合条件的只有一个人", nil
	}
	return "", who
}

// apart says whether each of some roles can be played by somebody of the staff, nobody playing two that exclude each other;
// played are those who play a role already.
func (u unit) apart(roles []string, played map[string]string) bool {
	if len(roles) == 0 {
		return true
	}
	for _, p := range u.in(roles[0]) {
		clash := false
		for other, who := range played {
			clash = clash || who == p && u.exclude(roles[0], other)
		}
		if clash {
			continue
		}
		played[roles[0]] = p
		if u.apart(roles[1:], played) {
			delete(played, roles[0])
			return true
		}
		delete(played, roles[0])
	}
	return false
}

// exclude says whether one of two roles may not be played by whoever acted in the other.
func (u unit) exclude(a, b string) bool {
	return slices.Contains(u.p.Roles.Get(a).Not, b) || slices.Contains(u.p.Roles.Get(b).Not, a)
}

// mustAct says whether no matter comes to where an act stands without somebody having acted in a role.
func (u unit) mustAct(role string, a *procedure.Act) bool {
	reached := map[string]bool{}
	next := []string{}
	alone := func(x *procedure.Act) bool { return len(x.By) == 1 && x.By[0] == role }
	for _, before := range a.After {
		if !slices.ContainsFunc(u.p.Acts(before), func(x *procedure.Act) bool { return !alone(x) }) {
			return true
		}
	}
	for _, x := range u.p.Open {
		if !alone(x) {
			next = append(next, x.To)
		}
	}
	for ; len(next) > 0; next = next[1:] {
		if reached[next[0]] || next[0] == "" {
			continue
		}
		reached[next[0]] = true
		for _, x := range u.p.ActsIn(next[0]) {
			if !alone(x) {
				next = append(next, x.To)
			}
		}
	}
	return !slices.ContainsFunc(u.stagesOf(a), func(s string) bool { return reached[s] || s == "" })
}

// seconds are those who could be the other person that a condition of an act asks for (second != actor.person),
// nil where none does. A condition that can hold otherwise too does not count.
func (u unit) seconds(name string, a *procedure.Act) []string {
	for _, r := range a.When {
		var field string
		switch words := strings.Fields(r.Is); {
		case len(words) != 3 || words[1] != "!=":
			continue
		case words[0] == "actor.person":
			field = words[2]
		case words[2] == "actor.person":
			field = words[0]
		default:
			continue
		}
		if f := u.p.Form(a).Field(field); f != nil {
			if len(f.Posts) > 0 {
				return append([]string{}, u.staff.people(f.Posts, u.organ)...)
			}
			return u.in(name)
		}
		out := []string{}
		for _, x := range u.p.AllActs() {
			if to := x.Facts.Get(field); to != nil && *to == "actor" {
				for _, by := range x.By {
					out = union(out, u.in(by))
				}
			}
		}
		return out
	}
	return nil
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
