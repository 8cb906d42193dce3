package evidence

import (
	"context"
	"errors"
	"io"
)

// TakePaper is TakeLarge for papers of an office, which may be Word documents as well.
func (in *Intake) TakePaper(ctx context.Context, name string, r io.Reader) (File, error) {
	return in.takeAs(ctx, name, r, in.limits.LargeBytes, true)
}

// CheckPaperHead is CheckHead of what TakePaper is given. An archive passes: whether it is a document its whole tells.
func (in *Intake) CheckPaperHead(head []byte) error {
	if mayBePaper(head) {
		return nil
	}
	return asPaper(in.CheckHead(head))
}

// asPaper says of a refusal what papers may be.
func asPaper(err error) error {
	var no *Unacceptable
	if errors.As(err, &no) && no.Why == WrongKind {
		no.Accepted = AcceptedPapers()
	}
	return err
}

// isDOCX looks into a stored archive.
func (in *Intake) isDOCX(b Blob) (bool, error) {
	original, err := in.dir.Open(b.Address, b.Key)
	if err != nil {
		return false, err
	}
	is := isDOCX(original, original.Size())
	return is, errors.Join(original.fault(), original.Close())
}
