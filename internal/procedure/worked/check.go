package worked

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/procedure/proof"
)

// Check is the whole compiler: the static checks, every case played, and whether the cases
// exercise every rule. A law that passes it has no rule that was never seen to say yes and no.
func Check(l *procedure.Law) []calendar.Fault {
	faults := l.Check()
	if len(faults) > 0 && !Playable(faults) {
		return faults
	}
	faults = append(faults, proof.Check(l)...)
	cases, wrong := Load(l)
	faults = append(faults, wrong...)
	if len(wrong) > 0 {
		return faults
	}
	seen, ends := newCoverage(), proof.New(l)
	for _, c := range cases {
		pure := NewPure(l)
		pure.Seen = seen.rule
		pure.Left = func(p *procedure.Procedure, act string, st matter.State) {
			seen.done[p.Key()+" "+act] = true // what another matter opens or carries too
			if ends.Stuck(p, st) {
				faults = append(faults, calendar.Fault{File: c.File, What: fmt.Sprintf("after %s the matter stands in %s, and no sequence of acts leads to a final stage", act, st.Stage),
					Mend: "let some act be open to a matter like this one"})
			}
		}
		_, wrong := Play(context.Background(), l, c, pure)
		faults = append(faults, wrong...)
		seen.played(c)
	}
	for _, p := range l.All() {
		if !slices.ContainsFunc(cases, func(c Case) bool { return c.Procedure == p }) {
			faults = append(faults, calendar.Fault{File: path.Join(p.Dir, "cases"), What: "there is no worked case", Mend: "write cases/*.txt that exercise every act, condition and lapse"})
			continue
		}
		faults = append(faults, seen.missing(p)...)
	}
	return faults
}

// Playable: cases are played unless a name leads nowhere; then one fault would bring a hundred.
func Playable(faults []calendar.Fault) bool {
	return !slices.ContainsFunc(faults, func(f calendar.Fault) bool {
		return strings.Contains(f.What, "unknown ") || strings.Contains(f.What, "there is no ") || strings.Contains(f.What, "not in force")
	})
}

// coverage is what the cases have exercised.
type coverage struct {
	held, failed map[*procedure.Rule]bool
	done         map[string]bool // id@version act
	refused      map[string]bool // id@version act reason
	asserted     map[string]bool // id@version overdue clock, or a remedy told or not
	barred       map[string]bool // id@version provision by which somebody was kept away
}

