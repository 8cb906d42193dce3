// Package arch holds the rules about the code itself: which package may know which, what each may import, how
// long files and functions may be, and how packages are named. It reads source text only; it never builds or
// runs what it checks, so that a tree that does not compile yet can still be judged. Its test runs over the
// whole repository.
package arch

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// module is the name the repository's packages are imported by.
const module = "yifa"

// A Fault is one place that breaks a rule.
type Fault struct {
	Rule string // the name allowances use
	Path string // from the root of the repository
	Line int    // 0 where the whole file or package is meant
	What string // what is wrong, and how to mend it
}

func (f Fault) String() string {
	return fmt.Sprintf("%s:%d: %s (%s)", f.Path, f.Line, f.What, f.Rule)
}

// A file is one Go source file.
type file struct {
	path    string // from the root, with slashes
	pkg     string // its folder: internal/clock
	syntax  *ast.File
	fset    *token.FileSet
	lines   int
	test    bool // *_test.go
	written bool // by people, not by a generator
}

// line is where a node begins.
func (f *file) line(n ast.Node) int { return f.fset.Position(n.Pos()).Line }

// fault is a fault at a node, or in the whole file where n is nil.
func (f *file) fault(rule string, n ast.Node, format string, args ...any) Fault {
	fault := Fault{Rule: rule, Path: f.path, What: fmt.Sprintf(format, args...)}
	if n != nil {
		fault.Line = f.line(n)
	}
	return fault
}

// imports returns the paths a file imports with the names it knows them by.
func (f *file) imports() map[string]*ast.ImportSpec {
	found := map[string]*ast.ImportSpec{}
	for _, spec := range f.syntax.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			found[p] = spec
		}
	}
	return found
}

// Check judges all Go code under root and every text file people write, and returns the faults in order.
func Check(root fs.FS) ([]Fault, error) {
	files, faults, err := load(root)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		faults = append(faults, checkDirection(f)...)
		faults = append(faults, checkImports(f)...)
		faults = append(faults, checkClock(f)...)
		faults = append(faults, checkSizes(f)...)
	}
	faults = append(faults, checkPackages(files)...)
	statutes, err := checkStatutes(root)
	if err != nil {
		return nil, fmt.Errorf("arch: %w", err)
	}
	faults = append(faults, statutes...)
	slices.SortFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.What, b.What))
	})
	return faults, nil
}

// load parses every Go file and reads every other text for notes left behind.
func load(root fs.FS) ([]*file, []Fault, error) {
	var files []*file
	var faults []Fault
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && isForeign(name):
			return fs.SkipDir
		case entry.IsDir() || !isText(name):
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		faults = append(faults, checkNotes(name, string(text))...)
		if path.Ext(name) != ".go" {
			return nil
		}
		f, err := parse(name, text)
		if err != nil {
			return err
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("arch: %w", err)
	}
	return files, faults, nil
}

func parse(name string, text []byte) (*file, error) {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return &file{
		path: name, pkg: path.Dir(name), syntax: syntax, fset: fset,
		lines:   strings.Count(string(text), "\n"),
		test:    strings.HasSuffix(name, "_test.go"),
		written: !ast.IsGenerated(syntax),
	}, nil
}

// isForeign reports whether a folder holds nothing people write here: hidden ones, installed packages, built
// assets, and the inputs of tests, which are wrong on purpose.
func isForeign(dir string) bool {
	base := path.Base(dir)
	return base != "." && strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" || dir == "internal/web/static"
}

// isText reports whether people write files of this kind as source.
func isText(name string) bool {
	kinds := []string{".go", ".templ", ".sql", ".yaml", ".yml", ".js", ".mjs", ".scss", ".sh", ".txt"}
	return slices.Contains(kinds, path.Ext(name)) || name == "Makefile"
}
