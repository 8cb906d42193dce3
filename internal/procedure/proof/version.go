package proof

import (
	"cmp"
	"slices"

	"yifa/internal/procedure"
)

// version is one procedure version, with what follows from its graph alone.
type version struct {
	l *procedure.Law
	p *procedure.Procedure

	reached map[string]map[string]bool     // stage → stages reached from it, itself among them
	clocks  map[string]map[string][]string // clock → stage → how it can stand there; nil while nothing is known
	pass    map[string]bool                // stages that a matter can come to
	file    string
}

func newVersion(l *procedure.Law, p *procedure.Procedure) *version {
	v := &version{l: l, p: p, reached: map[string]map[string]bool{}, pass: map[string]bool{}, file: p.Dir + "/procedure.yaml"}
	for s := range p.Stages.Each {
		v.reached[s] = v.from("", s)
	}
	for _, a := range p.Open {
		for s := range v.reached[a.To] {
			v.pass[s] = true
		}
	}
	for range 2 { // conditions may ask how clocks stand: the second time with what the first found possible
		now := map[string]map[string][]string{}
		for name, def := range p.Clocks.Each {
			now[name] = v.runs(def).statuses()
		}
		v.clocks = now
	}
	return v
}

// from lists the stages reached from one, conditions aside, without a certain act.
func (v *version) from(without, stage string) map[string]bool {
	seen, next := map[string]bool{}, []string{stage}
	for len(next) > 0 {
		s := next[0]
		next = next[1:]
		if s == "" || seen[s] {
			continue
		}
		seen[s] = true
		for _, a := range v.p.ActsIn(s) {
			if a.Name != without {
				next = append(next, a.To)
			}
		}
	}
	return seen
}

// stagesOf lists the stages in which a definition of an act stands and a matter can be; "" where it opens one.
func (v *version) stagesOf(a *procedure.Act) []string {
	if slices.Contains(v.p.Open, a) {
		return []string{""}
	}
	var out []string
	for s := range v.p.Stages.Each {
		if v.pass[s] && slices.Contains(v.p.ActsIn(s), a) {
			out = append(out, s)
		}
	}
	return out
}

// precedes says whether an act can have been done before a matter is in a stage.
func (v *version) precedes(act, stage string) bool {
	if stage == "" {
		return false
	}
	for _, a := range v.p.Acts(act) {
		if v.comesBefore(a, stage) {
			return true
		}
	}
	return false
}

func (v *version) comesBefore(a *procedure.Act, stage string) bool {
	return slices.ContainsFunc(v.stagesOf(a), func(s string) bool { return v.reached[cmp.Or(a.To, s)][stage] })
}

// mustPrecede says whether no matter comes to a stage without the act.
func (v *version) mustPrecede(act, stage string) bool {
	for _, a := range v.p.Open {
		if a.Name != act && v.from(act, a.To)[stage] {
			return false
		}
	}
	return stage != ""
}

// all are the values that a fact of few values has by its type.
func (v *version) all(name string) []string {
	def := v.p.Facts.Get(name)
	switch {
	case def == nil:
		return nil
	case def.Type == "bool":
		return []string{yes, no}
	}
	return def.Options
}

// values are those a fact can have when a matter is in a stage, unknown among them where it can be. Of a
// fact whose values are many, "*" stands for any.
func (v *version) values(name, stage string) []string {
	var out []string
	if !v.always(name) || stage == "" {
		out = append(out, unknown)
	}
	for _, a := range v.p.AllActs() {
		if !v.comesBefore(a, stage) {
			continue
		}
		for _, value := range v.given(a, name) {
			if value != unknown && !slices.Contains(out, value) {
				out = append(out, value)
			}
		}
	}
	return out
}

// given are the values an act can give a fact; unknown where it can take it away. nil: it leaves it alone.
func (v *version) given(a *procedure.Act, name string) []string {
	form := v.p.Form(a)
	if to := a.Facts.Get(name); to != nil {
		return v.meant(form, name, *to)
	}
	f := form.Field(name)
	if f == nil || f.Class != procedure.Clear {
		return nil
	}
	out := v.offered(f)
	if !f.Required || f.Show != "" {
		out = append(out, unknown)
	}
	return out
}

// offered are the answers a field takes.
func (v *version) offered(f *procedure.Field) []string {
	switch f.Type {
	case "bool":
		return []string{yes, no}
	case "choice":
		return optionsOf(f)
	}
	return []string{"*"}
}

// meant are the values of facts: {name: to}.
func (v *version) meant(form *procedure.Form, name, to string) []string {
	all := v.all(name)
	switch {
	case to == "none":
		return []string{unknown}
	case slices.Contains(all, to):
		return []string{to}
	case len(all) == 0:
		return []string{"*", unknown}
	}
	if field, ok := cutField(to); ok && form.Field(field) != nil {
		return append(v.offered(form.Field(field)), unknown)
	}
	return append(slices.Clone(all), unknown)
}

func cutField(to string) (string, bool) {
	const mark = "field:"
	if len(to) > len(mark) && to[:len(mark)] == mark {
		return to[len(mark):], true
	}
	return "", false
}

// always says whether a fact is known from the first act on and never taken away.
func (v *version) always(name string) bool {
	opens := func(a *procedure.Act) bool { return slices.Contains(v.p.Open, a) }
	for _, a := range v.p.AllActs() {
		given := v.given(a, name)
		if opens(a) && given == nil || slices.Contains(given, unknown) {
			return false
		}
	}
	return true
}
