package evidence

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Store keeps blobs: a directory of this machine, or a bucket of an object store that speaks S3. Several programs may share
// one. Errors: ErrNoBlob, ErrBrokenBlob; anything else is a fault of the store.
type Store interface {
	// Put encrypts and stores what r yields, and returns only when it is kept under its address. More than limit bytes are
	// refused with *Unacceptable and nothing is kept.
	Put(ctx context.Context, r io.Reader, limit int64) (Blob, error)
	// Open opens a blob with its key; every chunk is authenticated when read.
	Open(address string, key []byte) (*Reader, error)
	// Check reads a blob back and recomputes its address, without a key.
	Check(ctx context.Context, address string) error
	// Remove deletes a blob; one that is not there is no error.
	Remove(address string) error
	// Addresses lists the blobs that are there, in order.
	Addresses() ([]string, error)
	// RemoveUnfinished deletes what interrupted programs left behind longer ago than age.
	RemoveUnfinished(age time.Duration) error
	// Free tells how many bytes there is room for where files are put together.
	Free() (int64, error)

	stored(ctx context.Context, address string) (io.ReadCloser, int64, error)
	has(ctx context.Context, address string, size int64) (bool, error)
	keep(ctx context.Context, tmp, address string) error
	spool() string // folder for files not yet whole, on this machine
}

// Copy copies a blob, as it is stored, into another store and tells its size there; 0 where it was there already.
// Errors: ErrNoBlob, and ErrBrokenBlob where its bytes are not those of its address, in which case nothing is kept.
func Copy(ctx context.Context, from, to Store, address string) (int64, error) {
	body, size, err := from.stored(ctx, address)
	if err != nil {
		return 0, err
	}
	defer func() { _ = body.Close() }() // read only: nothing can be lost
	if there, err := to.has(ctx, address, size); there || err != nil {
		return 0, err
	}
	tmp, err := os.CreateTemp(to.spool(), "*")
	if err != nil {
		return 0, fmt.Errorf("evidence: copy %s: %w", address, err)
	}
	defer os.Remove(tmp.Name()) // after it is kept there is nothing left to remove
	sum, err := hashedCopy(ctx, tmp, body)
	if err == nil && hex.EncodeToString(sum) != address {
		err = ErrBrokenBlob
	}
	if err == nil {
		err = to.keep(ctx, tmp.Name(), address)
	}
	if err != nil {
		return 0, fmt.Errorf("evidence: copy %s: %w", address, err)
	}
	return size, nil
}

// putInto is Put of every store: what is not yet whole lies encrypted in the spool.
func putInto(ctx context.Context, s Store, r io.Reader, limit int64) (Blob, error) {
	tmp, err := os.CreateTemp(s.spool(), "*")
	if err != nil {
		return Blob{}, fmt.Errorf("evidence: put: %w", err)
	}
	defer os.Remove(tmp.Name()) // after it is kept there is nothing left to remove
	blob, err := encrypt(tmp, withContext(ctx, r), limit)
	if err == nil {
		err = tmp.Sync()
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return Blob{}, fmt.Errorf("evidence: put: %w", err)
	}
	if err := s.keep(ctx, tmp.Name(), blob.Address); err != nil {
		return Blob{}, fmt.Errorf("evidence: put %s: %w", blob.Address, err)
	}
	return blob, nil
}

func spoolOf(root string) string { return filepath.Join(root, incoming) }
