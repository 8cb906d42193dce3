package discretion

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// Table is one file of law/discretion: the steps for one kind of conduct.
type Table struct {
	Schema  int            `yaml:"schema"`
	ID      string         `yaml:"id"` // the file's name
	Title   string         `yaml:"title"`
	Conduct string         `yaml:"conduct"` // what the party is said to have done
	Basis   []statute.Cite `yaml:"basis"`   // the provisions broken and that set the penalty
	From    calendar.Date  `yaml:"from"`    // first day of conduct it applies to
	Status  statute.Status `yaml:"status"`
	Fine    Range          `yaml:"fine"` // what the law allows, yuan
	By      By             `yaml:"by"`
	Among   []string       `yaml:"among"` // circumstances of which one holds; none: none matters
	Steps   []Step         `yaml:"steps"`
}

// By is the whole number the steps go by: an amount in yuan, a count.
type By struct {
	Label string `yaml:"label"`
	Unit  string `yaml:"unit"`
	From  int    `yaml:"from"`  // the least it can be
	Below *int   `yaml:"below"` // it is always below this; nil: no bound
}

// Range is a fine from Min to Max yuan, both included.
type Range struct {
	Min int `yaml:"min"`
	Max int `yaml:"max"`
}

// Step is one step: the numbers from From to before Below, and the circumstances it is for; none named: all.
type Step struct {
	Step  string       `yaml:"step"` // 不予处罚, 减轻, 从轻, 一般, 从重
	From  *int         `yaml:"from"`
	Below *int         `yaml:"below"`
	If    []string     `yaml:"if"`
	Fine  Range        `yaml:"fine"`
	Under bool         `yaml:"under"` // 减轻: may go below what the law allows
	Cite  statute.Cite `yaml:"cite"`
}

// Load reads every table of law/discretion and proves it. A law without tables is sound.
func Load(fsys fs.FS, b *statute.Book) ([]Table, []calendar.Fault) {
	files, _ := fs.Glob(fsys, "discretion/*.yaml")
	var tables []Table
	var faults []calendar.Fault
	for _, file := range files {
		var t Table
		src, wrong := calendar.ReadYAML(fsys, file, &t)
		if len(wrong) > 0 {
			faults = append(faults, wrong...)
			continue
		}
		c := &checker{t: t, src: src, book: b}
		c.head(strings.TrimSuffix(path.Base(file), ".yaml"))
		c.steps()
		if len(c.faults) == 0 {
			c.whole()
		}
		tables, faults = append(tables, t), append(faults, c.faults...)
	}
	return tables, faults
}

type checker struct {
	t      Table
	src    calendar.Source
	book   *statute.Book
	faults []calendar.Fault
}

func (c *checker) fault(what, mend string, at ...any) {
	c.faults = append(c.faults, c.src.Fault(what, mend, at...))
}

// head holds what stands above the steps.
func (c *checker) head(name string) {
	t := c.t
	switch {
	case t.Schema != 1:
		c.fault(fmt.Sprintf("schema %d is not known", t.Schema), "write schema: 1", "schema")
	case t.ID != name:
		c.fault(fmt.Sprintf("id %q is not the file's name %q", t.ID, name), "make the two the same", "id")
	case t.Title == "" || t.Conduct == "" || t.From.IsZero() || t.By.Label == "":
		c.fault("title, conduct, from or by.label is missing", "add it")
	case len(t.Basis) == 0:
		c.fault("nothing is cited", "add basis: the provision broken, and the one that sets the penalty")
	case !slices.Contains(statute.Statuses, t.Status):
		c.fault(fmt.Sprintf("status %q is not known", t.Status), "write verified, partly, memory or platform", "status")
	case t.Fine.Min > t.Fine.Max || t.Fine.Min < 0:
		c.fault("the fine the law allows is no range", "write min and max in yuan, min first", "fine")
	}
	for i, cite := range t.Basis {
		c.cite(cite, "basis", i)
	}
}

func (c *checker) cite(cite statute.Cite, at ...any) {
	if _, known := c.book.Provision(cite, c.t.From); !known {
		c.fault(fmt.Sprintf("%s is not in force on %s, or not listed", cite, c.t.From), "add the provision with its gist to law/statutes, or correct the citation", at...)
	}
}

// steps looks at each step by itself.
func (c *checker) steps() {
	for i, s := range c.t.Steps {
		switch {
		case s.Step == "":
			c.fault("the step has no name", "add step: 从轻, 一般, 从重 …", "steps", i)
		case s.From != nil && s.Below != nil && *s.From >= *s.Below:
			c.fault(fmt.Sprintf("%s: no number is from %d and below %d", s.Step, *s.From, *s.Below), "write the smaller first", "steps", i)
		case s.Fine.Min > s.Fine.Max:
			c.fault(s.Step+": the fine is no range", "write min and max, min first", "steps", i, "fine")
		case s.Fine.Max > c.t.Fine.Max || s.Fine.Min < c.t.Fine.Min && !s.Under:
			c.fault(fmt.Sprintf("%s: %d to %d yuan leaves what the law allows, %d to %d", s.Step, s.Fine.Min, s.Fine.Max, c.t.Fine.Min, c.t.Fine.Max),
				"stay within it; 减轻 alone may go below it, with under: true", "steps", i, "fine")
		}
		for _, name := range s.If {
			if !slices.Contains(c.t.Among, name) {
				c.fault(fmt.Sprintf("%s: there is no circumstance %q", s.Step, name), "known: "+strings.Join(c.t.Among, ", "), "steps", i, "if")
			}
		}
		if !s.Cite.IsZero() {
			c.cite(s.Cite, "steps", i, "cite")
		}
	}
}

// whole: each number under each circumstance falls under one step, and one only.
func (c *checker) whole() {
	among := c.t.Among
	if len(among) == 0 {
		among = []string{""}
	}
	for _, name := range among {
		points := []int{c.t.By.From}
		for _, s := range c.t.Steps {
			for _, p := range []*int{s.From, s.Below} {
				if p != nil && c.t.within(*p) {
					points = append(points, *p)
				}
			}
		}
		slices.Sort(points)
		points = slices.Compact(points)
		for i := range points {
			c.at(name, i, points)
		}
	}
}

// at looks at a stretch of numbers between two bounds of steps, of which one stands for all.
func (c *checker) at(name string, i int, points []int) {
	from, to := points[i], "on"
	if i+1 < len(points) {
		to = fmt.Sprintf("to below %d", points[i+1])
	} else if c.t.By.Below != nil {
		to = fmt.Sprintf("to below %d", *c.t.By.Below)
	}
	where := fmt.Sprintf("%s from %d %s %s", c.t.By.Label, from, c.t.By.Unit, to)
	if name != "" {
		where += ", " + name
	}
	var held []string
	last := 0
	for n, s := range c.t.Steps {
		if s.holds(name, from) {
			held, last = append(held, s.Step), n
		}
	}
	switch {
	case len(held) == 0:
		c.fault("gap: "+where+": no step applies", "let a step reach so far, or add one", "steps")
	case len(held) > 1:
		c.fault("overlap: "+where+": "+strings.Join(held, " and ")+" apply at once", "let one end where the other begins", "steps", last)
	}
}

func (t Table) within(n int) bool { return n >= t.By.From && (t.By.Below == nil || n < *t.By.Below) }

// holds says whether the step is for a number and circumstance.
func (s Step) holds(name string, n int) bool {
	return (s.From == nil || n >= *s.From) && (s.Below == nil || n < *s.Below) && (len(s.If) == 0 || name == "" || slices.Contains(s.If, name))
}
