package law_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"yifa/internal/indicator"
	"yifa/internal/procedure"
	"yifa/internal/store"
	"yifa/law"
)

var update = flag.Bool("update", false, "add new versions to published.lock")

const lockHead = `# The hash of every published version of a procedure (its folder without cases/), paper, remedy and indicator. What stands here is never
# edited; a change of law or wording is a new version. go test ./law -run TestLock -update adds what is new.
`

// TestLock: every version and every indicator is published, so that none can change unnoticed. Updating adds lines, it
// never replaces one.
func TestLock(t *testing.T) {
	l, faults := procedure.Load(law.FS, nil)
	for _, f := range faults {
		t.Error(f)
	}
	lines := l.LockLines()
	set, faults := indicator.Load(indicator.Source{FS: law.FS, Law: l, Query: store.HasQuery})
	for _, f := range faults {
		t.Error(f)
	}
	for _, i := range set.All() {
		hash := i.Hash
		if locked, published := l.Locked(i.Key()); published {
			hash = locked
		}
		lines = append(lines, i.Key()+" "+hash)
	}
	want := lockHead + strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(procedure.LockFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := law.FS.ReadFile(procedure.LockFile)
	if err != nil || string(got) != want {
		t.Errorf("%s lacks a version: run go test ./law -run TestLock -update (%v)", procedure.LockFile, err)
	}
}
