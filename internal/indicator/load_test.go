package indicator_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/indicator"
	"yifa/internal/procedure"
	"yifa/internal/store"
	"yifa/law"
)

// lawWith is the law with one change in one file.
func lawWith(t *testing.T, file, old, now string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(law.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || p == procedure.LockFile {
			return err
		}
		raw, err := fs.ReadFile(law.FS, p)
		all[p] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(all[file].Data), old, now, 1)
	if changed == string(all[file].Data) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	all[file] = &fstest.MapFile{Data: []byte(changed)}
	return all
}

// TestPlantedFaults: each fault is told with its file, what is wrong and how to mend it.
func TestPlantedFaults(t *testing.T) {
	t.Parallel()
	const of, counts, rate, days = "indicators/answered@2026-02-01.yaml", "indicators/answered_late@2026-02-01.yaml", "indicators/in_time_rate@2026-02-01.yaml", "indicators/median_days@2026-02-01.yaml"
	l, faults := procedure.Load(law.FS, nil)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	for _, c := range []struct{ file, old, now, want string }{
		{of, "unit: matters", "unite: matters", "unknown key"},
		{of, "unit: matters", "unit: percent", "write matters"},
		{of, "id: answered", "id: replied", "are not the name of the file"},
		{of, "acts: [answer]", "acts: [reply]", `has no act "reply"`},
		{of, "clock: answer", "clock: reply", `has no clock "reply"`},
		{of, "day: act", "day: opened", "acts and day: act go together"},
		{of, "query: measure_tally", "query: matter_list", "the store has no query"},
		{of, "procedure: supervision.complaint", "procedure: nothing", "there is no procedure"},
		{of, "ptsd/70", "ptsd/7000", "not in force"},
		{of, "status: platform", "status: verified", "no surer than its provision"},
		{of, "zh-Hant: {label: 答覆,", `zh-Hant: {label: "",`, "missing in a language"},
		{counts, "measure: answer", "measure: reply", "nothing declares the measure"},
		{counts, "values: [late]", "values: [later]", `is never "later"`},
		{counts, "values: [late]", "overdue: true", "go together"},
		{counts, "counts:", "measure: {name: answer, day: opened}\ncounts:", "is declared in"},
		{rate, "among: answered", "among: asked", "is no indicator that counts"},
		{days, "median: {of: answered}", "median: {of: answered}\ncounts: {measure: answer}", "exactly one of"},
		{"statistics.yaml", "below: 5", "below: 1", "hides nothing"},
		{"statistics.yaml", "from: 10", "from: 3", "less than small.below"},
		{"statistics.yaml", "cite: ptsd/71", "cite: ptsd/7100", "not among the statutes"},
	} {
		_, faults := indicator.Load(indicator.Source{FS: lawWith(t, c.file, c.old, c.now), Law: l, Query: store.HasQuery})
		told := false
		for _, f := range faults {
			told = told || strings.Contains(f.Error(), c.want) && f.File != "" && f.Mend != ""
		}
		if !told {
			t.Errorf("%s with %q: told %v, want … %s …", c.file, c.now, faults, c.want)
		}
	}
	if _, faults := indicator.Load(indicator.Source{FS: lawWith(t, of, "label: 答复", "label: 回复"), Law: l, Query: store.HasQuery}); len(faults) != 1 || !strings.Contains(faults[0].What, "is published as") {
		t.Errorf("a published definition that was edited is told as %v", faults)
	}
}
