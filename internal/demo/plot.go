package demo

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/procedure/worked"
)

//go:embed stories.yaml
var storiesYAML []byte

// plots is stories.yaml: what is told how often, where and when.
type plots struct {
	Schema   int      `yaml:"schema"`
	Counties []county `yaml:"counties"`
	Seasons  map[int]int
	Bulk     struct {
		Day     calendar.Date `yaml:"day"`
		County  string        `yaml:"county"`
		Stories int           `yaml:"stories"`
	} `yaml:"bulk"`
	Often   string                    `yaml:"often"`
	Praised string                    `yaml:"praised"`
	Usual   map[string]map[string]int `yaml:"usual"`
	Once    map[string][]string       `yaml:"once"`
	Now     []scene                   `yaml:"now"`
	Ends    []ending                  `yaml:"ends"`
	Due     []int                     `yaml:"due"`
	DueSlow []int                     `yaml:"due_slow"`
}

type county struct {
	Code  string `yaml:"code"`
	Share int    `yaml:"share"`
	Slow  bool   `yaml:"slow"`
}

// ending is how a case goes on that ends before its matter does.
type ending struct {
	After string `yaml:"after"`
	As    string `yaml:"as"`
	From  string `yaml:"from"`
}

// scene is a story that stands at a chosen place today.
type scene struct {
	Procedure string `yaml:"procedure"`
	Case      string `yaml:"case"`
	After     string `yaml:"after"` // the act done last, ACT or ACT:ANSWER
	Then      string `yaml:"then"`  // after it, the first such act is the one done last
	County    string `yaml:"county"`
	Organ     string `yaml:"organ"` // kind of organ it is about; empty: any
	Due       *int   `yaml:"due"`   // days from today
}

// plot is one story before it has words: which case, where, when.
type plot struct {
	one    worked.Case
	own    bool // in the case's own words
	county string
	begin  calendar.Date
	late   int    // days by which what follows the first verification comes later than in the case
	stop   int    // lines after which nobody has done anything yet; 0: told to its end
	last   string // the act after which it stands today, where it is chosen
	then   string // the act after that one, where it stands only then
	organ  string // kind of organ it must be about
	due    int    // days from today to the day its clock comes to, where it goes on today
}

// plotter makes plots in turn.
type plotter struct {
	*plots
	city     *City
	cases    map[string]worked.Case // procedure/name
	counties turn[county]
	stories  turn[string]
	months   turn[int]
	due      turn[int]
	dueSlow  turn[int]
	n        int
}

func (c *City) plotter() (*plotter, error) {
	p := &plotter{city: c, plots: &plots{}, cases: map[string]worked.Case{}}
	if err := strict(storiesYAML, p.plots); err != nil {
		return nil, fmt.Errorf("demo: stories: %w", err)
	}
	cases, faults := worked.Load(c.Law)
	if len(faults) > 0 {
		return nil, fmt.Errorf("demo: worked cases: %w", faults[0])
	}
	for _, one := range cases {
		p.cases[one.Procedure.ID+"/"+one.Name] = one
	}
	for _, x := range p.Counties {
		p.counties.add(x, x.Share)
	}
	for _, proc := range slices.Sorted(maps.Keys(p.Usual)) {
		for _, name := range slices.Sorted(maps.Keys(p.Usual[proc])) {
			if _, known := p.cases[proc+"/"+name]; !known {
				return nil, fmt.Errorf("demo: stories: there is no worked case %s/%s", proc, name)
			}
			p.stories.add(proc+"/"+name, p.Usual[proc][name])
		}
	}
	for _, m := range slices.Sorted(maps.Keys(p.Seasons)) {
		p.months.add(m, p.Seasons[m])
	}
	for _, d := range p.Due {
		p.due.add(d, 1)
	}
	for _, d := range p.DueSlow {
		p.dueSlow.add(d, 1)
	}
	return p, nil
}

