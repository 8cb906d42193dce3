package procedure

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/matter"
)

// decide works out everything the act changes. Effects follow in a fixed order, each seeing the
// ones before it: holder, facts, stage, assignment, bookings, clocks, access, items, numbers, openings, entries carried.
func (s *scene) decide(a *Act, try Attempt, ans answers) (Decision, error) {
	kind := matter.KindAct
	if s.st.Rev == 0 {
		kind = matter.KindOpen
	}
	d := Decision{Procedure: s.p, Act: a, Kind: kind, Given: ans.clear, Cite: a.Cite, Parts: ans.parts()}
	d.Delta = matter.Delta{Stage: a.To, Links: slices.Clone(try.Links), Unlinks: slices.Clone(try.Unlinks), Tell: s.tell(a, ans)}
	s.linked(a, &d.Delta)
	if err := s.effects(a, &d.Delta); err != nil {
		return Decision{}, err
	}
	if err := s.numbers(a, s.holder, &d.Delta); err != nil {
		return Decision{}, err
	}
	if err := s.opens(a, try, &d); err != nil {
		return Decision{}, err
	}
	return d, s.carries(a, try, &d)
}

// effects are what the act changes in its own matter.
func (s *scene) effects(a *Act, d *matter.Delta) error {
	holder, r := s.holderAfter(a, d)
	if r != nil {
		return r
	}
	s.holder = holder
	s.facts(a, d)
	if err := s.assign(a, holder, d); err != nil {
		return err
	}
	if r := s.books(a, d); r != nil {
		return r
	}
	if err := s.clocks(a, d); err != nil {
		return err
	}
	if err := s.access(a, d); err != nil {
		return err
	}
	s.items(a, d)
	return nil
}

// parts gathers texts and files by class, widest first.
func (o answers) parts() []matter.Part {
	var out []matter.Part
	for _, c := range matter.Classes {
		if len(o.texts[c]) > 0 || len(o.files[c]) > 0 {
			out = append(out, matter.Part{Class: c, Fields: o.texts[c], Files: o.files[c]})
		}
	}
	return out
}

// facts: clear answers whose name is a fact become that fact, then the act's own settings.
func (s *scene) facts(a *Act, d *matter.Delta) {
	set := matter.Facts{}
	for name := range s.p.Facts.Each {
		f := s.form.Field(name)
		if f == nil || f.Class != Clear {
			continue
		}
		if v, ok := s.given[name]; ok {
			set[name] = v
		} else if s.st.Facts[name] != nil {
			set[name] = nil
		}
	}
	for name, to := range a.Facts.Each {
		set[name] = s.setting(name, *to, set)
	}
	if len(set) > 0 {
		d.Facts = set
	}
}

// setting is what `facts: {name: …}` means: none, today, actor, field:NAME, add:NAME, less:NAME, kind:KIND,
// post:NAME, or a value. set is what the act has set so far.
func (s *scene) setting(name, to string, set matter.Facts) any {
	def := s.p.Facts.Get(name)
	switch source, of, _ := strings.Cut(to, ":"); source {
	case "field":
		return s.given[of]
	case "add":
		if all := union(s.st.Facts.List(name), s.given.List(of)); len(all) > 0 {
			return all
		}
		return nil
	case "less":
		if left := without(s.st.Facts.List(name), s.given.List(of)); len(left) > 0 {
			return left
		}
		return nil
	case "kind":
		return s.nearest(of)
	case "paper":
		return s.ofPaper(of, set)
	case "post":
		if persons := set.List(of); len(persons) > 0 {
			return s.highest(def.Options, persons)
		}
		return s.highest(def.Options, s.list(of))
	}
	switch {
	case to == "none":
		return nil
	case to == "today":
		return s.on.String()
	case to == "actor" && kindOf(def.Type, false) == "list":
		return s.selves()
	case to == "actor":
		return s.by.Person
	}
	switch kindOf(def.Type, false) {
	case "bool":
		return to == "true"
	case "number":
		n, _ := strconv.ParseInt(to, 10, 64) // Check has read it
		return n
	case "list":
		return []string{to}
	}
	return to
}

// nearest is the organ of a kind whose division covers the holder's most closely, never the holder
// itself: for a bureau its government, and the bureau one level up. nil where there is none.
func (s *scene) nearest(kind string) any {
	own := map[string]bool{s.holder: true}
	if best := s.closest(kind, s.snap.Organs[s.holder].Division, own); best != "" {
		return best
	}
	return nil
}

