package clock

import (
	"fmt"
	"maps"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Provisions on counting in general that no term cites itself.
var (
	monthRule       = statute.Cite{Key: "mfd", Article: 202}
	provisionalRule = statute.Cite{Key: "ptsd", Article: 8}
)

// Explain derives a clock's due day line by line: the event, the length, how its days count, the
// stretches counted and not counted, and last the answer. cal is the calendar the clock was
// counted with; with another that comes to another day, the derivation says so and gives the
// stored day alone.
func Explain(b *statute.Book, cal *calendar.Calendar, c matter.Clock) []Line {
	t, v, err := version(b, c)
	if err != nil {
		return []Line{{From: c.Due, Key: "due", Answer: true}}
	}
	d := derivation{b: b, cal: cal, c: c, t: t, v: v, still: standing(c.Spans), status: v.Status}
	d.opening()
	e := reckon(c, cal)
	switch {
	case statute.Unit(c.Unit).Timed():
		d.hours()
	case c.Due == 0:
		d.standing(e)
	case c.Calendar != cal.Version() && e.due != c.Due:
		d.add(Line{Key: "another_calendar", Args: map[string]string{"calendar": c.Calendar}})
		d.answer(Line{From: c.Due, Key: "due"})
	case c.Direction == string(statute.Backward):
		d.backward()
	case len(c.More) > 0:
		d.legs()
	case c.Unit == string(statute.Workday):
		d.workdays(e)
	default:
		d.calendarDays(e)
	}
	return d.lines
}

// DueAt is the moment a clock falls due: with its minute for a term in hours that has one, else
// the day.
func DueAt(c matter.Clock) calendar.Moment {
	if c.DueAt.Day != 0 {
		return c.DueAt
	}
	return calendar.DayOnly(c.Due)
}

// derivation gathers the lines; status is that of the weakest rule the day rests on.
type derivation struct {
	b      *statute.Book
	cal    *calendar.Calendar
	c      matter.Clock
	t      statute.Term
	v      statute.TermVersion
	still  []matter.Span
	status statute.Status
	lines  []Line
}

func (d *derivation) add(l Line) {
	if !l.Cite.IsZero() && l.Status == "" {
		if p, ok := d.b.Provision(l.Cite, d.c.Anchor); ok {
			l.Status = p.Status
		}
	}
	d.lines = append(d.lines, l)
}

// rule adds the provision on counting to a line, and how it comes to hold for the term.
func (d *derivation) rule(l Line, c statute.Cite) Line {
	by, analogy := d.b.Reach(d.t, d.v, c)
	return borrow(d.b, d.c.Anchor, l, lent{c, by, analogy})
}

// length is the number of units and their name, as arguments of a line.
func (d *derivation) length() map[string]string {
	return map[string]string{"n": strconv.Itoa(d.c.Length), "unit": d.c.Unit}
}

// fixed is the argument of a line about a fixed day, nil for any other clock.
func (d *derivation) fixed() map[string]string {
	if u := statute.Unit(d.c.Unit); u != statute.Yearly && u != statute.Monthly {
		return nil
	}
	return map[string]string{"length": d.c.Unit + " " + strconv.Itoa(d.c.Length)}
}

// opening says what happened, how long the law gives and how it counts those days.
func (d *derivation) opening() {
	event := map[string]string{}
	for _, lang := range Langs {
		event[lang] = d.t.Words(lang).Anchor
	}
	first := Line{From: d.c.Anchor, Key: "anchor", Event: event}
	if statute.Unit(d.c.Unit).Timed() {
		first.Key, first.Args = "anchor_hour", map[string]string{"time": clockTime(d.c.Since)}
		if d.c.Since.Minute < 0 {
			first.Key = "anchor_no_hour"
		}
	}
	if d.fixed() != nil {
		first.Key = "anchor_fixed" // no days are counted
		d.add(first)
	} else {
		d.add(d.rule(first, d.t.StartCite))
	}
	key := map[string]string{"": "length", string(statute.Backward): "length_backward", string(statute.NotBefore): "length_wait"}
	length := Line{Key: key[d.c.Direction], Cite: d.v.Cite, Status: d.v.Status}
	length.Args = map[string]string{"n": strconv.Itoa(d.v.Length.N), "unit": d.c.Unit}
	if fixed := d.fixed(); fixed != nil {
		length.Key, length.Args = "length_fixed", fixed
	}
	if d.v.Length.Bare() {
		length.Args["unit"] = string(statute.Day) // as the text writes it; the next line says what it means
	}
	d.add(length)
	if rule := d.v.Length.Rule; !rule.IsZero() {
		d.add(Line{Key: "rule_" + d.c.Unit, Args: map[string]string{"n": strconv.Itoa(d.v.Length.N)}, Cite: rule})
	}
	if own := d.c.Extended - len(d.c.More); own > 0 {
		last, _ := nextExtension(d.v.Extend, own-1)
		d.add(Line{Key: "extended", Cite: last.Cite, Args: map[string]string{
			"times": strconv.Itoa(own), "added": strconv.Itoa(d.c.Length - d.v.Length.N), "unit": d.c.Unit}})
	}
}

// answer adds what stands before the last line, and the last line.
func (d *derivation) answer(l Line) {
	if d.c.Provisional {
		d.add(Line{Key: "provisional", Cite: provisionalRule, Args: map[string]string{"year": strconv.Itoa(l.From.Year())}})
	}
	if d.c.Status == matter.Stopped {
		d.add(Line{From: d.c.Ended, Key: "stopped"})
	}
	l.Answer, l.Status = true, statute.Weakest(d.status, l.Status)
	d.lines = append(d.lines, l)
}

func (d *derivation) hours() {
	d.answer(Line{From: d.c.Due, Key: "due_" + d.c.Unit, Args: map[string]string{"n": strconv.Itoa(d.c.Length), "time": clockTime(d.c.DueAt)}})
}

func clockTime(m calendar.Moment) string {
	if m.Minute < 0 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", m.Minute/60, m.Minute%60)
}

// standing ends in the remainder of a clock that stands still, or was stopped while it did.
func (d *derivation) standing(e end) {
	last := e.last
	if d.c.Status == matter.Stopped {
		last = min(last, d.c.Ended)
	}
	w := walk{d: d}
	w.to(last)
	unit := statute.Workday
	if d.c.Unit != string(unit) {
		unit = statute.Day
	}
	key, day := "still", calendar.Date(0)
	if d.c.Status == matter.Stopped {
		key, day = "stopped_still", d.c.Ended
	}
	d.lines = append(d.lines, Line{From: day, Key: key, Answer: true, Status: d.status,
		Args: map[string]string{"n": strconv.Itoa(d.c.Left), "unit": string(unit)}})
}

// backward names the holidays between the day and the event, latest first.
func (d *derivation) backward() {
	if d.c.Unit == string(statute.Workday) {
		blocks := restBlocks(d.cal, d.c.Due+1, d.c.Anchor-1)
		for i := len(blocks) - 1; i >= 0; i-- {
			d.add(blocks[i])
		}
	}
	d.answer(Line{From: d.c.Due, Key: "due_backward", Args: d.length()})
}

func (d *derivation) workdays(e end) {
	w := walk{d: d}
	w.to(e.last - 1)
	if w.closed(e.last) {
		return
	}
	l := Line{From: e.last, Key: "due_workday", Args: d.length()}
	if d.c.Direction == string(statute.NotBefore) {
		l.Key = "due_wait"
	}
	if d.cal.Kind(e.last) == calendar.MakeUp {
		l.Args["makeup"] = e.last.String()
	}
	if w.resumed {
		l.Args["resumed"] = "1"
	}
	d.answer(l)
}

// calendarDays counts days, months and years, and moves a last day that is a rest day where the
// term rolls.
func (d *derivation) calendarDays(e end) {
	w := walk{d: d}
	last := Line{From: e.last, Key: "last_day", Args: d.length()}
	if fixed := d.fixed(); fixed != nil {
		last = Line{From: e.last, Key: "due_fixed", Args: fixed}
	} else if d.c.Unit != string(statute.Day) {
		last = d.lastMonth(e, &w)
	} else if len(d.still) > 0 {
		w.to(e.last - 1)
		if w.closed(e.last) {
			return
		}
	}
	if d.c.Direction == string(statute.NotBefore) {
		last.Key = "due_wait"
		maps.Copy(last.Args, d.length())
	}
	if e.due != e.last {
		last.Status = d.status
		d.add(last)
		for _, block := range restBlocks(d.cal, e.last, e.due-1) {
			d.add(block)
		}
		d.answer(d.rule(Line{From: e.due, Key: "due_rolled"}, d.t.RollCite))
		return
	}
	last.Args["due"] = "due"
	if !d.cal.IsWorkday(e.last) && d.t.Binds == statute.Organ {
		last.Args["due"] = "due_rest"
	}
	if d.cal.Kind(e.last) == calendar.MakeUp {
		last.Args["worked"] = "worked"
	}
	d.answer(last)
}

// lastMonth finds the corresponding day and, where the clock stood still, the day it moved to.
func (d *derivation) lastMonth(e end, w *walk) Line {
	same := d.c.Anchor.AddMonths(months(d.c))
	_, _, from := d.c.Anchor.YMD()
	_, _, to := same.YMD()
	l := Line{From: same, Key: "last_month", Args: d.length(), Cite: monthRule}
	if from != to {
		l.Key = "month_end"
	}
	if same == e.last {
		if l.Key == "month_end" {
			d.add(Line{From: same, Key: l.Key, Args: d.length(), Cite: monthRule})
			return Line{From: same, Key: "due_day", Args: map[string]string{}}
		}
		return l
	}
	d.add(l)
	for _, s := range d.still {
		w.standstill(s)
	}
	d.add(Line{Key: "moved", Args: map[string]string{"n": strconv.Itoa(int(e.last - same))}})
	return Line{From: e.last, Key: "due_day", Args: map[string]string{}}
}
