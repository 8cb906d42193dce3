package office_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
	"yifa/internal/store"
)

// performer plays worked cases through an office: acts with the rights of whoever does them, on the
// clock of the step.
type performer struct{ c *officetest.City }

// Perform does a step as its person would. What the office hides from somebody, or tells in words of
// a form, is asked of the law itself, which must say no as well.
func (p performer) Perform(ctx context.Context, id matter.ID, c worked.Case, s worked.Step) (matter.ID, error) {
	now := s.Today().Midnight().Add(12 * time.Hour)
	if s.Day.Minute >= 0 && s.Day.Day == s.Today() {
		now = s.Day.Day.Midnight().Add(time.Duration(s.Day.Minute) * time.Minute)
	}
	p.c.Clock.Set(now)
	by := worked.Actor(s)
	try := procedure.Attempt{Matter: id, Procedure: c.Begins.Key(), Act: s.Act, By: by, Happened: s.Day, Recorded: now, Fields: s.Fields, Files: worked.Files(s)}
	if by.Person == matter.PersonSystem || by.Person == matter.PersonOperator {
		done, err := p.c.Office.Submit(ctx, try)
		return done.Matter, err
	}
	a := office.Act{Matter: id, Procedure: c.Begins.ID, Act: s.Act, Happened: s.Day, Fields: s.Fields, Uploads: map[string][]office.Upload{}}
	for field, names := range s.Files {
		for _, name := range names {
			a.Uploads[field] = append(a.Uploads[field], office.Upload{Name: name, Body: photo(uint8(len(name)))})
		}
	}
	done, err := p.c.Office.Perform(ctx, p.c.Office.ReaderFor(s.Person, id), a)
	var bad office.BadFields
	if !errors.Is(err, office.ErrNotFound) && !errors.As(err, &bad) {
		return done.Matter, err
	}
	for _, post := range p.c.Office.Posts(s.Person) {
		if post.Organ == by.Organ {
			try.By.Post = post.ID
		}
	}
	if _, law := p.c.Office.Submit(ctx, try); law != nil {
		return id, law
	}
	return id, fmt.Errorf("the law lets it be done, the office says: %w", err)
}

func (p performer) State(_ context.Context, id matter.ID) (matter.State, error) {
	return p.c.State(id), nil
}

func (p performer) Snapshot(ctx context.Context, id matter.ID, c worked.Case, today calendar.Date) (procedure.Snapshot, error) {
	snap := procedure.Snapshot{Posts: c.Posts, Organs: map[string]procedure.Organ{}, Calendar: p.c.Law.Calendar,
		Linked: map[matter.ID]matter.State{}, Today: today, NewID: func() matter.ID { return 1 }, Numbers: func(string, string, int) int { return 1 }}
	for _, o := range c.Organs {
		snap.Organs[o.Key] = o
	}
	for _, l := range p.c.State(id).Links {
		snap.Linked[l.To] = p.c.State(l.To)
	}
	err := p.c.DB.Read(ctx, func(q *store.Query) error {
		entries, err := q.Entries(ctx, id, 0)
		for _, e := range entries {
			snap.Record = append(snap.Record, e.Entry)
		}
		return err
	})
	return snap, err
}

// cases are the worked cases of the complaint, of recusal and of hearings.
func cases(t *testing.T, l *procedure.Law) []worked.Case {
	t.Helper()
	all, faults := worked.Load(l)
	for _, f := range faults {
		t.Error(f)
	}
	all = slices.DeleteFunc(all, func(c worked.Case) bool {
		return c.Procedure.ID != "supervision.complaint" && c.Procedure.ID != "recusal" && c.Procedure.ID != "hearing"
	})
	if len(all) < 20 {
		t.Fatalf("%d worked cases", len(all))
	}
	return all
}

// people makes the posts of a case that the city does not have.
func people(t *testing.T, c *officetest.City, one worked.Case) {
	t.Helper()
	for _, p := range one.Posts {
		if slices.ContainsFunc(c.Office.Posts(p.Person), func(x procedure.Post) bool { return x.Organ == p.Organ && x.Role == p.Role }) {
			continue
		}
		from := p.From
		if from < demo.Begin {
			from = demo.Begin
		}
		fields := map[string][]string{"post": {fmt.Sprintf("%s.%s.%s", p.Person, p.Organ, p.Role)}, "person": {p.Person}, "organ": {p.Organ},
			"role": {p.Role}, "from": {from.String()}, "basis": {"演示。"}}
		if err := c.Office.Seed(t.Context(), "register.post", fields); err != nil {
			t.Fatalf("%s: post of %s: %v", one.Name, p.Person, err)
		}
		c.Know()
	}
}

// Every worked case of the complaint, of recusal and of hearings, with all its assertions, goes through the office and its
// database as it goes through the law alone.
func TestCases(t *testing.T) {
	t.Parallel()
	for _, one := range cases(t, officetest.New(t).Law) {
		t.Run(one.Name, func(t *testing.T) {
			c := officetest.Open(t, installation.Options{Dir: t.TempDir()})
			c.Clock.Set(demo.Begin.Midnight().Add(8 * time.Hour))
			people(t, c, one)
			play(t, c, one)
			c.Sound()
			c.GapFree()
			untouched(t, c)
		})
	}
}

// On PostgreSQL they share one city, where numbers run on from case to case.
func TestCasesPostgres(t *testing.T) {
	t.Parallel()
	c := officetest.Postgres(t)
	all := cases(t, c.Law)
	c.Clock.Set(demo.Begin.Midnight().Add(8 * time.Hour))
	for _, one := range all {
		people(t, c, one)
	}
	for _, one := range all {
		t.Run(one.Name, func(t *testing.T) {
			for i := range one.Lines {
				one.Lines[i].Want = slices.DeleteFunc(one.Lines[i].Want, func(w worked.Want) bool { return w.What == "number" })
			}
			play(t, c, one)
		})
	}
	c.Sound()
	c.GapFree()
}

func play(t *testing.T, c *officetest.City, one worked.Case) {
	t.Helper()
	_, faults := worked.Play(t.Context(), c.Law, one, performer{c})
	for _, f := range faults {
		t.Error(f)
	}
}
