package clock

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// NotExtended is why a clock may not be extended: not_allowed, used_up, not_your_role, too_late,
// too_long (the text sets a maximum) or no_length (it sets none, so the grant must say how long).
type NotExtended struct {
	Reason string
	Cite   statute.Cite // of the rule on extension; zero where there is none
}

func (e *NotExtended) Error() string {
	s := "clock: not extended: " + map[string]string{
		"not_allowed": "no provision lets this term be extended", "used_up": "every extension the text allows is used up",
		"not_your_role": "another role grants it", "too_late": "the last day is over",
		"no_length": "the text sets no length, so say how long", "too_long": "longer than the text allows",
	}[e.Reason]
	if !e.Cite.IsZero() {
		s += " (" + e.Cite.String() + ")"
	}
	return s
}

// Grant says on which day and by which role a clock is extended, and by how many units: 0 for as
// much as the text allows.
type Grant struct {
	On calendar.Date
	By string
	N  int
}

// Extend adds the next extension the term provides. The error is *NotExtended, or that the term is
// not in the book.
func Extend(b *statute.Book, cal *calendar.Calendar, c matter.Clock, g Grant) (matter.Clock, error) {
	_, v, err := version(b, c)
	if err != nil {
		return c, err
	}
	if len(v.Extend) == 0 {
		return c, &NotExtended{Reason: "not_allowed"}
	}
	rule, ok := nextExtension(v.Extend, c.Extended)
	running := c.Status == matter.Running && g.On <= c.Due
	other := rule.Length.Unit != statute.Prompt && rule.Length.Unit != statute.Unit(c.Unit)
	switch {
	case !ok:
		return c, &NotExtended{"used_up", v.Extend[len(v.Extend)-1].Cite}
	case rule.By != g.By:
		return c, &NotExtended{"not_your_role", rule.Cite}
	case !running && (c.Status != matter.Suspended || other):
		return c, &NotExtended{"too_late", rule.Cite}
	case g.N == 0 && rule.Length.Unit == statute.Prompt:
		return c, &NotExtended{"no_length", rule.Cite}
	case g.N < 0 || g.N > rule.Length.N && rule.Length.Unit != statute.Prompt:
		return c, &NotExtended{"too_long", rule.Cite}
	}
	if g.N == 0 {
		g.N = rule.Length.N
	}
	switch {
	case other:
		c.More = append(slices.Clip(c.More), matter.Added{N: g.N, Unit: string(rule.Length.Unit)})
	case len(c.More) > 0:
		c.More = append(slices.Clip(c.More), matter.Added{N: g.N, Unit: c.Unit})
	default:
		c.Length += g.N
	}
	c.Extended++
	c.Spans = standing(c.Spans)
	return count(c, cal), nil
}

// nextExtension is the rule for one more extension after so many.
func nextExtension(rules []statute.Extension, used int) (statute.Extension, bool) {
	for _, r := range rules {
		if used < r.Times {
			return r, true
		}
		used -= r.Times
	}
	return statute.Extension{}, false
}
