package arch

import (
	"go/ast"
	"path"
	"slices"
	"strings"
)

// A rank is a row of the direction that docs and design give: a package may import ranks below its own.
type rank struct {
	packages []string
	siblings bool // whether packages of one rank may import each other
}

// ranks lists the packages from the bottom to the top. A package that stands nowhere is a fault, so that a
// new one is placed on purpose.
var ranks = []rank{
	{packages: []string{"internal/calendar", "internal/division"}},
	{packages: []string{"internal/matter", "internal/statute", "internal/lawtext", "internal/i18n"}},
	{packages: []string{"internal/clock", "internal/discretion", "internal/reading"}},
	{packages: []string{"internal/procedure"}},
	{packages: []string{"law"}, siblings: true}, // the law's data, its hooks and their registration
	{packages: []string{"internal/store", "internal/access", "internal/identity", "internal/vault", "internal/ledger", "internal/evidence",
		"internal/document", "internal/sheet", "internal/notice", "internal/disclosure", "internal/register", "internal/indicator", "internal/search", "internal/suggest", "internal/backup", "internal/raster"}, siblings: true},
	{packages: []string{"docs/guide"}}, // the users' guides and their rendering: text, no matters
	{packages: []string{"internal/office"}},
	{packages: []string{"internal/job", "internal/web", "internal/installation", "internal/provider", "internal/courier"}},
	{packages: []string{"internal/door"}},
	{packages: []string{"internal/portal", "internal/desk", "internal/api", "internal/open311", "internal/mailin"}},
	{packages: []string{"internal/demo"}},
	{packages: []string{"internal/bench"}},
	{packages: []string{"cmd"}, siblings: true},
}

// lawReads is all of ours that law/ may know.
var lawReads = []string{"internal/calendar", "internal/statute", "internal/clock", "internal/matter", "internal/procedure", "law"}

// onlyCommand lists what only the command puts together: no package below it may read the law's files itself.
var onlyCommand = []string{"law", "internal/demo"}

// pure lists the packages whose answers depend on their arguments alone.
var pure = []string{"internal/calendar", "internal/statute", "internal/lawtext", "internal/clock", "internal/discretion", "internal/reading", "internal/matter", "internal/procedure", "internal/access", "internal/document", "internal/sheet", "internal/indicator", "internal/suggest"}

// testHelpers are imported by tests and by each other, and import what they like.
var testHelpers = []string{"internal/arch", "internal/browser", "internal/pgtest", "internal/store/storetest", "internal/store/faulty", "internal/office/officetest", "internal/web/webtest"}

// toolFolders hold programs of the checks; nothing imports them.
var toolFolders = []string{"scripts", "tools"}

// within reports whether a package is one of the folders or below one.
func within(pkg string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return pkg == f || strings.HasPrefix(pkg, f+"/") })
}

// rankOf returns where a package stands, or -1.
func rankOf(pkg string) int {
	return slices.IndexFunc(ranks, func(r rank) bool { return within(pkg, r.packages) })
}

// family is the listed folder a package belongs to: internal/store for internal/store/query.
func family(pkg string) string {
	for _, p := range ranks[rankOf(pkg)].packages {
		if within(pkg, []string{p}) {
			return p
		}
	}
	return pkg
}

// checkDirection holds imports of our own packages to the direction. Tests may import what they need.
func checkDirection(f *file) []Fault {
	if f.test || within(f.pkg, testHelpers) || within(f.pkg, toolFolders) {
		return nil
	}
	if rankOf(f.pkg) < 0 {
		return []Fault{f.fault("direction", f.syntax.Name, "package %s stands nowhere in the direction: place it in ranks of internal/arch", f.pkg)}
	}
	var faults []Fault
	for p, spec := range f.imports() {
		ours, ok := strings.CutPrefix(p, module+"/")
		if !ok {
			continue
		}
		if why := forbids(f.pkg, ours); why != "" {
			faults = append(faults, f.fault("direction", spec, "%s imports %s: %s", f.pkg, ours, why))
		}
	}
	return faults
}

// forbids tells why a package may not import another of ours, or "".
func forbids(from, to string) string {
	switch {
	case within(to, testHelpers):
		return "that is for tests only"
	case within(from, []string{"law"}) && !within(to, lawReads):
		return "law/ knows only procedure, clock, matter, statute and calendar"
	case within(to, onlyCommand) && !within(from, []string{"law", "internal/demo", "internal/bench", "cmd"}):
		return "only the command puts it together with the rest"
	case rankOf(to) < 0:
		return "it stands nowhere in the direction: place it in ranks of internal/arch"
	case rankOf(to) > rankOf(from):
		return "that is above it; what both need belongs below both"
	case rankOf(to) == rankOf(from) && !ranks[rankOf(from)].siblings && family(to) != family(from):
		return "neighbours do not know each other"
	}
	return ""
}

// A ban keeps some imports to a few packages.
type ban struct {
	imports []string // each and what lies below it
	only    []string // who may have them
	why     string
}

// bans of imports, whoever they come from. Tests are not held to them.
var bans = []ban{
	{[]string{"net/http"}, []string{"internal/provider", "internal/courier", "internal/web", "internal/door", "internal/portal", "internal/desk", "internal/api", "internal/open311", "internal/mailin", "internal/demo", "internal/bench", "cmd"},
		"nothing below the doors knows HTTP"},
	{[]string{"database/sql", "github.com/jackc/pgx", "modernc.org/sqlite", "github.com/pressly/goose"}, []string{"internal/store", "internal/bench"}, // bench measures the database without store
		"only store knows SQL"},
}

// impure lists what a pure package and the law never import.
var impure = []string{"database/sql", "net", "os", "io/ioutil", "log", "log/slog"}

// checkImports holds imports of packages that are not ours to the bans.
func checkImports(f *file) []Fault {
	if f.test || within(f.pkg, testHelpers) || within(f.pkg, toolFolders) {
		return nil
	}
	var faults []Fault
	for p, spec := range f.imports() {
		for _, b := range bans {
			if within(p, b.imports) && !within(f.pkg, b.only) {
				faults = append(faults, f.fault("imports", spec, "%s imports %s: %s", f.pkg, p, b.why))
			}
		}
		if isPure(f.pkg) && within(p, impure) {
			faults = append(faults, f.fault("pure", spec, "%s imports %s: give it what it needs as an argument", f.pkg, p))
		}
	}
	return faults
}

func isPure(pkg string) bool { return within(pkg, pure) || within(pkg, []string{"law"}) }

// readsClock lists what of package time depends on the moment it is called.
var readsClock = []string{"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTimer", "NewTicker"}

// checkClock finds the reading of the clock in pure packages, under whatever name time is imported.
func checkClock(f *file) []Fault {
	spec, ok := f.imports()["time"]
	if !ok || f.test || !isPure(f.pkg) {
		return nil
	}
	name := path.Base("time")
	if spec.Name != nil {
		name = spec.Name.Name
	}
	var faults []Fault
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(readsClock, s.Sel.Name) {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == name {
				faults = append(faults, f.fault("pure", s, "%s reads the clock by time.%s: the caller says what day it is", f.pkg, s.Sel.Name))
			}
		}
		return true
	})
	return faults
}
