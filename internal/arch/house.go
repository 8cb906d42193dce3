package arch

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
)

const (
	maxFile   = 300 // lines
	maxFunc   = 60  // lines, signature and closing brace included
	maxParams = 4   // after a context or a testing value
)

// vague lists package names that say nothing about what is inside.
var vague = []string{"util", "utils", "common", "helper", "helpers", "model", "models", "type", "types", "base", "manager", "service", "services", "misc"}

// notes are what is written to be done later; an issue is the place for that. The words are put together here
// so that this file does not find itself.
var notes = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`)

// checkNotes finds notes left behind in a text.
func checkNotes(name, text string) []Fault {
	var faults []Fault
	for i, line := range strings.Split(text, "\n") {
		if word := notes.FindString(line); word != "" {
			faults = append(faults, Fault{"notes", name, i + 1, word + " is left behind: do it, or file an issue and delete the note"})
		}
	}
	return faults
}

// checkSizes holds files, functions and parameter lists that people wrote to their sizes. Tests are free.
func checkSizes(f *file) []Fault {
	if !f.written || f.test {
		return nil
	}
	var faults []Fault
	if f.lines > maxFile {
		faults = append(faults, f.fault("file", nil, "%d lines, at most %d: split it by what is in it", f.lines, maxFile))
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			length := f.fset.Position(n.End()).Line - f.line(n) + 1
			if length > maxFunc {
				faults = append(faults, f.fault("function", n, "%s has %d lines, at most %d: name its parts", n.Name.Name, length, maxFunc))
			}
			faults = append(faults, checkParams(f, n.Name.Name, n.Type)...)
		case *ast.FuncLit:
			faults = append(faults, checkParams(f, "a function literal", n.Type)...)
		case *ast.InterfaceType:
			for _, m := range n.Methods.List {
				if t, ok := m.Type.(*ast.FuncType); ok && len(m.Names) > 0 {
					faults = append(faults, checkParams(f, m.Names[0].Name, t)...)
				}
			}
		}
		return true
	})
	return faults
}

// checkParams counts the parameters beside the one that carries the context: a context itself, a testing
// value in front, or a request.
func checkParams(f *file, name string, t *ast.FuncType) []Fault {
	count := t.Params.NumFields()
	for i, field := range t.Params.List {
		if carries(field.Type, i == 0) {
			count--
			break
		}
	}
	if count <= maxParams {
		return nil
	}
	return []Fault{f.fault("params", t, "%s takes %d parameters after ctx, at most %d: make them a struct", name, count, maxParams)}
}

// carries reports whether a parameter of this type brings the context.
func carries(t ast.Expr, first bool) bool {
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	s, ok := t.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := s.X.(*ast.Ident)
	if !ok {
		return false
	}
	return x.Name == "http" && s.Sel.Name == "Request" ||
		first && (x.Name == "context" && s.Sel.Name == "Context" || x.Name == "testing")
}

// checkPackages holds every package to a telling name and a comment that begins with it.
func checkPackages(files []*file) []Fault {
	first := map[string]*file{}
	commented := map[string]bool{}
	var order []string
	for _, f := range files {
		if f.test {
			continue
		}
		if first[f.pkg] == nil {
			first[f.pkg] = f
			order = append(order, f.pkg)
		}
		commented[f.pkg] = commented[f.pkg] || isPackageComment(f)
	}
	var faults []Fault
	for _, pkg := range order {
		f := first[pkg]
		name := f.syntax.Name.Name
		if !commented[pkg] {
			faults = append(faults, Fault{"comment", pkg, 0,
				"package " + name + " has no comment: say what it is and what it never does, beginning \"Package " + name + "\""})
		}
		if slices.Contains(vague, name) || slices.Contains(vague, path.Base(pkg)) {
			faults = append(faults, Fault{"name", pkg, 0, "package " + name + " says nothing by its name: name it after what it holds"})
		}
	}
	return faults
}

func isPackageComment(f *file) bool {
	text := f.syntax.Doc.Text()
	if f.syntax.Name.Name == "main" {
		return strings.HasPrefix(text, "Command ")
	}
	return strings.HasPrefix(text, "Package "+f.syntax.Name.Name+" ")
}
