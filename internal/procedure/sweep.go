package procedure

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Lapse is an act the law does by itself because a clock ran out: actor system, happened on Day.
type Lapse struct {
	Clock string // key in State.Clocks
	Act   string
	Day   calendar.Date // the day after the term's last day
}

// Attempt is the act of the lapse. Its key names matter, clock and round, so that two sweeps
// yield one entry; after a correction, which may let a lapse fall and stand again, it is another.
func (x Lapse) Attempt(st matter.State) Attempt {
	key := "lapse:" + st.ID.String() + ":" + x.Clock + ":" + x.Day.String()
	if n := len(st.Voided); n > 0 {
		key += ":" + strconv.Itoa(n)
	}
	_, party, _ := strings.Cut(x.Clock, ":")
	return Attempt{Matter: st.ID, Act: x.Act, By: matter.Actor{Person: matter.PersonSystem}, Party: party, Happened: calendar.DayOnly(x.Day), Key: key}
}

// Lapses lists what the law has done by itself by today, in the order of the days.
func (p *Procedure) Lapses(st matter.State, today calendar.Date) []Lapse {
	var out []Lapse
	for _, key := range slices.Sorted(maps.Keys(st.Clocks)) {
		c := st.Clocks[key]
		def := p.ClockOf(key)
		if def == nil || c.Status != matter.Running || c.Due.IsZero() || c.Due >= today {
			continue
		}
		if act, ok := strings.CutPrefix(def.Lapse, "deemed:"); ok {
			out = append(out, Lapse{key, act, c.Due.AddDays(1)})
		}
	}
	slices.SortStableFunc(out, func(a, b Lapse) int { return int(a.Day - b.Day) })
	return out
}

// DueRung is a rung of a ladder that has been reached.
type DueRung struct {
	Clock string
	Left  string // as the file writes it; with Clock and the due day it names the rung
	Day   calendar.Date
	Due   calendar.Date
	Tell  []string // roles
	Raise string
}

// Rungs lists the rungs reached by today of the clocks that run, each clock's in order of days,
// also those of days on which nobody swept. Which have been claimed before is the caller's book.
func (p *Procedure) Rungs(cal *calendar.Calendar, st matter.State, today calendar.Date) []DueRung {
	var out []DueRung
	for _, key := range slices.Sorted(maps.Keys(st.Clocks)) {
		c := st.Clocks[key]
		def := p.ClockOf(key)
		if def == nil || c.Status != matter.Running || c.Due.IsZero() {
			continue
		}
		for _, r := range def.Ladder {
			left, err := statute.ParseLength(r.Left)
			if err != nil {
				continue // Check has read it
			}
			day := clock.RungDay(c, cal, left)
			if left.N == 0 {
				day = c.Due.AddDays(1) // nothing is left once the last day is over
			}
			if day <= today {
				out = append(out, DueRung{key, r.Left, day, c.Due, r.Tell, r.Raise})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b DueRung) int { return int(a.Day - b.Day) })
	return out
}

// ClockOf is the definition of a clock by its key in a State: NAME or NAME:PARTY.
func (p *Procedure) ClockOf(key string) *ClockDef {
	name, _, _ := strings.Cut(key, ":")
	return p.Clocks.Get(name)
}
