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
)

// Addresses lists the blobs that are there, in order.
func (d *Dir) Addresses() ([]string, error) {
	folders, err := os.ReadDir(d.root)
	if err != nil {
		return nil, fmt.Errorf("evidence: list: %w", err)
	}
	var list []string
	for _, folder := range folders {
		if len(folder.Name()) != 2 || !folder.IsDir() {
			continue
		}
		blobs, err := os.ReadDir(filepath.Join(d.root, folder.Name()))
		if err != nil {
			return nil, fmt.Errorf("evidence: list: %w", err)
		}
		for _, b := range blobs {
			if isAddress(b.Name()) {
				list = append(list, b.Name())
			}
		}
	}
	return list, nil
}

// CopyTo copies a blob, as it is stored, into another directory and tells its size there; 0 where it was there already.
// Errors: ErrNoBlob, and ErrBrokenBlob where its bytes are not those of its address, in which case nothing is kept.
func (d *Dir) CopyTo(ctx context.Context, to *Dir, address string) (int64, error) {
	from, size, err := d.file(address)
	if err != nil {
		return 0, err
	}
	defer from.Close()
	if info, err := os.Stat(to.path(address)); err == nil && info.Size() == size {
		return 0, nil
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("evidence: copy %s: %w", address, err)
	}
	tmp, err := os.CreateTemp(filepath.Join(to.root, incoming), "*")
	if err != nil {
		return 0, fmt.Errorf("evidence: copy %s: %w", address, err)
	}
	defer os.Remove(tmp.Name()) // after the rename there is nothing left to remove
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(tmp, sum), withContext(ctx, from))
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != address {
		err = ErrBrokenBlob
	}
	if err == nil {
		err = to.place(tmp.Name(), address)
	}
	if err != nil {
		return 0, fmt.Errorf("evidence: copy %s: %w", address, err)
	}
	return size, nil
}
