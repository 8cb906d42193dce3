package procedure

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// Law is everything in law/, read and compiled. It is never changed once loaded, except that a
// calendar notice gives a new one (WithCalendar).
type Law struct {
	Calendar *calendar.Calendar
	Book     *statute.Book
	FS       fs.FS

	all      []*Procedure // by id, then version
	byHash   map[string]*Procedure
	locked   map[string]string // id@version → hash, from published.lock
	papers   []PaperKind       // by file
	remedies []PaperKind       // texts that tell parties their rights, as far as they are locked
	makers   map[string]Maker
}

// LockFile lists the hash of every published version: law/published.lock.
const LockFile = "published.lock"

// Load reads a law folder strictly and compiles its conditions. Faults that make a file unusable
// leave its version out; the server does not start while there is one.
func Load(fsys fs.FS, hooks map[string]Hooks) (*Law, []calendar.Fault) {
	dirs, globbed := fs.Glob(fsys, "procedures/*/*/procedure.yaml")
	read, wrong := make([]*Procedure, len(dirs)), make([][]calendar.Fault, len(dirs))
	var reading sync.WaitGroup // every version by itself: a start is waited for
	for i, file := range dirs {
		reading.Go(func() { read[i], wrong[i] = loadProcedure(fsys, path.Dir(file), hooks) })
	}
	cal, faults := calendar.Load(fsys, "calendar")
	book, more := statute.Load(fsys)
	reading.Wait()
	faults = append(faults, more...)
	l := &Law{Calendar: cal, Book: book, FS: fsys, byHash: map[string]*Procedure{}, locked: map[string]string{}}
	faults = append(faults, l.readLock(fsys)...)
	faults = append(faults, l.readPapers(fsys)...)
	for _, k := range l.papers {
		faults = append(faults, l.checkLock(k.Key(), k.Hash, papersFolder+"/"+k.ID)...)
	}
	for _, r := range l.remedies {
		faults = append(faults, l.checkLock("remedy/"+r.ID+"@"+r.From.String(), r.Hash, papersFolder+"/remedies.yaml")...)
	}
	if globbed != nil {
		faults = append(faults, calendar.Fault{File: "procedures", What: globbed.Error()})
	}
	for i, p := range read {
		faults = append(faults, wrong[i]...)
		if p == nil {
			continue
		}
		l.all = append(l.all, p)
		l.byHash[p.Hash] = p
		faults = append(faults, l.checkLock(p.Key(), p.Hash, p.Dir)...)
	}
	faults = append(faults, l.unusedHooks(hooks)...)
	return l, faults
}

func (l *Law) readLock(fsys fs.FS) []calendar.Fault {
	raw, err := fs.ReadFile(fsys, LockFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return []calendar.Fault{{File: LockFile, What: err.Error()}}
	}
	var faults []calendar.Fault
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for n := 1; lines.Scan(); n++ {
		f := strings.Fields(lines.Text())
		switch {
		case len(f) == 0 || strings.HasPrefix(f[0], "#"):
		case len(f) != 2:
			faults = append(faults, calendar.Fault{File: LockFile, Line: n, What: "is not `id@version hash`", Mend: "restore the line"})
		default:
			l.locked[f[0]] = f[1]
		}
	}
	return faults
}

func (l *Law) checkLock(key, hash, dir string) []calendar.Fault {
	want, published := l.locked[key]
	if !published || want == hash {
		return nil
	}
	return []calendar.Fault{{File: dir, What: "is published as " + short(want) + " but its files now hash to " + short(hash),
		Mend: "a published version is never edited: restore its files and put the change into a new version folder"}}
}

// Locked returns the hash under which something of that key is published.
func (l *Law) Locked(key string) (hash string, published bool) {
	hash, published = l.locked[key]
	return hash, published
}

func short(hash string) string { return hash[:min(len(hash), 12)] }

// LockLines is what published.lock must hold for every version and every paper loaded: the lines it has and one
// for each version that is new.
func (l *Law) LockLines() []string {
	out := make([]string, 0, len(l.all)+len(l.papers))
	line := func(key, hash string) { out = append(out, key+" "+cmp.Or(l.locked[key], hash)) }
	for _, p := range l.all {
		line(p.Key(), p.Hash)
	}
	for _, k := range l.Papers() {
		line(k.Key(), k.Hash)
	}
	for _, r := range l.remedies {
		line("remedy/"+r.ID+"@"+r.From.String(), r.Hash)
	}
	return out
}

func (l *Law) unusedHooks(hooks map[string]Hooks) []calendar.Fault {
	var faults []calendar.Fault
	for key := range hooks {
		if _, err := l.ByKey(key); err != nil {
			faults = append(faults, calendar.Fault{File: "procedures", What: "hooks are registered for " + key + ", which is not there",
				Mend: "register them under an id@version that has a folder"})
		}
	}
	return faults
}

// WithCalendar is the law counted with another calendar, after a notice.
func (l *Law) WithCalendar(c *calendar.Calendar) *Law {
	n := *l
	n.Calendar = c
	return &n
}

// All lists every version, by id and version.
func (l *Law) All() []*Procedure { return slices.Clone(l.all) }

// Procedure returns the version of id under which a matter opened on the day runs.
func (l *Law) Procedure(id string, opened calendar.Date) (*Procedure, error) {
	var best *Procedure
	known := false
	for _, p := range l.all {
		known = known || p.ID == id
		if p.ID == id && p.Applies.OpenedFrom <= opened && (best == nil || best.Applies.OpenedFrom < p.Applies.OpenedFrom) {
			best = p
		}
	}
	if best == nil && known {
		return nil, fmt.Errorf("procedure: %s had no version in force on %s", id, opened)
	}
	if best == nil {
		return nil, fmt.Errorf("procedure: there is no procedure %q", id)
	}
	return best, nil
}

// ByHash returns the version with the hash that an entry names.
func (l *Law) ByHash(hash string) (*Procedure, error) {
	if p := l.byHash[hash]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("procedure: no version has the hash %s", short(hash))
}

// ByKey returns the version named id@version.
func (l *Law) ByKey(key string) (*Procedure, error) {
	for _, p := range l.all {
		if p.Key() == key {
			return p, nil
		}
	}
	return nil, fmt.Errorf("procedure: there is no version %q", key)
}

// Find resolves what an Attempt names: id@version, or id on a day.
func (l *Law) Find(name string, on calendar.Date) (*Procedure, error) {
	if strings.Contains(name, "@") {
		return l.ByKey(name)
	}
	return l.Procedure(name, on)
}

// Joins lists the answers of an act of that name that say to which matter its own is joined.
func (l *Law) Joins(act string) []string {
	for _, p := range l.all {
		for _, a := range p.byName[act] {
			if names := a.Joins(); len(names) > 0 {
				return names
			}
		}
	}
	return nil
}

// Carries says whether an act of that name makes, in some procedure, entries in linked matters.
func (l *Law) Carries(act string) bool {
	return slices.ContainsFunc(l.all, func(p *Procedure) bool {
		return slices.ContainsFunc(p.byName[act], func(a *Act) bool { return len(a.Carries) > 0 })
	})
}
