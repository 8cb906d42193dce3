package procedure

import (
	"maps"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
)

// recountAct is the system's act after a calendar notice. No procedure has to write it down.
var recountAct = &Act{Name: "recount", Visible: "filer"}

// Recount counts the open clocks of a matter with a new calendar. false: no day moves, so that
// nothing is entered. The entry's actor is the system, its day that of the notice, its provision
// the one the notice rests on.
func (p *Procedure) Recount(st matter.State, cal *calendar.Calendar, cite ...string) (Decision, bool) {
	moved := map[string]matter.Clock{}
	for _, key := range slices.Sorted(maps.Keys(st.Clocks)) {
		before := st.Clocks[key]
		if after := clock.Recount(cal, before); !sameClock(before, after) || before.Left != after.Left || before.Provisional != after.Provisional {
			moved[key] = after
		}
	}
	if len(moved) == 0 {
		return Decision{}, false
	}
	delta := matter.Delta{Clocks: moved}
	for name, r := range p.Roles.Each {
		if r.Is == "filer" || r.Assigned {
			delta.Tell = append(delta.Tell, matter.Notice{Kind: "tell", To: name, What: recountAct.Name})
		}
	}
	return Decision{Procedure: p, Act: recountAct, Kind: matter.KindAct, Cite: cite, Delta: delta}, true
}
