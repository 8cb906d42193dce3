package demo

import (
	"slices"
	"strings"

	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
)

// cut leaves out what nobody has done yet. Where two procedures have an act of that name, the case's own is meant.
func (c *City) cut(one *worked.Case, x plot) {
	stop := x.stop
	if x.last != "" {
		named := func(l worked.Line) bool { return does(l.Step, x.last) }
		own := func(l worked.Line) bool { return named(l) && l.Step.Procedure.ID == one.Procedure.ID }
		if stop = 1 + slices.IndexFunc(one.Lines, own); stop == 0 {
			stop = 1 + slices.IndexFunc(one.Lines, named)
		}
		if then := slices.IndexFunc(one.Lines[stop:], func(l worked.Line) bool { return does(l.Step, x.then) }); x.then != "" && then >= 0 {
			stop += then + 1
		}
	}
	if stop > 0 && stop < len(one.Lines) {
		one.Lines = one.Lines[:stop]
	}
}

// does says whether a step is the act named, or as ACT:VALUE the act with such an answer.
func does(s *worked.Step, named string) bool {
	act, answer, _ := strings.Cut(named, ":")
	if s.Act != act {
		return false
	}
	for _, values := range s.Fields {
		if slices.Contains(values, answer) {
			return true
		}
	}
	return answer == ""
}

// named words the texts of papers of a story: the organs and whoever signs as handler are those to whom it was moved.
func (c *City) named(v worked.Variation, one worked.Case, speak func(s worked.Step, field, text string) string) func(s worked.Step, field, text string) string {
	var pairs []string
	for _, o := range one.Organs {
		to := v.Organs[o.Key]
		if i := slices.IndexFunc(c.register, func(r procedure.Organ) bool { return r.Key == to }); i >= 0 && o.Name != "" {
			pairs = append(pairs, o.Name, c.register[i].Name)
		}
	}
	organs := strings.NewReplacer(pairs...)
	return func(s worked.Step, field, text string) string {
		if field == "content.contact" {
			for _, p := range c.people {
				if who := v.Persons[s.Person]; p.ID == who || who == "" && p.ID == s.Person {
					return p.Name
				}
			}
		}
		if speak != nil {
			text = speak(s, field, text)
		}
		if strings.Contains(field, ".") {
			text = organs.Replace(text)
		}
		return text
	}
}
