package proof

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
	"yifa/internal/statute"
)

// Lapsing warns of every provision and term that a version rests on and that ceases to be in force, or
// changes its text, while matters still open under the version; and of every limit whose provision is
// repealed before the limit ends. Nothing is wrong yet: a new version is due by the day named.
func Lapsing(l *procedure.Law) []calendar.Fault {
	if l.Book == nil {
		return nil
	}
	var out []calendar.Fault
	for _, p := range l.All() {
		w := warner{l: l, file: p.Dir + "/procedure.yaml", from: p.Applies.OpenedFrom, to: until(l, p)}
		for _, c := range cited(p) {
			w.provision(c.line, c.where, c.cite)
		}
		for _, term := range p.Retention.Terms() {
			w.term(p.Retention.Line, "retention", term)
		}
		for name, r := range p.Remedies.Each {
			if r.Term != "" {
				w.term(r.Line, "remedy "+name, r.Term)
			}
		}
		for name, def := range p.Clocks.Each {
			w.term(def.Line, "clock "+name, def.Term)
		}
		for _, a := range p.AllActs() {
			if a.NotBefore.Term != "" {
				w.term(a.NotBefore.Line, "act "+a.Name+" not_before", a.NotBefore.Term)
			}
		}
		out = append(out, w.warnings...)
	}
	for _, t := range l.Book.Terms() {
		file, line := placeOf(l.FS, t.ID)
		for _, v := range t.Versions {
			w := warner{l: l, file: file, from: v.From, to: v.To}
			for _, c := range resting(v) {
				w.provision(line, "term "+t.ID, c.String())
			}
			out = append(out, w.warnings...)
		}
	}
	return out
}

// until is the first day on which matters open under a later version of the procedure; zero: none does.
func until(l *procedure.Law, p *procedure.Procedure) calendar.Date {
	var next calendar.Date
	for _, other := range l.All() {
		from := other.Applies.OpenedFrom
		if other.ID == p.ID && from > p.Applies.OpenedFrom && (next == 0 || from < next) {
			next = from
		}
	}
	return next
}

// citation is a provision cited in a procedure.
type citation struct {
	line  int
	where string
	cite  string
}

// cited lists every provision a procedure rests on, each place once.
func cited(p *procedure.Procedure) []citation {
	var out []citation
	add := func(line int, where string, cites []string) {
		for _, c := range cites {
			out = append(out, citation{line, where, c})
		}
	}
	add(p.Lines["basis"], "basis", p.Basis)
	for name, x := range p.Params.Each {
		add(x.Line, "param "+name, x.Cite)
	}
	for name, r := range p.Roles.Each {
		add(r.Line, "role "+name, r.Cite)
		for _, x := range r.When {
			add(x.Line, "role "+name+" when", x.Cite)
		}
	}
	for name, f := range p.Facts.Each {
		add(f.Line, "fact "+name+" bars", f.Bars)
	}
	for name, def := range p.Clocks.Each {
		for _, s := range def.Suspends {
			add(s.Line, "clock "+name+" suspends", s.Cite)
		}
	}
	for name, r := range p.Remedies.Each {
		add(r.Line, "remedy "+name, r.Cite)
	}
	for _, a := range p.AllActs() {
		add(a.Line, "act "+a.Name, a.Cite)
		for _, r := range a.When {
			add(r.Line, "act "+a.Name+" when", r.Cite)
		}
	}
	return out
}

// resting lists the provisions that a limit's number, extensions and standstills rest on.
func resting(v statute.TermVersion) []statute.Cite {
	out := []statute.Cite{v.Cite}
	for _, e := range v.Extend {
		out = append(out, e.Cite)
	}
	for _, g := range slices.Concat(v.Suspend, v.Exclude) {
		out = append(out, g.Cite)
	}
	return out
}

// warner gathers warnings about one span of days; to is exclusive, zero: without end.
type warner struct {
	l        *procedure.Law
	file     string
	from, to calendar.Date
	warnings []calendar.Fault
}

