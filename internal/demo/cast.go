package demo

import (
	"slices"
	"strings"

	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
)

// cast moves a case to its county: v.Organs gets the counterparts of its organs and counties, v.Persons who plays its
// people there. It says whether everybody who acts could be cast.
func (c *City) cast(x plot, t telling, town int, v *worked.Variation) bool {
	v.Organs, v.Persons = map[string]string{}, map[string]string{}
	if from := home(x.one, c.counties); x.county == city {
		v.Organs[from] = city
	} else {
		at := slices.Index(c.counties, x.county) - slices.Index(c.counties, from)
		for k, from := range c.counties {
			v.Organs[from] = c.counties[(k+at+len(c.counties))%len(c.counties)]
		}
	}
	for _, o := range x.one.Organs {
		v.Organs[o.Key] = c.counterpart(o.Key, v.Organs, town)
	}
	if about := about(x.one); about != "" && !x.own {
		v.Organs[about] = c.complained(x, t, v.Organs[about], town)
	}
	acts := map[string]bool{}
	for _, l := range x.one.Lines {
		if l.Step != nil && l.Step.Refused == nil && l.Step.Person != "" {
			acts[l.Step.Post] = true
		}
	}
	whole, turn := true, town
	if x.last != "" {
		turn = 0 // what the demo accounts look at first is theirs
	}
	for _, p := range x.one.Posts {
		who, found := c.stand(v.Organs[p.Organ], p, turn, v.Persons)
		v.Persons[p.Person] = who
		whole = whole && (found || !acts[p.ID])
	}
	return whole
}

// city is the division of what the city's own bureau supervises.
const city = "440700"

// home is the county whose bureau does most of a case.
func home(one worked.Case, counties []string) string {
	for _, l := range one.Lines {
		if s := l.Step; s != nil && len(s.Organ) >= 6 && slices.Contains(counties, s.Organ[:6]) {
			return s.Organ[:6]
		}
	}
	return counties[0]
}

// about is the organ a case is about; empty where that is a bureau or nobody.
func about(one worked.Case) string {
	for _, field := range []string{"complained_organ", "organ", "route_to"} {
		for _, l := range one.Lines {
			if l.Step == nil || l.Step.Refused != nil || len(l.Step.Fields[field]) == 0 {
				continue
			}
			key := l.Step.Fields[field][0]
			i := slices.IndexFunc(one.Organs, func(o procedure.Organ) bool { return o.Key == key })
			if i >= 0 && one.Organs[i].Kind != "justice" && field != "route_to" {
				return key
			}
		}
	}
	return ""
}

// complained is the organ a telling is about in its county: one of the kinds it can be about, the one much
// complained of where that is among them.
func (c *City) complained(x plot, t telling, moved string, town int) string {
	kinds := t.Organs
	if x.organ != "" {
		kinds = []string{x.organ}
	}
	for _, known := range []string{c.plots.Praised, c.plots.Often} {
		code, kind, _ := strings.Cut(known, "-")
		if code[:6] == x.county && slices.Contains(kinds, kind) && (known != c.plots.Praised || t.kind == "praise") {
			return known
		}
	}
	_, own, _ := strings.Cut(moved, "-")
	if slices.Contains(kinds, own) {
		return moved
	}
	if supervised := x.one.Procedure.Roles.Get("supervised") != nil || len(x.one.Procedure.Roles.Names) == 0; supervised || opensCase(x.one) {
		kinds = slices.DeleteFunc(slices.Clone(kinds), func(k string) bool { return !c.contact(x.county + "-" + k) })
	}
	for _, kind := range kinds {
		sample := x.county + "-" + kind
		if kind == "zhzf" || kind == "zf" {
			sample = x.county + "000-" + kind
		}
		if to := c.counterpart(sample, map[string]string{x.county: x.county}, town); to != sample || c.known(to) {
			return to
		}
	}
	return moved
}

func opensCase(one worked.Case) bool {
	return slices.ContainsFunc(one.Lines, func(l worked.Line) bool { return l.Step != nil && l.Step.Act == "open_case" })
}

// contact says whether somebody answers for an organ.
func (c *City) contact(organ string) bool {
	return slices.ContainsFunc(c.people, func(p person) bool {
		return slices.ContainsFunc(p.Posts, func(x post) bool { return x.Organ == organ && x.Role == "organ_contact" })
	})
}

func (c *City) known(organ string) bool { return c.byKey[organ] }

// counterpart is the organ of the same kind in the county a story moves to.
func (c *City) counterpart(key string, moved map[string]string, town int) string {
	code, kind, _ := strings.Cut(key, "-")
	if len(code) < 6 || moved[code[:6]] == "" {
		return key
	}
	county := moved[code[:6]]
	if len(code) == 6 {
		if to := county + "-" + kind; c.known(to) {
			return to
		}
		return key
	}
	if towns := c.towns[county+"-"+kind]; len(towns) > 0 {
		return towns[town%len(towns)]
	}
	return key
}

// stand is who plays a post of a case in another organ: somebody of the same role, not yet cast. The first of an
// organ has half of its matters.
func (c *City) stand(organ string, p procedure.Post, turn int, cast map[string]string) (string, bool) {
	holds := func(id string) bool {
		return slices.ContainsFunc(c.posts[id], func(x post) bool { return x.Organ == organ && x.Role == p.Role })
	}
	if who := cast[p.Person]; who != "" {
		return who, holds(who)
	}
	var free []string
	for _, who := range c.people {
		taken := false
		for _, other := range cast {
			taken = taken || other == who.ID
		}
		if !taken && holds(who.ID) {
			free = append(free, who.ID)
		}
	}
	switch {
	case len(free) == 0:
		return p.Person, false
	case turn%2 == 0:
		return free[0], true
	}
	return free[turn/2%len(free)], true
}

// move takes the place of a step along with its story, and to the town it is about.
func (c *City) move(s *worked.Step, v worked.Variation, town int, about string) {
	for i, code := range s.Fields["division"] {
		if len(code) < 6 || v.Organs[code[:6]] == "" {
			continue
		}
		s.Fields["division"][i] = v.Organs[code[:6]]
		switch {
		case len(about) > 9 && about[9] == '-':
			s.Fields["division"][i] = about[:9]
		case len(code) == 9:
			s.Fields["division"][i] = strings.TrimSuffix(c.counterpart(code+"-zf", v.Organs, town), "-zf")
		}
	}
}
