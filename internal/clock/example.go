package clock

import (
	"errors"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// PlayExamples counts every example of the law files and reports those that come to another day.
func PlayExamples(b *statute.Book, cal *calendar.Calendar) []calendar.Fault {
	var faults []calendar.Fault
	play := func(e statute.Example, got string) {
		if got != e.Due {
			faults = append(faults, calendar.Fault{File: e.File, Line: e.Line,
				What: fmt.Sprintf("the example is due %s, counting comes to %s", e.Due, got), Mend: "count by hand again, and mend the example or the rule"})
		}
	}
	for _, s := range b.Statutes() {
		for _, e := range s.Examples {
			play(e, bare(b, cal, s, e))
		}
	}
	for _, t := range b.Terms() {
		for _, e := range t.Examples {
			play(e, worked(b, cal, t.ID, e))
		}
	}
	return faults
}

// bare counts a length as a statute counts a bare 日, without rolling the last day.
func bare(b *statute.Book, cal *calendar.Calendar, s statute.Statute, e statute.Example) string {
	l := b.Count(s.Key, e.Length)
	c := matter.Clock{Length: l.N, Unit: string(l.Unit), Anchor: e.From.Day, Status: matter.Running}
	if l.Unit.Timed() {
		c.Since = e.From
	}
	return dueText(count(c, cal))
}

func worked(b *statute.Book, cal *calendar.Calendar, id string, e statute.Example) string {
	c, err := Count(b, cal, Ask{Term: id, Profile: e.Profile, From: e.From, Extend: e.Extend, Pauses: e.Pauses})
	var off *statute.NotInForce
	var unnumbered *NoNumber
	switch {
	case errors.As(err, &off):
		return statute.DueNotInForce
	case errors.As(err, &unnumbered):
		return statute.DueNone
	case err != nil:
		return "no day: " + err.Error()
	}
	return dueText(c)
}

// dueText writes the day as examples do.
func dueText(c matter.Clock) string {
	s := DueAt(c).String()
	if c.Provisional {
		s += " provisional"
	}
	return s
}
