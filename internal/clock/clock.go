package clock

import (
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Ref says which clock to start.
type Ref struct {
	Name    string // of the clock in its procedure
	Party   string // empty: the matter's own clock
	Term    string // id or alias
	Profile string // of the organ or sector; a term's profiles may name another term for it
}

// NoNumber is the error for a term without number (及时): nothing can be counted.
type NoNumber struct {
	Term string
	Word string // as the text writes it
	Cite statute.Cite
}

func (e *NoNumber) Error() string {
	return fmt.Sprintf("clock: %s sets no number of days: %s says %s", e.Term, e.Cite, e.Word)
}

// Start begins a clock on the day of its event, under the version of the term in force that day.
// Errors: statute.UnknownTerm, *statute.NotInForce, *NoNumber.
func Start(b *statute.Book, cal *calendar.Calendar, ref Ref, anchor calendar.Date) (matter.Clock, error) {
	return StartAt(b, cal, ref, calendar.DayOnly(anchor))
}

// StartAt is Start for an event whose minute may be known, which terms in hours need. Where it is
// not, such a term ends on a day, and the earliest one possible.
func StartAt(b *statute.Book, cal *calendar.Calendar, ref Ref, at calendar.Moment) (matter.Clock, error) {
	t, v, err := b.Term(ref.Term, at.Day)
	if err != nil {
		return matter.Clock{}, fmt.Errorf("clock: start %s: %w", ref.Name, err)
	}
	if other, ok := v.Profiles[ref.Profile]; ok {
		if t, v, err = b.Term(other, at.Day); err != nil {
			return matter.Clock{}, fmt.Errorf("clock: start %s for %s: %w", ref.Name, ref.Profile, err)
		}
	}
	if v.Length.Unit == statute.Prompt {
		return matter.Clock{}, &NoNumber{t.ID, v.Length.Word, v.Cite}
	}
	c := matter.Clock{
		Name: ref.Name, Party: ref.Party, Term: t.ID, Version: v.From.String(),
		Length: v.Length.N, Unit: string(v.Length.Unit), Rolls: t.Roll == statute.NextWorkday,
		Anchor: at.Day, Status: matter.Running,
	}
	if t.Direction != statute.Forward {
		c.Direction = string(t.Direction)
	}
	if v.Length.Unit.Timed() {
		c.Since = at
	}
	return count(c, cal), nil
}

// Suspend stops the count on the day an act is done for whose answer the clock waits. That day
// still counts into the term; the stretch that does not begins on the day after. span gives
// ground, cite and person, and Excluded as kind for time that is not counted in. A clock that
// is not running, is late, counts in hours or backward, or was extended in another unit, is left as it is.
func Suspend(c matter.Clock, on calendar.Date, span matter.Span, cal *calendar.Calendar) matter.Clock {
	if c.Status != matter.Running || on < c.Anchor || on > c.Due ||
		!pausable(c) || len(c.More) > 0 || c.Direction == string(statute.Backward) {
		return c
	}
	still := standing(c.Spans)
	span.From, span.To, span.Count = on+1, 0, 0
	if n := len(still); n > 0 {
		span.From = max(span.From, still[n-1].To+1)
	}
	if span.Kind != matter.Excluded {
		span.Kind = matter.Withheld
	}
	c.Spans = append(still, span)
	c.Status = matter.Suspended
	return count(c, cal)
}

// pausable reports whether a clock counts units that can stand still: hours run on, and a fixed day
// stays the day it is.
func pausable(c matter.Clock) bool {
	u := statute.Unit(c.Unit)
	return !u.Timed() && u != statute.Yearly && u != statute.Monthly
}

// Resume takes the count up again on the day after the one the answer came, which does not count
// into the term any more. Where nothing was left, the clock falls due on that very day.
func Resume(c matter.Clock, on calendar.Date, cal *calendar.Calendar) matter.Clock {
	if c.Status != matter.Suspended {
		return c
	}
	still := standing(c.Spans)
	last := &still[len(still)-1]
	if last.To = on; on < last.From {
		still = still[:len(still)-1]
	}
	c.Spans, c.Status = still, matter.Running
	return count(c, cal)
}

// Stop ends a clock because what it waited for was done on that day, in time or late.
func Stop(c matter.Clock, on calendar.Date, cal *calendar.Calendar) matter.Clock {
	if c.Status != matter.Running && c.Status != matter.Suspended {
		return c
	}
	c.Spans = ledger(c, cal, on)
	c.Status, c.Ended = matter.Stopped, on
	return c
}

// Lapse closes a clock that has run out by the given day, where the law attaches an effect to it.
// Before its due day has passed the clock is left as it is.
func Lapse(c matter.Clock, on calendar.Date, cal *calendar.Calendar) matter.Clock {
	if c.Status != matter.Running || on <= c.Due {
		return c
	}
	c.Spans = ledger(c, cal, c.Due)
	c.Status = matter.Lapsed
	return c
}

// Recount counts an open clock with another calendar, after a notice came out. It is returned
// unchanged, its calendar version included, where neither its day, its remainder nor whether it
// is provisional moves, and where it is closed.
func Recount(cal *calendar.Calendar, c matter.Clock) matter.Clock {
	if c.Status != matter.Running && c.Status != matter.Suspended {
		return c
	}
	n := c
	n.Spans = standing(c.Spans)
	n = count(n, cal)
	if n.Due == c.Due && n.Left == c.Left && n.Provisional == c.Provisional {
		return c
	}
	return n
}

// version finds the term and the version of it that a clock was started under.
func version(b *statute.Book, c matter.Clock) (statute.Term, statute.TermVersion, error) {
	from, err := calendar.Parse(c.Version)
	if err != nil {
		return statute.Term{}, statute.TermVersion{}, fmt.Errorf("clock: version of %s: %w", c.Term, err)
	}
	t, v, err := b.Term(c.Term, from)
	if err != nil {
		return t, v, fmt.Errorf("clock: %s: %w", c.Name, err)
	}
	return t, v, nil
}
