package procedure

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// act holds one definition of an act to everything it names.
func (c *checker) act(a *Act) {
	where := "act " + a.Name
	c.cites(a.Line, where, a.Cite)
	for _, r := range a.By {
		c.known(a.Line, where+" by", named{"role", r}, c.p.Roles.Names)
	}
	for _, r := range a.Tell {
		c.known(a.Line, where+" tell", named{"role", r}, c.p.Roles.Names)
	}
	if a.To != "" {
		c.known(a.Line, where+" to", named{"stage", a.To}, c.p.Stages.Names)
	}
	if a.Form != "" {
		c.known(a.Line, where, named{"form", a.Form}, c.formNames())
	}
	if a.Document != "" {
		c.known(a.Line, where, named{"document", a.Document}, c.p.Documents.Names)
	}
	if a.Reserves != "" {
		c.known(a.Line, where+" reserves", named{"document", a.Reserves}, c.p.Documents.Names)
	}
	if a.Number != "" {
		c.known(a.Line, where+" number", named{"series", a.Number}, c.p.Series.Names)
	}
	for _, b := range a.After {
		c.known(a.Line, where+" after", named{"act", b}, c.actNames())
	}
	for _, r := range a.When {
		c.cites(r.Line, where+" when", r.Cite)
		c.known(r.Line, where+" else", named{"reason", r.Else}, c.p.Reasons.Names)
	}
	if a.Label == "" {
		c.fault(a.Line, where+" has no label", "add label: where the act first stands")
	}
	if a.Visible != "staff" && a.Public == "" {
		c.fault(a.Line, where+": the filer sees it, but nothing says it in plain words", "add public: …")
	}
	if a.Voids != "" && a.Form == "" {
		c.fault(a.Line, where+" takes back an entry without asking the reason", "add form: with a required reason")
	}
	c.codes(a)
	c.terms(a)
	c.requires(a)
	c.ahead(a)
	c.proves(a)
	c.work(a)
	c.effects(a)
	c.imports(a)
	for _, o := range a.Opens {
		c.opens(a, o)
	}
	c.handed(a)
	for _, x := range a.Carries {
		c.carries(a, x)
	}
	for _, x := range a.Follow {
		c.followed(a, x)
	}
}

// terms holds not_before and needs.
func (c *checker) terms(a *Act) {
	where := "act " + a.Name
	if nb := a.NotBefore; nb.Term != "" {
		c.known(nb.Line, where+" not_before", named{"act", nb.Since}, c.actNames())
		c.term(nb.Line, where+" not_before", nb.Term)
	}
	if n := a.Needs; n.Part != "" {
		part, err := c.l.Procedure(n.Part, c.p.Applies.OpenedFrom)
		if err != nil {
			c.fault(n.Line, fmt.Sprintf("%s needs: unknown procedure %q", where, n.Part), "write the id of a procedure in law/procedures")
		} else {
			for _, stage := range n.Stage {
				if part.Stages.Get(stage) == nil {
					c.fault(n.Line, fmt.Sprintf("%s needs: %s has no stage %q", where, n.Part, stage), "known: "+strings.Join(part.Stages.Names, ", "))
				}
			}
			for fact := range n.With.Each {
				if part.Facts.Get(fact) == nil {
					c.fault(n.Line, fmt.Sprintf("%s needs: %s has no fact %q", where, n.Part, fact), "known: "+strings.Join(part.Facts.Names, ", "))
				}
			}
		}
	}
}

