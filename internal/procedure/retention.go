package procedure

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Retention is how long the record of a matter is kept once it has ended (归档范围和保管期限, dasstl/19.2). What is past its term
// is not destroyed by that: it may be appraised. Permanent is for ever.
type Retention struct {
	Line      int
	Permanent bool            `yaml:"permanent"`
	Term      string          `yaml:"term" doc:"id in law/terms, counted in years from the day of the last act; not with permanent"`
	Sooner    Ordered[string] `yaml:"sooner" doc:"class → term, where parts of that class are kept for a shorter time"`
	Cite      []string        `yaml:"cite" need:"1"`
}

// Work is what the office does by itself once an act stands, and the act of the system by which it says that all is done.
type Work struct {
	Line int
	Does string `yaml:"does" need:"1" enum:"destroy,deliver,weigh" doc:"weigh: whether what was filed looks as if sent in bulk; then is done where it does; destroy: the parts, in the scope of the fact scope, of the matters that the fact cleared names; deliver: a link to the paper the matter serves, to the addresses confirmed in it"`
	Then string `yaml:"then" need:"1" doc:"act of the system"`
	Else string `yaml:"else" doc:"act of the system where it could not be done"`
}

// NoticeWork is the kind of notice by which an act leaves work to the office: To says which, What by which act it ends.
const NoticeWork = "work"

// Ends says whether an act of the system tells that work which another act has caused is done.
func (p *Procedure) Ends(act string) bool {
	return slices.ContainsFunc(p.AllActs(), func(a *Act) bool { return a.Work.Then == act || a.Work.Else == act && act != "" })
}

// What of a matter the work of delivering reads: the texts in which it is said who is to be served and how, and the fact
// that says by which ways.
const (
	WorkDestroy  = "destroy"
	WorkDeliver  = "deliver"
	WorkWeigh    = "weigh"
	DeliverPhone = "confirmed_phone"
	DeliverEmail = "confirmed_email"
	DeliverCheck = "check_tail"
	DeliverPaper = "paper_seq"
	ServedOn     = "served_on" // the day on which what is delivered was received
)

// workReads are the facts work reads, workAsks the texts.
var (
	workReads = map[string][]string{WorkDestroy: {"cleared", "scope"}, WorkDeliver: {DeliverPaper}}
	workAsks  = map[string][]string{WorkDeliver: {DeliverPhone, DeliverEmail, DeliverCheck}}
)

// ScopeWhole is the scope of an appraisal that looks at the whole record; any other is a class of its parts.
const ScopeWhole = "whole"

// Terms are the terms it names.
func (r Retention) Terms() []string {
	out := optional(r.Term)
	for _, term := range r.Sooner.Each {
		out = append(out, *term)
	}
	return out
}

// Keeping is what an act may know of how long a matter is kept.
type Keeping struct {
	Organ string                   // that holds it; empty: there is no such matter
	Until map[string]calendar.Date // scope → first day on which it may be destroyed; none: kept as long as can be seen
	Held  bool                     // somebody has put it on hold
}

// KeptUntil is the first day on which what a scope means of a matter may be destroyed: none while it is not finished, where
// it is kept for ever or destroyed already, and of a class without a term of its own.
func (p *Procedure) KeptUntil(l *Law, st matter.State, scope string) (calendar.Date, bool) {
	stage := p.Stages.Get(st.Stage)
	if stage == nil || !stage.Final || p.Retention.Permanent || isDestroyed(st, scope) {
		return 0, false
	}
	term := p.Retention.Term
	if scope != ScopeWhole {
		term = ""
		if of := p.Retention.Sooner.Get(scope); of != nil {
			term = *of
		}
	}
	if term == "" || l.Book == nil {
		return 0, false
	}
	c, err := clock.Start(l.Book, l.Calendar, clock.Ref{Name: "retention", Term: term}, Ended(st))
	if err != nil {
		return 0, false
	}
	return clock.Opens(c), true
}

// isDestroyed says whether what a scope means of a matter went after its last act.
func isDestroyed(st matter.State, scope string) bool {
	last := 0
	for _, d := range st.Done {
		last = max(last, d.Seq)
	}
	return slices.ContainsFunc(st.Destroyed, func(d matter.Destroyed) bool {
		return d.Seq > last && (d.Scope == ScopeWhole || d.Scope == scope)
	})
}

// Ended is the day of the last standing act.
func Ended(st matter.State) calendar.Date {
	last := st.Opened.Day
	for _, d := range st.Done {
		last = max(last, d.On.Day)
	}
	return last
}

// Scopes are what of a procedure's matters can be appraised: the whole, and classes with a term of their own.
func (p *Procedure) Scopes() []string {
	if p.Retention.Permanent || p.Retention.Term == "" {
		return nil
	}
	return append([]string{ScopeWhole}, p.Retention.Sooner.Names...)
}

