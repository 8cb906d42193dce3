package procedure

import (
	"fmt"
	"slices"
	"strings"

	"yifa/internal/clock"
	"yifa/internal/matter"
)

// clocks starts, stops, suspends, resumes and extends what the act touches. All count from the
// day the act happened, not from the day it was entered.
func (s *scene) clocks(a *Act, d *matter.Delta) error {
	for name, def := range s.p.Clocks.Each {
		for _, key := range s.keysOf(a, name, def) {
			before, exists := s.st.Clocks[key]
			now, err := s.clock(a, def, before)
			if err != nil {
				return err
			}
			starts, err := s.starts(a, def, exists, d)
			if err != nil {
				return err
			}
			if starts {
				if now, err = s.start(key, def); err != nil {
					return err
				}
			} else if !exists || sameClock(before, now) {
				continue
			}
			if d.Clocks == nil {
				d.Clocks = map[string]matter.Clock{}
			}
			d.Clocks[key] = now
		}
	}
	return nil
}

// starts says whether the act starts a clock, for the first time or anew.
func (s *scene) starts(a *Act, def *ClockDef, exists bool, d *matter.Delta) (bool, error) {
	if !slices.Contains(def.Starts.Acts, a.Name) || exists && !def.Restarts {
		return false, nil
	}
	return s.holdsAfter(def.When, d)
}

// keysOf lists the clocks of a definition that the act touches: one, or one for each party it concerns. An act that
// names no party, or ends in a stage that stops them, concerns all whose clock has begun; one that names none begins
// that of the matter's own party.
func (s *scene) keysOf(a *Act, name string, def *ClockDef) []string {
	if def.Per != "party" {
		return []string{name}
	}
	parties := s.parties()
	if parties == nil && slices.Contains(def.Starts.Acts, a.Name) {
		parties = s.st.Facts.List(PartyField)
	}
	var keys []string
	for _, party := range parties {
		keys = append(keys, name+":"+party)
	}
	if parties != nil && (a.To == "" || !slices.Contains(def.Stops.Stages, a.To)) {
		return keys
	}
	for key := range s.st.Clocks {
		if strings.HasPrefix(key, name+":") && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// parties are those the act names; nil where it asks for none.
func (s *scene) parties() []string {
	switch {
	case s.party != "":
		return []string{s.party}
	case s.form.Field(PartyField) != nil:
		return append([]string{}, s.given.List(PartyField)...)
	}
	return nil
}

// clockOf is a clock by its name in the procedure: of those that run per party, that of the party the act names, or
// of the matter's own.
func (s *scene) clockOf(name string) (matter.Clock, bool) {
	key := name
	if def := s.p.Clocks.Get(name); def != nil && def.Per == "party" {
		parties := s.parties()
		if parties == nil {
			parties = s.st.Facts.List(PartyField)
		}
		key = name + ":" + first(parties)
	}
	c, ok := s.st.Clocks[key]
	return c, ok
}

// clock is what the act makes of a clock that is there.
func (s *scene) clock(a *Act, def *ClockDef, c matter.Clock) (matter.Clock, error) {
	live := c.Status == matter.Running || c.Status == matter.Suspended
	cal := s.snap.Calendar
	switch {
	case def.Lapse == "deemed:"+a.Name && s.by.Person == matter.PersonSystem && c.Status == matter.Running:
		return clock.Lapse(c, s.on, cal), nil
	case live && (slices.Contains(def.Stops.Acts, a.Name) || a.To != "" && slices.Contains(def.Stops.Stages, a.To)):
		return clock.Stop(c, s.on, cal), nil
	}
	for _, x := range def.Suspends {
		if c.Status == matter.Running && slices.Contains(x.Acts, a.Name) {
			return clock.Suspend(c, s.on, matter.Span{Ground: a.Name, Cite: first(x.Cite), By: s.by.Person}, cal), nil
		}
		if c.Status == matter.Suspended && slices.Contains(x.Until, a.Name) {
			return clock.Resume(c, s.on, cal), nil
		}
	}
	for _, x := range def.Extends {
		if slices.Contains(x.Acts, a.Name) {
			return s.extend(a, c)
		}
	}
	return c, nil
}

func (s *scene) extend(a *Act, c matter.Clock) (matter.Clock, error) {
	args := map[string]string{"clock": c.Name}
	if c.Status != matter.Running {
		return c, s.refuse(a, NotRunning, args)
	}
	role := ""
	for _, name := range a.By {
		if s.plays(name, a) == nil {
			role = name
			break
		}
	}
	longer, err := clock.Extend(s.l.Book, s.snap.Calendar, c, clock.Grant{On: s.on, By: role})
	if err != nil {
		return c, s.refuse(a, NoExtension, args)
	}
	return longer, nil
}

func (s *scene) start(key string, def *ClockDef) (matter.Clock, error) {
	name, party, _ := strings.Cut(key, ":")
	c, err := clock.StartAt(s.l.Book, s.snap.Calendar, clock.Ref{Name: name, Party: party, Term: def.Term, Profile: def.Profile}, s.moment)
	if err != nil {
		return c, fmt.Errorf("procedure: %s: start clock %s: %w", s.p.Key(), key, err)
	}
	return c, nil
}

func sameClock(a, b matter.Clock) bool {
	return a.Status == b.Status && a.Due == b.Due && a.Length == b.Length && len(a.Spans) == len(b.Spans) && a.Anchor == b.Anchor
}

// notBefore says from which day an act is open whose term must first have run out, or nil.
func (s *scene) notBefore(a *Act) (*Refusal, error) {
	nb := a.NotBefore
	if nb.Term == "" {
		return nil, nil
	}
	since, ok := s.st.LastOf(nb.Since)
	if !ok {
		return s.refuse(a, NeedsAct, map[string]string{"act": nb.Since}), nil
	}
	if nb.Unless != "" {
		held, _, err := s.holds(nb.Unless)
		if err != nil || held {
			return nil, err
		}
	}
	c, err := clock.Start(s.l.Book, s.snap.Calendar, clock.Ref{Name: a.Name, Term: nb.Term}, since.On.Day)
	if err != nil {
		return nil, fmt.Errorf("procedure: %s: not_before %s: %w", s.p.Key(), nb.Term, err)
	}
	if open := clock.Opens(c); s.on < open {
		return s.refuse(a, NotBeforeDay, map[string]string{"day": open.String()}), nil
	}
	return nil, nil
}
