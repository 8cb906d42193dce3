package backup

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"yifa/internal/evidence"
	"yifa/internal/store"
)

// Names in a folder of backups.
const (
	evidenceDir  = "evidence"
	manifestFile = "manifest.json"
	listFile     = "evidence.txt" // addresses, one a line
	databaseFile = "database.age"
	making       = ".making" // ends the name of a backup that is not whole yet
	instant      = "20060102T150405Z"
)

// format is that of a backup's manifest.
const format = 1

// Manifest is what a backup consists of.
type Manifest struct {
	Format   int          `json:"format"`
	Made     time.Time    `json:"made"` // UTC: before the database was read
	Driver   store.Driver `json:"driver"`
	Database Part         `json:"database"` // its encrypted file
	Evidence Part         `json:"evidence"` // the list of addresses
	Blobs    int          `json:"blobs"`

	Copied      int   `json:"-"` // blobs that no earlier backup had
	CopiedBytes int64 `json:"-"`
}

// Part is one file of a backup.
type Part struct {
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Options says what is backed up, and where to.
type Options struct {
	Evidence  string          // folder of the evidence, or where it is put together before it goes to From
	From      evidence.Store  // where the evidence is; nil: in its folder
	Database  string          // address
	Dir       string          // folder of the backups, made where there is none
	Destroyed string          // the installation's list of what was destroyed; empty or absent: nothing was
	To        []age.Recipient // whoever may restore; at least one
	Keep      int             // backups kept, the newest; 0: all
	Now       func() time.Time
}

// ErrNobody: a backup that nobody could open, or one that anybody could read, is not made.
var ErrNobody = errors.New("backup: name at least one recipient")

// Make makes a backup: first the database, then the evidence, so that every file the database names is there. A blob whose
// bytes are not what was stored is told in the error, after everything else has been copied; the backup then stands.
func Make(ctx context.Context, o Options) (Manifest, error) {
	m := Manifest{Format: format, Made: o.Now().UTC().Truncate(time.Second), Driver: store.DriverOf(o.Database)}
	if len(o.To) == 0 {
		return m, ErrNobody
	}
	pool, err := evidence.OpenDir(filepath.Join(o.Dir, evidenceDir))
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	place := filepath.Join(o.Dir, m.Made.Format(instant))
	tmp := place + making
	if err := os.Mkdir(tmp, 0o700); err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	defer os.RemoveAll(tmp) // after the rename there is nothing left to remove
	if m.Database, err = database(ctx, o, tmp); err != nil {
		return m, err
	}
	broken, err := m.blobs(ctx, o, pool, tmp)
	if err != nil {
		return m, err
	}
	if err := gatherDestroyed(o.Destroyed, o.Dir); err != nil {
		return m, err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = os.WriteFile(filepath.Join(tmp, manifestFile), text, 0o600)
	}
	if err == nil {
		err = os.Rename(tmp, place)
	}
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	return m, errors.Join(broken, prune(o.Dir, o.Keep, pool))
}

// blobs copies what is new of the evidence and lists all of it.
func (m *Manifest) blobs(ctx context.Context, o Options, pool *evidence.Dir, dir string) (broken, err error) {
	from, err := storeOr(o.From, o.Evidence)
	if err != nil {
		return nil, err
	}
	list, err := from.Addresses()
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	var kept []string
	for _, address := range list {
		n, err := evidence.Copy(ctx, from, pool, address)
		switch {
		case errors.Is(err, evidence.ErrNoBlob): // of a draft that expired meanwhile
			continue
		case errors.Is(err, evidence.ErrBrokenBlob):
			broken = errors.Join(broken, err)
			continue
		case err != nil:
			return nil, fmt.Errorf("backup: %w", err)
		case n > 0:
			m.Copied, m.CopiedBytes = m.Copied+1, m.CopiedBytes+n
		}
		kept = append(kept, address)
	}
	m.Blobs = len(kept)
	m.Evidence, err = written(filepath.Join(dir, listFile), func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(append(kept, ""), "\n"))
		return err
	})
	return broken, err
}

// storeOr is a store, or where there is none the folder.
func storeOr(s evidence.Store, folder string) (evidence.Store, error) {
	if s != nil {
		return s, nil
	}
	d, err := evidence.OpenDir(folder)
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	return d, nil
}

// database writes the database as it is now, compressed and encrypted.
func database(ctx context.Context, o Options, dir string) (Part, error) {
	if store.DriverOf(o.Database) == store.Postgres {
		return written(filepath.Join(dir, databaseFile), func(w io.Writer) error {
			return encrypted(w, o.To, func(w io.Writer) error { return dump(ctx, o.Database, w) })
		})
	}
	// Beside the database, whose folder is as safe as it has to be.
	plain := filepath.Join(o.Evidence, "incoming", "snapshot-"+o.Now().UTC().Format(instant)+".db")
	defer os.Remove(plain) // it may not have come to be
	if err := store.Snapshot(ctx, o.Database, plain); err != nil {
		return Part{}, fmt.Errorf("backup: %w", err)
	}
	f, err := os.Open(plain)
	if err != nil {
		return Part{}, fmt.Errorf("backup: %w", err)
	}
	defer f.Close() // only read
	return written(filepath.Join(dir, databaseFile), func(w io.Writer) error {
		return encrypted(w, o.To, func(w io.Writer) error {
			_, err := io.Copy(w, contextual{ctx, f})
			return err
		})
	})
}

// encrypted compresses and encrypts what fill writes.
func encrypted(w io.Writer, to []age.Recipient, fill func(io.Writer) error) error {
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return err
	}
	packed, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed) // most of it is sealed and does not shrink
	if err != nil {
		return err
	}
	return errors.Join(fill(packed), packed.Close(), sealed.Close())
}

// written makes a file of what fill writes, and returns when it is on disk.
func written(path string, fill func(io.Writer) error) (Part, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return Part{}, fmt.Errorf("backup: %w", err)
	}
	sum, size := sha256.New(), counted(0)
	w := bufio.NewWriterSize(io.MultiWriter(f, sum, &size), 1<<20)
	err = fill(w)
	if err = errors.Join(err, w.Flush(), f.Sync(), f.Close()); err != nil {
		return Part{}, fmt.Errorf("backup: %w", err)
	}
	return Part{File: filepath.Base(path), Bytes: int64(size), SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

// counted counts the bytes written to it.
type counted int64

func (c *counted) Write(p []byte) (int, error) {
	*c += counted(len(p))
	return len(p), nil
}

// contextual stops reading when its context ends.
type contextual struct {
	ctx context.Context
	r   io.Reader
}

func (c contextual) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
