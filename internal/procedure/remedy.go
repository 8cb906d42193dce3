package procedure

import (
	"errors"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Remedy is another way that is open to whoever reports, beside the procedure: what the law lets her do against what was done, and until
// when. It is told and never taken: nothing in a matter follows from it.
type Remedy struct {
	Line  int
	Label string   `yaml:"label" need:"1"`
	Text  string   `yaml:"text" need:"1" doc:"plain words: where to turn, and what to know"`
	When  string   `yaml:"when" need:"1" doc:"CEL over facts; told only if true"`
	Term  string   `yaml:"term" doc:"id in law/terms: until when; left out where no day can be told"`
	From  []string `yaml:"from" doc:"facts of type date; the first one that is known begins the term"`
	Cite  []string `yaml:"cite" need:"1"`
}

// Advice is a remedy as it stands for one person.
type Advice struct {
	Name   string
	Remedy *Remedy
	From   calendar.Date // the day its term begins with; zero: not known, or it has none
	Clock  matter.Clock  // where From is known
}

// Advise lists the remedies that facts open, in the order of the file. It fails where a condition cannot be evaluated.
func (p *Procedure) Advise(l *Law, cal *calendar.Calendar, facts matter.Facts) ([]Advice, error) {
	s := &scene{p: p, l: l, st: matter.State{Facts: facts}, snap: Snapshot{Calendar: cal}}
	var out []Advice
	for name, r := range p.Remedies.Each {
		held, _, err := s.holds(r.When)
		if err != nil {
			return nil, err
		}
		if !held {
			continue
		}
		a := Advice{Name: name, Remedy: r}
		for _, fact := range r.From {
			if m, err := calendar.ParseMoment(facts.Text(fact)); err == nil && a.From.IsZero() {
				a.From = m.Day
			}
		}
		if r.Term != "" && !a.From.IsZero() {
			a.Clock, err = clock.Count(l.Book, cal, clock.Ask{Term: r.Term, From: calendar.DayOnly(a.From)})
			var off *statute.NotInForce
			if errors.As(err, &off) { // what happened before the term did has no day by it
				a.From = 0
			} else if err != nil {
				return nil, fmt.Errorf("procedure: %s remedy %s: %w", p.Key(), name, err)
			}
		}
		out = append(out, a)
	}
	return out, nil
}

// Asked says which questions of the form of an opening act are put to somebody who has answered so much, and what her clear
// answers are as facts. Wrong answers count as none.
func (p *Procedure) Asked(snap Snapshot, act string, typed map[string][]string) (asked map[string]bool, given matter.Facts) {
	asked = map[string]bool{}
	out := answers{clear: matter.Facts{}, texts: map[matter.Class]map[string]string{}, files: map[matter.Class][]matter.File{}}
	for _, a := range p.Acts(act) {
		form := p.Form(a)
		if form == nil {
			continue
		}
		s := &scene{p: p, snap: snap, on: snap.Today, form: form, given: out.clear}
		for _, f := range form.Fields {
			shown := f.Show == ""
			if !shown {
				held, _, err := s.holds(f.Show)
				shown = held && err == nil
			}
			if asked[f.Name] = shown; shown {
				_ = s.field(form, f, Attempt{Fields: typed}, &out) // its condition has been evaluated
			}
		}
	}
	return asked, out.clear
}

// remedies holds what is told of other ways to terms, days and provisions.
func (c *checker) remedies() {
	for name, r := range c.p.Remedies.Each {
		where := "remedy " + name
		c.cites(r.Line, where, r.Cite)
		if r.Term != "" {
			c.term(r.Line, where, r.Term)
		}
		if (r.Term == "") != (len(r.From) == 0) {
			c.fault(r.Line, where+": a term and the day it begins with go together", "give both term and from, or neither")
		}
		for _, fact := range r.From {
			if c.known(r.Line, where+" from", named{"fact", fact}, c.p.Facts.Names) && c.p.Facts.Get(fact).Type != "date" {
				c.fault(r.Line, where+" from: "+fact+" is no day", "name a fact of type date")
			}
		}
	}
}

// remedies lists the other ways.
func (s *shower) remedies() {
	if len(s.p.Remedies.Names) == 0 {
		return
	}
	s.line("## %s\n", s.say("remedies", nil))
	for name, r := range s.p.Remedies.Each {
		text := s.p.Text(s.lang, "remedies."+name+".label")
		if r.Term != "" {
			text += "：" + s.length(r.Term)
		}
		s.line("- %s `%s` — %s", text, r.When, s.cites(r.Cite))
	}
	s.line("")
}
