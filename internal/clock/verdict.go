package clock

import (
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Doing is what is asked about an answered term beyond its day: whether something was done in time.
type Doing struct {
	Done   calendar.Moment // the act the term is for; the zero Day: not asked
	Posted calendar.Date   // that act went by post this day and Done is its arrival, which may be left out
	Then   calendar.Date   // an act that may be done only once the term has run out
	Left   []int           // units left, as a reminder counts: on which day
}

// NoVerdict is the error for something that cannot be said of a term.
type NoVerdict struct{ Term, Why string }

func (e *NoVerdict) Error() string { return "clock: " + e.Term + ": " + e.Why }

// Verdict says what a Doing asks, one line each. The error is *NoVerdict.
func Verdict(b *statute.Book, cal *calendar.Calendar, c matter.Clock, do Doing) ([]Line, error) {
	t, v, err := version(b, c)
	if err != nil {
		return nil, err
	}
	j := judge{cal: cal, c: c, t: t}
	for _, n := range do.Left {
		if err := j.rung(n); err != nil {
			return nil, err
		}
	}
	switch {
	case do.Posted != 0:
		err = j.posted(b, v, do)
	case do.Done.Day != 0:
		err = j.done(do.Done, Line{Key: "done"})
	}
	if err == nil && do.Then != 0 {
		err = j.then(do.Then)
	}
	return j.lines, err
}

type judge struct {
	cal   *calendar.Calendar
	c     matter.Clock
	t     statute.Term
	lines []Line
}

func (j *judge) no(why string) error { return &NoVerdict{j.c.Term, why} }

// say adds a line, whose key goes on as the outcome says.
func (j *judge) say(l Line, outcome string, args map[string]string) error {
	if l.Args == nil {
		l.Args = map[string]string{}
	}
	for k, v := range args {
		l.Args[k] = v
	}
	l.Args["outcome"] = outcome
	if strings.Contains(outcomes[outcome][0], "{event}") {
		l.Event = map[string]string{}
		for _, lang := range Langs {
			l.Event[lang] = j.t.Words(lang).Expiry
		}
	}
	j.lines = append(j.lines, l)
	return nil
}

// done holds an act against the term it is done in.
func (j *judge) done(at calendar.Moment, l Line) error {
	if l.From = at.Day; at.Minute >= 0 {
		l.Args = map[string]string{"time": clockTime(at)}
	}
	c, due := j.c, DueAt(j.c)
	first := c.Anchor
	if len(j.t.After) > 0 {
		first++ // while another term still runs this one has not begun
	}
	switch {
	case c.Direction != string(statute.Backward) && at.Day < first:
		return j.say(l, "not_begun", map[string]string{"day": first.String()})
	case due.Day == 0:
		return j.say(l, "in_time", nil)
	case c.Direction == string(statute.NotBefore) && at.Day < due.Day:
		return j.say(l, "before", map[string]string{"day": due.Day.String()})
	case c.Direction == string(statute.NotBefore):
		return j.say(l, "may", nil)
	case due.Minute >= 0 && at.Minute < 0 && at.Day == due.Day:
		return j.no("the term ends at an hour: give the hour it was done too")
	case due.Minute >= 0 && due.Before(at):
		return j.say(l, "late_hours", nil)
	case at.Day > due.Day:
		n, unit := j.cal.CountWorkdays(due.Day, at.Day), statute.Workday
		if _, counts := Budget(c); counts != unit || n == 0 {
			n, unit = int(at.Day-due.Day), statute.Day
		}
		return j.say(l, "late", map[string]string{"n": strconv.Itoa(n), "unit": string(unit)})
	}
	return j.say(l, "in_time", nil)
}

// posted holds an act sent by post against its term: the day of posting decides where a text says so.
func (j *judge) posted(b *statute.Book, v statute.TermVersion, do Doing) error {
	rule, by, analogy := b.Posted(j.t, v)
	if rule.IsZero() {
		return j.no("no text we hold says that its acts are in time when posted in time")
	}
	l := Line{Key: "posted", Args: map[string]string{}}
	if do.Done.Day != 0 {
		if do.Done.Day < do.Posted {
			return j.no("it arrived before it was posted")
		}
		l = Line{Key: "posted_arrived", Args: map[string]string{"arrived": do.Done.Day.String()}}
	}
	l = borrow(b, j.c.Anchor, l, lent{rule, by, analogy})
	return j.done(calendar.DayOnly(do.Posted), l)
}

// then holds an act that waits for the end of the term against it.
func (j *judge) then(on calendar.Date) error {
	if j.c.Direction == string(statute.Backward) {
		return j.no("it is counted back from its event: nothing waits for its end")
	}
	opens, l := Opens(j.c), Line{From: on, Key: "then"}
	switch {
	case opens == 0:
		return j.say(l, "still_runs", nil)
	case on < opens:
		return j.say(l, "too_early", map[string]string{"day": opens.String()})
	}
	return j.say(l, "may", nil)
}

// rung names the day at whose end so many units are left.
func (j *judge) rung(n int) error {
	budget, unit := Budget(j.c)
	if !pausable(j.c) || n < 0 || n >= budget {
		return j.no("so much is never left of it, or it has no days to count")
	}
	left := statute.Length{N: n, Unit: statute.Day}
	if unit == statute.Workday {
		left.Unit = statute.Workday
	}
	on := RungDay(j.c, j.cal, left)
	if on == 0 {
		return j.no("it stands still")
	}
	j.lines = append(j.lines, Line{From: on, Key: "rung", Args: map[string]string{"n": strconv.Itoa(n), "unit": string(left.Unit)}})
	return nil
}
