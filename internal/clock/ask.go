package clock

import (
	"fmt"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Ask is a question without a matter: when does this term fall due. The law's own command, the
// public calculator and the worked examples of the law files put it.
type Ask struct {
	Term    string // id or alias
	Profile string // of the sector, "" for the general rule
	From    calendar.Moment
	Served  calendar.Date // day the paper was served, where the term, or those it counts from the end of, count from service; zero: From itself
	Extend  []int         // units granted, one extension after the other; 0 is as much as the text allows
	Pauses  []statute.Pause
}

// NotPaused is the error for a stretch the term does not stand still in: it knows no such ground,
// or it is over.
type NotPaused struct {
	Term, Ground string
	Late         bool // the stretch begins after the last day, or before the event
}

func (e *NotPaused) Error() string {
	if e.Late {
		return fmt.Sprintf("clock: %s does not run on the day the suspension begins", e.Term)
	}
	if e.Ground == "" {
		return fmt.Sprintf("clock: the law lets %s stand still on no ground, or on several: write GROUND:A..B", e.Term)
	}
	return fmt.Sprintf("clock: the law does not let %s stand still for %q", e.Term, e.Ground)
}

// UnknownProfile is the error for a sector the law has no word for. One that has no limit of its own
// for a term goes by the general rule.
type UnknownProfile string

func (e UnknownProfile) Error() string { return fmt.Sprintf("clock: there is no sector %q", string(e)) }

// NotServed is the error for a day of service where the term begins with another event, or for one
// before the paper was made.
type NotServed struct {
	Term   string
	Anchor string // what the term begins with
	Early  bool
}

func (e *NotServed) Error() string {
	if e.Early {
		return "clock: " + e.Term + ": the paper was served before it was made"
	}
	return "clock: " + e.Term + " does not begin with service, but with: " + e.Anchor
}

// Count counts a term for a question. Errors: those of Start, UnknownProfile, *NotServed, *NotExtended, *NotPaused.
func Count(b *statute.Book, cal *calendar.Calendar, a Ask) (matter.Clock, error) {
	if a.Profile != "" && !b.Named("profiles", a.Profile) {
		return matter.Clock{}, UnknownProfile(a.Profile)
	}
	ref := Ref{Name: a.Term, Term: a.Term, Profile: a.Profile}
	at, provisional, err := begin(b, cal, ref, a)
	if err != nil {
		return matter.Clock{}, err
	}
	c, err := StartAt(b, cal, ref, at)
	if err != nil {
		return c, err
	}
	_, v, err := version(b, c)
	if err != nil {
		return c, err
	}
	for _, n := range a.Extend {
		g := Grant{On: c.Anchor, N: n}
		if rule, ok := nextExtension(v.Extend, c.Extended); ok {
			g.By = rule.By
		}
		if c, err = Extend(b, cal, c, g); err != nil {
			return c, err
		}
	}
	for _, p := range a.Pauses {
		if c, err = pause(v, cal, c, p); err != nil {
			return c, err
		}
	}
	c.Provisional = c.Provisional || provisional
	return c, nil
}

// pause lets a clock stand still for a stretch, on a ground of its term.
func pause(v statute.TermVersion, cal *calendar.Calendar, c matter.Clock, p statute.Pause) (matter.Clock, error) {
	kind := matter.Withheld
	grounds := v.Suspend
	if p.Ground == "" && len(v.Suspend) == 0 || slices.ContainsFunc(v.Exclude, named(p)) {
		kind, grounds = matter.Excluded, v.Exclude
	}
	i := slices.IndexFunc(grounds, named(p))
	if p.Ground == "" && len(grounds) == 1 {
		i = 0
	}
	if i < 0 {
		return c, &NotPaused{Term: c.Term, Ground: p.Ground}
	}
	stood := Suspend(c, p.From, matter.Span{Kind: kind, Ground: grounds[i].Ground, Cite: grounds[i].Cite.String()}, cal)
	if stood.Status != matter.Suspended {
		return c, &NotPaused{Term: c.Term, Ground: p.Ground, Late: true}
	}
	if p.To == 0 {
		return stood, nil
	}
	return Resume(stood, p.To, cal), nil
}

func named(p statute.Pause) func(statute.Ground) bool {
	return func(g statute.Ground) bool { return g.Ground == p.Ground }
}
