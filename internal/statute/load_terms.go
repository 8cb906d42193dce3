package statute

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"

	"yifa/internal/calendar"
)

var (
	countsForm = regexp.MustCompile(`^(|all|<=[1-9][0-9]?|[1-9][0-9]?( [1-9][0-9]?)*)$`)
	termID     = regexp.MustCompile(`^[a-z]{2,3}-t?[0-9]{1,2}[a-z]?$`)
)

// termFile is one file of law/terms.
type termFile struct {
	Schema int    `yaml:"schema"`
	Terms  []Term `yaml:"terms"`
}

// termFile reads and checks one file of terms; what needs the statutes waits for them.
func (l *loader) termFile(fsys fs.FS, file string) {
	var f termFile
	src, bad := calendar.ReadYAML(fsys, file, &f)
	if len(bad) > 0 {
		l.faults = append(l.faults, bad...)
		return
	}
	if f.Schema != 1 {
		l.faults = append(l.faults, src.Fault(fmt.Sprintf("schema is %d", f.Schema), "write schema: 1", "schema"))
	}
	for i, t := range f.Terms {
		r := row{l, src, []any{"terms", i}}
		r.term(t)
		r.family(t)
		for _, name := range append([]string{t.ID}, t.Aliases...) {
			if _, taken := l.book.lookup(name); taken {
				r.fault(fmt.Sprintf("%s is already a term or alias", name), "each id and alias names one term", "id")
			}
		}
		t.Examples = placed(src, t.Examples, "terms", i)
		l.book.terms[t.ID] = t
		for _, a := range t.Aliases {
			l.book.aliases[a] = t.ID
		}
		l.later = append(l.later, func() { r.cited(t) })
	}
}

// row reports faults of one row of a list.
type row struct {
	l   *loader
	src calendar.Source
	at  []any
}

func (r row) fault(what, mend string, at ...any) {
	r.l.faults = append(r.l.faults, r.src.Fault(what, mend, slices.Concat(r.at, at)...))
}

func (r row) within(at ...any) row { return row{r.l, r.src, slices.Concat(r.at, at)} }

func (r row) oneOf(key, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		r.fault(fmt.Sprintf("%s is %q", key, value), fmt.Sprintf("write one of %v", allowed), key)
	}
}

// term holds a term against itself.
func (r row) term(t Term) {
	if !termID.MatchString(t.ID) {
		r.fault(fmt.Sprintf("id %q is not a term id", t.ID), "write it like cmp-01, cmp-03b or dec-t1", "id")
	}
	r.oneOf("direction", string(t.Direction), string(Forward), string(Backward), string(NotBefore))
	r.oneOf("binds", t.Binds, Organ, Party, Court)
	r.oneOf("roll", t.Roll, NextWorkday, "none")
	if t.Roll == NextWorkday && t.RollCite.IsZero() {
		r.fault("rolls forward without a provision", "write roll_cite: the provision that moves the last day, or roll: none", "roll")
	}
	if t.Roll == NextWorkday && t.Direction != Forward {
		r.fault("rolls forward although it does not run forward", "write roll: none", "roll")
	}
	if t.StartCite.IsZero() {
		r.fault("does not say why the first day is not counted", "write start_cite", "id")
	}
	for _, w := range []TermWords{t.Words("zh-Hans"), t.En, t.Hant} {
		if w.Title == "" || w.Anchor == "" || w.Expiry == "" {
			r.fault("title, anchor or expiry is missing in a language", "give all three, and under en and zh-Hant", "id")
		}
	}
	if len(t.Versions) == 0 {
		r.fault("has no version", "give its length from a day on under versions", "id")
	}
	for i, v := range t.Versions {
		r.within("versions", i).version(t, v, i)
	}
}

// version holds one version of a term against itself and the one above it.
func (r row) version(t Term, v TermVersion, i int) {
	if v.From == 0 || v.To != 0 && v.To <= v.From {
		r.fault("version has no day to begin, or ends before it", mendTo, "from")
	}
	if i > 0 && (t.Versions[i-1].To == 0 || v.From < t.Versions[i-1].To) {
		r.fault("version begins before the one above it ends", mendOrder, "from")
	}
	if v.Length.N == 0 && v.Length.Unit != Prompt {
		r.fault("length is missing or zero", "write it as the text does", "length")
	}
	if t.Direction != Forward && (v.Length.Unit == Prompt || v.Length.Unit == Yearly || v.Length.Unit == Monthly) {
		r.fault("a length without number, or a fixed day, does not run forward", "write direction: forward", "length")
	}
	if v.Cite.IsZero() {
		r.fault("version cites nothing", "write cite: the provision that sets the length", "length")
	}
	r.oneOf("status", string(v.Status), string(Verified), string(Partly), string(Memory), string(Platform))
	if (v.Length.Unit.Timed() || v.Length.Unit == Prompt) && len(v.Extend)+len(v.Suspend)+len(v.Exclude) > 0 {
		r.fault("a term in hours, or without number, is suspended or extended", "hours run on; take extend, suspend and exclude out", "length")
	}
	for k, e := range v.Extend {
		if e.Length.N == 0 && e.Length.Unit != Prompt || e.By == "" || e.Times < 1 || e.Cite.IsZero() {
			r.fault("extension without length, by, times or cite", "give all four", "extend", k)
		}
		r.named("granters", e.By, "extend", k, "by")
	}
	for key, grounds := range map[string][]Ground{"suspend": v.Suspend, "exclude": v.Exclude} {
		for k, g := range grounds {
			if g.Ground == "" || g.Cite.IsZero() {
				r.fault(key+" without ground or cite", "give both", key, k)
			}
			r.named("grounds", g.Ground, key, k, "ground")
		}
	}
}

