package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"yifa/internal/vault"
)

// The command says what it did, does nothing the second time, and fails where there is nothing to read. The texts are
// invented; only the title of the first is real.
func TestImport(t *testing.T) {
	data, texts, empty := t.TempDir(), t.TempDir(), t.TempDir()
	must(t, vault.Create(filepath.Join(data, "yifa.key"), vault.Common))
	for name, text := range map[string]string{
		"行政处罚法(2021-01-22).md": "# 中华人民共和国行政处罚法\n\n**第一条**　编造的条文。\n\n**第二条**　本法自2021年7月15日起施行。\n",
		"\x1b[31m石凳.txt":       "石凳条例\n2019年3月2日通过\n第一条 石凳要擦。\n第三条 石凳要平。\n", "坏.docx": "PK",
	} {
		must(t, os.WriteFile(filepath.Join(texts, name), []byte(text), 0o600))
	}
	must(t, os.Symlink("/etc/passwd", filepath.Join(texts, "passwd.md")))
	first := `^3 files read: 2 texts, 2 versions, 4 articles\n2 versions added, 0 replaced, 0 unchanged\nnot read: 2\n  passwd\.md: is no file .*\n  坏\.docx: is broken.*\nto look at: 2\n` +
		`  "\\x1b\[31m石凳\.txt": does not say since when.*\n  "\\x1b\[31m石凳\.txt": has no article 2\ncited, but not in the text imported: \d+\n(?s:.*)  xzcf/60  行政处罚法第六十条  version 2021-07-15 has no such article\n(?s:.*)` +
		`cited, but not imported: \d+ versions\n(?s:.*)  xzfy@`
	for _, want := range []string{first, `(?m)^0 versions added, 0 replaced, 2 unchanged$`} {
		code, stdout, stderr := yifa(t, "law", "import", texts, "--data", data)
		if code != 0 || !regexp.MustCompile(want).MatchString(stdout) {
			t.Errorf("exit %d\n%.1500s\n%s", code, stdout, stderr)
		}
		if !regexp.MustCompile(`^0/3  `).MatchString(stderr) {
			t.Errorf("progress %q", stderr)
		}
	}
	for want, args := range map[string][]string{"holds no text": {empty, "--data", data}, "no such file": {filepath.Join(empty, "nothing"), "--data", data}, "key file": {texts, "--data", empty}} {
		if code, stdout, stderr := yifa(t, append([]string{"law", "import"}, args...)...); code == 0 || !regexp.MustCompile(want).MatchString(stderr) {
			t.Errorf("%v: exit %d\n%s%s", args, code, stdout, stderr)
		}
	}
}
