package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/backup"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

// A backup of before brings back what was destroyed since; the restore destroys it again, by the list beside the backups,
// and does not begin without one. A list that somebody wrote himself destroys nothing.
func TestRestoreDestroysAgain(t *testing.T) {
	c := officetest.New(t)
	id := c.Refused()
	must(t, c.Office.Work(t.Context()))
	backups, identity := t.TempDir(), filepath.Join(t.TempDir(), "backup.identity")
	_, recipient, _ := yifa(t, "backup", "--new-identity", identity)
	save := []string{"backup", "--data", c.Dir, "--to", backups, "--recipient", strings.TrimSpace(recipient)}
	if code, _, stderr := yifa(t, save...); code != 0 {
		t.Fatal(stderr)
	}
	list, err := backup.List(backups)
	must(t, err)
	c.Clock.Set(officetest.Start.AddDate(10, 0, 1))
	c.Know()
	c.Destroyed("whole", id)
	restored := func(extra ...string) (string, int, string) {
		dir := t.TempDir()
		key, err := os.ReadFile(filepath.Join(c.Dir, installation.KeyFile))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, installation.KeyFile), key, 0o600))
		code, stdout, stderr := yifa(t, append([]string{"restore", filepath.Join(backups, list[0].Name), "--identity", identity, "--data", dir}, extra...)...)
		return dir, code, stdout + stderr
	}
	beside := filepath.Join(backups, backup.DestroyedFile)
	kept := filepath.Join(c.Dir, installation.DestroyedFile)
	if dir, code, said := restored(); code != 0 || parts(t, dir, id) == 0 {
		t.Fatalf("the list beside the backups is of before, and yet: exit %d: %s", code, said)
	}
	must(t, os.Remove(beside))
	if _, code, said := restored(); code != 1 || !strings.Contains(said, "--destroyed") {
		t.Errorf("without a list: exit %d: %s", code, said)
	}
	dir, code, said := restored("--destroyed", kept)
	if code != 0 || !strings.Contains(said, "destroyed again: 1 matters of 1") || !strings.Contains(said, "nothing differs") || parts(t, dir, id) != 0 {
		t.Errorf("exit %d, %d parts: %s", code, parts(t, dir, id), said)
	}
	text, err := os.ReadFile(kept)
	must(t, err)
	forged := filepath.Join(t.TempDir(), "forged.txt")
	must(t, os.WriteFile(forged, []byte(strings.Replace(string(text), `"scope":"whole"`, `"scope":"other"`, 1)), 0o600))
	if dir, code, said := restored("--destroyed", forged); code != 1 || !strings.Contains(said, "not of this installation") || parts(t, dir, id) == 0 {
		t.Errorf("a list of somebody else's: exit %d: %s", code, said)
	}
	if code, _, stderr := yifa(t, append(save, "--keep", "9")...); code != 0 {
		t.Fatal(stderr)
	}
	if dir, code, said := restored(); code != 0 || parts(t, dir, id) != 0 {
		t.Errorf("by the list beside the backups: exit %d: %s", code, said)
	}
}

// parts is how many parts of a matter lie in the database of a data folder.
func parts(t *testing.T, dir string, id matter.ID) int {
	t.Helper()
	db, err := store.Look(t.Context(), "sqlite:"+filepath.Join(dir, installation.DatabaseFile))
	must(t, err)
	defer db.Close()
	n := 0
	must(t, db.Read(t.Context(), func(q *store.Query) error {
		all, err := q.Parts(t.Context(), id)
		n = len(all)
		return err
	}))
	return n
}
