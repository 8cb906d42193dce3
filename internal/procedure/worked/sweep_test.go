package worked_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
	"yifa/law"
)

// swept plays a case without its own acts of the system: what the law does by itself is left to sweeps,
// on the days `on` chooses, and always before somebody acts, as the office does.
type swept struct {
	*worked.Pure
	c     worked.Case
	on    func(calendar.Date) bool
	today calendar.Date
	ids   []matter.ID
}

func (s *swept) Perform(ctx context.Context, id matter.ID, c worked.Case, step worked.Step) (matter.ID, error) {
	if lapses(step) || step.Refused != nil {
		return id, nil
	}
	if err := s.until(step.Today()); err != nil {
		return id, err
	}
	id, err := s.Pure.Perform(ctx, id, c, step)
	if err == nil && !slices.Contains(s.ids, id) {
		s.ids = append(s.ids, id)
	}
	return id, err
}

// lapses says whether a step is what the law does by itself, and not the end of work that an act left to the office.
func lapses(s worked.Step) bool {
	return worked.Actor(s).Person == matter.PersonSystem && !s.Procedure.Ends(s.Act)
}

// until lets the days pass up to one, which is always swept.
func (s *swept) until(last calendar.Date) error {
	for day := max(s.today, last-800); day < last; day++ {
		if s.on(day) {
			if err := s.sweep(day); err != nil {
				return err
			}
		}
	}
	s.today = last
	return s.sweep(last)
}

func (s *swept) sweep(today calendar.Date) error {
	for _, id := range s.ids {
		for {
			st, _ := s.State(context.Background(), id)
			p, err := s.Law.ByKey(st.Procedure)
			if err != nil {
				return err
			}
			due := p.Lapses(st, today)
			if len(due) == 0 {
				break
			}
			if err := s.Fire(s.c, due[0].Attempt(st), today); err != nil {
				return fmt.Errorf("%s %s: %w", due[0].Day, due[0].Act, err)
			}
		}
	}
	return nil
}

// course is what a matter's record says, without the days that are those of recording: since when somebody may
// read, and the year of a number.
func (s *swept) course(id matter.ID) []any {
	var out []any
	for i, st := range s.History(id) {
		clocks := maps.Clone(st.Clocks)
		done := matter.Done{}
		if len(st.Done) > 0 {
			done = st.Done[len(st.Done)-1]
		}
		out = append(out, []any{i, done, st.Stage, st.Holder, maps.Clone(st.Facts), clocks, maps.Clone(st.Assigned)})
	}
	return out
}

// Whenever sweeps run, daily, now and then or only once at the very end, the law has done the same by
// itself on the same days, and every matter stands the same.
func TestSweptOnAnyDay(t *testing.T) {
	shipped, _ := procedure.Load(law.FS, nil)
	invented, _ := procedure.Load(small(), nil)
	lapsed := 0
	for _, l := range []*procedure.Law{shipped, invented} {
		cases, faults := worked.Load(l)
		if len(faults) > 0 || len(cases) == 0 {
			t.Fatal("no cases", faults)
		}
		play := func(c worked.Case, on func(calendar.Date) bool) (*swept, error) {
			s := &swept{Pure: worked.NewPure(l), c: c, on: on, today: 1 << 30}
			for i := range c.Lines {
				c.Lines[i].Want = nil
			}
			first := c.Lines[0].Step
			s.today = first.Today()
			_, wrong := worked.Play(t.Context(), l, c, s)
			if len(wrong) > 0 {
				return s, errors.New(wrong[0].Error())
			}
			return s, s.until(s.today + 400)
		}
		for _, c := range cases {
			c.Lines = slices.DeleteFunc(slices.Clone(c.Lines), func(x worked.Line) bool {
				return x.Step == nil || x.Step.Refused != nil || lapses(*x.Step)
			})
			daily, err := play(c, func(calendar.Date) bool { return true })
			if err != nil {
				t.Errorf("%s swept daily: %v", c.File, err)
				continue
			}
			before := lapsed
			for _, id := range daily.ids {
				st, _ := daily.State(t.Context(), id)
				for _, d := range st.Done {
					if d.By.Person == matter.PersonSystem {
						lapsed++
					}
				}
			}
			if lapsed == before {
				continue
			}
			rapid.Check(t, func(rt *rapid.T) {
				every := rapid.IntRange(1, 200).Draw(rt, "every")
				some, err := play(c, func(d calendar.Date) bool { return int(d)%every == 0 && every < 150 })
				if err != nil {
					rt.Fatalf("%s: %v", c.File, err)
				}
				for _, id := range daily.ids {
					if a, b := daily.course(id), some.course(id); !reflect.DeepEqual(a, b) {
						rt.Fatalf("%s: swept daily\n%v\nevery %d days\n%v", c.File, a, every, b)
					}
				}
			})
		}
	}
	if lapsed < 5 {
		t.Errorf("the cases hold %d lapses: too few to say anything", lapsed)
	}
}
