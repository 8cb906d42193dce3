package proof

import (
	"slices"

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

// runs follows a clock through the graph, conditions aside.
func (v *version) runs(def *procedure.ClockDef) *runs {
	r := &runs{def: def, at: map[string]map[string]bool{}, did: map[string]bool{}, ends: map[string]bool{}}
	type place struct{ stage, status string }
	next := []place{{"", idle}}
	for len(next) > 0 {
		at := next[0]
		next = next[1:]
		for _, a := range v.p.ActsIn(at.stage) {
			if a.To != "" && v.p.Stages.Get(a.To) == nil || at.stage == "" && a.To == "" {
				continue // said elsewhere
			}
			to := place{a.To, r.after(a, at.status)}
			if to.stage == "" {
				to.stage = at.stage
			}
			if r.at[to.stage] == nil {
				r.at[to.stage] = map[string]bool{}
			}
			if !r.at[to.stage][to.status] {
				r.at[to.stage][to.status] = true
				next = append(next, to)
			}
		}
	}
	return r
}

// after is how the clock stands once an act is done; it notes what the act did to it.
func (r *runs) after(a *procedure.Act, status string) string {
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
	if slices.Contains(r.def.Starts.Acts, a.Name) && (status == idle || r.def.Restarts) {
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
