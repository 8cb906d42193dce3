package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"filippo.io/age"
	"github.com/emmansun/gmsm/sm3"
)

// Faults of stored blobs.
var (
	ErrNoBlob     = errors.New("no such blob")
	ErrBrokenBlob = errors.New("blob is not what was stored")
)

// Blob is what there is to know about one stored file.
type Blob struct {
	Address string   // SHA-256 of the stored bytes, 64 lower-case hex digits
	Size    int64    // of the content, bytes
	SHA256  [32]byte // of the content
	SM3     [32]byte // of the content (GB/T 32905)
	Key     []byte   // opens it; kept nowhere by this package: seal it
}

// Dir keeps blobs in a directory of the file system. Several processes may share one.
type Dir struct{ root string }

const incoming = "incoming" // files not yet whole; same file system, so that rename is atomic

// OpenDir opens the directory at root and makes it if absent, readable by its owner only.
func OpenDir(root string) (*Dir, error) {
	if err := os.MkdirAll(filepath.Join(root, incoming), 0o700); err != nil {
		return nil, fmt.Errorf("evidence: open %s: %w", root, err)
	}
	return &Dir{root: root}, nil
}

// Put is Store.Put.
func (d *Dir) Put(ctx context.Context, r io.Reader, limit int64) (Blob, error) {
	return putInto(ctx, d, r, limit)
}

func (d *Dir) spool() string { return spoolOf(d.root) }

func (d *Dir) keep(_ context.Context, tmp, address string) error { return d.place(tmp, address) }

func (d *Dir) stored(_ context.Context, address string) (io.ReadCloser, int64, error) {
	return d.file(address)
}

func (d *Dir) has(_ context.Context, address string, size int64) (bool, error) {
	info, err := os.Stat(d.path(address))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("evidence: look for %s: %w", address, err)
	}
	return info.Size() == size, nil
}

// encrypt streams r to w as an age file (C2SP age: ChaCha20-Poly1305 in chunks of 64 KiB), hashing
// both sides on the way.
func encrypt(w io.Writer, r io.Reader, limit int64) (Blob, error) {
	stored, sum, national := sha256.New(), sha256.New(), sm3.New()
	var key keyHolder
	enc, err := age.Encrypt(io.MultiWriter(w, stored), &key)
	if err != nil {
		return Blob{}, err
	}
	n, err := io.Copy(io.MultiWriter(enc, sum, national), io.LimitReader(r, limit+1))
	if err != nil {
		return Blob{}, err
	}
	if n > limit {
		return Blob{}, &Unacceptable{Why: TooLarge, Limit: limit}
	}
	if err := enc.Close(); err != nil {
		return Blob{}, err
	}
	return Blob{Address: hex.EncodeToString(stored.Sum(nil)), Size: n, Key: key.file,
		SHA256: [32]byte(sum.Sum(nil)), SM3: [32]byte(national.Sum(nil))}, nil
}

// keyHolder is an age recipient that writes no key into the file: the caller gets it instead.
type keyHolder struct{ file []byte }

func (k *keyHolder) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	k.file = append([]byte(nil), fileKey...)
	return []*age.Stanza{{Type: "yifa-record"}}, nil
}

// place moves a finished file to its address and makes the new names durable.
func (d *Dir) place(tmp, address string) error {
	path := d.path(address)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	now := time.Now().Truncate(time.Minute) // no more exactly than the record says when somebody filed
	for _, name := range []string{path, filepath.Dir(path), d.root, filepath.Dir(tmp)} {
		if err := os.Chtimes(name, now, now); err != nil {
			return err
		}
	}
	return errors.Join(syncDir(filepath.Dir(path)), syncDir(d.root))
}

func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (d *Dir) path(address string) string { return filepath.Join(d.root, address[:2], address) }

// Reader reads the content of a blob at any place, so that a film can be watched from the middle.
// Every 64 KiB chunk is authenticated when read: changed bytes give an error, never wrong content.
type Reader struct {
	*io.SectionReader
	content *watched
	stored  io.Closer
}

