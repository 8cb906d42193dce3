package clock

import (
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// legs are the clocks a clock is counted as: itself, and for each extension in another unit one that begins on the last day
// of the one before. Only the last one rolls. Only the first ever stands still: a clock is not suspended once it was extended
// in another unit, and the compiler refuses a procedure that would.
func legs(c matter.Clock, cal *calendar.Calendar) []matter.Clock {
	more, rolls := c.More, c.Rolls
	c.More, c.Rolls = nil, rolls && len(more) == 0
	list := []matter.Clock{c}
	for i, m := range more {
		before := &list[len(list)-1]
		before.Due = reckon(*before, cal).due
		next := *before
		next.Spans = nil
		next.Anchor, next.Length, next.Unit, next.Rolls = before.Due, m.N, m.Unit, rolls && i == len(more)-1
		list = append(list, next)
	}
	list[len(list)-1].Due = c.Due
	return list
}

// reckonLegs is where a clock with extensions in other units comes to.
func reckonLegs(c matter.Clock, cal *calendar.Calendar) end {
	var e end
	provisional := false
	for _, leg := range legs(c, cal) {
		e = reckon(leg, cal)
		provisional = provisional || e.provisional
	}
	e.provisional = provisional
	return e
}

// Budget is how much a clock has in all and in which unit it is told: the term's own, or calendar days once an extension in
// another unit was granted.
func Budget(c matter.Clock) (n int, unit statute.Unit) {
	if len(c.More) > 0 {
		return int(c.Due - c.Anchor), statute.Day
	}
	return c.Length, statute.Unit(c.Unit)
}

// legs derives a day that an extension in another unit leads to, leg by leg.
func (d *derivation) legs() {
	list := legs(d.c, d.cal)
	for i, leg := range list {
		if i > 0 {
			d.extension(i)
		}
		sub := *d
		sub.c, sub.lines = leg, nil
		if e := reckon(leg, d.cal); leg.Unit == string(statute.Workday) {
			sub.workdays(e)
		} else {
			sub.calendarDays(e)
		}
		if i < len(list)-1 {
			sub.lines[len(sub.lines)-1] = Line{From: leg.Due, Key: "leg_end", Args: sub.length()}
		}
		d.lines = append(d.lines, sub.lines...)
	}
}

// extension says how long the extension before a leg is, and how its days count.
func (d *derivation) extension(leg int) {
	rule, _ := nextExtension(d.v.Extend, d.c.Extended-len(d.c.More)+leg-1)
	added := d.c.More[leg-1]
	args := map[string]string{"n": strconv.Itoa(added.N), "unit": added.Unit}
	d.add(Line{Key: "extended_unit", Cite: rule.Cite, Args: args})
	if !rule.Length.Rule.IsZero() {
		d.add(Line{Key: "rule_" + added.Unit, Args: map[string]string{"n": strconv.Itoa(added.N)}, Cite: rule.Length.Rule})
	}
}
