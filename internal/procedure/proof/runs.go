package proof

import (
	"cmp"
	"slices"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// How a clock can stand. late: running, its last day passed.
const (
	idle      = "none"
	running   = string(matter.Running)
	suspended = string(matter.Suspended)
	stopped   = string(matter.Stopped)
	lapsed    = string(matter.Lapsed)
	late      = "late"
)

// runs is everywhere a clock can be: in each stage, how it can stand; and which acts had what effect on it.
type runs struct {
	def  *procedure.ClockDef
	at   map[string]map[string]bool // stage → status
	did  map[string]bool            // effect and act: "starts file_report"
	ends map[string]bool            // stages in which it stopped
}

// spot is where a matter and its clock can be, with what is tracked of its facts: a value for each of track.
type spot struct{ stage, status, facts string }

// runs follows a clock through the graph, by acts whose conditions can hold in the stage. Facts that the
// clock's own acts set go with it, because conditions often ask for them what they mean to ask of the clock.
func (v *version) runs(def *procedure.ClockDef) *runs {
	r := &runs{def: def, at: map[string]map[string]bool{}, did: map[string]bool{}, ends: map[string]bool{}}
	track := v.tracked(def)
	k := &walk{version: v}
	seen := map[spot]bool{}
	for next := []spot{{"", idle, strings.Repeat(",", max(len(track)-1, 0))}}; len(next) > 0; next = next[1:] {
		at := next[0]
		k.facts = settled(track, at.facts)
		k.judged = map[judged]bool{}
		for _, a := range v.p.ActsIn(at.stage) {
			if a.To != "" && v.p.Stages.Get(a.To) == nil || at.stage == "" && a.To == "" {
				continue // said elsewhere
			}
			if v.clocks != nil && !k.open(a, place{stage: at.stage}) {
				continue
			}
			stage, status := cmp.Or(a.To, at.stage), r.after(a, at.status, v.begins(def, a, at.stage, k.facts))
			if r.at[stage] == nil {
				r.at[stage] = map[string]bool{}
			}
			r.at[stage][status] = true
			for _, facts := range v.left(a, track, at.facts) {
				if to := (spot{stage, status, facts}); !seen[to] {
					seen[to] = true
					next = append(next, to)
				}
			}
		}
	}
	return r
}

// tracked lists the facts that acts touching a clock set and conditions read, a few at most.
func (v *version) tracked(def *procedure.ClockDef) []string {
	acts := slices.Concat(def.Starts.Acts, def.Stops.Acts)
	for _, x := range def.Suspends {
		acts = slices.Concat(acts, x.Acts, x.Until)
	}
	if act, deemed := strings.CutPrefix(def.Lapse, "deemed:"); deemed {
		acts = append(acts, act)
	}
	var out []string
	for name := range v.p.Facts.Each {
		sets := slices.ContainsFunc(acts, func(act string) bool {
			return slices.ContainsFunc(v.p.Acts(act), func(a *procedure.Act) bool { return v.given(a, name) != nil })
		})
		if sets && len(out) < 4 && v.guards(name) {
			out = append(out, name)
		}
	}
	return out
}

// guards says whether a condition of an act reads a fact.
func (v *version) guards(name string) bool {
	return slices.ContainsFunc(v.p.AllActs(), func(a *procedure.Act) bool {
		return slices.ContainsFunc(a.When, func(r *procedure.Rule) bool {
			_, reads := v.p.Condition(v.p.Form(a), r.Is)
			return slices.Contains(reads, name) || strings.Contains(strings.ReplaceAll(r.Is, `"`, "'"), "known('"+name+"')")
		})
	})
}

func settled(track []string, facts string) map[string][]string {
	out := map[string][]string{}
	for i, value := range strings.Split(facts, ",") {
		if i < len(track) {
			out[track[i]] = []string{value}
		}
	}
	return out
}

// left are the ways in which an act can leave the tracked facts.
func (v *version) left(a *procedure.Act, track []string, facts string) []string {
	out := []string{""}
	for i, before := range strings.Split(facts, ",") {
		values := []string{before}
		if i < len(track) {
			if given := v.given(a, track[i]); given != nil {
				values = given
			}
		}
		var now []string
		for _, head := range out {
			for _, value := range values {
				if i > 0 {
					value = head + "," + value
				}
				now = append(now, value)
			}
		}
		out = now
	}
	return out
}

// begins says whether the condition of a clock's start can hold of an act done in a stage.
func (v *version) begins(def *procedure.ClockDef, a *procedure.Act, stage string, facts map[string][]string) bool {
	if def.When == "" || !slices.Contains(def.Starts.Acts, a.Name) {
		return true
	}
	s := v.scene(a, stage)
	s.facts = facts
	is := s.leaving().condition(def.When)
	return s.some(func(w world) bool { return is(w) == yes })
}

// after is how the clock stands once an act is done; it notes what the act did to it.
func (r *runs) after(a *procedure.Act, status string, begins bool) string {
	did := func(what, now string) string {
		r.did[what+" "+a.Name] = true
		return now
	}
	live := status == running || status == suspended
	var now string
	switch {
	case r.def.Lapse == "deemed:"+a.Name && status == running:
		now = did("lapses", lapsed)
	case live && slices.Contains(r.def.Stops.Acts, a.Name):
		now = did("stops", stopped)
	case live && a.To != "" && slices.Contains(r.def.Stops.Stages, a.To):
		r.ends[a.To] = true
		now = did("stops", stopped)
	default:
		now = r.paused(a, status, did)
	}
	if begins && slices.Contains(r.def.Starts.Acts, a.Name) && (status == idle || r.def.Restarts) {
		return did("starts", running)
	}
	return now
}

func (r *runs) paused(a *procedure.Act, status string, did func(what, now string) string) string {
	for _, x := range r.def.Suspends {
		if status == running && slices.Contains(x.Acts, a.Name) {
			return did("suspends", suspended)
		}
		if status == suspended && slices.Contains(x.Until, a.Name) {
			return did("resumes", running)
		}
	}
	for _, x := range r.def.Extends {
		if status == running && slices.Contains(x.Acts, a.Name) {
			return did("extends", status)
		}
	}
	return status
}

// statuses lists for each stage how the clock can stand there, lateness told apart.
func (r *runs) statuses() map[string][]string {
	out := map[string][]string{}
	for stage, all := range r.at {
		for _, s := range []string{idle, running, suspended, stopped, lapsed} {
			if all[s] {
				out[stage] = append(out[stage], s)
			}
			if all[s] && s == running {
				out[stage] = append(out[stage], late)
			}
		}
	}
	return out
}

// statuses lists how a clock can stand in a stage.
func (v *version) statuses(clock, stage string) []string {
	if s := v.clocks[clock][stage]; s != nil {
		return s
	}
	return []string{idle}
}
