package office

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"slices"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// snapshot loads what an act may read outside its matter, in the act's own transaction.
func (b *batch) snapshot(ctx context.Context, r *request, st matter.State, act *procedure.Act) (procedure.Snapshot, error) {
	snap := b.reg.snapshot(b.o.Today())
	snap.Numbers = func(series, organ string, year int) int {
		n, err := b.tx.NextNumber(ctx, series, organ, year)
		b.fail(err)
		return n
	}
	snap.NewID = func() matter.ID {
		id, err := matter.NewIDIn(rand.Reader, r.id.Shard())
		b.fail(err)
		return id
	}
	snap.Alias = b.o.alias
	snap.Clash, snap.Item = b.clash(ctx, r.id), b.reg.hasItem
	if p, _ := b.o.actOf(st, r.try); p != nil && p.Roster.Item != "" {
		snap.Taken = b.listed(ctx, r.id)
	}
	if r.id.Shard() == 0 && r.try.By.Person != matter.PersonOperator {
		snap.Taken, snap.Knows = b.reg.taken, func(person string) bool { return b.knows(ctx, person) }
		snap.Work = func(person, post, organ string) bool {
			left, err := b.o.leaves(ctx, &b.tx.Query, b.reg, procedure.Post{ID: post, Person: person, Organ: organ})
			b.fail(err)
			return left > 0
		}
	}
	if r.id.Shard() == 0 {
		p, _ := b.o.actOf(st, r.try)
		named := namedMatters(p, st, r.try.Fields)
		kept, err := b.o.keeping(ctx, &b.tx.Query, b.reg, named, r.keys)
		if err != nil {
			return snap, err
		}
		snap.Kept = kept
	}
	if r.keys != nil && st.ID != 0 {
		may, err := b.tx.May(ctx, st.ID, b.o.accessReader(r.keys))
		if err != nil {
			return snap, err
		}
		if !may.Read {
			return snap, ErrNotFound
		}
	}
	if err := b.linked(ctx, st, &snap); err != nil {
		return snap, err
	}
	if err := b.beside(ctx, r, act, &snap); err != nil {
		return snap, err
	}
	b.papers(ctx, st, &snap)
	if act.Voids == "" && !comesLate(st, r.try) {
		return snap, nil
	}
	return snap, b.record(ctx, st.ID, &snap)
}

// alias is by what a matter and its parts know a person whose name lies sealed in them.
func (o *Office) alias(whole matter.ID, words string) string {
	return "p" + o.vault.BlindIndex("alias "+whole.String(), words)[:12]
}

// comesLate says whether an attempt happened before an act that stands.
func comesLate(st matter.State, try procedure.Attempt) bool {
	return slices.ContainsFunc(st.Done, func(d matter.Done) bool { return try.Happened.Day < d.On.Day })
}

// record loads what a correction reads: every entry of the matter, and the calendar as it was known with each.
func (b *batch) record(ctx context.Context, id matter.ID, snap *procedure.Snapshot) error {
	entries, err := b.tx.Entries(ctx, id, 0)
	if err != nil {
		return err
	}
	for _, e := range entries {
		snap.Record = append(snap.Record, e.Entry)
	}
	snap.Known = func(recorded time.Time) *calendar.Calendar {
		cal, err := b.o.calendarAt(ctx, &b.tx.Query, recorded)
		b.fail(err)
		return cal
	}
	return nil
}

// linked holds the states of linked matters unchanged until the act is stored. Those of the batch
// itself are as its acts so far have left them.
func (b *batch) linked(ctx context.Context, st matter.State, snap *procedure.Snapshot) error {
	snap.Linked = make(map[matter.ID]matter.State, len(st.Links))
	var ids []matter.ID
	for _, l := range st.Links {
		if x, ours := b.states[l.To]; ours {
			snap.Linked[l.To] = x
		} else {
			ids = append(ids, l.To)
		}
	}
	if len(ids) > 0 {
		states, err := b.tx.States(ctx, ids...)
		if err != nil {
			return err
		}
		for i, x := range states {
			snap.Linked[ids[i]] = x
		}
	}
	return wholes(ctx, &b.tx.Query, st, snap.Linked)
}

// wholes adds what a matter is part of, further up than what it is linked to itself: whoever is kept away from there is
// kept away here.
func wholes(ctx context.Context, q *store.Query, st matter.State, linked map[matter.ID]matter.State) error {
	for up := partOf(st, linked); len(up) > 0; {
		states, err := q.StatesOf(ctx, up)
		if err != nil {
			return err
		}
		maps.Copy(linked, states)
		up = nil
		for _, x := range states {
			up = append(up, missing(x, linked)...)
		}
	}
	return nil
}

// partOf are the wholes of a matter's own wholes that are not known.
func partOf(st matter.State, linked map[matter.ID]matter.State) (up []matter.ID) {
	for _, l := range st.Links {
		if l.Kind == "part_of" {
			up = append(up, missing(linked[l.To], linked)...)
		}
	}
	return up
}

// missing are the wholes of a matter that are not known.
func missing(st matter.State, linked map[matter.ID]matter.State) (up []matter.ID) {
	for _, l := range st.Links {
		if _, known := linked[l.To]; l.Kind == "part_of" && !known {
			up = append(up, l.To)
		}
	}
	return up
}

func (b *batch) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// knows says whether there is an account of a person, with or without a way to sign in.
func (b *batch) knows(ctx context.Context, person string) bool {
	_, err := b.tx.Account(ctx, person)
	if errors.Is(err, store.ErrNotFound) {
		return false
	}
	b.fail(err)
	return true
}
