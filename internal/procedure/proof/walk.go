package proof

import (
	"cmp"
	"slices"
	"strings"

	"yifa/internal/procedure"
)

// place is where a matter can be: its stage, and which of the acts that others ask for stand (a bit each).
type place struct {
	stage string
	done  uint64
}

// walk goes from place to place by every act that could be open there.
type walk struct {
	*version
	follow []string            // acts whose standing is followed; of others both is possible
	facts  map[string][]string // facts that do not change on the way, with the values they can have
	judged map[judged]bool
}

// judged is one question asked before: can the conditions of an act hold in a stage, certain acts standing or not.
type judged struct {
	act   *procedure.Act
	stage string
	done  uint64
}

// farthest is how many places are looked at; beyond it nothing is said.
const farthest = 200_000

// trip is what a walk came to.
type trip struct {
	fired map[*procedure.Act]bool
	came  map[place]step // how each place was come to first
	back  map[place][]place
	whole bool // everything was looked at
}

// step is the act by which a place was come to, and from where.
type step struct {
	from place
	act  *procedure.Act
}

// asked lists the acts others ask for: in after, not_before, done('…'), and those that stand once.
func (v *version) asked() []string {
	var out []string
	add := func(name string) {
		if !slices.Contains(out, name) && len(out) < 64 {
			out = append(out, name)
		}
	}
	for _, a := range v.p.AllActs() {
		for _, name := range a.After {
			add(name)
		}
		if a.NotBefore.Since != "" {
			add(a.NotBefore.Since)
		}
		if a.Once {
			add(a.Name)
		}
	}
	for _, a := range v.p.AllActs() {
		if slices.ContainsFunc(v.p.AllActs(), func(x *procedure.Act) bool { return asksDone(x, a.Name) }) {
			add(a.Name)
		}
	}
	return out
}

// asksDone says whether a condition of the act asks done('name').
func asksDone(a *procedure.Act, name string) bool {
	return slices.ContainsFunc(a.When, func(r *procedure.Rule) bool {
		return strings.Contains(strings.ReplaceAll(r.Is, `"`, "'"), "done('"+name+"')")
	})
}

func (k *walk) bit(act string) uint64 {
	if i := slices.Index(k.follow, act); i >= 0 {
		return 1 << i
	}
	return 0
}

// open says whether an act could be done at a place.
func (k *walk) open(a *procedure.Act, at place) bool {
	if a.Once && at.done&k.bit(a.Name) != 0 {
		return false
	}
	for _, before := range append(slices.Clone(a.After), optional(a.NotBefore.Since)...) {
		if bit := k.bit(before); bit != 0 && at.done&bit == 0 {
			return false
		}
	}
	if !k.runsOut(a, at.stage) {
		return false
	}
	mask := uint64(0)
	for _, name := range k.follow {
		if asksDone(a, name) {
			mask |= k.bit(name)
		}
	}
	key := judged{a, at.stage, at.done & mask}
	can, known := k.judged[key]
	if !known {
		can = k.holds(a, at, mask)
		k.judged[key] = can
	}
	return can
}

func optional(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// runsOut: what only the system does needs a clock that runs in the stage, or ends work the office was left.
func (k *walk) runsOut(a *procedure.Act, stage string) bool {
	if slices.ContainsFunc(a.By, func(r string) bool { return k.p.Roles.Get(r).Is != "system" }) {
		return true
	}
	if k.p.Ends(a.Name) {
		return true
	}
	for name, def := range k.p.Clocks.Each {
		if def.Lapse == "deemed:"+a.Name && slices.Contains(k.statuses(name, stage), running) {
			return true
		}
	}
	return false
}

func (k *walk) holds(a *procedure.Act, at place, mask uint64) bool {
	s := k.scene(a, at.stage)
	s.facts, s.done = k.facts, map[string]bool{}
	for _, name := range k.follow {
		if bit := k.bit(name); mask&bit != 0 {
			s.done[name] = at.done&bit != 0
		}
	}
	return s.some(s.together(a.When))
}

// from walks on from some places until nothing new is come to.
func (k *walk) from(starts ...place) *trip {
	t := &trip{fired: map[*procedure.Act]bool{}, came: map[place]step{}, back: map[place][]place{}, whole: true}
	k.judged = map[judged]bool{}
	for _, p := range starts {
		t.came[p] = step{}
	}
	for next := starts; len(next) > 0; next = next[1:] {
		at := next[0]
		for _, a := range k.p.ActsIn(at.stage) {
			if !k.open(a, at) {
				continue
			}
			t.fired[a] = true
			to := place{cmp.Or(a.To, at.stage), at.done | k.bit(a.Name)}
			if to == at {
				continue
			}
			t.back[to] = append(t.back[to], at)
			if _, known := t.came[to]; known {
				continue
			}
			if len(t.came) >= farthest {
				t.whole = false
				return t
			}
			t.came[to] = step{at, a}
			next = append(next, to)
		}
	}
	return t
}

// home are the places from which a finished stage can be come to.
func (t *trip) home(p *procedure.Procedure) map[place]bool {
	out := map[place]bool{}
	var next []place
	for at := range t.came {
		if s := p.Stages.Get(at.stage); s != nil && s.Final {
			out[at] = true
			next = append(next, at)
		}
	}
	for ; len(next) > 0; next = next[1:] {
		for _, before := range t.back[next[0]] {
			if !out[before] {
				out[before] = true
				next = append(next, before)
			}
		}
	}
	return out
}

// way lists the acts by which a place was come to.
func (t *trip) way(at place) []string {
	var out []string
	for {
		s, known := t.came[at]
		if !known || s.act == nil {
			slices.Reverse(out)
			return out
		}
		out = append(out, s.act.Name)
		at = s.from
	}
}
