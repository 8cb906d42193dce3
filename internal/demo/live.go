package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/procedure/worked"
)

// live tells every story day by day and hour by hour, with the sweeps between. What different stories do in one hour is
// done at once, so that it shares transactions.
func (c *City) live(ctx context.Context, stories []*story) error {
	days := map[calendar.Date][24][]*story{}
	for _, s := range stories {
		for i := range s.steps {
			l := &s.steps[i]
			if i > 0 && s.steps[i-1].step.Today() == l.step.Today() {
				l.hour = max(l.hour, s.steps[i-1].hour) // nothing comes before what it follows
			}
			hours := days[l.step.Today()]
			hours[l.hour] = append(hours[l.hour], s)
			days[l.step.Today()] = hours
		}
	}
	for day := Begin.AddDays(1); day <= c.Today; day++ {
		// Once a week is enough for a past: what lapsed meanwhile carries its legal day, and stands
		// before whatever anybody did after it.
		if day.Weekday() == time.Monday || day > c.Today.AddDays(-lately) {
			c.Clock.Set(day.Midnight().Add(10 * time.Minute))
			if err := c.Office.Sweep(ctx); err != nil {
				return fmt.Errorf("demo: sweep of %s: %w", day, err)
			}
		}
		for hour, told := range days[day] {
			if len(told) == 0 {
				continue
			}
			c.Clock.Walk(day.Midnight().Add(time.Duration(hour)*time.Hour + time.Duration(int(day)*7%9)*time.Minute))
			for len(told) > 0 {
				var at []*story
				at, told = rounds(told)
				if err := each(at, func(s *story) error { return c.next(ctx, s) }); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// lately is how many days back the demo city was swept every day: those whose reminders still stand on somebody's page.
const lately = 12

// rounds parts a list into the first of each story and what is left.
func rounds(list []*story) (now, later []*story) {
	seen := map[*story]bool{}
	for _, s := range list {
		if seen[s] {
			later = append(later, s)
			continue
		}
		seen[s] = true
		now = append(now, s)
	}
	return now, later
}

// next does the step of a story that comes next.
func (c *City) next(ctx context.Context, s *story) error {
	l := s.steps[s.done]
	s.done++
	if err := c.tell(ctx, s, l); err != nil {
		return fmt.Errorf("demo: %s on %s: %s: %w", s.name, l.step.Today(), l.step.Act, err)
	}
	return nil
}

// tell does one step. A refusal ends the story: moved to another place and season, the law may say no.
func (c *City) tell(ctx context.Context, s *story, l line) error {
	if l.on == worked.OnNew {
		l.on = s.newest(l.new)
	}
	if l.more {
		s.more, s.ids, s.of = len(s.ids), append(s.ids, 0), append(s.of, "")
	}
	if l.on == worked.OnMore {
		l.on = s.more
	}
	l.step = l.step.Named(s.ids)
	if s.ended || l.on >= len(s.ids) || l.on < 0 {
		return nil
	}
	done, err := c.Office.Perform(ctx, c.Office.ReaderFor(l.step.Person, s.ids[l.on]), office.Act{Matter: s.ids[l.on],
		Procedure: l.step.Procedure.ID, Act: l.step.Act, Happened: happened(l.step), Fields: l.step.Fields, Uploads: uploads(l.step.Files),
		Key: fmt.Sprintf("demo/%d/%d", s.n, s.done)})
	var refused *office.Refused
	var bad office.BadFields
	if errors.As(err, &refused) || errors.As(err, &bad) || errors.Is(err, office.ErrNotFound) {
		s.ended = true
		c.mu.Lock()
		defer c.mu.Unlock()
		c.Ended = append(c.Ended, fmt.Sprintf("%s: %s on %s: %v %v", s.name, l.step.Act, l.step.Today(), map[string]string(bad), err))
		return nil
	}
	if err != nil {
		return err
	}
	s.ids[l.on] = done.Matter
	for i, id := range done.Opened {
		s.ids = append(s.ids, id)
		s.of = append(s.of, done.Under[i])
	}
	return nil
}

// newest is which of the story's matters was opened last under a procedure; -1 where none was.
func (s *story) newest(id string) int {
	for i, of := range slices.Backward(s.of) {
		if of == id {
			return i + 1 // the first is the story's own
		}
	}
	return -1
}

// happened is when a step happened, where that is not the instant at which it is entered.
func happened(s worked.Step) calendar.Moment {
	if s.Recorded.IsZero() || s.Recorded == s.Day.Day {
		return calendar.Moment{}
	}
	return s.Day
}

// matters counts what the stories have made.
func matters(stories []*story) int {
	n := 0
	for _, s := range stories {
		for _, id := range s.ids {
			if id != matter.ID(0) {
				n++
			}
		}
	}
	return n
}
