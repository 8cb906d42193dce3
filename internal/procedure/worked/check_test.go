package worked_test

import (
	_ "embed"
	"io/fs"
	"os"
	"slices"
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

// small is the invented law of testdata/law.txtar, its texts completed.
func small() fstest.MapFS {
	files := fstest.MapFS{}
	for _, f := range txtar.Parse(smallLaw).Files {
		files[f.Name] = &fstest.MapFile{Data: slices.Clone(f.Data)}
	}
	l, _ := procedure.Load(files, nil)
	for _, f := range l.Check() {
		if path, _, missing := strings.Cut(f.What, " is missing: "); missing {
			files[f.File].Data = append(files[f.File].Data, []byte(path+": x\n")...)
		}
	}
	return files
}

// compiled loads a law and runs the whole compiler over it.
func compiled(fsys fs.FS, hooks map[string]procedure.Hooks) (*procedure.Law, []calendar.Fault) {
	l, faults := procedure.Load(fsys, hooks)
	if len(faults) == 0 {
		faults = worked.Check(l)
	}
	return l, faults
}

func TestSmallLawIsClean(t *testing.T) {
	_, faults := compiled(small(), nil)
	for _, f := range faults {
		t.Error(f)
	}
}

// plant is a fault put into the small law, and what the compiler must say of it.
type plant struct{ name, file, old, new, want string }

const notice = "procedures/repair.notice/2026-01-01/"

func TestPlantedFaults(t *testing.T) {
	clean := small()
	for _, p := range append(plants, proofs...) {
		t.Run(p.name, func(t *testing.T) {
			law := fstest.MapFS{}
			for name, f := range clean {
				law[name] = &fstest.MapFile{Data: f.Data}
			}
			file := p.file
			if !strings.HasPrefix(file, "procedures/") && !strings.HasPrefix(file, "terms/") && file != procedure.LockFile {
				file = notice + file
			}
			if law[file] == nil {
				law[file] = &fstest.MapFile{}
			}
			text := string(law[file].Data)
			if !strings.Contains(text, p.old) {
				t.Fatalf("%s does not hold %q", file, p.old)
			}
			law[file].Data = []byte(strings.Replace(text, p.old, p.new, 1))
			_, faults := compiled(law, nil)
			var got []string
			for _, f := range faults {
				got = append(got, strings.TrimPrefix(f.Error(), notice))
				if f.Mend == "" {
					t.Errorf("%s: does not say how to mend it", f)
				}
			}
			all := strings.Join(got, "\n")
			if os.Getenv("PRINT") != "" {
				t.Logf("\n%s", all)
			}
			if !strings.Contains(all, p.want) {
				t.Errorf("wanted\n%s\ngot\n%s", p.want, all)
			}
		})
	}
}

func TestProcedureWithoutCases(t *testing.T) {
	law := small()
	delete(law, "procedures/repair.visit/2026-01-01/cases/visit.txt")
	_, faults := compiled(law, nil)
	const want = "procedures/repair.visit/2026-01-01/cases: there is no worked case (write cases/*.txt that exercise every act, condition and lapse)"
	if len(faults) != 1 || faults[0].Error() != want {
		t.Errorf("got %v, want %s", faults, want)
	}
}

func TestHooks(t *testing.T) {
	const key = "repair.notice@2026-01-01"
	yes := func(procedure.HookArgs) bool { return true }
	for name, c := range map[string]struct {
		hooks map[string]procedure.Hooks
		want  string
	}{
		"of no version":  {map[string]procedure.Hooks{"gone@2026-01-01": {"x": yes}}, "procedures: hooks are registered for gone@2026-01-01, which is not there (register them under an id@version that has a folder)"},
		"called by none": {map[string]procedure.Hooks{key: {"complex": yes}}, notice + "procedure.yaml:1: hook complex is called by no condition (call it or take it out of hooks.go)"},
	} {
		_, faults := compiled(small(), c.hooks)
		if len(faults) != 1 || faults[0].Error() != c.want {
			t.Errorf("%s: got %v, want %s", name, faults, c.want)
		}
	}
	// A hook that a condition calls decides like any other condition.
	law := small()
	file := notice + "procedure.yaml"
	law[file].Data = []byte(strings.Replace(string(law[file].Data), `"kind == 'minor'", else: major`, `"kind == 'minor' && plain()", else: major`, 1))
	_, faults := compiled(law, map[string]procedure.Hooks{key: {"plain": yes}})
	for _, f := range faults {
		t.Error(f)
	}
}
