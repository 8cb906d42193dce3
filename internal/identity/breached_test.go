package identity

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// listOf writes a list as Have I Been Pwned does.
func listOf(t *testing.T, end string, passwords ...string) string {
	t.Helper()
	var lines []string
	for i, p := range passwords {
		lines = append(lines, fmt.Sprintf("%X:%d", sha1.Sum([]byte(p)), i*i*i*i+1))
	}
	slices.Sort(lines)
	path := filepath.Join(t.TempDir(), "list.txt")
	if err := os.WriteFile(path, []byte(strings.Join(lines, end)+end), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Every password of a list is found, whichever line it stands on, and no other is.
func TestBreached(t *testing.T) {
	var in []string
	for i := range 500 {
		in = append(in, fmt.Sprint("竹影清风一壶茶", i))
	}
	for _, end := range []string{"\n", "\r\n"} {
		for _, n := range []int{1, 2, 3, 7, 64, 500} {
			b, err := OpenBreached(listOf(t, end, in[:n]...))
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range in {
				if got, err := b.Has(p); err != nil || got != (i < n) {
					t.Fatalf("%d of %d: %t, %v", i, n, got, err)
				}
			}
		}
	}
	var none *Breached
	if found, err := none.Has("x"); found || err != nil {
		t.Error("without a list something is found")
	}
}

func TestBreachedIsList(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "words": "password\n123456\n", "short": "ABCDEF\n", "backwards": strings.Repeat("F", 40) + "\n" + strings.Repeat("0", 40) + "\n"} {
		path := filepath.Join(t.TempDir(), "list")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenBreached(path); !errors.Is(err, ErrBreachedList) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := OpenBreached(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there is opened")
	}
}
