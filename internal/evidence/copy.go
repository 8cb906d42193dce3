package evidence

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
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

// hashedCopy writes r to a file and closes it, once it is on disk.
func hashedCopy(ctx context.Context, to *os.File, r io.Reader) ([]byte, error) {
	sum := sha256.New()
	_, err := io.Copy(io.MultiWriter(to, sum), withContext(ctx, r))
	return sum.Sum(nil), errors.Join(err, to.Sync(), to.Close())
}
