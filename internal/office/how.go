package office

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"yifa/internal/i18n"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Procedures lists the procedures that are open to the public, by id.
func (o *Office) Procedures(lang i18n.Lang) []OptionView {
	var out []OptionView
	seen := map[string]bool{}
	for _, p := range o.law.All() {
		if p.Subject.Shard == "zero" || seen[p.ID] {
			continue
		}
		seen[p.ID] = true
		w := words{o, p, lang}
		out = append(out, OptionView{Value: p.ID, Label: w.title(), Hint: w.text("about")})
	}
	return out
}

// How is a procedure drawn from its data: every stage, act, limit and provision.
func (o *Office) How(id string, lang i18n.Lang) (HowView, error) {
	p, err := o.law.Find(id, o.Today())
	if err != nil || p.Subject.Shard == "zero" {
		return HowView{}, ErrNotFound
	}
	w := words{o, p, lang}
	v := HowView{ID: p.ID, Title: w.title(), Version: p.Version, Basis: o.cites(lang, p.Basis, o.Today()), Diagram: o.drawn(p, lang)}
	for name, s := range p.Stages.Each {
		stage := HowStage{Key: name}
		stage.Label, stage.Public = w.stage(name)
		for _, a := range s.Acts {
			stage.Acts = append(stage.Acts, o.howAct(w, a))
		}
		v.Stages = append(v.Stages, stage)
	}
	for name, c := range p.Clocks.Each {
		v.Clocks = append(v.Clocks, o.howClock(w, name, c))
	}
	return v, nil
}

// drawing names a diagram: a version of a procedure never changes, and its words in a language neither.
type drawing struct {
	hash string
	lang i18n.Lang
}

// drawn is the diagram of a procedure, made once for everybody: it takes longer than all the rest of a page.
func (o *Office) drawn(p *procedure.Procedure, lang i18n.Lang) string {
	once, _ := o.drawings.LoadOrStore(drawing{p.Hash, lang}, sync.OnceValue(func() string { return p.SVG(string(lang)) }))
	return once.(func() string)()
}

func (o *Office) howAct(w words, a *procedure.Act) HowAct {
	v := HowAct{Label: w.act(a.Name), Note: w.actNote(a.Name), Cites: o.cites(w.lang, a.Cite, o.Today())}
	for _, r := range a.By {
		v.By = append(v.By, w.role(r))
	}
	if a.To != "" {
		v.To, _ = w.stage(a.To)
	}
	for _, c := range v.Cites {
		v.Unsaid = v.Unsaid || c.Unsaid
	}
	return v
}

func (o *Office) howClock(w words, name string, c *procedure.ClockDef) HowClock {
	v := HowClock{Label: w.clock(name)}
	for _, a := range c.Starts.Acts {
		v.Starts = append(v.Starts, w.act(a))
	}
	lapse, act, _ := strings.Cut(c.Lapse, ":")
	v.Lapse = i18n.T(w.lang, "office.lapse."+lapse, "act", w.act(act))
	if _, t, err := o.law.Book.Term(c.Term, o.Today()); err == nil {
		v.Length = i18n.T(w.lang, "office.length", "n", t.Length.N, "unit", unit(w.lang, string(t.Length.Unit), t.Length.N))
		v.Cite, v.Unsaid = o.cite(w.lang, t.Cite.String(), o.Today()), string(t.Status) != "verified"
	}
	return v
}

// readLaw reads a file of the law folder.
func (o *Office) readLaw(name string) ([]byte, error) {
	raw, err := fs.ReadFile(o.law.FS, name)
	if err != nil {
		return nil, fmt.Errorf("office: read law: %w", err)
	}
	return raw, nil
}

// textOf is the text of a procedure version, kept with the first entry decided under it.
func (o *Office) textOf(p *procedure.Procedure) (store.ProcedureText, error) {
	t := store.ProcedureText{Hash: p.Hash, Procedure: p.Key(), Files: map[string]string{}}
	err := fs.WalkDir(o.law.FS, p.Dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		inside := strings.TrimPrefix(name, p.Dir+"/")
		if strings.HasPrefix(inside, "cases/") {
			return nil
		}
		raw, err := fs.ReadFile(o.law.FS, name)
		t.Files[inside] = string(raw)
		return err
	})
	return t, err
}
