package procedure

import (
	"errors"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Again decides an act that was done before once more, under this version: what it changes in its own
// matter, or why it would be refused. Its clear answers are those of the entry; the sealed ones cannot be
// asked for again and are taken as given. What it opened or carried elsewhere is left out.
func (p *Procedure) Again(l *Law, st matter.State, snap Snapshot, e matter.Entry) (matter.Delta, *Refusal, error) {
	if e.Act == recountAct.Name && e.Actor.Person == matter.PersonSystem {
		d, _ := p.Recount(st, snap.Calendar)
		return matter.Delta{Clocks: d.Delta.Clocks}, nil, nil
	}
	a := p.pick(st, e.Act)
	if a == nil {
		return matter.Delta{}, &Refusal{Act: e.Act, Reason: NoSuchAct}, nil
	}
	s := p.asEntered(l, st, snap, e)
	no, err := s.again(a)
	if no != nil || err != nil {
		return matter.Delta{}, no, err
	}
	try := Attempt{Matter: e.Matter, By: e.Actor, Happened: e.Happened, Recorded: e.Recorded}
	d, err := s.decide(a, try, answers{clear: e.Given})
	var fields FieldErrors
	switch {
	case errors.As(err, &no):
		return matter.Delta{}, no, nil
	case errors.As(err, &fields):
		return matter.Delta{}, s.refuse(a, NotKnownYet, map[string]string{"fact": fields[0].Field}), nil
	case err != nil:
		return matter.Delta{}, nil, err
	}
	return d.Delta, nil, nil
}

// asEntered is the scene of an act that was done before, on the day it was entered, by whoever did it.
func (p *Procedure) asEntered(l *Law, st matter.State, snap Snapshot, e matter.Entry) *scene {
	snap.Today, snap.Denied, snap.Seen = calendar.On(e.Recorded), false, nil
	snap.NewID = func() matter.ID { return 0 }
	snap.Numbers = func(string, string, int) int { return 1 }
	s := &scene{p: p, l: l, st: st, snap: snap, by: e.Actor, on: e.Happened.Day, moment: e.Happened, given: e.Given, from: e.Matter}
	if e.Actor.Person == matter.PersonSystem {
		s.party = e.Given.Text(PartyField)
	}
	return s
}

// again asks whether an act that was done before could be done in the scene.
func (s *scene) again(a *Act) (*Refusal, error) {
	s.form = s.p.Form(a)
	no, err := s.gate(a)
	if no == nil && err == nil {
		no = s.namesBarred(a)
	}
	return no, err
}

// Offers lists the acts that are open in a matter today, whoever does them, each with the roles that may.
// What an act asks of the person or of answers still to be given is left open.
func (p *Procedure) Offers(l *Law, st matter.State, snap Snapshot) map[string][]string {
	out := map[string][]string{}
	for _, a := range p.ActsIn(st.Stage) {
		if p.isOnlyFor(a, "linked") || p.isOnlyFor(a, "system") || a.Voids != "" {
			continue
		}
		s := &scene{p: p, l: l, st: st, snap: snap, on: snap.Today, moment: calendar.DayOnly(snap.Today), form: p.Form(a), asked: true}
		if no, err := s.open(a); no != nil || err != nil {
			continue
		}
		for _, name := range a.By {
			role := p.Roles.Get(name)
			if role.Is != "system" && role.Is != "linked" && s.conditional(role, a) == nil && !slices.Contains(out[a.Name], name) {
				out[a.Name] = append(out[a.Name], name)
			}
		}
	}
	return out
}
