package demo

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
)

// story is one telling of a worked case: its steps and the matters it has made so far.
type story struct {
	name  string
	n     int
	steps []line
	ids   []matter.ID
	of    []string // procedures of all but the first
	more  int      // which of them was begun last beside the first
	done  int      // steps told
	ended bool     // a step was refused: the story stops where it stands
}

type line struct {
	on   int
	more bool   // begins another matter
	new  string // procedure of the matter opened last that it is in, where on says so
	hour int    // of the day on which it is entered
	step worked.Step
}

// stories are the stories of about so many matters, in order of their first day.
func (c *City) stories(matters int) ([]*story, error) {
	plots, tell, err := c.plan(matters, false)
	if err != nil {
		return nil, err
	}
	var out []*story
	for i, x := range plots {
		if s := c.story(x, tell, i); s != nil {
			out = append(out, s)
		}
	}
	return out, nil
}

// plan is what is to be told, of about so many matters, in order of the first day: most of it over, some standing today
// at every stage. The rest of a full city has none of what is told once only, and less that goes on.
func (c *City) plan(matters int, rest bool) ([]plot, *teller, error) {
	p, err := c.plotter()
	if err != nil {
		return nil, nil, err
	}
	c.use(p.plots)
	tell, err := readTexts(p.Usual)
	if err != nil {
		return nil, nil, err
	}
	open := matters / 4
	if rest {
		p.Once, p.Now, p.Bulk.Stories = nil, nil, 0
		open = matters / 15
	}
	all := slices.Concat(p.past(matters-open+spare), p.present(open))
	slices.SortStableFunc(all, func(a, b plot) int { return cmp.Compare(a.begin, b.begin) })
	return all, tell, nil
}

// spare is how many matters more are planned: some plots find no room, and some stop before they open their second matter.
const spare = 16

// use remembers what casting needs.
func (c *City) use(p *plots) {
	c.plots, c.counties = p, nil
	for _, x := range p.Counties {
		if x.Code != city {
			c.counties = append(c.counties, x.Code)
		}
	}
}

// story gives a plot its people, words and days; nil where it cannot be played in that county.
func (c *City) story(x plot, tell *teller, n int) *story {
	one := telling{}
	if !x.own {
		one = tell.choose(x)
	}
	v := worked.Variation{}
	if !c.cast(x, one, n, &v) {
		return nil
	}
	v.Text = c.named(v, x.one, tell.speaker(x, one, n))
	s := &story{name: fmt.Sprintf("%s/%s in %s (%d)", x.one.Procedure.ID, x.one.Name, x.county, n), n: n, ids: []matter.ID{0}}
	varied := x.one.Vary(v)
	varied.Organs = c.around(varied.Organs)
	for i := range varied.Lines {
		c.move(varied.Lines[i].Step, v, n, v.Organs[about(x.one)])
		if one.kind != "" {
			rename(varied.Lines[i].Step, one.kind)
		}
	}
	c.cut(&varied, x)
	if !c.settle(&varied, x) {
		return nil
	}
	for i, l := range varied.Lines {
		if l.Step.Role == "system" {
			continue // the sweep does what the system does
		}
		s.steps = append(s.steps, line{l.On, l.More, l.New, c.hour(*l.Step, n, i), *l.Step})
	}
	return s
}

// around are the organs of the divisions in which a story goes on, and of the city and the province.
func (c *City) around(organs []procedure.Organ) []procedure.Organ {
	in := map[string]bool{"440000": true, "440700": true}
	for _, o := range organs {
		in[o.Key[:6]] = true
	}
	var out []procedure.Organ
	for _, o := range c.register {
		if in[o.Key[:6]] {
			out = append(out, o)
		}
	}
	return out
}

// rename gives the kinds of problem of a step the kind of its telling.
func rename(s *worked.Step, kind string) {
	for _, field := range []string{"problem", "case_problem"} {
		if len(s.Fields[field]) > 0 {
			s.Fields[field] = []string{kind}
		}
	}
}