func newCoverage() *coverage {
	return &coverage{map[*procedure.Rule]bool{}, map[*procedure.Rule]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
}

func (v *coverage) rule(r *procedure.Rule, held bool) {
	if held {
		v.held[r] = true
	} else {
		v.failed[r] = true
	}
}

func (v *coverage) played(c Case) {
	for _, l := range c.Lines {
		for _, w := range l.Want {
			switch w.What {
			case "overdue":
				v.asserted[c.procedureOn(l).Key()+" "+arg(w.Args, 0)] = true
			case "advised":
				v.asserted[fmt.Sprintf("%s remedy %s %t", c.procedureOn(l).Key(), arg(w.Args, 0), arg(w.Args, 1) != "none")] = true
			}
		}
		s := l.Step
		if s == nil {
			continue
		}
		key := s.Procedure.Key() + " "
		switch {
		case s.Refused == nil:
			v.done[key+s.Act] = true
			for _, a := range s.Procedure.Acts(s.Act) {
				for _, o := range a.Opens {
					v.done[o.Procedure+" "+o.Act] = true
				}
				for _, x := range a.Carries {
					v.carried(c, x.Act)
				}
			}
		default:
			v.refused[key+s.Act+" "+s.Refused.Reason] = true
			v.refused[key+s.Refused.Reason] = true
			v.barred[key+s.Refused.Cite] = v.barred[key+s.Refused.Cite] || s.Refused.Reason == procedure.Recused || s.Refused.Reason == procedure.PersonRecused
		}
	}
}

// carried notes an act that another one makes in a linked matter of the case.
func (v *coverage) carried(c Case, act string) {
	for _, p := range append([]*procedure.Procedure{c.Begins}, c.steps()...) {
		if len(p.Acts(act)) == 0 || v.done[p.Key()+" "+act] {
			continue
		}
		v.done[p.Key()+" "+act] = true
		for _, a := range p.Acts(act) {
			for _, x := range a.Carries {
				v.carried(c, x.Act)
			}
		}
	}
}

// steps are the procedures in whose matters the case does something.
func (c Case) steps() []*procedure.Procedure {
	var out []*procedure.Procedure
	for _, l := range c.Lines {
		if l.Step != nil && !slices.Contains(out, l.Step.Procedure) {
			out = append(out, l.Step.Procedure)
		}
	}
	return out
}

// procedureOn is the procedure of the matter a line is about, as its steps name it.
func (c Case) procedureOn(on Line) *procedure.Procedure {
	for _, l := range c.Lines {
		if l.On == on.On && l.New == on.New && l.Step != nil {
			return l.Step.Procedure
		}
	}
	return c.Begins
}

// missing lists what no case of a version exercises.
func (v *coverage) missing(p *procedure.Procedure) []calendar.Fault {
	var out []calendar.Fault
	say := func(line int, what, mend string) {
		out = append(out, calendar.Fault{File: path.Join(p.Dir, "procedure.yaml"), Line: line, What: what, Mend: mend})
	}
	key, seen := p.Key()+" ", map[string]bool{}
	held, failed := v.byText(p)
	for _, a := range p.AllActs() {
		if len(a.Ahead) > 0 && !v.refused[key+a.Name+" "+procedure.TooShort] {
			say(a.Line, fmt.Sprintf("act %s: no worked case sees it come too shortly before", a.Name), "write a case with `! refused "+a.Name+" … "+procedure.TooShort+"`")
		}
		for _, r := range a.When {
			id := a.Name + "\x00" + r.Is
			if seen[id] {
				continue
			}
			seen[id] = true
			if !held[id] {
				say(r.Line, fmt.Sprintf("act %s: no worked case sees `%s` hold", a.Name, r.Is), "write a case in which the act is done under this condition")
			}
			if !failed[id] {
				say(r.Line, fmt.Sprintf("act %s: no worked case sees `%s` fail", a.Name, r.Is), "write a case with `! refused "+a.Name+" … "+r.Else+"`")
			}
		}
		if seen[a.Name] {
			continue
		}
		seen[a.Name] = true
		if !v.done[key+a.Name] && !v.done[p.ID+" "+a.Name] {
			say(a.Line, "act "+a.Name+" is done in no worked case", "write a case that does it")
		}
		for reason, has := range map[string]bool{procedure.AlreadyDone: a.Once, procedure.NeedsAct: len(a.After) > 0,
			procedure.NeedsPart: a.Needs.Part != "", procedure.NotBeforeDay: a.NotBefore.Term != ""} {
			if has && !v.refused[key+a.Name+" "+reason] {
				say(a.Line, fmt.Sprintf("act %s: no worked case sees it refused as %s", a.Name, reason), "write a case with `! refused "+a.Name+" … "+reason+"`")
			}
		}
	}
	for name, c := range p.Clocks.Each {
		if c.Lapse == "breach" && !v.asserted[key+name] && !v.asserted[key+c.Term] {
			say(c.Line, "clock "+name+": no worked case sees it overdue", "write a case with `= overdue "+name+" DAY`")
		}
	}
	for name, r := range p.Remedies.Each {
		for _, told := range []bool{true, false} {
			if !v.asserted[fmt.Sprintf("%sremedy %s %t", key, name, told)] {
				say(r.Line, fmt.Sprintf("remedy %s: no worked case sees it told: %t", name, told), "write a case with `= advised "+name+" DAY` and one with `= advised "+name+" none`")
			}
		}
	}
	return append(out, v.roles(p)...)
}

// byText gathers what was seen of a condition wherever it stands with the same act.
func (v *coverage) byText(p *procedure.Procedure) (held, failed map[string]bool) {
	held, failed = map[string]bool{}, map[string]bool{}
	for _, a := range p.AllActs() {
		for _, r := range a.When {
			id := a.Name + "\x00" + r.Is
			held[id] = held[id] || v.held[r]
			failed[id] = failed[id] || v.failed[r]
		}
	}
	return held, failed
}
