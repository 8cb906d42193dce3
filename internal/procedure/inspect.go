package procedure

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
)

// inspect walks a condition: it returns the facts it reads, and everything it must not say. Text
// and numbers stand in a condition only as enumeration values, names, 0 and 1; all other numbers
// come from param() or yuan(), so that each has its provision.
func (p *Procedure) inspect(checked *cel.Ast, form *Form) (names, msgs []string) {
	kinds := p.kinds(form)
	root := ast.NavigateAST(checked.NativeRep())
	for _, e := range ast.MatchDescendants(root, func(ast.NavigableExpr) bool { return true }) {
		switch e.Kind() {
		case ast.IdentKind:
			if _, ok := kinds[e.AsIdent()]; ok {
				names = append(names, e.AsIdent())
			}
		case ast.LiteralKind:
			msgs = append(msgs, p.literal(e, form)...)
		case ast.CallKind:
			if _, ok := questions[e.AsCall().FunctionName()]; ok {
				msgs = append(msgs, p.question(e, form)...)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), msgs
}

// literal says what is wrong with a literal, if anything.
func (p *Procedure) literal(e ast.NavigableExpr, form *Form) []string {
	call, function := callAbove(e)
	switch v := e.AsLiteral().(type) {
	case types.Bool:
		return nil
	case types.Int:
		if v == 0 || v == 1 || function == "yuan" {
			return nil
		}
		return []string{fmt.Sprintf("holds the number %d; a number comes from param('id') with its provision", v)}
	case types.String:
		if _, ok := questions[function]; ok {
			return nil // question looks at it
		}
		return p.enumeration(string(v), call, form)
	}
	return []string{fmt.Sprintf("holds %v; only 0, 1, true, false and enumeration values may stand here", e.AsLiteral().Value())}
}

func callAbove(e ast.NavigableExpr) (ast.NavigableExpr, string) {
	for up, ok := e.Parent(); ok; up, ok = up.Parent() {
		if up.Kind() == ast.CallKind {
			return up, up.AsCall().FunctionName()
		}
	}
	return nil, ""
}

// enumeration holds a text literal to the options of the fact it is compared with.
func (p *Procedure) enumeration(v string, call ast.NavigableExpr, form *Form) []string {
	if call != nil {
		for _, x := range call.Children() {
			if x.Kind() != ast.IdentKind {
				continue
			}
			options := p.options(x.AsIdent(), form)
			switch {
			case len(options) == 0:
				continue
			case slices.Contains(options, v):
				return nil
			}
			return []string{fmt.Sprintf("%q is not one of %s: %s", v, x.AsIdent(), strings.Join(options, ", "))}
		}
	}
	return []string{fmt.Sprintf("%q is compared with nothing that has options; text may stand only beside an enumeration or stage", v)}
}

// options lists the values an enumeration fact or field, or `stage`, can have.
func (p *Procedure) options(name string, form *Form) []string {
	if name == "stage" {
		return p.Stages.Names
	}
	if f := form.Field(name); f != nil {
		out := p.kindsOf(f.Type)
		for _, o := range f.Options {
			out = append(out, o.Value)
		}
		return out
	}
	if f := p.Facts.Get(name); f != nil {
		return append(p.kindsOf(f.Type), f.Options...)
	}
	return nil
}

// kindsOf are the kinds of paper that a fact or field of a type can name in a matter.
func (p *Procedure) kindsOf(typ string) []string {
	if typ != "paper" {
		return nil
	}
	return slices.Clone(p.Papers.Names)
}

// question holds the names in done('x'), overdue('x') … to what the procedure has.
func (p *Procedure) question(e ast.NavigableExpr, form *Form) []string {
	call := e.AsCall()
	var args []string
	for _, a := range call.Args() {
		v, ok := a.AsLiteral().(types.String)
		if a.Kind() != ast.LiteralKind || !ok {
			return []string{call.FunctionName() + "(…) takes names written in quotes"}
		}
		args = append(args, string(v))
	}
	var known bool
	var what string
	switch call.FunctionName() {
	case "done":
		known, what = len(p.Acts(args[0])) > 0, "act"
	case "known":
		known, what = p.Facts.Get(args[0]) != nil, "fact"
	case "param":
		known, what = p.Params.Get(args[0]) != nil, "param"
	case "assigned":
		known, what = p.Roles.Get(args[0]) != nil, "role"
	case "held", "ours", "among", "shares", "expired", "count", "under":
		known, what = p.named(form, args...), "fact or clear field"
	case "has_work":
		known, what = p.Facts.Get(args[0]) != nil && p.Facts.Get(args[1]) != nil, "fact"
	case "linked", "linked_with", "assigned_in", "closed", "joined", "agrees":
		known, what = slices.Contains(linkKinds, args[0]), "kind of link"
	default:
		known, what = p.Clocks.Get(args[0]) != nil, "clock"
	}
	if !known {
		return []string{fmt.Sprintf("%s('%s'): there is no such %s", call.FunctionName(), args[0], what)}
	}
	return nil
}

// linkKinds are the kinds of matter.Link.
var linkKinds = []string{"split_from", "split_to", "about", "transferred_from", "transferred_to", "part_of", "has_part", "reopens", "reopened_by", "joined_to", "has_joined"}
