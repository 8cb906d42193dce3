package indicator

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Row is one measurable fact of a matter.
type Row struct {
	Name  string        // of the measure
	Value string        // "" where the measure has none
	Day   calendar.Date // on which it counts
	Days  int           // calendar days from receipt to Day
}

// Known is what a row needs beside the state: the next day the office must keep, zero where none runs.
type Known struct{ NextDue calendar.Date }

// Rows is what a matter comes to under the measures of its procedure, by name and value. It follows
// from its arguments alone.
func (s *Set) Rows(procedure string, st matter.State, k Known) []Row {
	var rows []Row
	for _, m := range s.measures[procedure] {
		for _, r := range m.rows(st, k) {
			r.Name = m.Name
			if r.Day > st.Opened.Day {
				r.Days = int(r.Day - st.Opened.Day)
			}
			rows = append(rows, r)
		}
	}
	return rows
}

func (m Measure) rows(st matter.State, k Known) []Row {
	day, act := st.Opened.Day, ""
	switch m.Day {
	case "act":
		done, stands := st.LastOf(m.Acts...)
		if !stands {
			return nil
		}
		day, act = done.On.Day, done.Act
	case "due":
		if k.NextDue.IsZero() {
			return nil
		}
		day = k.NextDue
	}
	switch {
	case m.Fact != "":
		var rows []Row
		values := slices.Clone(st.Facts.List(m.Fact))
		slices.Sort(values)
		for _, v := range slices.Compact(values) {
			rows = append(rows, Row{Value: v, Day: day})
		}
		return rows
	case m.Clock != "":
		return []Row{{Value: m.timely(st), Day: day}}
	}
	return []Row{{Value: act, Day: day}}
}

// timely is late where any of the acts stopped the clock after the day it was due, however often it
// ran: what was late once is not made good by being done again.
func (m Measure) timely(st matter.State) string {
	for _, d := range st.Done {
		due, stopped := d.Stopped[m.Clock]
		if stopped && slices.Contains(m.Acts, d.Act) && !due.IsZero() && d.On.Day > due {
			return Late
		}
	}
	return InTime
}
