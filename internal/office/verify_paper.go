package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
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
	f := part.Files[0]
	if err := v.o.blobs.Check(ctx, f.Blob); errors.Is(err, evidence.ErrNoBlob) {
		return v.differ("paper %s/%d: its bytes are missing from the evidence store", id, filed.Of)
	} else if errors.Is(err, evidence.ErrBrokenBlob) {
		return v.differ("paper %s/%d: its bytes in the evidence store were changed", id, filed.Of)
	} else if err != nil {
		return err
	}
	body, err := v.o.blobs.Open(f.Blob, f.Key)
	if err != nil {
		return v.differ("paper %s/%d: %v", id, filed.Of, err)
	}
	defer func() { _ = body.Close() }() // read only: nothing can be lost
	sum, national := sha256.New(), sm3.New()
	n, err := io.Copy(io.MultiWriter(sum, national), body)
	switch {
	case err != nil:
		return v.differ("paper %s/%d: %v", id, filed.Of, err)
	case n != f.Size || !bytes.Equal(sum.Sum(nil), f.SHA256) || !bytes.Equal(national.Sum(nil), f.SM3):
		return v.differ("paper %s/%d: its bytes do not match the hashes that were filed", id, filed.Of)
	}
	return nil
}