// past are stories that are over, of about so many matters.
func (p *plotter) past(matters int) []plot {
	var out []plot
	for _, proc := range slices.Sorted(maps.Keys(p.Once)) {
		for _, name := range p.Once[proc] {
			one := p.cases[proc+"/"+name]
			out = append(out, plot{one: one, own: true, county: p.counties.next().Code, begin: p.day()})
			matters -= size(one)
		}
	}
	for i := 0; matters > 0; i++ {
		x := plot{one: p.whole(p.cases[p.stories.next()]), begin: p.day()}
		where := p.counties.next()
		x.county = where.Code
		if i < p.Bulk.Stories {
			x.county, x.begin = p.Bulk.County, p.Bulk.Day
		}
		if x.late = i % 9 * 3; where.Slow && i%2 == 0 {
			x.late = 22 + i%17
		}
		matters -= size(x.one)
		out = append(out, x)
	}
	return out
}

// present are stories that go on today, of about so many matters.
func (p *plotter) present(matters int) []plot {
	var out []plot
	for _, s := range p.Now {
		x := plot{one: p.whole(p.cases[s.Procedure+"/"+s.Case]), county: s.County, last: s.After, then: s.Then, organ: s.Organ, due: p.due.next(), begin: p.city.Today.AddDays(-20)}
		if s.Due != nil {
			x.due = *s.Due
		}
		out = append(out, x)
		matters -= size(x.one)
	}
	for ; matters > 0; p.n++ {
		x := plot{one: p.cases[p.stories.next()], begin: p.city.Today.AddDays(-20)}
		where := p.counties.next()
		x.county, x.due = where.Code, p.due.next()
		if where.Slow {
			x.due = p.dueSlow.next()
		}
		steps := 0
		for _, l := range x.one.Lines {
			if l.Step != nil && l.Step.Refused == nil {
				steps++
			}
		}
		x.stop = 1 + (p.n*5+p.n/7)%max(steps-2, 1)
		matters -= size(x.one)
		out = append(out, x)
	}
	return out
}

// day is the day of a past story's first step: more in some months, most on Mondays.
func (p *plotter) day() calendar.Date {
	p.n++
	m := p.months.next()
	first := calendar.New(p.city.Today.Year(), 1, 1).AddMonths(m - 1)
	if m == int(beginMonth) {
		first = Begin.AddDays(8)
	}
	d := first.AddDays(p.n * 7 % 24)
	if d.Weekday() != 1 && p.n%3 == 0 {
		d = d.AddDays(-(int(d.Weekday()) + 6) % 7)
	}
	return max(d, Begin.AddDays(8))
}

// whole is a case with the lines that bring its matter to an end.
func (p *plotter) whole(one worked.Case) worked.Case {
	for range len(p.Ends) {
		last := lastStep(one)
		i := slices.IndexFunc(p.Ends, func(e ending) bool { return last != nil && e.After == last.Act })
		if i < 0 || one.Name == p.Ends[i].As {
			return one
		}
		one = follow(one, p.cases[one.Procedure.ID+"/"+p.Ends[i].As], p.Ends[i].From)
	}
	return one
}

// follow is a case that goes on as another does from an act of it.
func follow(one, other worked.Case, from string) worked.Case {
	last := lastStep(one)
	shift, on := 0, false
	lines := slices.Clone(one.Lines)
	for i, l := range other.Lines {
		if l.Step == nil || l.Step.Refused != nil {
			continue
		}
		if does(l.Step, from) && !on {
			on = true
			shift = int(last.Today()-l.Step.Today()) + max(int(l.Step.Today()-before(other, i)), 1)
		}
		if on {
			s := *l.Step
			s.Day.Day = s.Day.Day.AddDays(shift)
			if !s.Recorded.IsZero() {
				s.Recorded = s.Recorded.AddDays(shift)
			}
			lines = append(lines, worked.Line{N: l.N, On: l.On, New: l.New, Step: &s})
		}
	}
	one.Lines = lines
	return one
}

// before is the day of the step that is done before line i.
func before(one worked.Case, i int) calendar.Date {
	for i--; i >= 0; i-- {
		if s := one.Lines[i].Step; s != nil && s.Refused == nil {
			return s.Today()
		}
	}
	return 0
}

func lastStep(one worked.Case) *worked.Step {
	for _, l := range slices.Backward(one.Lines) {
		if l.Step != nil && l.Step.Refused == nil {
			return l.Step
		}
	}
	return nil
}

// size is how many matters a case comes to.
func size(one worked.Case) int {
	n, fresh := 1, 0
	for i, l := range one.Lines {
		n = max(n, l.On+1)
		if l.New != "" && (i == 0 || one.Lines[i-1].New != l.New) {
			fresh++
		}
	}
	return n + fresh
}
