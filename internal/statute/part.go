package statute

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"yifa/internal/calendar"
)

// part is a further file of a statute too long for one: KEY.PART.yaml, with provisions only.
type part struct {
	src calendar.Source

	Schema     int         `yaml:"schema"`
	Provisions []Provision `yaml:"provisions"`
}

// parts reads the further files of a statute, in the order of their names.
func (l *loader) parts(fsys fs.FS, s Statute) []part {
	var all []part
	entries, _ := fs.ReadDir(fsys, "statutes") // it was read to get here
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), s.Key+".") || e.Name() == s.Key+".yaml" || !strings.HasSuffix(e.Name(), ".yaml") {
			continue
		}
		var p part
		src, bad := calendar.ReadYAML(fsys, path.Join("statutes", e.Name()), &p)
		if len(bad) > 0 {
			l.faults = append(l.faults, bad...)
			continue
		}
		if p.src = src; p.Schema != 1 {
			l.faults = append(l.faults, src.Fault(fmt.Sprintf("schema is %d", p.Schema), "write schema: 1", "schema"))
		}
		all = append(all, p)
	}
	return all
}