// settle gives a story its days: from its first day on where it is over, back from today where it goes on. It says
// whether the story finds room.
func (c *City) settle(one *worked.Case, x plot) bool {
	shift := int(x.begin - one.Lines[0].Step.Day.Day)
	if x.stop == 0 && x.last == "" {
		c.shift(one, shift, x.late)
		if over := int(lastStep(*one).Today() - c.Today.AddDays(-1)); over > 0 {
			c.shift(one, -(over/7+1)*7, 0)
		}
		return c.mend(one) && one.Lines[0].Step.Today() > Begin
	}
	c.shift(one, int(c.Today.AddDays(-2)-lastStep(*one).Today()), 0)
	for range 2 {
		due := c.dueOf(*one)
		if due.IsZero() {
			break
		}
		c.shift(one, min(int(c.Today.AddDays(x.due)-due), int(c.Today.AddDays(-1)-lastStep(*one).Today())), 0)
	}
	return one.Lines[0].Step.Today() > Begin && lastStep(*one).Today() <= c.Today.AddDays(-1)
}

// mend puts off what the law does not let be done yet: moved over a holiday, a step that waits for a day to pass waits
// longer. It says whether the story can be told to its end.
func (c *City) mend(one *worked.Case) bool {
	for range 12 {
		_, faults := worked.Play(context.Background(), c.Law, *one, worked.NewPure(c.Law))
		if len(faults) == 0 {
			return lastStep(*one).Today() <= c.Today
		}
		i := slices.IndexFunc(one.Lines, func(l worked.Line) bool { return l.N == faults[0].Line })
		if i < 0 {
			return false
		}
		late := *one
		late.Lines = one.Lines[i:]
		c.shift(&late, 1, 0)
	}
	return false
}

// dueOf is the first day that a clock an organ must keep comes to, as the law alone counts it.
func (c *City) dueOf(one worked.Case) calendar.Date {
	pure := worked.NewPure(c.Law)
	ids, _ := worked.Play(context.Background(), c.Law, one, pure)
	var due calendar.Date
	for _, id := range ids {
		st, err := pure.State(context.Background(), id)
		p, missing := c.Law.ByHash(st.Hash)
		if err != nil || missing != nil {
			continue
		}
		for _, k := range st.Clocks {
			def := p.Clocks.Get(k.Name)
			if k.Status == matter.Running && def != nil && def.Lapse == "breach" && (due.IsZero() || k.Due < due) {
				due = k.Due
			}
		}
	}
	return due
}

// shift moves every step by so many days, and by late more from the first verification on. What officials do falls on
// working days, and nothing comes before what it follows.
func (c *City) shift(one *worked.Case, days, late int) {
	after := 0
	latest := calendar.Date(0)
	for i, l := range one.Lines {
		s := *l.Step
		if s.Act == "record_verification" {
			after = late
		}
		was := s.Today()
		on := max(was.AddDays(days+after), latest)
		if s.Person != "" {
			on, _ = c.Law.Calendar.NextWorkday(on)
		}
		if s.Recorded.IsZero() {
			s.Day.Day = on
		} else {
			s.Day.Day, s.Recorded = s.Day.Day.AddDays(int(on-was)), on
		}
		s.Fields = moveDays(s, int(on-was))
		latest = on
		one.Lines[i].Step = &s
	}
}

// moveDays is the fields of a step with its days moved; the time of day stays.
func moveDays(s worked.Step, by int) map[string][]string {
	form := s.Procedure.Form(s.Procedure.Acts(s.Act)[0])
	out := maps.Clone(s.Fields)
	for name, values := range s.Fields {
		f := form.Field(name)
		if f == nil || f.Type != "date" && f.Type != "moment" {
			continue
		}
		day, clock, timed := strings.Cut(first(values), "T")
		if d, err := calendar.Parse(day); err == nil {
			out[name] = []string{d.AddDays(by).String()}
			if timed {
				out[name][0] += "T" + clock
			}
		}
	}
	return out
}

// officeHours are the hours in which officials act, the busier ones oftener; people write earlier and later too.
var (
	officeHours = []int{8, 9, 9, 10, 10, 10, 11, 14, 15, 15, 16, 16, 17}
	ownHours    = []int{7, 9, 10, 11, 12, 13, 15, 17, 19, 20, 20, 21, 21, 22}
)

// hour is the hour at which a step is entered.
func (c *City) hour(s worked.Step, n, i int) int {
	h := fnv.New32a()
	fmt.Fprint(h, n, i, s.Act)
	switch {
	case s.Day.Minute >= 0 && s.Recorded.IsZero():
		return s.Day.Minute / 60
	case s.Person != "":
		return officeHours[int(h.Sum32()>>3)%len(officeHours)]
	}
	return ownHours[int(h.Sum32()>>3)%len(ownHours)]
}
