package procedure

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"go.yaml.in/yaml/v3"

	"yifa/internal/calendar"
)

// Langs are the languages of texts beside zh-Hans, which stands in the files themselves.
var Langs = []string{"en", "zh-Hant"}

// loader reads one version folder.
type loader struct {
	fsys   fs.FS
	dir    string
	p      *Procedure
	faults []calendar.Fault
}

func (l *loader) fault(file string, line int, what, mend string) {
	l.faults = append(l.faults, calendar.Fault{File: file, Line: line, What: what, Mend: mend})
}

// loadProcedure reads law/procedures/<id>/<version>. It is nil where the files cannot be read.
func loadProcedure(fsys fs.FS, dir string, hooks map[string]Hooks) (*Procedure, []calendar.Fault) {
	l := &loader{fsys: fsys, dir: dir, p: &Procedure{Dir: dir, Forms: map[string]*Form{}, Texts: map[string]TextFile{}, rules: map[ruleKey]*compiled{}, envs: map[string]*cel.Env{}}}
	file := path.Join(dir, "procedure.yaml")
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, []calendar.Fault{{File: file, What: err.Error(), Mend: "make the file readable"}}
	}
	l.faults = append(l.faults, decodeFile(file, raw, l.p)...)
	if l.p.Line == 0 {
		return nil, l.faults // not YAML
	}
	l.identity(file)
	l.forms()
	for _, lang := range Langs {
		l.text(lang)
	}
	l.hash()
	l.p.hooks = hooks[l.p.Key()]
	l.p.said, l.p.asking = sync.OnceValue(l.p.words), sync.OnceValue(l.p.askedIn)
	if len(l.faults) == 0 {
		l.compile()
		l.p.envs = nil
	}
	if len(l.faults) > 0 {
		return nil, l.faults
	}
	return l.p, nil
}

func (l *loader) identity(file string) {
	id, version := path.Base(path.Dir(l.dir)), path.Base(l.dir)
	if l.p.Schema != 1 {
		l.fault(file, l.p.Lines["schema"], fmt.Sprintf("schema %d is not known", l.p.Schema), "write schema: 1")
	}
	if l.p.ID != id {
		l.fault(file, l.p.Lines["id"], fmt.Sprintf("id %q is not the folder's name %q", l.p.ID, id), "make the two the same")
	}
	if l.p.Version != version {
		l.fault(file, l.p.Lines["version"], fmt.Sprintf("version %q is not the folder's name %q", l.p.Version, version), "make the two the same")
	}
	if l.p.Subject.Shard == "" {
		l.p.Subject.Shard = "root"
	}
	l.p.index()
	named := map[string]*Act{}
	for _, a := range l.p.AllActs() {
		if a.Visible == "" {
			a.Visible = "staff"
		}
		once := named[a.Name]
		if once == nil {
			named[a.Name] = a
			continue
		}
		a.Label = cmp.Or(a.Label, once.Label)
		a.Public, a.Note = cmp.Or(a.Public, once.Public), cmp.Or(a.Note, once.Note)
	}
}

func (l *loader) forms() {
	names, _ := fs.Glob(l.fsys, path.Join(l.dir, "forms/*.yaml"))
	for _, file := range names {
		raw, err := fs.ReadFile(l.fsys, file)
		if err != nil {
			l.fault(file, 0, err.Error(), "make the file readable")
			continue
		}
		f := &Form{Name: strings.TrimSuffix(path.Base(file), ".yaml"), File: file}
		l.faults = append(l.faults, decodeFile(file, raw, f)...)
		if f.Schema != 1 {
			l.fault(file, 1, fmt.Sprintf("schema %d is not known", f.Schema), "write schema: 1")
		}
		l.fields(f)
		l.p.Forms[f.Name] = f
	}
}

// fields holds each field to what its type allows.
func (l *loader) fields(f *Form) {
	seen := map[string]bool{}
	for _, x := range f.Fields {
		bad := func(what, mend string) { l.fault(f.File, x.Line, "field "+x.Name+": "+what, mend) }
		if seen[x.Name] || x.Name == LateProof {
			bad("the name is taken", "choose another name")
		}
		seen[x.Name] = true
		if slices.Contains([]string{"choice", "choices", "cover"}, x.Type) != (len(x.Options) > 0) {
			bad("options and type "+x.Type+" do not go together", "a choice has options, nothing else has")
		}
		if x.Many && !slices.Contains([]string{"organ", "officer", "person", "matter"}, x.Type) {
			bad("many does not go with type "+x.Type, "many is for organ, officer, person and matter; for answers use choices")
		}
		l.makes(f, x)
		f.unaskedRight(x, bad)
		f.whyNot(x, bad)
		f.wordingsRight(x, bad)
		x.readsRight(bad)
		x.hidesRight(bad)
		if (x.Type == "item") != (x.Of != "") {
			bad("of and type "+x.Type+" do not go together", "an item is of a kind, nothing else is")
		}
		if (x.Type == "holidays") != (x.Year != "") {
			bad("year and type "+x.Type+" do not go together", "holidays are of a year, nothing else is")
		}
		if (x.Type == "rows") != (len(x.Columns) > 0) || x.Type == "rows" && !x.Handed {
			bad("rows, columns and handed go together", "give rows their columns and handed: true: each line goes to a matter of its own")
		}
		if x.Class != Clear {
			continue
		}
		if x.Handed {
			bad("only a text or a file can be handed on", "take handed out; what rules read stays in the matter")
		}
		switch {
		case slices.Contains([]string{"text", "longtext", "files", "cover"}, x.Type):
			bad("personal or free text may not be class clear", "give it class filer, staff, parties, public or sealed")
		case slices.Contains([]string{"title", "url", "holidays"}, x.Type) && l.p.Subject.Shard != "zero" && l.p.Roster.Item == "":
			bad("type "+x.Type+" may be clear only in a register or a public list", "use a choice, or give it another class")
		}
	}
}

