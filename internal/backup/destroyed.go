package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// DestroyedFile lies beside the backups and lists what was destroyed since the first of them: a restore of an older one
// destroys it again. Every line is signed by the installation; here they are only gathered.
const DestroyedFile = "destroyed.txt"

// gatherDestroyed adds the lines of an installation's list to those beside the backups. Where nothing was ever destroyed
// an empty list is made, so that a restore can tell that from a list that was lost.
func gatherDestroyed(from, dir string) error {
	path := filepath.Join(dir, DestroyedFile)
	var had, text []byte
	for _, f := range []string{path, from} {
		if f == "" {
			continue
		}
		more, err := os.ReadFile(f)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("backup: list of what was destroyed: %w", err)
		}
		if f == path {
			had = more
		}
		text = append(text, more...)
	}
	known, out := map[string]bool{}, ""
	for line := range strings.Lines(string(text)) {
		if !known[line] {
			known[line] = true
			out += line
		}
	}
	if had != nil && out == string(had) {
		return nil
	}
	tmp := path + making
	if err := errors.Join(os.RemoveAll(tmp), os.WriteFile(tmp, []byte(out), 0o600)); err != nil {
		return fmt.Errorf("backup: list of what was destroyed: %w", err)
	}
	f, err := os.Open(tmp)
	if err == nil {
		err = errors.Join(f.Sync(), f.Close(), os.Rename(tmp, path))
	}
	if err != nil {
		return fmt.Errorf("backup: list of what was destroyed: %w", err)
	}
	return nil
}
