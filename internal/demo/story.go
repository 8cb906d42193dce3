package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/procedure/worked"
)

// counties of the city; a story told in one is told again in the others.
var counties = []string{"440703", "440704", "440705", "440781", "440783", "440784", "440785"}

// tellings is how often each worked case is told.
const tellings = 3

// story is one telling of a worked case: its steps and the matters it has made so far.
type story struct {
	name  string
	steps []line
	ids   []matter.ID
	ended bool // a step was refused: the story stops where it stands
}

type line struct {
	on   int
	step worked.Step
}

// live tells every story day by day, with the sweeps between.
func (c *City) live(ctx context.Context) error {
	stories, err := c.stories()
	if err != nil {
		return err
	}
	type event struct {
		s *story
		l line
	}
	days := map[calendar.Date][]event{}
	for _, s := range stories {
		for _, l := range s.steps {
			days[l.step.Today()] = append(days[l.step.Today()], event{s, l})
		}
	}
	for day := Begin.AddDays(1); day <= c.Today; day++ {
		c.Clock.Set(day.Midnight().Add(10 * time.Minute))
		// Once a week is enough for a past: what lapsed meanwhile carries its legal day, and stands
		// before whatever anybody did after it.
		if day.Weekday() == time.Monday || day == c.Today {
			if err := c.Office.Sweep(ctx); err != nil {
				return fmt.Errorf("demo: sweep of %s: %w", day, err)
			}
		}
		for i, e := range days[day] {
			c.Clock.Set(at(day, e.l.step.Day, i))
			if err := c.tell(ctx, e.s, e.l); err != nil {
				return fmt.Errorf("demo: %s on %s: %s: %w", e.s.name, day, e.l.step.Act, err)
			}
		}
	}
	return nil
}

// at is the instant on a day at which a step is entered: its own hour where it happened that day,
// else office hours.
func at(day calendar.Date, happened calendar.Moment, i int) time.Time {
	if happened.Day == day && happened.Minute >= 0 {
		return day.Midnight().Add(time.Duration(happened.Minute)*time.Minute + time.Duration(i)*time.Second)
	}
	return day.Midnight().Add(8*time.Hour + 40*time.Minute + time.Duration(i)*7*time.Minute)
}

// tell does one step. A refusal ends the story: moved to another place and season, the law may say no.
func (c *City) tell(ctx context.Context, s *story, l line) error {
	if s.ended || l.on >= len(s.ids) {
		return nil
	}
	done, err := c.Office.Perform(ctx, c.Office.ReaderFor(l.step.Person, s.ids[l.on]), office.Act{Matter: s.ids[l.on],
		Procedure: "supervision.complaint", Act: l.step.Act, Happened: happened(l.step), Fields: l.step.Fields, Uploads: uploads(l.step.Files)})
	var refused *office.Refused
	var bad office.BadFields
	if errors.As(err, &refused) || errors.As(err, &bad) || errors.Is(err, office.ErrNotFound) {
		s.ended = true
		c.Ended = append(c.Ended, fmt.Sprintf("%s: %s: %v", s.name, l.step.Act, err))
		return nil
	}
	if err != nil {
		return err
	}
	s.ids[l.on] = done.Matter
	s.ids = append(s.ids, done.Opened...)
	return nil
}

func happened(s worked.Step) calendar.Moment {
	if s.Day.Minute < 0 && s.Day.Day == s.Today() {
		return calendar.Moment{} // now
	}
	return s.Day
}

// stories are the worked cases of the complaint, told in other counties and seasons: twice as things
// of the past, once as things that go on today, so that today finds matters at every stage, some of
// them late.
func (c *City) stories() ([]*story, error) {
	cases, faults := worked.Load(c.Law)
	if len(faults) > 0 {
		return nil, fmt.Errorf("demo: worked cases: %w", faults[0])
	}
	cases = slices.DeleteFunc(cases, func(x worked.Case) bool { return x.Procedure.ID != "supervision.complaint" })
	var out []*story
	for t := range tellings {
		for n, one := range cases {
			plot := c.plot(one, n, t, len(cases))
			s := &story{name: fmt.Sprintf("%s (%d)", one.Name, t+1), ids: []matter.ID{0}}
			lines := one.Vary(plot.variation).Lines
			for i, l := range lines {
				step := *l.Step
				if step.Role == "system" || plot.stops > 0 && i >= plot.stops {
					continue // the sweep does what the system does; a story that stops waits for somebody
				}
				c.move(&step, plot)
				s.steps = append(s.steps, line{l.On, step})
			}
			out = append(out, s)
		}
	}
	return out, nil
}