func (l *loader) text(lang string) {
	file := path.Join(l.dir, "text."+lang+".yaml")
	raw, err := fs.ReadFile(l.fsys, file)
	t := TextFile{File: file, Text: map[string]string{}, Lines: map[string]int{}}
	l.p.Texts[lang] = t
	if err != nil {
		return // Check names what is missing
	}
	d := &decoder{file: file}
	root := d.parse(raw)
	l.faults = append(l.faults, d.faults...)
	if root == nil {
		return
	}
	if root.Kind != yaml.MappingNode {
		l.fault(file, root.Line, "is not a map of path: text", "write one path: text a line")
		return
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], root.Content[i+1]
		if _, twice := t.Text[k.Value]; twice {
			l.fault(file, k.Line, k.Value+" is given twice", "keep one of the two")
		}
		if v.Kind != yaml.ScalarNode {
			l.fault(file, k.Line, k.Value+" is not a text", "write path: text; the paths are flat, such as stages.received.label")
			continue
		}
		t.Text[k.Value], t.Lines[k.Value] = strings.TrimSpace(v.Value), k.Line
	}
}

// hash is over the names and bytes of all files of the version in order; worked cases may be
// added to a published version, so they are left out.
func (l *loader) hash() {
	sum := sha256.New()
	err := fs.WalkDir(l.fsys, l.dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if e.Name() == "cases" {
				return fs.SkipDir
			}
			return nil
		}
		raw, err := fs.ReadFile(l.fsys, file)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sum, "%s %d\n%s", strings.TrimPrefix(file, l.dir+"/"), len(raw), raw)
		return err
	})
	if err != nil {
		l.fault(l.dir, 0, err.Error(), "make the files readable")
	}
	l.p.Hash = hex.EncodeToString(sum.Sum(nil))
}

// compile type-checks every condition, so that Fire only evaluates.
func (l *loader) compile() {
	file := path.Join(l.dir, "procedure.yaml")
	one := func(line int, form *Form, text, where string) {
		for _, msg := range l.p.compile(form, text) {
			l.fault(file, line, fmt.Sprintf("%s: `%s`: %s", where, text, msg), "mend the condition; it may name facts, the act's clear fields and the engine's questions")
		}
	}
	for _, a := range l.p.AllActs() {
		form := l.p.Form(a)
		for _, r := range a.When {
			one(r.Line, form, r.Is, "act "+a.Name+" when")
		}
		one(a.NotBefore.Line, form, a.NotBefore.Unless, "act "+a.Name+" not_before unless")
		for _, o := range a.Opens {
			one(o.Line, form, o.When, "act "+a.Name+" opens when")
		}
		for _, x := range a.Carries {
			one(x.Line, form, x.When, "act "+a.Name+" carries when")
		}
		a.aheadWhen(form, one)
		for _, x := range a.Access {
			one(x.Line, form, x.When, "act "+a.Name+" access when")
		}
	}
	for name, def := range l.p.Clocks.Each {
		for _, act := range def.Starts.Acts {
			for _, a := range l.p.Acts(act) {
				one(def.Line, l.p.Form(a), def.When, "clock "+name+" when")
			}
		}
	}
	l.p.requiredWhen(one)
	for name, role := range l.p.Roles.Each {
		for _, r := range role.When {
			one(r.Line, nil, r.Is, "role "+name+" when")
		}
	}
	for name, r := range l.p.Remedies.Each {
		one(r.Line, nil, r.When, "remedy "+name+" when")
	}
	file = ""
	for _, name := range slices.Sorted(maps.Keys(l.p.Forms)) {
		f := l.p.Forms[name]
		file = f.File
		for _, x := range f.Fields {
			one(x.Line, f, x.Show, "field "+x.Name+" show")
		}
	}
}

// index lists the acts once, for AllActs and Acts.
func (p *Procedure) index() {
	p.acts = slices.Clone(p.Open)
	for _, s := range p.Stages.Each {
		p.acts = append(p.acts, s.Acts...)
	}
	p.acts = append(p.acts, p.Any...)
	p.byName = map[string][]*Act{}
	for _, a := range p.acts {
		p.byName[a.Name] = append(p.byName[a.Name], a)
	}
}

// AllActs lists every definition of every act: opening ones, by stage, and any.
func (p *Procedure) AllActs() []*Act { return p.acts }

// Acts lists the definitions of one act.
func (p *Procedure) Acts(name string) []*Act { return p.byName[name] }

// ActsIn lists the acts that stand in a stage, `any` included; "" lists those that open a matter.
func (p *Procedure) ActsIn(stage string) []*Act {
	if stage == "" {
		return p.Open
	}
	s := p.Stages.Get(stage)
	switch {
	case s == nil:
		return nil
	case s.Final:
		return s.Acts
	}
	return slices.Concat(s.Acts, p.Any)
}
