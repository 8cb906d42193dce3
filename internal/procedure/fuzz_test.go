package procedure_test

import (
	"testing"

	"yifa/internal/procedure"
)

// FuzzLoad: no file of a procedure breaks the loader or the compiler, and each fault says what is wrong and how to
// mend it.
func FuzzLoad(f *testing.F) {
	const dir = "procedures/repair.notice/2026-01-01/"
	whole := smallFS()
	good := func(name string) []byte { return whole[dir+name].Data }
	f.Add(good("procedure.yaml"), good("forms/report.yaml"), good("text.en.yaml"), good("documents/acceptance.md"))
	f.Add([]byte("a: &a [*a]"), []byte("fields: [{name: a, type: choice}]"), []byte("- x"), []byte("{{"))
	f.Add([]byte("stages: {x: {acts: [{act: y, when: [{is: \"a == \\\"\"}]}]}}"), []byte("schema: 1\nfields: 3"), []byte("a.b: [1]"), []byte(""))
	f.Add([]byte("id: repair.notice\nclocks: {a: {ladder: [{left: 99999 日}], per: party}}"), []byte(""), []byte(""), []byte("{{field a}}"))
	f.Fuzz(func(t *testing.T, main, form, text, paper []byte) {
		files := smallFS()
		for name, b := range map[string][]byte{"procedure.yaml": main, "forms/report.yaml": form, "text.en.yaml": text, "documents/acceptance.md": paper} {
			files[dir+name].Data = b
		}
		l, faults := procedure.Load(files, nil)
		if l != nil {
			faults = append(faults, l.Check()...)
		}
		for _, fault := range faults {
			if fault.What == "" || fault.Mend == "" {
				t.Errorf("fault %q says too little", fault)
			}
		}
	})
}
