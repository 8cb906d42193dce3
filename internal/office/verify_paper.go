package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"github.com/emmansun/gmsm/sm3"

	"yifa/internal/evidence"
	"yifa/internal/matter"
)

// paper reads a filed paper back from the evidence store and holds its bytes to the hashes that were filed.
func (v *verifier) paper(ctx context.Context, id matter.ID, filed *matter.Filed, part matter.Part) error {
	v.out.Papers++
	if len(part.Files) != 1 || part.Files[0].Blob != filed.Blob {
		return v.differ("paper %s/%d: its part does not name the bytes that were filed", id, filed.Of)
	}
	return v.file(ctx, fmt.Sprintf("paper %s/%d", id, filed.Of), part.Files[0])
}

// files reads the files of a part back.
func (v *verifier) files(ctx context.Context, id matter.ID, seq int, part matter.Part) error {
	for n, f := range part.Files {
		if f.Blob == "" {
			continue
		}
		v.out.Files++
		if err := v.file(ctx, fmt.Sprintf("file %s/%d/%s/%d", id, seq, part.Class, n+1), f); err != nil {
			return err
		}
	}
	return nil
}

// file reads a file back from the evidence store and holds its bytes to the hashes in the record.
func (v *verifier) file(ctx context.Context, name string, f matter.File) error {
	if err := v.o.blobs.Check(ctx, f.Blob); errors.Is(err, evidence.ErrNoBlob) {
		return v.differ("%s: its bytes are missing from the evidence store", name)
	} else if errors.Is(err, evidence.ErrBrokenBlob) {
		return v.differ("%s: its bytes in the evidence store were changed", name)
	} else if err != nil {
		return err
	}
	body, err := v.o.blobs.Open(f.Blob, f.Key)
	if err != nil {
		return v.differ("%s: %v", name, err)
	}
	defer func() { _ = body.Close() }() // read only: nothing can be lost
	sum, national := sha256.New(), sm3.New()
	n, err := io.Copy(io.MultiWriter(sum, national), body)
	switch {
	case err != nil:
		return v.differ("%s: %v", name, err)
	case n != f.Size || !bytes.Equal(sum.Sum(nil), f.SHA256) || !bytes.Equal(national.Sum(nil), f.SM3):
		return v.differ("%s: its bytes do not match the hashes that were filed", name)
	}
	return nil
}
