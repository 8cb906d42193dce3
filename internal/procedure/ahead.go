package procedure

import (
	"fmt"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Ahead is how long before a day an act must be done: by the last day of a term counted back from it, or so early that a
// term which begins with the act has run out by then.
type Ahead struct {
	Line int
	Of   string   `yaml:"of" need:"1" doc:"the day: a date or moment the form asks, or a fact"`
	Term string   `yaml:"term" need:"1" doc:"id in law/terms, of direction backward or not_before"`
	When string   `yaml:"when" doc:"CEL; asked only if true"`
	Cite []string `yaml:"cite" doc:"the term's own where left out"`
}

// within is how many days around a day an act is looked for that would still be in time.
const within = 120

// inTime says why an act comes too late before a day it must lie ahead of, or nil.
func (s *scene) inTime(a *Act) (*Refusal, error) {
	for _, x := range a.Ahead {
		if x.When != "" {
			held, unknown, err := s.holds(x.When)
			if err != nil {
				return nil, err
			}
			if !held || len(unknown) > 0 {
				continue
			}
		}
		text, known := s.fact(x.Of)
		if !known && s.asked {
			continue
		}
		if !known {
			return s.refuse(a, NotKnownYet, map[string]string{"fact": x.Of}), nil
		}
		m, err := calendar.ParseMoment(fmt.Sprint(text))
		if err != nil {
			return nil, fmt.Errorf("procedure: %s ahead of %s: %w", a.Name, x.Of, err)
		}
		if no, err := s.early(a, x, m.Day); no != nil || err != nil {
			return no, err
		}
	}
	return nil, nil
}

// early refuses an act that is not done early enough before a day, naming the last day on which it could still be done,
// and the first day for which it can be done now.
func (s *scene) early(a *Act, x *Ahead, day calendar.Date) (*Refusal, error) {
	var c matter.Clock
	ok := func(on, day calendar.Date) bool {
		from := on
		if t, err := s.l.Book.Find(x.Term); err == nil && t.Direction == statute.Backward {
			from = day
		}
		var err error
		if c, err = clock.Start(s.l.Book, s.snap.Calendar, clock.Ref{Name: a.Name, Term: x.Term}, from); err != nil {
			return false
		}
		if c.Direction == string(statute.Backward) {
			return on <= c.Due
		}
		return clock.Opens(c) <= day
	}
	if ok(s.on, day) {
		return nil, nil
	}
	last, first := s.on, day
	for last > s.on.AddDays(-within) && !ok(last, day) {
		last = last.AddDays(-1)
	}
	for first < day.AddDays(within) && !ok(s.on, first) {
		first = first.AddDays(1)
	}
	if !ok(s.on, first) {
		return nil, fmt.Errorf("procedure: %s: %s: no day lies ahead by %s", s.p.Key(), a.Name, x.Term)
	}
	no := s.refuse(a, TooShort, map[string]string{"day": day.String(), "last": last.String(), "first": first.String()})
	if len(x.Cite) > 0 {
		no.Cite = x.Cite[0]
	} else if _, v, err := s.l.Book.Term(x.Term, s.on); err == nil {
		no.Cite = v.Cite.String()
	}
	return no, nil
}

// aheadWhen hands the conditions of what an act must lie ahead of to whoever compiles them.
func (a *Act) aheadWhen(form *Form, one func(line int, form *Form, text, where string)) {
	for _, x := range a.Ahead {
		one(x.Line, form, x.When, "act "+a.Name+" ahead when")
	}
}

// ahead holds what an act must lie ahead of to days and terms that can be counted so.
func (c *checker) ahead(a *Act) {
	for _, x := range a.Ahead {
		where := "act " + a.Name + " ahead"
		c.cites(x.Line, where, x.Cite)
		c.mentions(x.When)
		c.term(x.Line, where, x.Term)
		if t, err := c.l.Book.Find(x.Term); err == nil && !slices.Contains([]statute.Direction{statute.Backward, statute.NotBefore}, t.Direction) {
			c.fault(x.Line, where+": "+x.Term+" is counted forward", "name a term of direction backward or not_before")
		}
		typ := ""
		if f := c.p.Form(a).Field(x.Of); f != nil && f.Class == Clear {
			typ = f.Type
		} else if def := c.p.Facts.Get(x.Of); def != nil {
			typ = def.Type
		}
		if kindOf(typ, false) != "day" {
			c.fault(x.Line, where+": "+x.Of+" is no day", "name a date or moment of the form, or a fact")
		}
	}
}

// ahead tells how long before what day an act is done.
func (s *shower) ahead(x *Ahead, sub func(string, map[string]string, ...string)) {
	length, cite := x.Term, ""
	if s.l.Book != nil {
		if _, v, err := s.l.Book.Term(x.Term, s.p.Applies.OpenedFrom); err == nil {
			length, cite = v.Length.String(), v.Cite.String()
		}
	}
	sub("ahead", map[string]string{"fact": orElse(s.p.Text(s.lang, "facts."+x.Of+".label"), x.Of), "length": length}, cite)
}
