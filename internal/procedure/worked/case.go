package worked

import (
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Case is one worked case.
type Case struct {
	File         string // procedures/<id>/<version>/cases/<name>.txt
	Name         string
	About        string // the first comment: which rule it is about
	Procedure    *procedure.Procedure
	Begins       *procedure.Procedure // of the matter the case begins with: Procedure, or one that opens it
	Organs       []procedure.Organ
	Posts        []procedure.Post
	Lines        []Line
	Certificates []procedure.Certificate
	Kept         map[matter.ID]Kept // matters that lists of an archive name
	Work         []string           // persons who handle open matters, of which the case tells nothing more
}

// Line is one line that does or asserts something.
type Line struct {
	N    int
	On   int    // 0: the matter itself; n: the nth matter it opened; OnNew: the last one opened under New
	New  string // id of a procedure
	More bool   // the step begins another matter, filed by itself
	Step *Step
	Want []Want
}

// OnNew is the matter opened last under a procedure (`on new paper`).
const OnNew = -1

// OnMore is another matter that the case begins beside its own (`on another`): the last one begun.
const OnMore = -2

// Step is an act to attempt.
type Step struct {
	Procedure *procedure.Procedure // the case's, or that of a matter it opened
	Day       calendar.Moment
	Recorded  calendar.Date // the office's day; Day's where it is not given
	Role      string        // of the procedure
	Person    string        // empty: filer or system
	Organ     string
	Post      string // id
	Act       string
	Fields    map[string][]string
	Files     map[string][]string // names
	Refused   *Refused            // how it must be refused; nil: it must be done
}

// Today is the office's day on which the step is entered.
func (s Step) Today() calendar.Date {
	if !s.Recorded.IsZero() {
		return s.Recorded
	}
	return s.Day.Day
}

// Refused says how the step above must fail: a refusal, or a fault of one field.
type Refused struct {
	N                 int
	Act, Cite, Reason string
	Field, Key        string
}

// Want is one assertion.
type Want struct {
	What string
	Args []string
}

// Variation changes who, where and when of a case, to make many matters of one.
type Variation struct {
	Persons map[string]string
	Organs  map[string]string
	Days    int                                     // added to every day
	Text    func(s Step, field, text string) string // of the step as it was; nil: as written
}

// Vary returns the acts of the case that are done, changed. Assertions and refused acts are left
// out, because days and holders may come out otherwise.
func (c Case) Vary(v Variation) Case {
	out := c
	out.Lines, out.Organs, out.Posts = nil, nil, nil
	for _, o := range c.Organs {
		o.Key, o.Parent = v.organ(o.Key), v.organ(o.Parent)
		out.Organs = append(out.Organs, o)
	}
	for _, p := range c.Posts {
		p.Person, p.Organ = v.person(p.Person), v.organ(p.Organ)
		p.ID = postID(p.Person, p.Organ, p.Role)
		out.Posts = append(out.Posts, p)
	}
	for _, l := range c.Lines {
		if l.Step == nil || l.Step.Refused != nil {
			continue
		}
		out.Lines = append(out.Lines, Line{N: l.N, On: l.On, New: l.New, More: l.More, Step: v.step(c, *l.Step)})
	}
	return out
}

func (v Variation) person(p string) string { return swap(v.Persons, p) }
func (v Variation) organ(o string) string  { return swap(v.Organs, o) }

func swap(m map[string]string, k string) string {
	if to, ok := m[k]; ok {
		return to
	}
	return k
}

func (v Variation) step(c Case, s Step) *Step {
	was := s
	s.Day.Day = s.Day.Day.AddDays(v.Days)
	if !s.Recorded.IsZero() {
		s.Recorded = s.Recorded.AddDays(v.Days)
	}
	for _, p := range c.Posts {
		if p.ID == s.Post {
			s.Post = postID(v.person(p.Person), v.organ(p.Organ), p.Role)
			break // the new id may be that of another post of the case
		}
	}
	s.Person, s.Organ = v.person(s.Person), v.organ(s.Organ)
	form := s.Procedure.Form(firstAct(s.Procedure, s.Act))
	fields := map[string][]string{}
	for name, values := range s.Fields {
		for _, text := range values {
			fields[name] = append(fields[name], v.value(was, form.Field(name), name, text))
		}
	}
	s.Fields = fields
	return &s
}

func (v Variation) value(s Step, f *procedure.Field, name, text string) string {
	switch {
	case f == nil && strings.Contains(name, ".") && v.Text != nil: // what a paper is filled in with
		return v.Text(s, name, text)
	case f == nil:
	case f.Type == "organ":
		return v.organ(text)
	case f.Type == "person" || f.Type == "officer":
		return v.person(text)
	case f.Type == "date":
		if d, err := calendar.Parse(text); err == nil {
			return d.AddDays(v.Days).String()
		}
	case (strings.HasSuffix(f.Type, "text") || f.Type == "title" || f.Type == "text_id") && v.Text != nil:
		return v.Text(s, name, text)
	}
	return text
}

func firstAct(p *procedure.Procedure, name string) *procedure.Act {
	if all := p.Acts(name); len(all) > 0 {
		return all[0]
	}
	return &procedure.Act{}
}

func postID(person, organ, role string) string { return person + "@" + organ + "/" + role }
