package procedure

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"yifa/internal/calendar"
)

// reach lists the stages that can be reached from some without a certain act, the graph taken
// without conditions.
func (p *Procedure) reach(without string, from ...string) map[string]bool {
	seen := map[string]bool{}
	for len(from) > 0 {
		s := from[0]
		from = from[1:]
		if s == "" || seen[s] {
			continue
		}
		seen[s] = true
		for _, a := range p.ActsIn(s) {
			if a.Name != without {
				from = append(from, a.To)
			}
		}
	}
	return seen
}

func (c *checker) starts() []string {
	var out []string
	for _, a := range c.p.Open {
		out = append(out, a.To)
	}
	return out
}

// graph: every stage can be reached, and from every stage an end.
func (c *checker) graph() {
	reached := c.p.reach("", c.starts()...)
	for name, s := range c.p.Stages.Each {
		if !reached[name] {
			c.fault(s.Line, "stage "+name+" cannot be reached", "let an act lead to it, or take it out")
		}
		if s.Seen != "" {
			c.known(s.Line, "stage "+name+": seen", named{"stage", s.Seen}, c.p.Stages.Names)
		}
		if s.Final {
			continue
		}
		out := false
		for n := range c.p.reach("", name) {
			out = out || c.p.Stages.Get(n) != nil && c.p.Stages.Get(n).Final
		}
		if !out {
			c.fault(s.Line, "stage "+name+" has no way out to a final stage", "add an act that leads on, or mark the stage final: true")
		}
	}
}

// duties: somebody could lawfully do each act.
func (c *checker) duties() {
	for _, a := range c.p.AllActs() {
		if !slices.ContainsFunc(a.By, func(name string) bool { return c.playable(name, a) }) {
			c.fault(a.Line, fmt.Sprintf("act %s could never be done: nobody can lawfully be %s", a.Name, strings.Join(a.By, ", ")), "assign the role in some act, let a clock's lapse do it, or give it to another role")
		}
		for _, before := range a.After {
			if !c.before(before, a) {
				c.fault(a.Line, fmt.Sprintf("act %s could never be done: %s cannot come before it", a.Name, before), "put that act into a stage from which this one is reached")
			}
		}
	}
}

// playable says whether anybody could ever be in the role for the act.
func (c *checker) playable(name string, a *Act) bool {
	r := c.p.Roles.Get(name)
	switch {
	case r == nil:
		return true // already said
	case r.Is == "linked":
		return slices.ContainsFunc(c.l.all, func(p *Procedure) bool { return p.reaches(c.p.ID, a.Name) })
	case r.Is == "system":
		return c.p.Ends(a.Name) || slices.ContainsFunc(c.p.Clocks.Names, func(k string) bool { return c.p.Clocks.Get(k).Lapse == "deemed:"+a.Name })
	case r.Is != "":
		return true
	case r.Assigned:
		return c.used["assign:"+name]
	}
	return true
}

// reaches says whether an act of the procedure opens or carries an act of another.
func (p *Procedure) reaches(id, act string) bool {
	return slices.ContainsFunc(p.AllActs(), func(a *Act) bool {
		return slices.ContainsFunc(a.Opens, func(o *Opens) bool { return o.Procedure == id && o.Act == act }) ||
			slices.ContainsFunc(a.Carries, func(x *Carries) bool { return x.Act == act })
	})
}

// before says whether an act could be done before another: at opening, or in a stage that is
// reached without the other and from which a stage of the other is reached.
func (c *checker) before(first string, a *Act) bool {
	if slices.ContainsFunc(c.p.Open, func(x *Act) bool { return x.Name == first }) {
		return true
	}
	for stage := range c.p.reach(a.Name, c.starts()...) {
		for _, x := range c.p.ActsIn(stage) {
			if x.Name != first {
				continue
			}
			for later := range c.p.reach("", cmp.Or(x.To, stage)) {
				if slices.Contains(c.p.ActsIn(later), a) {
					return true
				}
			}
		}
	}
	return false
}

// unused: what stands in the file is used by something.
func (c *checker) unused() {
	p := c.p
	for _, a := range p.AllActs() {
		for _, r := range a.When {
			c.mentions(r.Is)
		}
		c.mentions(a.NotBefore.Unless)
		for _, x := range a.Carries {
			c.mentions(x.When)
		}
		for _, x := range a.Access {
			c.mentions(x.When)
		}
		for _, o := range a.Opens {
			c.mentions(o.When)
		}
	}
	say := func(kind, name string, line int) {
		if !c.used[kind+":"+name] {
			c.fault(line, fmt.Sprintf("%s %s is used by nothing", kind, name), "use it or take it out")
		}
	}
	for n, x := range p.Roles.Each {
		say("role", n, x.Line)
		for _, r := range x.When {
			c.mentions(r.Is)
		}
	}
	for n, x := range p.Params.Each {
		say("param", n, x.Line)
	}
	for n, x := range p.Documents.Each {
		say("document", n, x.Line)
	}
	for n, x := range p.Series.Each {
		if n != p.Subject.Number {
			say("series", n, x.Line)
		}
	}
	for n, x := range p.Reasons.Each {
		say("reason", n, x.Line)
	}
	templates, _ := fs.Glob(c.l.FS, path.Join(p.Dir, "documents/*"))
	for _, file := range templates {
		if !c.used["template:"+strings.TrimPrefix(file, p.Dir+"/")] {
			c.faults = append(c.faults, calendar.Fault{File: file, What: "template is used by no document", Mend: "name it in documents or take the file out"})
		}
		c.templateTerms(file)
	}
	for name := range p.hooks {
		if !c.used["hook:"+name] {
			c.fault(p.Line, "hook "+name+" is called by no condition", "call it or take it out of hooks.go")
		}
	}
}

var termInTemplate = regexp.MustCompile(`\{term:([a-z0-9-]+)\}`)

// templateTerms holds the terms whose length a template writes in words to the book.
func (c *checker) templateTerms(file string) {
	raw, _ := fs.ReadFile(c.l.FS, file)
	for _, m := range termInTemplate.FindAllStringSubmatch(string(raw), -1) {
		if _, err := c.l.Book.Find(m[1]); err != nil {
			c.faults = append(c.faults, calendar.Fault{File: file, What: strings.TrimPrefix(err.Error(), "statute: "), Mend: "name a term of law/terms"})
		}
	}
}

// mentions notes the params and hooks a condition names.
func (c *checker) mentions(text string) {
	for id := range c.p.Params.Each {
		if strings.Contains(strings.ReplaceAll(text, `"`, "'"), "param('"+id+"')") {
			c.used["param:"+id] = true
		}
	}
	for name := range c.p.hooks {
		if strings.Contains(text, name+"()") {
			c.used["hook:"+name] = true
		}
	}
}

// texts: every text of the files stands in each other language, and none stands there in vain.
func (c *checker) texts() {
	want := c.p.words()
	for _, lang := range Langs {
		t := c.p.Texts[lang]
		for _, path := range slices.Sorted(maps.Keys(want)) {
			if t.Text[path] == "" {
				c.faults = append(c.faults, calendar.Fault{File: t.File, What: fmt.Sprintf("%s is missing: %s", path, want[path]), Mend: "add the line in " + lang})
			}
		}
		for _, path := range slices.Sorted(maps.Keys(t.Text)) {
			if want[path] == "" {
				c.faults = append(c.faults, calendar.Fault{File: t.File, Line: t.Lines[path], What: path + " is the text of nothing", Mend: "correct the path or take the line out"})
			}
		}
	}
}
