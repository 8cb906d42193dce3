package worked_test

import (
	_ "embed"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
)

//go:embed testdata/law.txtar
var smallLaw []byte

// small is the invented law of testdata/law.txtar.
func small() fstest.MapFS {
	files := fstest.MapFS{}
	for _, f := range txtar.Parse(smallLaw).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

// compiled loads a law and runs the whole compiler over it.
func compiled(fsys fs.FS) (*procedure.Law, []calendar.Fault) {
	l, faults := procedure.Load(fsys, nil)
	if len(faults) == 0 {
		faults = worked.Check(l)
	}
	return l, faults
}

func TestSmallLawIsClean(t *testing.T) {
	_, faults := compiled(small())
	for _, f := range faults {
		if !strings.Contains(f.What, "is missing: ") {
			t.Error(f)
		}
	}
}
