package backup

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"filippo.io/age"

	"yifa/internal/evidence"
	"yifa/internal/store"
)

// Faults of a restore.
var (
	ErrChanged  = errors.New("it is not what was backed up")
	ErrNotEmpty = errors.New("something is there already: restore into an empty place")
)

// Into says where a backup is put back.
type Into struct {
	Dir      string         // the new data folder: absent, or empty but for a key file
	Evidence string         // folder of the evidence in it
	Store    evidence.Store // where the evidence goes; nil: into its folder
	File     string         // the database's file, for SQLite
	Database string         // address, for PostgreSQL: an empty database
	Keep     []string       // names of files that may lie in Dir beforehand
}

// Restore puts the backup in a folder back into an empty place. It checks every byte against what was backed up, and leaves
// what it wrote where that fails, for a person to look at: an installation is not started on it, since the command verifies
// the record next. Errors: ErrNotEmpty, ErrChanged, evidence.ErrBrokenBlob, *age.NoIdentityMatchError.
func Restore(ctx context.Context, from string, ids []age.Identity, to Into) (Manifest, error) {
	m, err := readManifest(from)
	if err != nil {
		return m, err
	}
	if err := empty(to); err != nil {
		return m, err
	}
	list, err := readList(from, m.Evidence)
	if err != nil {
		return m, err
	}
	if err := m.database(ctx, from, ids, to); err != nil {
		return m, err
	}
	pool, err := evidence.OpenDir(filepath.Join(filepath.Dir(from), evidenceDir))
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	blobs, err := storeOr(to.Store, to.Evidence)
	if err != nil {
		return m, err
	}
	var faults error
	for _, address := range list {
		if err := ctx.Err(); err != nil {
			return m, err
		}
		n, err := evidence.Copy(ctx, pool, blobs, address)
		m.Copied, m.CopiedBytes, faults = m.Copied+1, m.CopiedBytes+n, errors.Join(faults, err)
	}
	return m, faults
}

// empty makes the place of a restore, and refuses one where something is.
func empty(to Into) error {
	if err := os.MkdirAll(to.Dir, 0o700); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return filepath.WalkDir(to.Dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && !slices.Contains(to.Keep, e.Name()) {
			err = ErrNotEmpty
		}
		if err != nil {
			return fmt.Errorf("backup: restore into %s: %s: %w", to.Dir, path, err)
		}
		return nil
	})
}

// database puts the database back.
func (m Manifest) database(ctx context.Context, from string, ids []age.Identity, to Into) error {
	if (m.Driver == store.Postgres) != (to.Database != "") {
		return fmt.Errorf("backup: the backup is of %s: name a place of that kind", m.Driver)
	}
	f, err := os.Open(filepath.Join(from, databaseFile))
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer f.Close() // only read
	sum := sha256.New()
	if _, err := io.Copy(sum, contextual{ctx, f}); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != m.Database.SHA256 {
		return fmt.Errorf("backup: %s in %s: %w", databaseFile, from, ErrChanged)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	opened, err := age.Decrypt(contextual{ctx, f}, ids...)
	if err != nil {
		return fmt.Errorf("backup: %s: %w", from, err)
	}
	plain, err := gzip.NewReader(opened)
	if err != nil {
		return fmt.Errorf("backup: %s: %w", from, err)
	}
	if m.Driver == store.Postgres {
		return load(ctx, to.Database, plain)
	}
	_, err = written(to.File, func(w io.Writer) error {
		_, err := io.Copy(w, plain)
		return err
	})
	return err
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
