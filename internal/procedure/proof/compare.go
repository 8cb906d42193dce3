package proof

import (
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// side is one side of a comparison: a number written down, a value out of a few, or something of
// which only the name is known.
type side struct {
	number *int
	value  term // nil: not pictured
	known  term // nil: always
	name   string
}

func (r reader) side(e ast.Expr) side {
	switch e.Kind() {
	case ast.LiteralKind:
		switch v := e.AsLiteral().(type) {
		case types.Int:
			n := int(v)
			return side{number: &n, name: r.written(e)}
		case types.String:
			return side{value: constant(string(v)), name: r.written(e)}
		case types.Bool:
			return side{value: r.bool(e), name: r.written(e)}
		}
	case ast.IdentKind:
		if name := e.AsIdent(); r.pictured(name) {
			return side{value: r.named(name), name: r.source(name)}
		}
		return side{known: r.given(e.AsIdent()), name: r.source(e.AsIdent())}
	case ast.CallKind:
		return r.called(e, e.AsCall())
	}
	return side{name: r.written(e)}
}

// called is a side that is asked of the engine: a param, a sum of money, the days left of a clock.
func (r reader) called(e ast.Expr, call ast.CallExpr) side {
	out := side{name: r.written(e)}
	switch call.FunctionName() {
	case "param":
		if id, ok := call.Args()[0].AsLiteral().(types.String); ok {
			if p := r.v.p.Params.Get(string(id)); p != nil {
				out.number = &p.Value
			}
		}
	case "yuan":
		if n, ok := call.Args()[0].AsLiteral().(types.Int); ok {
			fen := int(n) * 100
			out.number = &fen
		}
	case "days":
		clock, _ := call.Args()[0].AsLiteral().(types.String)
		status := r.clock(string(clock))
		out.known = func(w world) string {
			if status(w) == idle {
				return no
			}
			return yes
		}
	default:
		out.value = r.bool(e)
	}
	return out
}

// compare reads a comparison.
func (r reader) compare(op string, x, y ast.Expr) term {
	a, b := r.side(x), r.side(y)
	how := r.order(a, b)
	return func(w world) string {
		if a.absent(w) || b.absent(w) {
			return unknown
		}
		return told(op, how(w))
	}
}

// absent says whether the side is not given in a world.
func (s side) absent(w world) bool {
	return s.known != nil && s.known(w) != yes || s.value != nil && s.value(w) == unknown
}

// order says how two sides stand to each other: <, = or >. Values are equal or not (<).
func (r reader) order(a, b side) term {
	switch {
	case a.number != nil && b.number != nil:
		x, y := *a.number, *b.number
		return func(world) string { return []string{"<", "=", ">"}[1+sign(x-y)] }
	case b.number != nil:
		return r.number(a.name, *b.number)
	case a.number != nil:
		at := r.number(b.name, *a.number)
		return func(w world) string { return turned(at(w)) }
	case a.value != nil && b.value != nil:
		return func(w world) string {
			if a.value(w) == b.value(w) {
				return "="
			}
			return "<"
		}
	case a.name == b.name:
		return constant("=")
	case a.name > b.name:
		at := r.variable("order "+b.name+" "+a.name, "<", "=", ">")
		return func(w world) string { return turned(at(w)) }
	}
	return r.variable("order "+a.name+" "+b.name, "<", "=", ">")
}

func sign(n int) int {
	return min(max(n, -1), 1)
}

func turned(order string) string {
	switch order {
	case "<":
		return ">"
	case ">":
		return "<"
	}
	return order
}

// told says whether a comparison holds of two sides that stand so to each other.
func told(op, order string) string {
	holds := map[string]string{operators.Equals: "=", operators.NotEquals: "<>", operators.Less: "<", operators.LessEquals: "<=",
		operators.Greater: ">", operators.GreaterEquals: ">="}[op]
	for _, r := range holds {
		if string(r) == order {
			return yes
		}
	}
	return no
}

// member reads `x in list`.
func (r reader) member(x, list ast.Expr) term {
	if list.Kind() == ast.ListKind {
		any := constant(no)
		for _, e := range list.AsList().Elements() {
			one, before := r.compare(operators.Equals, x, e), any
			any = func(w world) string { return join(before(w), one(w), yes) }
		}
		return any
	}
	a, b := r.side(x), r.side(list)
	is := r.variable("in "+a.name+" "+b.name, yes, no)
	return func(w world) string {
		if a.absent(w) || b.absent(w) {
			return unknown
		}
		return is(w)
	}
}
