package proof

import (
	"fmt"
	"slices"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Prover answers questions about matters as they stand.
type Prover struct {
	l        *procedure.Law
	versions map[*procedure.Procedure]*version
	stuck    map[string]bool
}

// New returns a prover for a law.
func New(l *procedure.Law) *Prover {
	return &Prover{l, map[*procedure.Procedure]*version{}, map[string]bool{}}
}

// Stuck says whether a matter as it stands can come to no end by any sequence of acts.
func (x *Prover) Stuck(p *procedure.Procedure, st matter.State) bool {
	s := p.Stages.Get(st.Stage)
	if s == nil || s.Final {
		return false
	}
	v := x.versions[p]
	if v == nil {
		v = newVersion(x.l, p)
		x.versions[p] = v
	}
	facts := v.standing(st)
	done := func(act string) bool { _, is := st.LastOf(act); return is }
	key := []string{p.Hash, st.Stage, fmt.Sprint(facts)} // maps are printed in order
	for _, act := range v.asked() {
		key = append(key, fmt.Sprint(done(act)))
	}
	k := strings.Join(key, " ")
	if _, known := x.stuck[k]; !known {
		x.stuck[k] = !v.leadsOut(st.Stage, facts, done)
	}
	return x.stuck[k]
}

// standing pictures the facts of a matter.
func (v *version) standing(st matter.State) map[string][]string {
	facts := map[string][]string{}
	for name, def := range v.p.Facts.Each {
		value := st.Facts[name]
		switch {
		case value == nil:
			facts[name] = []string{unknown}
		case slices.Contains([]string{"bool", "enum"}, def.Type):
			facts[name] = []string{fmt.Sprint(value)}
		default:
			facts[name] = []string{"*"}
		}
	}
	return facts
}
