package proof

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"yifa/internal/procedure"
)

// fields: something reads every answer a form asks for, and every fact an act sets.
//
// Read means: a condition names it, or a role, a right, a holder, an assignment, a fact, a register item, another
// matter, a paper, an answer that begins with it, a figure, or a list or heading of the office; or a page shows it:
// officials see the answers of an act beside it in the timeline, but of dialogue and notes the words alone, and of
// facts only those that the procedure shows. Files and sealed answers are listed and opened by the record itself.
func (c *checker) fields() {
	read := c.readers()
	for _, name := range slices.Sorted(maps.Keys(c.p.Forms)) {
		f := c.p.Forms[name]
		for _, x := range f.Fields {
			if x.Class == procedure.Clear && !read[x.Name] && !c.beside(f) {
				c.faultIn(f.File, x.Line, "field "+x.Name+": nothing reads the answer", "let a condition, right, paper or figure use it, make it a text for people to read, or do not ask")
			}
			if x.Class != procedure.Clear && !c.shown(f, x, read) {
				c.faultIn(f.File, x.Line, "field "+x.Name+": nobody is shown the answer", "quote it in a paper, give it on, call it what pages show ("+strings.Join(procedure.Named, ", ")+"), or do not ask")
			}
		}
	}
	for name, def := range c.p.Facts.Each {
		if def.Shown && len(def.Options) > 0 && len(def.Says.Names) == 0 && !c.askedClear(name) {
			c.fault(def.Line, "fact "+name+" is shown, but nothing words its options", "add says: {OPTION: LABEL, …}")
		}
		if !read[name] && !def.Shown && !c.askedClear(name) {
			c.fault(def.Line, "fact "+name+": nothing reads it", "let a condition, right, paper or figure use it, or take it out")
		}
	}
}

func (c *checker) askedClear(name string) bool {
	return slices.ContainsFunc(c.p.Asking(name), func(f *procedure.Form) bool { return f.Field(name).Class == procedure.Clear })
}

// shown says whether people come to see a text.
func (c *checker) shown(f *procedure.Form, x *procedure.Field, read map[string]bool) bool {
	return x.Type == "files" || x.Class == "sealed" || read[x.Name] || x.Handed || slices.Contains(procedure.Named, x.Name) || c.beside(f)
}

// beside says whether the answers of a form stand in the timeline of officials beside their act, as those of all
// acts do but dialogue and notes, of which a page shows the words alone.
func (c *checker) beside(f *procedure.Form) bool {
	return slices.ContainsFunc(c.p.AllActs(), func(a *procedure.Act) bool { return a.Form == f.Name && !slices.Contains(procedure.Dialogue, a.Name) })
}

var (
	templateField = regexp.MustCompile(`\{([a-z_0-9]+)(?::[a-z_0-9-]+)?\}`)
	quoted        = regexp.MustCompile(`'([a-z_0-9]+)'|"([a-z_0-9]+)"`)
)

// readers gathers the names that something in the law reads.
func (c *checker) readers() map[string]bool {
	read := map[string]bool{}
	use := func(names ...string) {
		for _, n := range names {
			read[n] = true
		}
	}
	use(procedure.Listed...)
	condition := func(form *procedure.Form, text string) {
		_, names := c.p.Condition(form, text)
		use(names...)
		for _, m := range quoted.FindAllStringSubmatch(text, -1) { // known('x'), linked_with(…, 'x')
			use(m[1], m[2])
		}
	}
	for _, r := range c.p.Roles.Each {
		use(strings.TrimPrefix(r.At, "organ:"))
		use(r.Not...)
		for _, x := range r.When {
			condition(nil, x.Is)
		}
	}
	for name, f := range c.p.Facts.Each {
		if len(f.Bars) > 0 {
			use(name)
		}
	}
	for _, r := range c.p.Remedies.Each {
		condition(nil, r.When)
		use(r.From...)
	}
	for _, r := range c.p.Required.Each {
		if len(r.Imported) > 0 {
			use(c.p.ImportedFact())
		}
	}
	for _, f := range c.p.Forms {
		for _, x := range f.Fields {
			condition(f, x.Show)
		}
	}
	for _, a := range c.p.AllActs() {
		c.usedBy(a, use, condition)
	}
	holder(c.p.Subject.Holder, use)
	if slices.ContainsFunc(c.p.Clocks.Names, func(n string) bool { return c.p.Clocks.Get(n).Per == "party" }) {
		use("party")
	}
	c.beyond(use)
	return read
}

// usedBy gathers what an act reads.
func (c *checker) usedBy(a *procedure.Act, use func(...string), condition func(*procedure.Form, string)) {
	form := c.p.Form(a)
	for _, r := range a.When {
		condition(form, r.Is)
	}
	condition(form, a.NotBefore.Unless)
	holder(a.Holder, use)
	values := []procedure.Ordered[string]{a.Assign, a.Facts}
	for _, o := range a.Opens {
		condition(form, o.When)
		values = append(values, o.Given)
	}
	for _, x := range a.Carries {
		condition(form, x.When)
		values = append(values, x.Given)
	}
	for _, all := range values {
		for _, to := range all.Each {
			if kind, of, ok := strings.Cut(*to, ":"); ok && kind != "kind" {
				use(of)
			}
		}
	}
	for _, x := range a.Access {
		condition(form, x.When)
		for _, m := range templateField.FindAllStringSubmatch(x.Holder, -1) {
			use(m[1])
		}
	}
	for _, x := range a.Items {
		use(x.Key, x.From, x.To)
		use(x.Attrs...)
	}
}

func holder(h procedure.HolderRule, use func(...string)) {
	use(strings.TrimPrefix(h.Is, "field:"))
	use(h.Over...)
}

// beyond gathers what papers, answers that begin with a text, conditions of linked matters and figures read.
func (c *checker) beyond(use func(...string)) {
	files, _ := fs.Glob(c.l.FS, path.Join(c.p.Dir, "documents/*"))
	for _, file := range files {
		raw, _ := fs.ReadFile(c.l.FS, file)
		for _, m := range templateField.FindAllStringSubmatch(string(raw), -1) {
			use(m[1])
		}
	}
	for _, p := range c.l.All() {
		for _, f := range p.Forms {
			for _, x := range f.Fields {
				for _, from := range x.Prefill {
					if _, linked, far := strings.Cut(from, "."); far {
						use(linked)
					} else if p == c.p {
						use(from)
					}
				}
			}
		}
		for _, a := range p.AllActs() {
			for _, r := range a.When {
				if strings.Contains(r.Is, "linked_with(") {
					for _, m := range quoted.FindAllStringSubmatch(r.Is, -1) {
						use(m[1], m[2])
					}
				}
			}
		}
	}
	c.measured(use)
}

// measured gathers the facts that figures are made from.
func (c *checker) measured(use func(...string)) {
	files, _ := fs.Glob(c.l.FS, "indicators/*.yaml")
	for _, file := range files {
		var of struct {
			Population struct {
				Procedure string `yaml:"procedure"`
			} `yaml:"population"`
			Measure struct {
				Fact string `yaml:"fact"`
			} `yaml:"measure"`
		}
		raw, _ := fs.ReadFile(c.l.FS, file)
		if err := yaml.Unmarshal(raw, &of); err == nil && of.Population.Procedure == c.p.ID {
			use(of.Measure.Fact)
		}
	}
}
