package proof

import (
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
)

// Check proves every version of a law that the compiler found to hold together. Faults come in the order
// of the files.
func Check(l *procedure.Law) []calendar.Fault {
	var faults []calendar.Fault
	for _, p := range l.All() {
		c := &checker{version: newVersion(l, p)}
		c.rules()
		c.effects()
		c.paths()
		c.clockwork()
		c.fields()
		c.duties()
		slices.SortStableFunc(c.faults, func(a, b calendar.Fault) int {
			if a.File != b.File {
				return strings.Compare(a.File, b.File)
			}
			return a.Line - b.Line
		})
		faults = append(faults, c.faults...)
	}
	return faults
}

// checker looks at one version.
type checker struct {
	*version
	faults []calendar.Fault
}

func (c *checker) fault(line int, what, mend string) {
	c.faultIn(c.file, line, what, mend)
}

func (c *checker) faultIn(file string, line int, what, mend string) {
	f := calendar.Fault{File: file, Line: line, What: what, Mend: mend}
	if !slices.Contains(c.faults, f) {
		c.faults = append(c.faults, f)
	}
}