// keeping binds the questions about lists of matters: whether all of one are on another, whether any is on hold, and
// whether the term of all of them has run out, for a scope.
func (s *scene) keeping(out map[string]cel.LateBoundFunction) {
	ask := func(f func(list []string, other string) bool) cel.LateBoundFunction {
		return func(_ string, args ...ref.Val) ref.Val {
			text := func(i int) string { t, _ := args[min(i, len(args)-1)].(types.String); return string(t) }
			for i := range args {
				if s.asked && s.form.Field(text(i)) != nil {
					return types.NewUnknown(0, types.NewAttributeTrail(text(i)))
				}
			}
			return types.Bool(f(s.list(text(0)), text(1)))
		}
	}
	organ := s.st.Holder
	if s.st.Rev == 0 {
		organ = s.by.Organ
	}
	out["ours"] = ask(func(list []string, _ string) bool {
		return !slices.ContainsFunc(list, func(id string) bool { return s.kept(id).Organ != organ })
	})
	out["among"] = ask(func(list []string, other string) bool { return len(without(list, s.list(other))) == 0 })
	out["shares"] = ask(func(list []string, other string) bool { return shareOne(list, s.list(other)) })
	out["under"] = ask(func(list []string, _ string) bool { return s.under(first(list)) })
	out["held"] = ask(func(list []string, _ string) bool {
		return slices.ContainsFunc(list, func(id string) bool { return s.kept(id).Held })
	})
	out["expired"] = ask(func(list []string, other string) bool {
		scope := first(s.list(other))
		return !slices.ContainsFunc(list, func(id string) bool {
			k := s.kept(id)
			until, ends := k.Until[scope]
			return !ends || until > s.on || k.Organ != organ
		})
	})
}

func (s *scene) kept(text string) Keeping {
	id, err := matter.ParseID(text)
	if err != nil || s.snap.Kept == nil {
		return Keeping{}
	}
	return s.snap.Kept(id)
}

// named says whether every name is a fact or a clear field of the form.
func (p *Procedure) named(form *Form, names ...string) bool {
	return !slices.ContainsFunc(names, func(n string) bool {
		f := form.Field(n)
		return p.Facts.Get(n) == nil && (f == nil || f.Class != Clear)
	})
}

// work holds what an act leaves to the office to an act of the system, and to the facts the office reads.
func (c *checker) work(a *Act) {
	if a.Work.Does == "" {
		return
	}
	where := "act " + a.Name + " work"
	c.known(a.Work.Line, where, named{"act", a.Work.Then}, c.actNames())
	for _, then := range c.p.Acts(a.Work.Then) {
		if !c.p.isOnlyFor(then, "system") {
			c.fault(a.Work.Line, where+": "+then.Name+" is not of the system alone", "write by: a role that is: system")
		}
	}
	if a.Work.Else != "" {
		c.known(a.Work.Line, where, named{"act", a.Work.Else}, c.actNames())
	}
	for _, name := range workReads[a.Work.Does] {
		c.known(a.Work.Line, where, named{"fact", name}, c.p.Facts.Names)
	}
	for _, name := range workAsks[a.Work.Does] {
		if !c.p.asks(name) {
			c.fault(a.Work.Line, where+": no form asks the text "+name, "ask it in a form")
		}
	}
}

// retention holds how long the record is kept to terms in years that bind the organ not to destroy before.
func (c *checker) retention() {
	r := c.p.Retention
	line := max(r.Line, 1)
	if !r.Permanent && r.Term == "" {
		c.fault(line, "retention: nothing says how long the record of a finished matter is kept", "add retention: {term: ID, cite: …} or {permanent: true, cite: …}")
		return
	}
	if r.Permanent && (r.Term != "" || len(r.Sooner.Names) > 0) {
		c.fault(line, "retention: permanent and a term do not go together", "keep one of the two")
	}
	c.cites(line, "retention", r.Cite)
	whole, _ := c.keptFor(line, "retention", r.Term)
	for class, term := range r.Sooner.Each {
		where := "retention sooner " + class
		if !slices.Contains(matter.Classes, matter.Class(class)) {
			c.fault(line, where+": there is no such class", fmt.Sprintf("known: %v", matter.Classes))
		}
		if n, ok := c.keptFor(line, where, *term); ok && n >= whole {
			c.fault(line, where+" is not shorter than the term of the whole", "name a shorter term, or take it out")
		}
	}
}

// keptFor is the length of a term of retention in years.
func (c *checker) keptFor(line int, where, id string) (years int, ok bool) {
	if id == "" {
		return 0, false
	}
	v, ok := c.term(line, where, id)
	if !ok {
		return 0, false
	}
	if t, _, err := c.l.Book.Term(id, c.p.Applies.OpenedFrom); err != nil || t.Direction != statute.NotBefore || v.Length.Unit != statute.Year {
		c.fault(line, fmt.Sprintf("%s: %s is no number of years before which nothing may be destroyed", where, id), "name a term with direction not_before, counted in years")
		return 0, false
	}
	return v.Length.N, true
}

// without lists what is in a and not in b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(x string) bool { return slices.Contains(b, x) })
}

// union lists what is in a or b, once, in the order in which it was added.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
