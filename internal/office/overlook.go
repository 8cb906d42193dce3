package office

import (
	"slices"
	"strings"

	"yifa/internal/indicator"
	"yifa/internal/procedure"
)

// under lists the organs whose figures a post lets its holder see: those of its division and below.
func (o *Office) under(r Reader) []string {
	reg := o.register.Load()
	if reg == nil {
		return nil
	}
	var out []string
	for _, organ := range reg.Organs {
		if slices.ContainsFunc(r.posts, func(p procedure.Post) bool { return o.overlooks(reg, p, organ) }) {
			out = append(out, organ.Key)
		}
	}
	slices.Sort(out)
	return out
}

// overlooks says whether a post gives its holder the figures of an organ, by the rule in the law.
func (o *Office) overlooks(reg *register, p procedure.Post, organ procedure.Organ) bool {
	at := reg.Organs[p.Organ]
	return slices.ContainsFunc(o.indicators.Rule.Whole, func(w indicator.Whole) bool {
		return w.Kind == at.Kind && slices.Contains(w.Posts, p.Role) && within(at.Division, organ.Division)
	})
}

// organsWithin lists the organs of a division and of those below it.
func (o *Office) organsWithin(division string) []string {
	out := []string{}
	if reg := o.register.Load(); reg != nil {
		for _, key := range sortedKeys(reg.Organs) {
			if within(division, reg.Organs[key].Division) {
				out = append(out, key)
			}
		}
	}
	return out
}

// within says whether a division is another one or lies in it: 440703002 in 440700.
func within(whole, part string) bool {
	for len(whole) > 2 && strings.HasSuffix(whole, "00") {
		whole = whole[:len(whole)-2]
	}
	return strings.HasPrefix(part, whole)
}
