package procedure

import (
	"slices"
	"strings"

	"yifa/internal/matter"
)

// mayAct says why the actor may not do the act as any of its roles, or nil. Of several reasons it
// gives the one that comes nearest to a yes.
func (s *scene) mayAct(a *Act) *Refusal {
	if cite, barred := s.barred(s.by.Person, s.by.For); barred {
		no := s.refuse(a, Recused, nil)
		no.Cite = cite
		return no
	}
	var best *Refusal
	for _, name := range a.By {
		r := s.plays(name, a)
		if r == nil && s.snap.Denied {
			r = s.refuse(a, Recused, nil)
		}
		if r == nil {
			return nil
		}
		if best == nil || nearness(r) > nearness(best) {
			best = r
		}
	}
	return best
}

// nearness ranks a refusal: nearest is one that is not about who somebody is.
func nearness(r *Refusal) int {
	order := []string{NotYourAct, NotYourOrgan, NotAssigned, SecondPerson, Recused}
	if i := slices.Index(order, r.Reason); i >= 0 {
		return i
	}
	return len(order)
}

// plays says why the actor is not in the role, or nil.
func (s *scene) plays(name string, a *Act) *Refusal {
	role := s.p.Roles.Get(name)
	switch role.Is {
	case "filer":
		return s.unless(s.by.Person == matter.PersonFiler, a)
	case "system":
		return s.unless(s.by.Person == matter.PersonSystem, a)
	case "operator":
		return s.unless(s.by.Person == matter.PersonOperator, a)
	case "linked":
		return s.unless(s.from != 0, a)
	}
	post, ok := s.post(role)
	if !ok {
		return s.refuse(a, NotYourAct, nil)
	}
	if !s.at(role, post.Organ) {
		return s.refuse(a, NotYourOrgan, nil)
	}
	if role.Assigned && !s.isAssigned(name) {
		if role.At == "any" {
			return s.refuse(a, NotYourAct, nil) // settled when the matter was opened; nobody can take it on
		}
		return s.refuse(a, NotAssigned, nil)
	}
	if r := s.excluded(role, a); r != nil {
		return r
	}
	if r := s.makes(name, post, a); r != nil {
		return r
	}
	return s.conditional(role, a)
}

// Candidate is somebody who may play a role, with the posts by which he might.
type Candidate struct {
	Person string
	Posts  []Post
}

// Plays says whether a person plays a staff role in a matter by one of the posts given, as far as posts, organs,
// assignments and recusal go; what else the act asks is not looked at.
func (p *Procedure) Plays(l *Law, name string, st matter.State, who Candidate) bool {
	role := p.Roles.Get(name)
	if role == nil || role.Is != "" {
		return false
	}
	for _, post := range who.Posts {
		s := &scene{p: p, l: l, st: st, on: st.Opened.Day, by: matter.Actor{Person: who.Person, Post: post.ID, Organ: post.Organ, For: post.For}}
		if (!role.Assigned || s.isAssigned(name)) && slices.Contains(role.Posts, post.Role) && s.at(role, post.Organ) && s.excluded(role, &Act{}) == nil && s.makes(name, post, &Act{}) == nil {
			return true
		}
	}
	return false
}

// isAssigned says whether the matter is assigned in a role to the actor, or to whom the actor stands in for: a
// substitute has exactly the rights of the post (ptsd/160).
func (s *scene) isAssigned(role string) bool {
	return slices.ContainsFunc(s.selves(), func(person string) bool { return slices.Contains(s.st.Assigned[role], person) })
}

// selves are the persons who count as the actor: himself, and whom he stands in for (ptsd/161).
func (s *scene) selves() []string { return selves(s.by) }

func selves(by matter.Actor) []string {
	if by.For == "" {
		return []string{by.Person}
	}
	return []string{by.Person, by.For}
}

// conditional says why nobody plays the role in the matter as it stands, or nil.
func (s *scene) conditional(role *Role, a *Act) *Refusal {
	t := *s
	t.form, t.given = nil, nil
	r, err := t.hold(a, role.When)
	if err != nil {
		return s.refuse(a, NotKnownYet, nil)
	}
	return r
}

func (s *scene) unless(ok bool, a *Act) *Refusal {
	if ok {
		return nil
	}
	return s.refuse(a, NotYourAct, nil)
}

func (s *scene) refuse(a *Act, reason string, args map[string]string) *Refusal {
	return &Refusal{Act: a.Name, Cite: first(a.Cite), Reason: reason, Args: args}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// post is the post the actor acts by: the one named, held today, of a kind the role asks.
func (s *scene) post(role *Role) (Post, bool) {
	for _, p := range s.snap.Posts {
		if p.ID == s.by.Post && p.Person == s.by.Person && p.Holds(s.snap.Today) && slices.Contains(role.Posts, p.Role) {
			return p, true
		}
	}
	return Post{}, false
}

// at says whether an organ is where the role is played.
func (s *scene) at(role *Role, organ string) bool {
	switch where, fact, _ := strings.Cut(role.At, ":"); where {
	case "any":
		return true
	case "organ":
		return slices.Contains(s.list(fact), organ)
	}
	// Before a matter is opened nobody holds it; the post's own organ will, or intake hands it on.
	return s.st.Rev == 0 || organ == s.st.Holder
}

// excluded applies recusal (facts that name persons or organs) and separation of duties (roles).
func (s *scene) excluded(role *Role, a *Act) *Refusal {
	for i, name := range role.Not {
		no := func(reason string) *Refusal {
			r := s.refuse(a, reason, nil)
			if len(role.Cite) > 0 {
				r.Cite = role.Cite[min(i, len(role.Cite)-1)]
			}
			return r
		}
		if s.p.Roles.Get(name) != nil {
			if s.hasActedAs(name) {
				return no(SecondPerson)
			}
			continue
		}
		named := s.st.Facts.List(name)
		if slices.Contains(named, s.by.Person) || slices.Contains(named, s.by.Organ) || s.by.For != "" && slices.Contains(named, s.by.For) {
			return no(Recused)
		}
	}
	return nil
}

// hasActedAs says whether the actor is assigned to the role or did an act that only it may do; what a substitute did
// counts as done by both.
func (s *scene) hasActedAs(role string) bool {
	if s.isAssigned(role) {
		return true
	}
	return slices.ContainsFunc(s.st.Done, func(d matter.Done) bool {
		if !shareOne(selves(d.By), s.selves()) {
			return false
		}
		acts := s.p.Acts(d.Act)
		return len(acts) > 0 && slices.Equal(acts[0].By, []string{role})
	})
}

// eligible says whether a person could play a staff role in the matter, for being assigned to it.
func (s *scene) eligible(name, person, holder string) bool {
	role := s.p.Roles.Get(name)
	t := *s
	t.st.Holder = holder
	for _, p := range s.snap.Posts {
		if _, barred := s.barred(person, p.For); barred || p.Person != person || !p.Holds(s.snap.Today) || !slices.Contains(role.Posts, p.Role) || !t.at(role, p.Organ) {
			continue
		}
		t.by = matter.Actor{Person: person, Post: p.ID, Organ: p.Organ, For: p.For}
		if r := t.excluded(role, &Act{}); r == nil || r.Reason == SecondPerson {
			return true
		}
	}
	return false
}

// Organs are the organs at which a role is played in a matter; none for any, or while the fact that
// names them is not known.
func (r *Role) Organs(st matter.State) []string {
	switch where, fact, _ := strings.Cut(r.At, ":"); where {
	case "any":
		return nil
	case "organ":
		return st.Facts.List(fact)
	}
	return []string{st.Holder}
}
