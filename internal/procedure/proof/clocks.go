package proof

import (
	"fmt"
	"slices"
	"strings"

	"yifa/internal/procedure"
)

// clockwork: on some path something starts and something stops each clock, what it names has an effect on
// it, what its lapse does can be done wherever it may run out, and none that binds an organ goes on running
// once the matter is finished.
func (c *checker) clockwork() {
	for name, def := range c.p.Clocks.Each {
		where, r := "clock "+name, c.runs(def)
		if !r.any("starts", def.Starts.Acts) {
			c.fault(def.Line, where+": no path comes to an act that starts it ("+strings.Join(def.Starts.Acts, ", ")+")", "let one of them be reached, or take the clock out")
			continue
		}
		if len(r.ends) == 0 && !r.any("stops", def.Stops.Acts) {
			c.fault(def.Line, where+": once it runs, no path comes to anything that stops it", "name acts or stages that can come after its start")
			continue
		}
		c.idle(where, def, r)
		c.runningOut(where, def, r)
	}
}

func (r *runs) any(effect string, acts []string) bool {
	return slices.ContainsFunc(acts, func(a string) bool { return r.did[effect+" "+a] })
}

// idle names what stands with a clock and never does anything to it.
func (c *checker) idle(where string, def *procedure.ClockDef, r *runs) {
	each := func(line int, key, effect string, acts []string) {
		for _, a := range acts {
			if !r.did[effect+" "+a] {
				c.fault(line, fmt.Sprintf("%s %s: %s never comes while that could have an effect", where, key, a), "take it out, or name the act that is meant")
			}
		}
	}
	each(def.Starts.Line, "starts", "starts", def.Starts.Acts)
	each(def.Stops.Line, "stops", "stops", def.Stops.Acts)
	for _, s := range def.Stops.Stages {
		if !r.ends[s] {
			c.fault(def.Stops.Line, fmt.Sprintf("%s stops: no matter comes to %s while it runs", where, s), "take the stage out, or name the one that is meant")
		}
	}
	for _, s := range def.Suspends {
		each(s.Line, "suspends", "suspends", s.Acts)
		each(s.Line, "suspends until", "resumes", s.Until)
	}
	for _, e := range def.Extends {
		each(e.Line, "extends", "extends", e.Acts)
	}
}

// runningOut: where the clock may run out, its lapse can be carried out.
func (c *checker) runningOut(where string, def *procedure.ClockDef, r *runs) {
	act, deemed := strings.CutPrefix(def.Lapse, "deemed:")
	for name, s := range c.p.Stages.Each {
		if !r.at[name][running] {
			continue
		}
		stands := slices.ContainsFunc(c.p.ActsIn(name), func(a *procedure.Act) bool { return a.Name == act })
		switch {
		case deemed && !stands:
			c.fault(def.Line, fmt.Sprintf("%s may run out in stage %s, where %s cannot be done", where, name, act), "let the act stand in that stage, or let what leads there stop the clock")
		case def.Lapse == "breach" && s.Final:
			c.fault(def.Line, fmt.Sprintf("%s may go on running in the final stage %s and would be overdue for ever", where, name), "let that stage, or what leads to it, stop the clock")
		}
	}
}
