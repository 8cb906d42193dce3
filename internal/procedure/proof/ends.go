package proof

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"yifa/internal/procedure"
)

// paths: every act is reached on some path, given what it must come after, and from everywhere a matter can
// come to, some sequence of acts leads to an end.
func (c *checker) paths() {
	k := &walk{version: c.version, follow: c.asked()}
	t := k.from(place{})
	if !t.whole {
		return
	}
	stages := map[string]bool{}
	for at := range t.came {
		stages[at.stage] = true
	}
	for name, s := range c.p.Stages.Each {
		if c.pass[name] && !stages[name] {
			c.fault(s.Line, "stage "+name+": no path leads to it, given what its acts must come after and their conditions", "let the acts that lead to it be possible before, or take it out")
		}
	}
	for _, a := range c.p.AllActs() {
		if !t.fired[a] && len(c.stagesOf(a)) > 0 && c.holdableAnywhere(a) {
			c.fault(a.Line, fmt.Sprintf("act %s: no path reaches it, given what it must come after", a.Name), "let the acts it waits for be possible before it, or take it out")
		}
	}
	c.stuck(t)
	c.combinations()
}

// holdableAnywhere leaves to rules what they have said already.
func (c *checker) holdableAnywhere(a *procedure.Act) bool {
	return slices.ContainsFunc(c.stagesOf(a), func(stage string) bool { return c.holdable(a, stage) == len(a.When) })
}

// stuck names the stages in which a matter can be with no way to an end, with one way it came there.
func (c *checker) stuck(t *trip) {
	home := t.home(c.p)
	worst := map[string]place{}
	for at := range t.came {
		if at.stage == "" || home[at] {
			continue
		}
		was, known := worst[at.stage]
		if !known || shorter(t.way(at), t.way(was)) {
			worst[at.stage] = at
		}
	}
	for _, stage := range slices.Sorted(maps.Keys(worst)) {
		c.fault(c.p.Stages.Get(stage).Line, fmt.Sprintf("stage %s: after %s no sequence of acts leads to a final stage", stage, strings.Join(t.way(worst[stage]), ", ")),
			"add an act that leads on, or one that may be done once more")
	}
}

func shorter(a, b []string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return slices.Compare(a, b) < 0
}

// combinations: whatever the facts are that the ways out of a stage ask for, one of them leads to an end.
func (c *checker) combinations() {
	for name, s := range c.p.Stages.Each {
		if s.Final || !c.pass[name] {
			continue
		}
		facts := c.guarding(name)
		c.eachCombination(name, facts, map[string][]string{}, func(values map[string][]string) bool {
			if c.leadsOut(name, values, nil) {
				return true
			}
			c.fault(s.Line, fmt.Sprintf("stage %s: where %s, no act leads on to an end", name, worded(values)), "add an act for that case, or let another be open in it")
			return false // one of a stage is enough
		})
	}
}

// guarding lists the facts of few values that the conditions of acts leading out of a stage read.
func (c *checker) guarding(stage string) []string {
	var out []string
	for _, a := range c.p.ActsIn(stage) {
		if a.To == "" || a.To == stage {
			continue
		}
		for _, r := range a.When {
			_, reads := c.p.Condition(c.p.Form(a), r.Is)
			for _, name := range reads {
				if c.p.Form(a).Field(name) == nil && len(c.all(name)) > 0 && c.p.Facts.Get(name).Type != "enums" && !slices.Contains(out, name) {
					out = append(out, name)
				}
			}
		}
	}
	return out
}

func (c *checker) eachCombination(stage string, facts []string, values map[string][]string, each func(map[string][]string) bool) bool {
	if len(facts) == 0 {
		return len(values) == 0 || each(values)
	}
	for _, value := range c.values(facts[0], stage) {
		values[facts[0]] = []string{value}
		if !c.eachCombination(stage, facts[1:], values, each) {
			return false
		}
	}
	delete(values, facts[0])
	return true
}

// leadsOut says whether a matter with these facts can come to an end from a stage. What acts on the way can
// change is not held fast.
func (v *version) leadsOut(stage string, facts map[string][]string, done func(string) bool) bool {
	k := &walk{version: v, facts: maps.Clone(facts)}
	start := place{stage: stage}
	if done != nil {
		k.follow = v.asked()
		for _, name := range k.follow {
			if done(name) {
				start.done |= k.bit(name)
			}
		}
	}
	for {
		t := k.from(start)
		if !t.whole || t.home(v.p)[start] {
			return true
		}
		held := len(k.facts)
		for a := range t.fired {
			for name := range k.facts {
				if v.given(a, name) != nil {
					delete(k.facts, name)
				}
			}
		}
		if len(k.facts) == held {
			return false
		}
	}
}

func worded(values map[string][]string) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		is := values[name][0]
		if is == unknown {
			out = append(out, name+" is not known")
		} else {
			out = append(out, name+" is "+is)
		}
	}
	return strings.Join(out, " and ")
}
