package procedure

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// costLimit ends a condition that would run away; ours cost a few dozen.
const costLimit = 10_000

// ruleKey: a condition means the same wherever it stands with the same form.
type ruleKey struct{ form, text string }

func keyOf(form *Form, text string) ruleKey {
	if form == nil {
		return ruleKey{text: text}
	}
	return ruleKey{form.Name, text}
}

// compiled is a type-checked condition.
type compiled struct {
	program cel.Program
	names   []string // facts and fields it reads
	expr    ast.Expr
}

// kindOf says what a fact or field is in conditions: "day", "bool", "number", "list" or "text".
func kindOf(typ string, many bool) string {
	switch typ {
	case "bool", "number":
		return typ
	case "date", "moment":
		return "day"
	case "enums", "choices", "organs", "officers", "persons", "matters", "papers":
		return "list"
	}
	if many {
		return "list"
	}
	return "text"
}

func celType(kind string) *cel.Type {
	switch kind {
	case "bool":
		return cel.BoolType
	case "number":
		return cel.IntType
	case "day":
		return dayType
	case "list":
		return cel.ListType(cel.StringType)
	}
	return cel.StringType
}

// variables of conditions beside facts and fields; always known.
var standing = map[string]*cel.Type{
	"stage": cel.StringType, "holder": cel.StringType, "today": dayType,
	"actor.person": cel.StringType, "actor.organ": cel.StringType,
}

// environment declares what conditions beside the given form may say.
func (p *Procedure) environment(form *Form) (*cel.Env, error) {
	opts := append(dayComparisons(), cel.ClearMacros(), cel.ParserExpressionSizeLimit(2000))
	for name, t := range standing {
		opts = append(opts, cel.Variable(name, t))
	}
	for name, kind := range p.kinds(form) {
		opts = append(opts, cel.Variable(name, celType(kind)))
	}
	for name, q := range questions {
		args := slices.Repeat([]*cel.Type{cel.StringType}, q.args)
		opts = append(opts, cel.Function(name, cel.Overload(name+"_of", args, q.gives, cel.LateFunctionBinding())))
	}
	opts = append(opts, cel.Function("yuan", cel.Overload("yuan_of", []*cel.Type{cel.IntType}, cel.IntType,
		cel.UnaryBinding(func(v ref.Val) ref.Val { return v.(types.Int).Multiply(types.Int(100)) }))))
	for name := range p.hooks {
		opts = append(opts, cel.Function(name, cel.Overload(name+"_hook", nil, cel.BoolType, cel.LateFunctionBinding())))
	}
	return cel.NewEnv(opts...)
}

// kinds lists facts and the form's clear fields with their kind.
func (p *Procedure) kinds(form *Form) map[string]string {
	out := map[string]string{}
	for name, f := range p.Facts.Each {
		out[name] = kindOf(f.Type, false)
	}
	if form != nil {
		for _, f := range form.Fields {
			if f.Class == Clear {
				out[f.Name] = kindOf(f.Type, f.Many)
			}
		}
	}
	return out
}

// compile type-checks a condition beside a form and keeps it; every wrong thing in it is a message.
func (p *Procedure) compile(form *Form, text string) []string {
	k := keyOf(form, text)
	if p.rules[k] != nil || text == "" {
		return nil
	}
	env := p.envs[k.form]
	if env == nil {
		var err error
		if env, err = p.environment(form); err != nil {
			return []string{err.Error()}
		}
		p.envs[k.form] = env
	}
	checked, issues := env.Compile(text)
	if issues.Err() != nil {
		var msgs []string
		for _, e := range issues.Errors() {
			msgs = append(msgs, e.Message)
		}
		return msgs
	}
	if t := checked.OutputType(); !t.IsExactType(cel.BoolType) {
		return []string{fmt.Sprintf("is %s, not true or false", t)}
	}
	names, msgs := p.inspect(checked, form)
	if len(msgs) > 0 {
		return msgs
	}
	prog, err := env.Program(checked, cel.CostLimit(costLimit), cel.EvalOptions(cel.OptPartialEval))
	if err != nil {
		return []string{err.Error()}
	}
	p.rules[k] = &compiled{prog, names, checked.NativeRep().Expr()}
	return nil
}

