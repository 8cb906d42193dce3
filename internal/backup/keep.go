package backup

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"yifa/internal/evidence"
)

// Stored is a backup that is there.
type Stored struct {
	Name string // of its folder
	Manifest
}

// List lists the whole backups of a folder, the oldest first. Unfinished ones are left out.
func List(dir string) ([]Stored, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("backup: list: %w", err)
	}
	var list []Stored
	for _, e := range entries {
		if _, err := time.Parse(instant, e.Name()); err != nil || !e.IsDir() {
			continue
		}
		m, err := readManifest(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		list = append(list, Stored{e.Name(), m})
	}
	return list, nil
}

func readManifest(dir string) (Manifest, error) {
	var m Manifest
	text, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err == nil && m.Format != format {
		err = fmt.Errorf("it is of format %d, this program reads %d", m.Format, format)
	}
	if err != nil {
		return m, fmt.Errorf("backup: %s: %w", dir, err)
	}
	return m, nil
}

// readList reads which blobs a backup needs.
func readList(dir string, p Part) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(dir, listFile))
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	if got := hashOf(text); got != p.SHA256 {
		return nil, fmt.Errorf("backup: %s in %s: %w", listFile, dir, ErrChanged)
	}
	return strings.Fields(string(text)), nil
}

// prune removes all but the newest backups, and evidence that none of them needs.
func prune(dir string, keep int, pool *evidence.Dir) error {
	list, err := List(dir)
	if err != nil || keep <= 0 || len(list) <= keep {
		return err
	}
	for _, old := range list[:len(list)-keep] {
		if err := os.RemoveAll(filepath.Join(dir, old.Name)); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
	}
	needed := map[string]bool{}
	for _, b := range list[len(list)-keep:] {
		addresses, err := readList(filepath.Join(dir, b.Name), b.Evidence)
		if err != nil {
			return err
		}
		for _, a := range addresses {
			needed[a] = true
		}
	}
	there, err := pool.Addresses()
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	for _, a := range slices.DeleteFunc(there, func(a string) bool { return needed[a] }) {
		if err := pool.Remove(a); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
	}
	return nil
}
