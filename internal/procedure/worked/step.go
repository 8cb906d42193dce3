package worked

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
)

func (r *reader) step(n int, line string) error {
	words, err := tokens(line)
	if err != nil {
		return err
	}
	if len(words) < 3 {
		return errors.New("a step wants DAY ROLE ACT")
	}
	day, err := calendar.ParseMoment(words[0])
	if err != nil {
		return err
	}
	s := &Step{Procedure: r.procedure(words[2]), Day: day, Act: words[2], Fields: map[string][]string{}, Files: map[string][]string{}}
	if err := r.actor(s, words[1]); err != nil {
		return err
	}
	plain, given := split(words[3:])
	if len(plain) > 0 {
		return fmt.Errorf("%q is not field=value", plain[0])
	}
	if len(s.Procedure.Acts(s.Act)) == 0 {
		return fmt.Errorf("there is no act %q", s.Act)
	}
	form := s.Procedure.Form(firstAct(s.Procedure, s.Act))
	for name, v := range given {
		if err := r.field(s, form, name, v); err != nil {
			return err
		}
	}
	r.c.Lines = append(r.c.Lines, Line{N: n, On: r.on, New: r.new(), More: r.more, Step: s})
	r.more = false
	return nil
}

// procedure is the one an act belongs to: the case's own, or after `on N` one that it opens.
func (r *reader) procedure(act string) *procedure.Procedure {
	own := r.c.Begins
	if r.on == 0 || r.on == OnMore {
		return own
	}
	if r.of != nil {
		return r.of
	}
	for _, a := range own.AllActs() {
		for _, o := range a.Opens {
			if p, err := r.law.Procedure(o.Procedure, own.Applies.OpenedFrom); err == nil && len(p.Acts(act)) > 0 {
				return p
			}
		}
	}
	return own
}

func (r *reader) field(s *Step, form *procedure.Form, name, v string) error {
	f := form.Field(name)
	switch {
	case name == "recorded":
		d, err := calendar.Parse(v)
		s.Recorded = d
		return err
	case f == nil:
		s.Fields[name] = []string{v} // the engine says that there is no such field
	case f.Type == "files":
		for _, file := range strings.Split(v, ",") {
			s.Files[name] = append(s.Files[name], strings.TrimPrefix(file, "@"))
		}
	case f.Type == "choices" || f.Many:
		s.Fields[name] = strings.Split(v, ",")
	default:
		s.Fields[name] = []string{v}
	}
	return nil
}

// actor reads filer, system, or role:person@organ.
func (r *reader) actor(s *Step, who string) error {
	role, at, named := strings.Cut(who, ":")
	s.Role = role
	def := s.Procedure.Roles.Get(role)
	switch {
	case def == nil:
		return fmt.Errorf("there is no role %q; there are %s", role, strings.Join(s.Procedure.Roles.Names, ", "))
	case def.Is != "" && named, def.Is == "" && !named:
		return fmt.Errorf("%s: write filer, system, or role:person@organ", who)
	case def.Is != "":
		return nil
	}
	person, organ, ok := strings.Cut(at, "@")
	if !ok || person == "" || organ == "" {
		return fmt.Errorf("%s: write role:person@organ", who)
	}
	s.Person, s.Organ = person, organ
	return nil
}

// posts gives every acting person the post the role asks, where no staff line does.
func (r *reader) posts() {
	for _, l := range r.c.Lines {
		s := l.Step
		if s == nil || s.Person == "" {
			continue
		}
		role := s.Procedure.Roles.Get(s.Role)
		i := slices.IndexFunc(r.c.Posts, func(p procedure.Post) bool {
			return p.Person == s.Person && p.Organ == s.Organ && slices.Contains(role.Posts, p.Role)
		})
		if i < 0 && len(role.Posts) > 0 {
			i = len(r.c.Posts)
			r.c.Posts = append(r.c.Posts, procedure.Post{ID: postID(s.Person, s.Organ, role.Posts[0]), Person: s.Person, Organ: s.Organ, Role: role.Posts[0]})
		}
		if i >= 0 {
			s.Post = r.c.Posts[i].ID
		}
		if !slices.ContainsFunc(r.c.Organs, func(o procedure.Organ) bool { return o.Key == s.Organ }) {
			r.fault(l.N, "organ "+s.Organ+" is not described", "add a header line `organ: "+s.Organ+" NAME kind=… division=…`, or `use:` a file that has it")
		}
	}
}