// highest is the last of the options that is a post one of the persons holds in the organ holding
// the matter. nil where none of them holds any.
func (s *scene) highest(options, persons []string) any {
	best := -1
	for _, p := range s.snap.Posts {
		if p.Organ == s.holder && p.Holds(s.snap.Today) && slices.Contains(persons, p.Person) {
			best = max(best, slices.Index(options, p.Role))
		}
	}
	if best < 0 {
		return nil
	}
	return options[best]
}

// after is a fact as it stands once the act is done.
func (s *scene) after(d *matter.Delta, name string) []string {
	if v, ok := d.Facts[name]; ok {
		return matter.Facts{"x": v}.List("x")
	}
	return s.list(name)
}

// holder finds the organ that holds the matter after the act.
func (s *scene) holderAfter(a *Act, d *matter.Delta) (string, *Refusal) {
	rule, opening := a.Holder, s.st.Rev == 0
	if rule.isZero() && !opening {
		return s.st.Holder, nil
	}
	if rule.isZero() {
		rule = s.p.Subject.Holder
	}
	var to string
	switch field, ok := strings.CutPrefix(rule.Is, "field:"); {
	case ok:
		to = first(s.after(d, field))
	case rule.Is == "actor":
		to = s.by.Organ
	default:
		to = s.competent(rule, d)
	}
	if to == "" {
		return "", s.refuse(a, NoHolder, nil)
	}
	if to != s.st.Holder {
		d.Holder = to
	}
	return to, nil
}

func (h HolderRule) isZero() bool { return h.Is == "" && h.Kind == "" }

// competent is the most specific organ of the kind whose division covers what the rule names,
// leaving out the organ itself and the ones it belongs to: nobody supervises himself.
func (s *scene) competent(rule HolderRule, d *matter.Delta) string {
	division, organ := "", ""
	for _, name := range rule.Over {
		v := first(s.after(d, name))
		if v == "" {
			continue
		}
		division = v
		if o, ok := s.snap.Organs[v]; ok {
			division, organ = o.Division, v
		}
		break
	}
	own := map[string]bool{}
	for k := organ; k != "" && !own[k]; k = s.snap.Organs[k].Parent {
		own[k] = true
	}
	return s.closest(rule.Kind, division, own)
}

// closest is the organ of a kind whose division covers the given one most closely, or "".
func (s *scene) closest(kind, division string, without map[string]bool) string {
	best := ""
	for _, key := range slices.Sorted(maps.Keys(s.snap.Organs)) {
		o := s.snap.Organs[key]
		if o.Kind != kind || without[key] || division == "" || !Covers(o.Division, division) {
			continue
		}
		if best == "" || len(significant(s.snap.Organs[best].Division)) < len(significant(o.Division)) {
			best = key
		}
	}
	return best
}

// Covers says whether a division is or contains another: 440700 covers 440703001.
func Covers(outer, inner string) bool {
	return strings.HasPrefix(inner, significant(outer))
}

// significant cuts the zeros that fill a code up: 440700 is the city 4407, 440000 the province 44.
func significant(code string) string {
	for _, level := range []int{2, 4, 6, 9} {
		if len(code) > level && strings.Trim(code[level:], "0") == "" {
			return code[:level]
		}
	}
	return code
}

// holding is whose the work becomes that the actor takes on: his own, or that of whom he stands in for, who goes on with
// it once the substitute's time is over.
func (s *scene) holding() string {
	if s.by.For != "" {
		return s.by.For
	}
	return s.by.Person
}

// assign gives roles to persons. A person named in a field must be able to play the role.
func (s *scene) assign(a *Act, holder string, d *matter.Delta) error {
	after := *s
	after.st.Facts = s.left(d)
	for role, to := range a.Assign.Each {
		persons := []string{}
		field, named := strings.CutPrefix(*to, "field:")
		switch {
		case *to == "actor":
			persons = append(persons, s.holding())
		case named:
			persons = append(persons, s.after(d, field)...)
		}
		for _, person := range persons {
			if cite, barred := after.barred(person); barred && named {
				no := s.refuse(a, PersonRecused, nil)
				no.Cite = cite
				return no
			}
			if named && !after.eligible(role, person, holder) {
				return FieldErrors{{Field: field, Key: "not_eligible", Args: map[string]string{"role": role}}}
			}
		}
		if d.Assign == nil {
			d.Assign = map[string][]string{}
		}
		d.Assign[role] = persons
	}
	s.unassign(d)
	return nil
}