// Condition is a condition beside a form, taken apart for whoever proves something of it; nil where there is none.
// Reads lists the facts and fields it names.
func (p *Procedure) Condition(form *Form, text string) (expr ast.Expr, reads []string) {
	if c := p.rules[keyOf(form, text)]; c != nil {
		return c.expr, c.names
	}
	return nil, nil
}

// scene is one attempt, or one look at what could be attempted: all that a rule may read.
type scene struct {
	p      *Procedure
	l      *Law
	st     matter.State
	snap   Snapshot
	by     matter.Actor
	on     calendar.Date     // day of the act
	moment calendar.Moment   // the same, with the minute where known
	form   *Form             // of the act
	given  matter.Facts      // clear answers to it
	asked  bool              // the form is still to be answered (Enabled)
	from   matter.ID         // the matter whose act opens or carries this one
	holder string            // organ that holds the matter once the act is done
	party  string            // whose clock ran out, of an act the law does for one party
	row    map[string]string // the line for which a matter is being opened
	voids  int               // seq of the entry an act takes back; -1: the last, 0: nothing is chosen yet
}

// fact returns what is given now, or else what stands. A question the form asks and nobody
// answered takes away what stood.
func (s *scene) fact(name string) (any, bool) {
	if f := s.form.Field(name); f != nil && f.Class == Clear {
		v, ok := s.given[name]
		return v, ok && v != nil
	}
	v, ok := s.st.Facts[name]
	return v, ok && v != nil
}

// list is a fact as a list of ids, whatever its type.
func (s *scene) list(name string) []string {
	v, _ := s.fact(name)
	return matter.Facts{"x": v}.List("x")
}

// holdsForAll asks a condition of the actor and, where he stands in for somebody, of that person too: a substitute can do
// nothing that the holder of the post could not, and the two are never two persons (ptsd/161).
func (s *scene) holdsForAll(text string) (held bool, unknown []string, err error) {
	held, unknown, err = s.holds(text)
	if err != nil || !held || s.by.For == "" {
		return held, unknown, err
	}
	t := *s
	t.by.Person = s.by.For
	return t.holds(text)
}

// holds evaluates a compiled condition. unknown names the facts without which it cannot be told.
func (s *scene) holds(text string) (held bool, unknown []string, err error) {
	c := s.p.rules[keyOf(s.form, text)]
	if c == nil {
		return false, nil, fmt.Errorf("procedure: %s: condition %q is not compiled", s.p.Key(), text)
	}
	vars := map[string]any{
		"stage": s.st.Stage, "holder": s.st.Holder, "today": celDay(s.on),
		"actor.person": s.by.Person, "actor.organ": s.by.Organ,
	}
	kinds := s.p.kinds(s.form)
	var absent []*cel.AttributePatternType
	for _, n := range c.names {
		if v, ok := s.fact(n); ok {
			vars[n] = celValue(kinds[n], v)
		} else {
			absent = append(absent, cel.AttributePattern(n))
		}
	}
	partial, err := cel.PartialVars(vars, absent...)
	if err != nil {
		return false, nil, fmt.Errorf("procedure: %s: condition %q: %w", s.p.Key(), text, err)
	}
	input, err := cel.FunctionVars(partial, s.questions())
	if err != nil {
		return false, nil, fmt.Errorf("procedure: %s: condition %q: %w", s.p.Key(), text, err)
	}
	out, _, err := c.program.Eval(input)
	if err != nil {
		return false, nil, fmt.Errorf("procedure: %s: condition %q: %w", s.p.Key(), text, err)
	}
	if u, ok := out.(*types.Unknown); ok {
		return false, unknownNames(u), nil
	}
	return out == types.True, nil, nil
}

func unknownNames(u *types.Unknown) []string {
	var names []string
	for _, id := range u.IDs() {
		trails, _ := u.GetAttributeTrails(id)
		for _, t := range trails {
			names = append(names, t.Variable())
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// celValue turns a fact into what CEL computes with; a day that does not parse is no day.
func celValue(kind string, v any) any {
	switch kind {
	case "day":
		s, _ := v.(string)
		m, _ := calendar.ParseMoment(s)
		return celDay(m.Day)
	case "list":
		return matter.Facts{"x": v}.List("x")
	}
	return v
}
