package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yifa/internal/installation"
	"yifa/internal/office/officetest"
)

// The operator's own commands: make an identity, back up while the installation is open, list, restore, and be told that
// nothing differs; and what is wrong is said in a line.
func TestBackupAndRestore(t *testing.T) {
	c := officetest.New(t)
	c.Answered()
	dir, backups, id := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "backup.identity")
	code, recipient, stderr := yifa(t, "backup", "--new-identity", id)
	if recipient = strings.TrimSpace(recipient); code != 0 || !strings.HasPrefix(recipient, "age1") {
		t.Fatalf("exit %d: %s%s", code, recipient, stderr)
	}
	if info, err := os.Stat(id); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if code, _, stderr = yifa(t, "backup", "--data", c.Dir, "--to", backups); code != 1 || !strings.Contains(stderr, "recipient") {
		t.Errorf("without recipient: exit %d: %s", code, stderr)
	}
	if code, _, stderr = yifa(t, "backup", "--data", c.Dir, "--to", backups, "--recipient", recipient); code != 0 {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	_, list, _ := yifa(t, "backup", "--to", backups, "--list")
	name, _, _ := strings.Cut(list, " ")
	key, err := os.ReadFile(filepath.Join(c.Dir, installation.KeyFile))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, installation.KeyFile), key, 0o600))
	restore := []string{"restore", filepath.Join(backups, name), "--identity", id, "--data", dir}
	if code, stdout, stderr := yifa(t, restore...); code != 0 || !strings.Contains(stdout, "nothing differs") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	if code, _, stderr := yifa(t, restore...); code != 1 || !strings.Contains(stderr, "empty place") {
		t.Errorf("once more: exit %d: %s", code, stderr)
	}
}

func TestUntilNext(t *testing.T) {
	at := 2*time.Hour + 30*time.Minute
	for now, want := range map[string]time.Duration{
		"2026-11-23T02:29:00+08:00": time.Minute,
		"2026-11-23T02:30:00+08:00": 24 * time.Hour,
		"2026-11-22T18:31:00Z":      23*time.Hour + 59*time.Minute, // 02:31 in China
	} {
		when, err := time.Parse(time.RFC3339, now)
		must(t, err)
		if got := untilNext(when, at); got != want {
			t.Errorf("%s: %s, want %s", now, got, want)
		}
	}
}