// otherUnit holds an extension in another unit than its term's against what the program can count: from the last day of
// the term, which therefore neither stands still nor runs backward or to a fixed day.
func (r row) otherUnit(t Term, v TermVersion, k int) {
	countable := func(u Unit) bool { return u == Day || u == Workday || u == Month || u == Year }
	e := v.Extend[k]
	if t.Direction != Forward || len(v.Suspend)+len(v.Exclude) > 0 || !countable(e.Length.Unit) || !countable(v.Length.Unit) {
		r.fault(fmt.Sprintf("extension counts in %s, the term in %s", e.Length.Unit, v.Length.Unit),
			"write the extension in the unit of the term; another one only where the term runs forward and never stands still", "extend", k, "length")
	}
}

// cited holds a term against the statutes it cites and writes the units its days have there.
func (r row) cited(t Term) {
	var status []Status
	for i := range t.Versions {
		v := &t.Versions[i]
		at := r.within("versions", i)
		status = append(status, at.provision("cite", v.Cite, v.From))
		v.Length = r.l.book.resolve(v.Length, v.Cite)
		for k := range v.Extend {
			e := &v.Extend[k]
			at.within("extend", k).provision("cite", e.Cite, v.From)
			if e.Length = r.l.book.resolve(e.Length, e.Cite); e.Length.Unit != v.Length.Unit && e.Length.Unit != Prompt {
				at.otherUnit(t, *v, k)
			}
		}
		for k, g := range v.Suspend {
			at.within("suspend", k).provision("cite", g.Cite, v.From)
		}
		for k, g := range v.Exclude {
			at.within("exclude", k).provision("cite", g.Cite, v.From)
		}
		for _, profile := range slices.Sorted(maps.Keys(v.Profiles)) {
			at.named("profiles", profile, "profiles", profile)
			if _, ok := r.l.book.lookup(v.Profiles[profile]); !ok {
				at.fault(fmt.Sprintf("profile %s names term %q, which there is not", profile, v.Profiles[profile]), "correct the id", "profiles", profile)
			}
		}
		if cited := status[i]; cited != "" && Weakest(v.Status, cited) != v.Status {
			at.fault(fmt.Sprintf("status is %s, but the provision it cites is only %s", v.Status, cited), "a term is no surer than its provision", "status")
		}
	}
	// How to count is older than the texts we hold, so these need only be known, not in force.
	r.provision("start_cite", t.StartCite, 0)
	r.provision("roll_cite", t.RollCite, 0)
	r.provision("follows", t.Follows, 0)
	r.provision("post_cite", t.PostCite, 0)
	r.chained(t)
	r.l.book.terms[t.ID] = t
}

// provision reports a citation that finds nothing in the book, and returns the status of what it finds.
func (r row) provision(key string, c Cite, on calendar.Date) Status {
	if c.IsZero() {
		return ""
	}
	s, known := r.l.book.statutes[c.Key]
	if on == 0 && len(s.Versions) > 0 {
		on = s.Versions[len(s.Versions)-1].From
	}
	if p, ok := r.l.book.Provision(c, on); ok {
		return p.Status
	}
	switch v, inForce := s.inForce(on); {
	case !known:
		r.fault(fmt.Sprintf("%s: there is no statute %q", c, c.Key), "add statutes/"+c.Key+".yaml, or correct the key", key)
	case c.Version == "" && !inForce:
		r.fault(fmt.Sprintf("%s is not in force on %s", c, on), "begin later, or cite the version", key)
	default:
		r.fault(fmt.Sprintf("%s: statute %s has no such provision in version %s", c, c.Key, cmpVersion(c, v)), "add the provision with its gist, or correct the citation", key)
	}
	return ""
}

func cmpVersion(c Cite, v Version) string {
	if c.Version != "" {
		return c.Version
	}
	return v.ID
}

// Count gives a bare 日 the unit a statute counts it in; other lengths are as they are.
func (b *Book) Count(key string, l Length) Length { return b.resolve(l, Cite{Key: key}) }

// resolve gives a bare 日 the unit its statute counts it in.
func (b *Book) resolve(l Length, c Cite) Length {
	if l.Unit != "" {
		return l
	}
	counts := b.statutes[c.Key].Counts
	l.Unit = counts.unit(l.N)
	if counts.At != "" {
		l.Rule, _ = ParseCite(c.Key + "/" + counts.At)
	}
	return l
}