func (w *warner) warn(line int, what, mend string) {
	f := calendar.Fault{File: w.file, Line: line, What: what, Mend: mend}
	if !slices.Contains(w.warnings, f) {
		w.warnings = append(w.warnings, f)
	}
}

// within says whether a day on which something ends lies in the span.
func (w *warner) within(day calendar.Date) bool { return day != 0 && (w.to == 0 || day < w.to) }

// provision follows a citation through the versions of its statute. One that names its version is meant to stay.
func (w *warner) provision(line int, where, text string) {
	cite, err := statute.ParseCite(text)
	if err != nil || cite.Version != "" {
		return
	}
	v, inForce := w.l.Book.InForce(cite, w.from)
	for inForce && w.within(v.To) {
		day := v.To
		if v, inForce = w.l.Book.InForce(cite, day); !inForce {
			w.warn(line, fmt.Sprintf("%s: %s ceases to be in force on %s%s", where, text, day, w.replaced(cite, day)), "have a version ready from that day that cites what is then in force")
			return
		}
		if _, listed := w.l.Book.Provision(cite, day); !listed {
			w.warn(line, fmt.Sprintf("%s: %s is of another version of its statute from %s, in which that provision is not listed", where, text, day),
				"add the provision of the new version to law/statutes/"+cite.Key+".yaml, or have a version ready that cites another")
			return
		}
	}
}

// replaced names the statutes that took the place of the one cited.
func (w *warner) replaced(cite statute.Cite, day calendar.Date) string {
	s, _ := w.l.Book.Statute(cite.Key)
	for _, v := range s.Versions {
		if v.To == day && len(v.By) > 0 {
			return ", replaced by " + strings.Join(v.By, ", ")
		}
	}
	return ""
}

// term follows a limit through its versions.
func (w *warner) term(line int, where, id string) {
	_, v, err := w.l.Book.Term(id, w.from)
	for err == nil && w.within(v.To) {
		day := v.To
		if _, v, err = w.l.Book.Term(id, day); err != nil {
			w.warn(line, fmt.Sprintf("%s: term %s ceases to be in force on %s", where, id, day), "have a version ready from that day, or give the term a version")
		}
	}
}

// placeOf finds where a term stands in law/terms.
func placeOf(fsys fs.FS, id string) (file string, line int) {
	files, _ := fs.Glob(fsys, "terms/*.yaml")
	for _, file := range files {
		raw, err := fs.ReadFile(fsys, file)
		if err != nil {
			continue
		}
		lines := bufio.NewScanner(bytes.NewReader(raw))
		for n := 1; lines.Scan(); n++ {
			if rest, ok := strings.CutPrefix(strings.TrimLeft(lines.Text(), " -{"), "id: "); ok && strings.TrimRight(strings.Split(rest, ",")[0], " ") == id {
				return file, n
			}
		}
	}
	return "terms", 0
}

// Unused lists the limits that no clock, wait, notice or profile of a procedure names.
func Unused(l *procedure.Law) []statute.Term {
	used := map[string]bool{}
	use := func(id string) {
		if t, err := l.Book.Find(id); err == nil && !used[t.ID] {
			used[t.ID] = true
			for _, v := range t.Versions {
				for _, other := range v.Profiles {
					used[other] = true
				}
			}
		}
	}
	for _, p := range l.All() {
		for _, def := range p.Clocks.Each {
			use(def.Term)
		}
		for _, term := range p.Retention.Terms() {
			use(term)
		}
		for _, r := range p.Remedies.Each {
			if r.Term != "" {
				use(r.Term)
			}
		}
		for _, a := range p.AllActs() {
			if a.NotBefore.Term != "" {
				use(a.NotBefore.Term)
			}
			for _, x := range a.Ahead {
				use(x.Term)
			}
		}
	}
	var out []statute.Term
	for _, t := range l.Book.Terms() {
		if !used[t.ID] {
			out = append(out, t)
		}
	}
	return out
}
