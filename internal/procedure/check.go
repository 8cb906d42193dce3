package procedure

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// Check is the static half of the compiler: everything that can be said without playing a case.
// worked.Check adds the cases. Faults come in the order of the files.
func (l *Law) Check() []calendar.Fault {
	var faults []calendar.Fault
	for _, p := range l.all {
		c := &checker{l: l, p: p, file: path.Join(p.Dir, "procedure.yaml"), used: map[string]bool{}}
		c.head()
		c.retention()
		c.remedies()
		c.roles()
		c.facts()
		c.reasonsToCover()
		for _, a := range p.AllActs() {
			c.act(a)
		}
		for name, def := range p.Clocks.Each {
			c.clock(name, def)
		}
		c.graph()
		c.duties()
		c.documents()
		c.books()
		c.required()
		c.roster()
		c.forms()
		c.unused()
		c.texts()
		slices.SortStableFunc(c.faults, func(a, b calendar.Fault) int {
			if a.File != b.File {
				return strings.Compare(a.File, b.File)
			}
			return a.Line - b.Line
		})
		faults = append(faults, c.faults...)
	}
	return faults
}

// checker looks at one version. used collects what is referred to, as kind:name.
type checker struct {
	l      *Law
	p      *Procedure
	file   string
	used   map[string]bool
	faults []calendar.Fault
}

func (c *checker) fault(line int, what, mend string) {
	c.faults = append(c.faults, calendar.Fault{File: c.file, Line: line, What: what, Mend: mend})
}

// named is a name of some kind: stage, role, form …
type named struct{ kind, name string }

// known notes a reference and says so where it leads nowhere.
func (c *checker) known(line int, where string, r named, all []string) bool {
	kind, name := r.kind, r.name
	c.used[kind+":"+name] = true
	if slices.Contains(all, name) {
		return true
	}
	mend := "there is none; add it or take the reference out"
	if len(all) > 0 {
		mend = "known: " + strings.Join(all, ", ")
	}
	c.fault(line, fmt.Sprintf("%s: unknown %s %q", where, kind, name), mend)
	return false
}

func (c *checker) actNames() []string {
	var out []string
	for _, a := range c.p.AllActs() {
		if !slices.Contains(out, a.Name) {
			out = append(out, a.Name)
		}
	}
	return out
}

func (c *checker) formNames() []string { return slices.Sorted(maps.Keys(c.p.Forms)) }

// cites holds citations to provisions that were in force when the version began to apply.
func (c *checker) cites(line int, where string, cites []string) {
	on := c.p.Applies.OpenedFrom
	for _, text := range cites {
		cite, err := statute.ParseCite(text)
		if err != nil {
			c.fault(line, fmt.Sprintf("%s: %q is not a citation", where, text), "write key/article.paragraph.item, such as xzcf/64.1.2")
			continue
		}
		if c.l.Book == nil {
			continue
		}
		if _, ok := c.l.Book.Statute(cite.Key); !ok {
			c.fault(line, fmt.Sprintf("%s: %s: there is no statute %q", where, text, cite.Key), "add law/statutes/"+cite.Key+".yaml or correct the key")
			continue
		}
		if _, ok := c.l.Book.InForce(cite, on); !ok && cite.Version == "" {
			c.fault(line, fmt.Sprintf("%s: %s is not in force on %s, when this version begins to apply", where, text, on), "cite the provision that was in force, or move applies.opened_from")
			continue
		}
		if _, ok := c.l.Book.Provision(cite, on); !ok {
			c.fault(line, fmt.Sprintf("%s: %s: that provision is not listed for %s", where, text, on), "add it with its gist to law/statutes/"+cite.Key+".yaml, or correct the number")
		}
	}
}

func (c *checker) head() {
	p := c.p
	c.cites(p.Lines["basis"], "basis", p.Basis)
	for id, x := range p.Params.Each {
		c.cites(x.Line, "param "+id, x.Cite)
	}
	if p.Subject.Number != "" {
		c.known(p.Subject.Line, "subject.number", named{"series", p.Subject.Number}, p.Series.Names)
	}
	if p.Subject.Holder.isZero() {
		c.fault(max(p.Subject.Line, 1), "subject: nothing says which organ holds a new matter", "add holder: actor, field:NAME, or {kind: …, over: […]}")
	}
	for _, a := range p.Open {
		if a.To == "" {
			c.fault(a.Line, "act "+a.Name+" opens a matter but leads to no stage", "add to: STAGE")
		}
		if a.Holder.isZero() && !p.Subject.Holder.isZero() {
			c.holder(p.Subject.Line, "subject.holder", p.Subject.Holder, c.p.Form(a))
		}
	}
}