// effects holds assign, holder, facts, access and items.
func (c *checker) effects(a *Act) {
	where, form := "act "+a.Name, c.p.Form(a)
	for role, to := range a.Assign.Each {
		c.known(a.Line, where+" assign", named{"role", role}, c.p.Roles.Names)
		c.used["assign:"+role] = true
		if field, ok := strings.CutPrefix(*to, "field:"); ok {
			c.name(a.Line, where+" assign", field, form)
		} else if *to != "actor" && *to != "none" {
			c.fault(a.Line, fmt.Sprintf("%s assign: %q is not known", where, *to), "write actor, none or field:NAME")
		}
	}
	if !a.Holder.isZero() {
		c.holder(a.Line, where+" holder", a.Holder, form)
	}
	for name, to := range a.Facts.Each {
		if c.known(a.Line, where+" facts", named{"fact", name}, c.p.Facts.Names) {
			c.setting(a, name, *to)
		}
	}
	for _, r := range a.Access {
		for _, m := range slot.FindAllStringSubmatch(r.Holder, -1) {
			if m[1] != "holder" && m[1] != "actor" {
				c.name(r.Line, where+" access", m[1], form)
			}
		}
		if key, _, _ := strings.Cut(r.Holder, ":"); r.Holder != "public" && !slices.Contains([]string{"organ", "post", "person", "party", "any"}, key) {
			c.fault(r.Line, fmt.Sprintf("%s access: %q is not a holder key", where, r.Holder), "write organ:…, post:…, person:…, party:…, any:… (a role, wherever) or, to publish the public part, public")
		}
	}
	for _, it := range a.Items {
		c.itemKind(where, it)
		for _, name := range slices.Concat([]string{it.Key, it.From}, it.Attrs, optional(it.To)) {
			c.known(it.Line, where+" items", named{"fact", name}, c.p.Facts.Names)
		}
		for _, name := range slices.Concat([]string{it.From}, optional(it.To)) {
			if f := c.p.Facts.Get(name); f != nil && f.Type != "date" {
				c.fault(it.Line, fmt.Sprintf("%s items: %s is no date", where, name), "name a fact of type date")
			}
		}
	}
}

func optional(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// documents holds papers to their series, template and addressee.
func (c *checker) documents() {
	for name, d := range c.p.Documents.Each {
		where := "document " + name
		if d.Series != "" {
			c.known(d.Line, where, named{"series", d.Series}, c.p.Series.Names)
		}
		if d.Addressee != "" {
			c.known(d.Line, where+" addressee", named{"role", d.Addressee}, c.p.Roles.Names)
		}
		if c.used["template:"+d.Template] = true; d.Catalogue {
			if c.p.PaperFact() == "" || d.Template != "" || d.Series != "" {
				c.fault(d.Line, where+" is of the catalogue, but no fact says of which kind, or it names a template or series of its own", "declare a fact of type paper; leave template and series out")
			}
			continue
		}
		if f, err := c.l.FS.Open(path.Join(c.p.Dir, d.Template)); err != nil {
			c.fault(d.Line, fmt.Sprintf("%s: there is no template %s", where, d.Template), "write it, or correct the name")
		} else {
			_ = f.Close()
		}
	}
	for name, s := range c.p.Series.Each {
		if !strings.Contains(s.Format, "{n}") || slices.Contains(s.Per, "year") != strings.Contains(s.Format, "{year}") {
			c.fault(s.Line, "series "+name+": the format does not tell its numbers apart", "write {n}, and {year} where it counts per year")
		}
	}
}

// forms looks at fields that only a whole form can judge.
func (c *checker) forms() {
	defer func(file string) { c.file = file }(c.file)
	for _, name := range c.formNames() {
		f := c.p.Forms[name]
		c.file = f.File
		for _, x := range f.Fields {
			c.prefill(x)
			c.wordings(f, x)
			if what := c.reads(f, x); what != "" {
				c.fault(x.Line, what, "name the field of files it is read of")
			}
		}
		if !c.used["form:"+name] {
			c.fault(f.Line, "form "+name+" is used by no act", "name it in an act or take the file out")
		}
	}
}

// prefill: what an answer begins with is a text that some form asks for.
func (c *checker) prefill(x *Field) {
	for _, from := range x.Prefill {
		among, name := []*Procedure{c.p}, from
		if _, linked, far := strings.Cut(from, "."); far {
			among, name = c.l.all, linked
		}
		if !slices.ContainsFunc(among, func(p *Procedure) bool { return p.asks(name) }) {
			c.fault(x.Line, fmt.Sprintf("field %s: prefill %q: no form asks for that text", x.Name, from), "name a field of this procedure, or LINK.FIELD of a linked one")
		}
	}
}

// asks says whether a form of the procedure has a text field of that name.
func (p *Procedure) asks(name string) bool {
	for _, f := range p.Forms {
		if x := f.Field(name); x != nil && (x.Type == "text" || x.Type == "longtext" || x.Type == "holidays") {
			return true
		}
	}
	return false
}