// watched remembers that reading failed: decoders of pictures and PDFs turn such an error into one of
// their own.
type watched struct {
	io.ReaderAt
	failed atomic.Pointer[error]
}

func (w *watched) ReadAt(p []byte, off int64) (int, error) {
	n, err := w.ReaderAt.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		err = errors.Join(ErrBrokenBlob, err)
		w.failed.CompareAndSwap(nil, &err)
	}
	return n, err
}

// fault is the first error met in reading, or nil.
func (r *Reader) fault() error {
	if err := r.content.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// Close ends reading.
func (r *Reader) Close() error { return r.stored.Close() }

// Open opens the blob at address with its key. ErrNoBlob if it is not there, ErrBrokenBlob if the key
// is not its key or the file is damaged at its ends.
func (d *Dir) Open(address string, key []byte) (*Reader, error) {
	f, size, err := d.file(address)
	if err != nil {
		return nil, err
	}
	return reader(f, size, address, key)
}

// opened is a stored blob that can be read at any place.
type opened interface {
	io.ReaderAt
	io.Closer
}

// reader reads what is stored in clear.
func reader(f opened, size int64, address string, key []byte) (*Reader, error) {
	content, n, err := age.DecryptReaderAt(f, size, age.NewInjectedFileKeyIdentity(key))
	if err != nil {
		return nil, fmt.Errorf("evidence: open %s: %w", address, errors.Join(ErrBrokenBlob, err, f.Close()))
	}
	w := &watched{ReaderAt: content}
	return &Reader{io.NewSectionReader(w, 0, n), w, f}, nil
}

func (d *Dir) file(address string) (*os.File, int64, error) {
	if !isAddress(address) {
		return nil, 0, fmt.Errorf("evidence: %w: %q is no address", ErrNoBlob, address)
	}
	f, err := os.Open(d.path(address))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, fmt.Errorf("evidence: %w: %s", ErrNoBlob, address)
	} else if err != nil {
		return nil, 0, fmt.Errorf("evidence: open %s: %w", address, err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, fmt.Errorf("evidence: open %s: %w", address, err)
	}
	return f, info.Size(), nil
}

// isAddress keeps everything but 64 lower-case hex digits away from the file system.
func isAddress(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// Check recomputes the address of a stored blob, without a key: nil, ErrNoBlob or ErrBrokenBlob.
func (d *Dir) Check(ctx context.Context, address string) error { return check(ctx, d, address) }

// check is Check of every store.
func check(ctx context.Context, s Store, address string) error {
	f, _, err := s.stored(ctx, address)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // read only: nothing can be lost
	sum := sha256.New()
	if _, err := io.Copy(sum, withContext(ctx, f)); err != nil {
		return fmt.Errorf("evidence: check %s: %w", address, err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != address {
		return fmt.Errorf("evidence: check %s: %w", address, ErrBrokenBlob)
	}
	return nil
}

// Remove deletes a blob; one that is not there is no error, so that a destruction can be repeated
// after a restore.
func (d *Dir) Remove(address string) error {
	if !isAddress(address) {
		return fmt.Errorf("evidence: %w: %q is no address", ErrNoBlob, address)
	}
	if err := os.Remove(d.path(address)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("evidence: remove %s: %w", address, err)
	}
	return nil
}

// RemoveUnfinished deletes what interrupted uploads left behind longer ago than age, which is more than
// any upload may take. Ages are told by the clock of the file system, not by the office's.
func (d *Dir) RemoveUnfinished(age time.Duration) error {
	before := time.Now().Add(-age)
	left, err := os.ReadDir(filepath.Join(d.root, incoming))
	if err != nil {
		return fmt.Errorf("evidence: remove unfinished: %w", err)
	}
	var faults []error
	for _, entry := range left {
		info, err := entry.Info()
		if err == nil && info.ModTime().Before(before) {
			err = os.Remove(filepath.Join(d.root, incoming, entry.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // finished or removed meanwhile by another process
			faults = append(faults, fmt.Errorf("evidence: remove unfinished: %w", err))
		}
	}
	return errors.Join(faults...)
}

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func withContext(ctx context.Context, r io.Reader) io.Reader { return contextReader{ctx, r} }

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