// plot is how a case is told once: where, when, in which words, and whether it comes to a halt.
type plot struct {
	variation worked.Variation
	town      int // which town of the county
	stops     int // steps after which nobody does anything any more; 0: told to its end
}

// plot moves telling t of case n to its county, its season and its words.
func (c *City) plot(one worked.Case, n, t, cases int) plot {
	i := n + t*cases
	now := t == tellings-1
	turn := i % len(counties)
	if now && n%2 == 0 {
		turn = 0 // half of what goes on today is in the first county, where the demo accounts are
	}
	p := plot{town: i, variation: worked.Variation{Organs: map[string]string{}, Persons: map[string]string{}, Text: c.words(one, i)}}
	v := &p.variation
	for k, from := range counties {
		v.Organs[from] = counties[(k+turn)%len(counties)]
	}
	for _, o := range one.Organs {
		v.Organs[o.Key] = c.counterpart(o.Key, v.Organs, p.town)
	}
	for _, x := range one.Posts {
		v.Persons[x.Person] = c.stand(v.Organs[x.Organ], x.Role, x.Person, v.Persons)
	}
	first, last := span(one)
	begin := Begin.AddDays(8 + (int(c.Today-Begin)-90)*i/(cases*(tellings-1)))
	if now {
		begin = c.Today.AddDays(-2 - n*2%35)
		if n%3 == 1 {
			p.stops = 1 + n%5
		}
	}
	begin = max(begin, Begin.AddDays(8))
	v.Days = int(begin-first) / 7 * 7
	if !now && last.AddDays(v.Days) > c.Today {
		v.Days -= (int(last.AddDays(v.Days)-c.Today)/7 + 1) * 7
	}
	return p
}

// span is the first and last day of a case.
func span(one worked.Case) (first, last calendar.Date) {
	for _, l := range one.Lines {
		if l.Step == nil {
			continue
		}
		if first == 0 {
			first = l.Step.Today()
		}
		last = max(last, l.Step.Today())
	}
	return first, last
}

// counterpart is the organ of the same kind in the county a story moves to.
func (c *City) counterpart(key string, moved map[string]string, town int) string {
	code, kind, _ := strings.Cut(key, "-")
	if len(code) < 6 || moved[code[:6]] == "" {
		return key
	}
	county := moved[code[:6]]
	var found []string
	for _, o := range c.organs {
		if len(code) == 6 && o.Key == county+"-"+kind || len(code) == 9 && len(o.Division) == 9 &&
			strings.HasPrefix(o.Key, county) && strings.HasSuffix(o.Key, "-"+kind) {
			found = append(found, o.Key)
		}
	}
	if len(found) == 0 {
		return key
	}
	return found[town%len(found)]
}

// stand is who plays a person of a case in another organ: somebody of the same role, not yet cast.
func (c *City) stand(organ, role, self string, cast map[string]string) string {
	if p := cast[self]; p != "" {
		return p
	}
	taken := map[string]bool{}
	for _, p := range cast {
		taken[p] = true
	}
	for _, p := range c.people {
		for _, post := range p.Posts {
			if post.Organ == organ && post.Role == role && !taken[p.ID] {
				return p.ID
			}
		}
	}
	return self
}

// move takes a step's place along with its story.
func (c *City) move(s *worked.Step, p plot) {
	v := p.variation
	for i, code := range s.Fields["division"] {
		if len(code) < 6 || v.Organs[code[:6]] == "" {
			continue
		}
		county := v.Organs[code[:6]]
		s.Fields["division"][i] = county
		if len(code) == 9 {
			s.Fields["division"][i] = strings.TrimSuffix(c.counterpart(code+"-zf", v.Organs, p.town), "-zf")
		}
	}
}
