package procedure

import (
	"maps"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Barred lists who is kept away from a matter with these facts, each with the provision: who is
// named in a fact that bars (a decided recusal, being complained of).
func (p *Procedure) Barred(facts matter.Facts) map[string]string {
	out := map[string]string{}
	for name, def := range p.Facts.Each {
		if len(def.Bars) == 0 {
			continue
		}
		for _, person := range facts.List(name) {
			if out[person] == "" {
				out[person] = def.Bars[0]
			}
		}
	}
	return out
}

// barred says whether one of the persons is kept away from the matter, or from one it is part of, however far up,
// and by which provision.
func (s *scene) barred(persons ...string) (cite string, is bool) {
	all := []map[string]string{s.p.Barred(s.st.Facts)}
	seen := map[matter.ID]bool{}
	for up := s.st.Links; len(up) > 0; up = up[1:] {
		whole, known := s.snap.Linked[up[0].To]
		if up[0].Kind != "part_of" || !known || seen[whole.ID] {
			continue
		}
		seen[whole.ID] = true
		up = append(slices.Clone(up), whole.Links...)
		if p, err := s.l.ByKey(whole.Procedure); err == nil {
			all = append(all, p.Barred(whole.Facts))
		}
	}
	for _, by := range all {
		for _, x := range persons {
			if cite, is := by[x]; is && x != "" {
				return cite, true
			}
		}
	}
	return "", false
}

// namesBarred refuses an act that gives a task to somebody who is kept away from the matter.
func (s *scene) namesBarred(a *Act) *Refusal {
	if s.form == nil {
		return nil
	}
	for _, f := range s.form.Fields {
		if f.Type != "person" || f.Class != Clear {
			continue
		}
		if cite, barred := s.barred(s.given.List(f.Name)...); barred {
			no := s.refuse(a, PersonRecused, nil)
			no.Cite = cite
			return no
		}
	}
	return nil
}

// left are the facts as the act leaves them.
func (s *scene) left(d *matter.Delta) matter.Facts {
	out := maps.Clone(s.st.Facts)
	if out == nil {
		out = matter.Facts{}
	}
	for name, v := range d.Facts {
		if v == nil {
			delete(out, name)
		} else {
			out[name] = v
		}
	}
	return out
}

// unassign takes everything from those who are kept away once the act is done.
func (s *scene) unassign(d *matter.Delta) {
	barred := s.p.Barred(s.left(d))
	away := func(person string) bool { return barred[person] != "" }
	for role, persons := range s.st.Assigned {
		if now, set := d.Assign[role]; set {
			persons = now
		}
		if slices.ContainsFunc(persons, away) {
			if d.Assign == nil {
				d.Assign = map[string][]string{}
			}
			d.Assign[role] = slices.DeleteFunc(slices.Clone(persons), away)
		}
	}
}

// deny takes the right to read from those who are kept away from now on, and ends that denial for
// those who no longer are.
func (s *scene) deny(d *matter.Delta) {
	before, now := s.p.Barred(s.st.Facts), s.p.Barred(s.left(d))
	for _, person := range slices.Sorted(maps.Keys(now)) {
		if before[person] == "" {
			d.Access = append(d.Access, keepAway(person, s.snap.Today)...)
		}
	}
	for _, person := range slices.Sorted(maps.Keys(before)) {
		if now[person] == "" {
			for _, a := range keepAway(person, s.snap.Today) {
				a.To = s.snap.Today
				d.Access = append(d.Access, a)
			}
		}
	}
}

// keepAway denies a matter to a person and to whoever stands in for him.
func keepAway(person string, from calendar.Date) []matter.Access {
	return []matter.Access{
		{Holder: "person:" + person, Right: "read", From: from, Deny: true},
		{Holder: "for:" + person, Right: "read", From: from, Deny: true},
	}
}