// holder holds a rule's names to facts and fields.
func (c *checker) holder(line int, where string, h HolderRule, form *Form) {
	field, ok := strings.CutPrefix(h.Is, "field:")
	switch {
	case h.Is == "actor":
	case ok:
		c.name(line, where, field, form)
	case h.Is != "":
		c.fault(line, fmt.Sprintf("%s: %q is no way to find an organ", where, h.Is), "write actor, field:NAME, or {kind: …, over: […]}")
	case h.Kind == "" || len(h.Over) == 0:
		c.fault(line, where+": kind or over is missing", "write {kind: KIND, over: [FIELD, …]}")
	}
	for _, name := range h.Over {
		c.name(line, where, name, form)
	}
}

// name holds a name to the facts and the form's fields.
func (c *checker) name(line int, where, name string, form *Form) {
	all := slices.Clone(c.p.Facts.Names)
	if form != nil {
		for _, f := range form.Fields {
			all = append(all, f.Name)
		}
	}
	c.known(line, where, named{"fact", name}, all)
}

func (c *checker) roles() {
	for name, r := range c.p.Roles.Each {
		where := "role " + name
		c.cites(r.Line, where, r.Cite)
		if (r.Is == "") == (len(r.Posts) == 0) {
			c.fault(r.Line, where+" has to say either `is` or `posts`", "write is: filer, is: system, or posts: […]")
		}
		if fact, ok := strings.CutPrefix(r.At, "organ:"); ok {
			c.known(r.Line, where+" at", named{"fact", fact}, c.p.Facts.Names)
		} else if r.At != "" && r.At != "holder" && r.At != "any" {
			c.fault(r.Line, fmt.Sprintf("%s: at %q is not known", where, r.At), "write holder, any or organ:FACT")
		}
		for _, n := range r.Not {
			if n == name {
				c.fault(r.Line, where+" excludes itself, so nobody could ever act as it", "take it out of not")
				continue
			}
			c.known(r.Line, where+" not", named{"fact", n}, slices.Concat(c.p.Facts.Names, c.p.Roles.Names))
			c.used["role:"+n] = true
		}
		for _, w := range r.When {
			c.cites(w.Line, where+" when", w.Cite)
			c.known(w.Line, where+" else", named{"reason", w.Else}, c.p.Reasons.Names)
		}
		if len(r.Not) > 0 && len(r.Cite) == 0 {
			c.fault(r.Line, where+": the exclusion has no cite", "add cite: the provision on recusal or separation of duties")
		}
	}
}

// facts: each has options where its type asks them, and something that sets it.
func (c *checker) facts() {
	set := map[string]bool{}
	for _, f := range c.p.Forms {
		for _, x := range f.Fields {
			def := c.p.Facts.Get(x.Name)
			if def == nil || x.Class != Clear {
				continue
			}
			set[x.Name] = true
			c.agree(f, x, def)
		}
	}
	for _, a := range c.p.AllActs() {
		for name := range a.Facts.Each {
			set[name] = true
		}
	}
	for name, f := range c.p.Facts.Each {
		if (f.Type == "enum" || f.Type == "enums") != (len(f.Options) > 0) {
			c.fault(f.Line, fmt.Sprintf("fact %s: options and type %s do not go together", name, f.Type), "enum and enums have options, nothing else has")
		}
		c.cites(f.Line, "fact "+name+" bars", f.Bars)
		if len(f.Bars) > 0 && f.Type != "persons" && f.Type != "officers" {
			c.fault(f.Line, fmt.Sprintf("fact %s: bars and type %s do not go together", name, f.Type), "only persons and officers can be kept away")
		}
		c.cites(f.Line, "fact "+name+" named", f.Named)
		if !set[name] {
			c.fault(f.Line, "fact "+name+": nothing sets it", "ask it in a form, set it in an act, or take it out")
		}
	}
}

// agree holds a clear field to the fact of the same name.
func (c *checker) agree(f *Form, x *Field, def *FactDef) {
	want := map[string]string{"choice": "enum", "choices": "enums", "url": "title", "holidays": "title"}[x.Type]
	if want == "" {
		want = x.Type
	}
	if x.Many {
		want += "s"
	}
	if want != def.Type {
		c.faults = append(c.faults, calendar.Fault{File: f.File, Line: x.Line, What: fmt.Sprintf("field %s is %s, but the fact of that name is %s", x.Name, want, def.Type), Mend: "make the two agree"})
		return
	}
	for _, o := range x.Options {
		if !slices.Contains(def.Options, o.Value) {
			c.faults = append(c.faults, calendar.Fault{File: f.File, Line: o.Line, What: fmt.Sprintf("field %s: option %s is not one of the fact's options", x.Name, o.Value), Mend: "add it to facts." + x.Name + ".options"})
		}
	}
}
