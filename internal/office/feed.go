package office

import (
	"context"
	"errors"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// FeedLine is one deadline as a calendar program outside the platform may keep it: no title, no place, no organ, nobody's
// name.
type FeedLine struct {
	Matter      matter.ID
	Key         string // of the clock
	Label       string
	Number      string
	On          calendar.Date
	Provisional bool
	Unsaid      bool
}

// feedLines is how many deadlines a calendar program is given.
const feedLines = 200

// MakeFeed gives the reader a new secret address for a calendar program; the one before ends.
func (o *Office) MakeFeed(ctx context.Context, r Reader) (token string, err error) {
	if !r.Official() {
		return "", ErrNotFound
	}
	token, hash := identity.NewToken()
	return token, o.db.Write(ctx, func(tx *store.Tx) error { return tx.PutFeed(ctx, hash, r.Person, o.now()) })
}

// DropFeed ends the reader's secret address.
func (o *Office) DropFeed(ctx context.Context, r Reader) error {
	return o.db.Write(ctx, func(tx *store.Tx) error { return tx.DropFeed(ctx, r.Person) })
}

// FeedMade is since when the reader has a secret address; zero without one.
func (o *Office) FeedMade(ctx context.Context, r Reader) (made time.Time, err error) {
	err = o.db.Read(ctx, func(q *store.Query) (err error) {
		made, err = q.FeedMade(ctx, r.Person)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return time.Time{}, nil
	}
	return made, err
}

// Feed is what a secret address shows: the days its holder answers for, by today's posts, and the sittings he takes part in. ErrNotFound where the address
// was ended, or its holder may not sign in any more.
func (o *Office) Feed(ctx context.Context, token string, lang i18n.Lang) ([]FeedLine, []EventView, error) {
	hash, err := identity.TokenHash(token)
	if err != nil {
		return nil, nil, ErrNotFound
	}
	var list []FeedLine
	var events []EventView
	err = o.db.Read(ctx, func(q *store.Query) error {
		a, err := q.FeedAccount(ctx, hash)
		if err != nil {
			return err
		}
		if a.Disabled {
			return ErrNotFound
		}
		r, err := o.reader(ctx, q, a, lang)
		if err != nil {
			return err
		}
		whose := "mine"
		if o.visits(r) {
			whose = "all" // nothing is assigned to a party
		}
		filter := o.deadlineFilter(r, whose)
		filter.Limit = feedLines
		lines, err := q.Deadlines(ctx, filter, store.Deadlines{From: calendar.New(1949, time.October, 1), To: farthest})
		if err != nil {
			return err
		}
		var ids []matter.ID
		for _, line := range lines {
			ids = append(ids, line.Row.ID)
		}
		shown, err := o.shelf(ctx, q, r, ids)
		if err != nil {
			return err
		}
		for _, line := range lines {
			list = append(list, shown.feedLine(line)...)
		}
		events, err = o.events(ctx, q, r)
		return err
	})
	return list, events, notFound(err)
}

// feedLine is the line of a clock, if its day is one the reader keeps.
func (s shelf) feedLine(line store.Deadline) []FeedLine {
	var list []FeedLine
	for _, b := range s.deadlines([]store.Deadline{line}) {
		if b.Waiting || s.o.lost(s.o.procedureOf(s.states[b.ID]), s.states[b.ID].Clocks[line.Key]) {
			continue
		}
		list = append(list, FeedLine{Matter: b.ID, Key: line.Key, Label: b.Due.Label, Number: b.Number, On: b.Due.On,
			Provisional: b.Due.Provisional, Unsaid: b.Due.Unsaid})
	}
	return list
}
