package clock

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// begin is the moment a question counts from: its event, the day of service, or where the term begins when others have run
// out and the paper that began those was served, the last day of the last of them.
func begin(b *statute.Book, cal *calendar.Calendar, ref Ref, a Ask) (at calendar.Moment, provisional bool, err error) {
	if a.Served == 0 {
		return a.From, false, nil
	}
	t, err := b.Find(ref.Term)
	if err != nil {
		return at, false, err
	}
	switch {
	case a.Served < a.From.Day:
		return at, false, &NotServed{Term: t.ID, Early: true}
	case t.Service:
		return calendar.DayOnly(a.Served), false, nil
	case len(t.After) == 0:
		return at, false, &NotServed{Term: t.ID, Anchor: t.Anchor}
	}
	before, err := beforehand(b, cal, t, a)
	if err != nil {
		return at, false, err
	}
	for _, c := range before {
		at.Day = max(at.Day, c.Due)
		provisional = provisional || c.Provisional
	}
	return calendar.DayOnly(at.Day), provisional, nil
}

// beforehand counts the terms that must have run out before a term begins, all from the same service, in the order they run out.
func beforehand(b *statute.Book, cal *calendar.Calendar, t statute.Term, a Ask) ([]matter.Clock, error) {
	var before []matter.Clock
	for _, id := range t.After {
		c, err := Start(b, cal, Ref{Name: id, Term: id}, a.Served)
		if err != nil {
			return nil, err
		}
		before = append(before, c)
	}
	slices.SortStableFunc(before, func(x, y matter.Clock) int { return int(x.Due - y.Due) })
	return before, nil
}

// Beforehand derives in short where a term that begins when others have run out begins: the service, and the last day of
// each. It is nil for any other question, and for one Count has no answer to.
func Beforehand(b *statute.Book, cal *calendar.Calendar, a Ask) []Line {
	t, err := b.Find(a.Term)
	if err != nil || a.Served == 0 || len(t.After) == 0 {
		return nil
	}
	before, err := beforehand(b, cal, t, a)
	if err != nil {
		return nil
	}
	lines := []Line{{From: a.Served, Key: "served"}}
	for _, c := range before {
		t, v, err := version(b, c)
		if err != nil {
			return nil
		}
		title := map[string]string{}
		for _, lang := range Langs {
			title[lang] = t.Words(lang).Title
		}
		lines = append(lines, Line{From: c.Due, Key: "run_out", Event: title, Cite: v.Cite, Status: v.Status})
	}
	return lines
}
