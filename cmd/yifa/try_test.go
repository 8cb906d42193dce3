package main

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/installation"
	"yifa/internal/office/officetest"
)

// A draft is tried on a closed city's folder: told in words and as JSON; the database file stays as it was.
func TestTry(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	c.Shut()
	draft := filepath.Join(t.TempDir(), "draft")
	must(t, os.CopyFS(draft, os.DirFS("../../law/procedures/supervision.complaint/2026-02-01")))
	file := filepath.Join(draft, "procedure.yaml")
	text, err := os.ReadFile(file)
	must(t, err)
	must(t, os.WriteFile(file, []byte(strings.Replace(string(text), "    by: leader\n    cite: ptsd/37", "    by: head\n    cite: ptsd/37", 1)), 0o600))
	before := fileHash(t, c.Dir)

	code, stdout, stderr := yifa(t, "law", "try", draft, "--data", c.Dir, "--today", "2026-09-21")
	const want = "变为可办：督办（监督机构负责人）\n    变为不可办：督办（单位领导）\n"
	if code != 0 || !strings.Contains(stdout, want) || !strings.Contains(stdout, "蓬江区司法局 · 行政执法投诉举报（2026-02-01）：1 件\n  1 步变为可办，1 步变为不可办\n") {
		t.Errorf("exit %d:\n%s%s", code, stdout, stderr)
	}
	code, stdout, stderr = yifa(t, "law", "try", draft, "--data", c.Dir, "--today", "2026-09-21", "--json")
	var out struct {
		Open    int
		Matters []struct {
			Matter string
			Opens  []struct{ Act string }
		}
	}
	if err := json.Unmarshal([]byte(stdout), &out); err != nil || code != 0 || out.Open == 0 || len(out.Matters) != 1 ||
		out.Matters[0].Matter != id.String() || out.Matters[0].Opens[0].Act != "urge" {
		t.Errorf("exit %d, %v:\n%s%s", code, err, stdout, stderr)
	}
	if after := fileHash(t, c.Dir); after != before {
		t.Error("trying a draft wrote to the database")
	}
	must(t, os.WriteFile(file, []byte(strings.Replace(string(text), "by: sorter", "by: nobody", 1)), 0o600))
	for _, bad := range []struct{ args, stderr string }{
		{"law try " + draft, "--data"},
		{"law try " + draft + " --data " + c.Dir, "unknown role"},
		{"law try " + t.TempDir() + " --data " + c.Dir, "procedure.yaml"},
		{"law try ../../law --data " + t.TempDir(), "there is no database"},
	} {
		if code, stdout, stderr := yifa(t, strings.Fields(bad.args)...); code != 1 || stdout != "" || !strings.Contains(stderr, bad.stderr) {
			t.Errorf("yifa %s: exit %d\n%s%s", bad.args, code, stdout, stderr)
		}
	}
}

func fileHash(t *testing.T, dir string) [32]byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, installation.DatabaseFile))
	must(t, err)
	return sha256.Sum256(raw)
}
