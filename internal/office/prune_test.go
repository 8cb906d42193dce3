package office_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"yifa/internal/office/officetest"
	"yifa/internal/store"
	"yifa/internal/store/storetest"
)

// What has served is removed after a while and not before: the draft of a report, finished jobs, and an upload that
// was cut off on its way in. What still waits stays.
func TestPrune(t *testing.T) {
	c := officetest.New(t)
	raw := storetest.Raw(t, store.SQLite, c.Address())
	draft := c.Draft(officetest.Report())
	c.File(officetest.Report())
	if err := c.Office.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(c.Dir, "evidence", "incoming", "cut-off")
	if err := os.WriteFile(cut, []byte("half a"), 0o600); err != nil {
		t.Fatal(err)
	}
	left := func() (draftLeft, cutLeft bool, jobs int) {
		t.Helper()
		if err := c.Office.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err := c.Office.Draft(t.Context(), draft)
		_, statErr := os.Stat(cut)
		var kept int
		if err := raw.QueryRowContext(t.Context(), "select count(*) from job").Scan(&kept); err != nil {
			t.Fatal(err)
		}
		return err == nil, statErr == nil, kept
	}
	if d, f, jobs := left(); !d || !f || jobs == 0 {
		t.Errorf("at once: draft %v, file %v, %d jobs", d, f, jobs)
	}
	long := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(cut, long, long); err != nil {
		t.Fatal(err)
	}
	c.Clock.Set(c.Clock.Now().Add(8 * 24 * time.Hour))
	c.File(officetest.Report()) // its receipt waits, and to be weighed
	if d, f, jobs := left(); d || f || jobs != 2 {
		t.Errorf("eight days later: draft %v, file %v, %d jobs, want the two that wait", d, f, jobs)
	}
}
