package proof

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"yifa/internal/procedure"
)

// reader turns conditions into terms over the worlds of one scene.
type reader struct {
	*scene
	form  *procedure.Form
	after bool // the facts are as the act leaves them
}

// condition is a condition as a term; nil where it is not one of the procedure's.
func (r reader) condition(text string) term {
	expr, _ := r.v.p.Condition(r.form, text)
	if expr == nil {
		return nil
	}
	return r.bool(expr)
}

// bool reads what is true, false or unknown, as CEL does: false and anything is false.
func (r reader) bool(e ast.Expr) term {
	switch e.Kind() {
	case ast.LiteralKind:
		if b, ok := e.AsLiteral().(types.Bool); ok {
			return constant(fmt.Sprint(bool(b)))
		}
	case ast.IdentKind:
		return r.named(e.AsIdent())
	case ast.CallKind:
		return r.call(e, e.AsCall())
	}
	return r.opaque(e)
}

func constant(s string) term { return func(world) string { return s } }

func (r reader) call(e ast.Expr, call ast.CallExpr) term {
	args := call.Args()
	switch call.FunctionName() {
	case operators.LogicalNot:
		a := r.bool(args[0])
		return func(w world) string { return not(a(w)) }
	case operators.LogicalAnd, operators.LogicalOr:
		a, b, strong := r.bool(args[0]), r.bool(args[1]), no
		if call.FunctionName() == operators.LogicalOr {
			strong = yes
		}
		return func(w world) string { return join(a(w), b(w), strong) }
	case operators.Conditional:
		c, a, b := r.bool(args[0]), r.bool(args[1]), r.bool(args[2])
		return func(w world) string {
			switch c(w) {
			case yes:
				return a(w)
			case no:
				return b(w)
			}
			return unknown
		}
	case operators.Equals, operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals:
		return r.compare(call.FunctionName(), args[0], args[1])
	case operators.In:
		return r.member(args[0], args[1])
	}
	return r.question(e, call)
}

func not(s string) string {
	switch s {
	case yes:
		return no
	case no:
		return yes
	}
	return unknown
}

// join is and (strong: false) or or (strong: true).
func join(a, b, strong string) string {
	switch {
	case a == strong || b == strong:
		return strong
	case a == unknown || b == unknown:
		return unknown
	}
	return a
}

// opaque is a term about which nothing is known.
func (r reader) opaque(e ast.Expr) term {
	return r.variable("opaque "+r.written(e), yes, no)
}

// written names an expression the same way wherever it stands.
func (r reader) written(e ast.Expr) string {
	switch e.Kind() {
	case ast.IdentKind:
		return r.source(e.AsIdent())
	case ast.LiteralKind:
		return fmt.Sprintf("%q", fmt.Sprint(e.AsLiteral().Value()))
	case ast.CallKind:
		parts := make([]string, 0, len(e.AsCall().Args()))
		for _, a := range e.AsCall().Args() {
			parts = append(parts, r.written(a))
		}
		return e.AsCall().FunctionName() + "(" + strings.Join(parts, ",") + ")"
	case ast.SelectKind:
		return r.written(e.AsSelect().Operand()) + "." + e.AsSelect().FieldName()
	}
	return fmt.Sprintf("#%d", e.ID())
}

// source tells an answer being given from the fact of the same name that stands.
func (r reader) source(name string) string {
	if f := r.form.Field(name); f != nil && f.Class == procedure.Clear {
		return "given " + name
	}
	if r.after {
		if _, sets := r.sets(name); sets {
			return "left " + name
		}
	}
	return name
}
