package worked

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Pure plays cases in memory: Fire, then Apply, and nothing else.
type Pure struct {
	Law  *procedure.Law
	Seen func(r *procedure.Rule, held bool)                        // hears every condition; may be nil
	Left func(p *procedure.Procedure, act string, st matter.State) // hears how each act left its matter; may be nil

	history map[matter.ID][]matter.State // state after each entry
	record  map[matter.ID][]matter.Entry
	numbers map[string]int
	filled  map[matter.ID]map[string]map[string]string // what papers are filled with, by field
	next    uint64
}

// NewPure returns a performer for one case.
func NewPure(l *procedure.Law) *Pure {
	return &Pure{Law: l, history: map[matter.ID][]matter.State{}, record: map[matter.ID][]matter.Entry{}, numbers: map[string]int{}, filled: map[matter.ID]map[string]map[string]string{}}
}

// Actor is who does a step.
func Actor(s Step) matter.Actor {
	if role := s.Procedure.Roles.Get(s.Role); role != nil {
		switch role.Is {
		case "filer":
			return matter.Actor{Person: matter.PersonFiler}
		case "system":
			return matter.Actor{Person: matter.PersonSystem}
		case "operator":
			return matter.Actor{Person: matter.PersonOperator}
		}
	}
	return matter.Actor{Person: s.Person, Post: s.Post, Organ: s.Organ}
}

func (x *Pure) newID() matter.ID {
	x.next++
	return matter.ID(x.next<<10 | 1)
}

// Perform fires and applies one step.
func (x *Pure) Perform(_ context.Context, id matter.ID, c Case, s Step) (matter.ID, error) {
	name := c.Begins.Key()
	if id == 0 {
		id = x.newID()
	}
	try := procedure.Attempt{
		Matter: id, Procedure: name, Act: s.Act, By: Actor(s), Happened: s.Day,
		Recorded: s.Today().Midnight().Add(12 * time.Hour), Fields: s.Fields, Files: Files(s),
	}
	if party := s.Fields[procedure.PartyField]; len(party) > 0 && try.By.Person == matter.PersonSystem {
		try.Party, try.Fields = party[0], nil // whose clock ran out is no answer to a form
	}
	return id, x.Fire(c, try, s.Today())
}

// Files makes files of the names a step gives: clean, and with the hash of the name.
func Files(s Step) map[string][]matter.File {
	out := map[string][]matter.File{}
	for field, names := range s.Files {
		for _, n := range names {
			sum := sha256.Sum256([]byte(n))
			out[field] = append(out[field], matter.File{Field: field, Name: n, Media: "application/octet-stream", Size: 1, SHA256: sum[:], Clean: true})
		}
	}
	return out
}

// Fire fires and applies an attempt of anybody, the system included, and what it opens and carries.
func (x *Pure) Fire(c Case, try procedure.Attempt, today calendar.Date) error {
	st := x.state(try.Matter)
	key := st.Procedure
	if key == "" {
		key = try.Procedure
	}
	p, err := x.Law.Find(key, try.Happened.Day)
	if err != nil {
		return err
	}
	snap, err := x.Snapshot(context.Background(), try.Matter, c, today)
	if err != nil {
		return err
	}
	snap.Seen, snap.Kept = x.Seen, c.keeping(try.By.Person, today)
	d, err := p.Fire(x.Law, st, snap, try)
	if err != nil {
		return err
	}
	history, record, numbers := maps.Clone(x.history), maps.Clone(x.record), maps.Clone(x.numbers)
	if err := x.enter(c, try, d, today); err != nil {
		x.history, x.record, x.numbers = history, record, numbers // all of it or nothing
		return err
	}
	return nil
}

// enter applies a decision, then what it opens and carries.
func (x *Pure) enter(c Case, try procedure.Attempt, d procedure.Decision, today calendar.Date) error {
	st, p := x.state(try.Matter), d.Procedure
	e := matter.Entry{
		Matter: try.Matter, Seq: st.Rev + 1, Kind: d.Kind, Format: matter.Format, Procedure: p.Key(), Hash: p.Hash, Act: try.Act,
		Happened: try.Happened, Recorded: try.Recorded, Actor: try.By, Cite: d.Cite, Voids: d.Voids, Given: d.Given, Delta: d.Delta,
	}
	after, err := matter.Apply(st, e)
	if err != nil {
		return err
	}
	x.history[try.Matter] = append(x.history[try.Matter], after)
	if x.Left != nil {
		x.Left(p, try.Act, after)
	}
	x.record[try.Matter] = append(x.record[try.Matter], e)
	x.fill(p, try, d)
	for _, n := range d.Delta.Numbers {
		x.numbers[fmt.Sprint(n.Series, n.Organ, n.Year)] = n.N
	}
	for _, next := range slices.Concat(d.Opens, d.Carries) {
		if err := x.Fire(c, next, today); err != nil {
			other, e := x.Law.Find(cmp.Or(x.state(next.Matter).Procedure, next.Procedure), next.Happened.Day)
			if e != nil {
				return e
			}
			return procedure.Through(other, d.Act, next, err)
		}
	}
	return nil
}

// fill keeps what a paper was filled with, for acts that take it over.
func (x *Pure) fill(p *procedure.Procedure, try procedure.Attempt, d procedure.Decision) {
	form := p.Form(d.Act)
	if form == nil {
		return
	}
	for _, f := range form.Fields {
		if f.Type != "filling" {
			continue
		}
		texts := map[string]string{}
		for _, part := range d.Parts {
			if part.Class == f.Class {
				texts = procedure.Filled(f.Name, part.Fields)
			}
		}
		of := maps.Clone(x.filled[try.Matter])
		if of == nil {
			of = map[string]map[string]string{}
		}
		of[f.Name] = texts
		x.filled[try.Matter] = of
	}
}

func (x *Pure) state(id matter.ID) matter.State {
	h := x.history[id]
	if len(h) == 0 {
		return matter.State{}
	}
	return h[len(h)-1]
}

// History is how a matter stood after each of its entries.
func (x *Pure) History(id matter.ID) []matter.State { return slices.Clone(x.history[id]) }

// State is where a matter stands.
func (x *Pure) State(_ context.Context, id matter.ID) (matter.State, error) { return x.state(id), nil }

// Snapshot is the case's organs and posts, and all matters it has opened.
func (x *Pure) Snapshot(_ context.Context, id matter.ID, c Case, today calendar.Date) (procedure.Snapshot, error) {
	snap := procedure.Snapshot{
		Posts: c.Posts, Certificates: c.Certificates, Organs: map[string]procedure.Organ{}, Calendar: x.Law.Calendar, Linked: map[matter.ID]matter.State{}, Today: today, NewID: x.newID,
		Numbers: func(series, organ string, year int) int { return x.numbers[fmt.Sprint(series, organ, year)] + 1 },
	}
	for _, o := range c.Organs {
		snap.Organs[o.Key] = o
	}
	for other := range x.history {
		snap.Linked[other] = x.state(other)
	}
	snap.Alias = func(whole matter.ID, words string) string {
		sum := sha256.Sum256(fmt.Append(nil, whole, words))
		return fmt.Sprintf("p%x", sum[:6])
	}
	snap.Record = x.record[id]
	snap.Standing = func(field string) map[string]string { return x.filled[id][field] }
	snap.Kept = c.keeping("", today)
	snap.Work = func(person, _, _ string) bool { return slices.Contains(c.Work, person) }
	return snap, nil
}
