package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
)

// literal is a quoted string that may be a key, or with a dot at its end the beginning of keys made from data.
var literal = regexp.MustCompile("[\"`]([a-z][a-z0-9_]*\\.(?:[a-z0-9_.-]*))[\"`]")

// comment is a line that is no code: examples in comments use nothing.
var comment = regexp.MustCompile(`(?m)^\s*//.*$`)

// TestKeysAreUsed holds source and catalogue together: every key stands in the source (or begins with a literal that
// ends in a dot), and every literal that looks like a key of one of the areas is one.
func TestKeysAreUsed(t *testing.T) {
	areas := map[string]bool{}
	for key := range messages {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	used, missing := sourceLiterals(t, areas)
	for _, m := range missing {
		t.Errorf("used but not in the catalogue: %s", m)
	}
	var unused []string
	for key := range messages {
		if !isUsed(key, used) {
			unused = append(unused, key)
		}
	}
	sort.Strings(unused)
	for _, key := range unused {
		t.Errorf("in the catalogue but not used: %s", key)
	}
}

func isUsed(key string, used map[string]bool) bool {
	if used[key] {
		return true
	}
	// Problems name a stem; web adds _title and _text.
	for _, end := range []string{"_title", "_text"} {
		if stem, found := strings.CutSuffix(key, end); found && used[stem] {
			return true
		}
	}
	for at := 0; at < len(key); at++ {
		if key[at] == '.' && used[key[:at+1]] && key[:at+1] != key[:strings.IndexByte(key, '.')+1] {
			return true
		}
	}
	return false
}

// sourceLiterals reads the Go sources (generated templates among them, tests not).
func sourceLiterals(t *testing.T, areas map[string]bool) (used map[string]bool, missing []string) {
	t.Helper()
	used = map[string]bool{}
	for _, root := range []string{"../../internal", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return skipAbsent(err)
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range literal.FindAllStringSubmatch(comment.ReplaceAllString(string(source), ""), -1) {
				key := m[1]
				area, rest, _ := strings.Cut(key, ".")
				if !areas[area] || isFileName(rest) {
					continue
				}
				used[key] = true
				if !strings.HasSuffix(key, ".") && !known(key) {
					missing = append(missing, key+" in "+path)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return used, missing
}

func skipAbsent(err error) error {
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

func known(key string) bool { return has(key) || has(key+"_title") && has(key+"_text") }

func has(key string) bool { _, found := messages[key]; return found }

func isFileName(rest string) bool {
	switch rest {
	case "go", "css", "js", "yaml", "templ", "sql", "html", "svg", "db", "json", "md":
		return true
	}
	return false
}
