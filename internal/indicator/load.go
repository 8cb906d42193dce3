package indicator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
	"yifa/internal/statute"
)

// RuleFile is the file of the rule in a law folder.
const RuleFile = "statistics.yaml"

// Source is where definitions come from: a law folder and its compiled law. Query reports whether the
// store has a query file of that name.
type Source struct {
	FS    fs.FS
	Law   *procedure.Law
	Query func(name string) bool
}

// Load reads law/indicators and the rule strictly and holds them to the law. Faults name file, line,
// what is wrong and how to mend it.
func Load(from Source) (*Set, []calendar.Fault) {
	l := &loader{from: from, set: &Set{measures: map[string][]Measure{}}, declared: map[string]string{}}
	files, err := fs.Glob(from.FS, "indicators/*.yaml")
	if err != nil || len(files) == 0 {
		return l.set, []calendar.Fault{{File: "indicators", What: "holds no indicator", Mend: "add one: CONTRIBUTING.md tells how"}}
	}
	for _, file := range files {
		l.read(file)
	}
	for _, r := range l.rows {
		r.check()
	}
	l.rule()
	slices.SortFunc(l.set.all, func(a, b *Indicator) int {
		if c := strings.Compare(a.ID, b.ID); c != 0 {
			return c
		}
		return int(a.From - b.From)
	})
	for p := range l.set.measures {
		slices.SortFunc(l.set.measures[p], func(a, b Measure) int { return strings.Compare(a.Name, b.Name) })
	}
	return l.set, l.faults
}

type loader struct {
	from     Source
	set      *Set
	rows     []row
	declared map[string]string // measure → file that declares it
	faults   []calendar.Fault
}

// row is one file while it is checked.
type row struct {
	l   *loader
	src calendar.Source
	i   *Indicator
}

func (r row) fault(what, mend string, at ...any) {
	r.l.faults = append(r.l.faults, r.src.Fault(what, mend, at...))
}

func (l *loader) read(file string) {
	i := &Indicator{}
	src, bad := calendar.ReadYAML(l.from.FS, file, i)
	if len(bad) > 0 {
		l.faults = append(l.faults, bad...)
		return
	}
	raw, err := fs.ReadFile(l.from.FS, file)
	if err != nil {
		l.faults = append(l.faults, calendar.Fault{File: file, What: err.Error(), Mend: "make the file readable"})
		return
	}
	sum := sha256.Sum256(raw)
	i.Hash = hex.EncodeToString(sum[:])
	r := row{l, src, i}
	r.identity(path.Base(file))
	if m := i.Measure; m != nil {
		if first, twice := l.declared[m.Name]; twice {
			r.fault(fmt.Sprintf("measure %s is declared in %s already", m.Name, first), "take measure out and count the one that is there", "measure")
		}
		l.declared[m.Name] = file
		l.set.measures[i.Population.Procedure] = append(l.set.measures[i.Population.Procedure], *m)
	}
	l.set.all = append(l.set.all, i)
	l.rows = append(l.rows, r)
}

// identity holds a file to its name and to the hash it was published with.
func (r row) identity(base string) {
	i := r.i
	if i.Schema != 1 {
		r.fault(fmt.Sprintf("schema is %d", i.Schema), "write schema: 1", "schema")
	}
	if want := i.ID + "@" + i.From.String() + ".yaml"; i.ID == "" || i.From.IsZero() || want != base {
		r.fault(fmt.Sprintf("id %q and from %q are not the name of the file", i.ID, i.From), "name the file id@from.yaml", "id")
	}
	if hash, published := r.l.from.Law.Locked(i.Key()); published && hash != i.Hash {
		r.fault(fmt.Sprintf("is published as %.12s but now hashes to %.12s", hash, i.Hash),
			"a published definition is never edited: restore the file and put the change into a new one with a later from")
	}
	for _, w := range []Words{i.Words("zh-Hans"), i.Hant, i.En} {
		if w.Label == "" || w.Meaning == "" {
			r.fault("label or meaning is missing in a language", "give both, and under zh-Hant and en", "label")
		}
	}
	if !slices.Contains([]Unit{Matters, Percent, Days}, i.Unit) {
		r.fault(fmt.Sprintf("unit %q is not known", i.Unit), "write matters, percent or days", "unit")
	}
}

// check holds an indicator to the procedure, the other indicators and the statutes.
func (r row) check() {
	i := r.i
	if !r.l.from.Query(i.Population.Query) {
		r.fault(fmt.Sprintf("the store has no query %q", i.Population.Query), "name a file of internal/store/query without .sql", "population", "query")
	}
	p, err := r.l.from.Law.Procedure(i.Population.Procedure, i.From)
	if err != nil {
		r.fault(err.Error(), "correct the id, or begin later", "population", "procedure")
	} else if i.Measure != nil {
		r.measure(p, *i.Measure)
	}
	r.sum(p)
	if len(i.Cite) == 0 {
		r.fault("cites nothing", "write cite: the provision the figure rests on", "cite")
	}
	weakest := statute.Verified
	for n, c := range i.Cite {
		cited, known := r.l.from.Law.Book.Provision(c, i.From)
		if !known {
			r.fault(fmt.Sprintf("%s is not in force on %s or not among the statutes", c, i.From), "correct the citation, or add the provision with its gist", "cite", n)
			continue
		}
		weakest = statute.Weakest(weakest, cited.Status)
	}
	switch {
	case !slices.Contains(statute.Statuses, i.Status):
		r.fault(fmt.Sprintf("status %q is unknown", i.Status), "write verified, partly, memory or platform", "status")
	case statute.Weakest(i.Status, weakest) != i.Status:
		r.fault(fmt.Sprintf("status is %s, but what it cites is only %s", i.Status, weakest), "a figure is no surer than its provision", "status")
	}
}

// measure holds a declaration to the procedure it measures.
func (r row) measure(p *procedure.Procedure, m Measure) {
	at := func(key string) []any { return []any{"measure", key} }
	if m.Name == "" {
		r.fault("the measure has no name", "write name", "measure")
	}
	if !slices.Contains([]string{"opened", "act", "due"}, m.Day) {
		r.fault(fmt.Sprintf("day %q is not known", m.Day), "write opened, act or due", at("day")...)
	}
	if (m.Day == "act") != (len(m.Acts) > 0) {
		r.fault("acts and day: act go together", "give both or neither", at("acts")...)
	}
	for n, act := range m.Acts {
		if len(p.Acts(act)) == 0 {
			r.fault(fmt.Sprintf("%s has no act %q", p.Key(), act), "correct the name", "measure", "acts", n)
		}
	}
	if m.Fact != "" && m.Clock != "" {
		r.fault("the value is either a fact or what became of a clock", "take one of the two out", at("clock")...)
	}
	if m.Fact != "" && len(r.options(p, m)) == 0 {
		r.fault(fmt.Sprintf("%s has no fact %q with options", p.Key(), m.Fact), "name a fact of type enum or enums", at("fact")...)
	}
	if m.Clock != "" && (p.Clocks.Get(m.Clock) == nil || m.Day != "act") {
		r.fault(fmt.Sprintf("%s has no clock %q that the acts could stop", p.Key(), m.Clock), "name a clock, with day: act", at("clock")...)
	}
}

// options are the values a measure can have; none where anything may stand.
func (r row) options(p *procedure.Procedure, m Measure) []string {
	switch {
	case m.Fact != "":
		if f := p.Facts.Get(m.Fact); f != nil {
			return f.Options
		}
		return nil
	case m.Clock != "":
		return []string{InTime, Late}
	}
	return m.Acts
}
