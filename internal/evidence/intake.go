package evidence

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
)

// Reason tells why a file has no clean copy. The original is kept all the same; whoever may see the
// matter is told, and only those who may open originals see the file.
type Reason string

const (
	NoCleanerForKind Reason = "kind"      // HEIC: nothing here decodes it
	TooManyPixels    Reason = "pixels"    // more than Limits.Pixels, or far larger when written anew
	Unreadable       Reason = "damaged"   // it does not follow its format, or in a way not known here
	Encrypted        Reason = "encrypted" // locked by a password
	Infected         Reason = "virus"     // the scanner found something
	TooLong          Reason = "long"      // a PDF of more bytes than are held in memory
)

// File is an accepted file.
type File struct {
	Name        string // safe to save under; it is the sender's own and may name people
	Kind        Kind
	Original    Blob
	Clean       *Blob  // nil where NoCleanCopy says why
	CleanKind   Kind   // WebP comes out as JPEG or PNG
	NoCleanCopy Reason // "" where there is a clean copy
	Found       string // what the scanner called it, where NoCleanCopy is Infected
}

// Intake takes in files by the operator's limits.
type Intake struct {
	dir    Store
	limits Limits
	scan   *Scanner      // nil: nobody looks for viruses
	slots  chan struct{} // images and PDFs are held in memory while being cleaned
}

const cleaners = 2

// NewIntake takes files into dir.
func NewIntake(dir Store, limits Limits) *Intake {
	return &Intake{dir: dir, limits: limits.withDefaults(), slots: make(chan struct{}, cleaners)}
}

// ScanWith has every file looked at before anything else is done with it. Call it before the first file.
func (in *Intake) ScanWith(s *Scanner) { in.scan = s }

// CheckCount refuses with *Unacceptable when one submission would have more than the allowed files.
func (in *Intake) CheckCount(files int) error {
	if files > in.limits.Files {
		return &Unacceptable{Why: TooMany, Limit: int64(in.limits.Files)}
	}
	return nil
}

// Take stores the original and its clean copy. It refuses with *Unacceptable what is empty, too large
// or of a kind not accepted, whatever its name says; then nothing is kept.
func (in *Intake) Take(ctx context.Context, name string, r io.Reader) (File, error) {
	return in.take(ctx, name, r, in.limits.FileBytes)
}

// TakeLarge is Take for a file that came in pieces, which may be longer than one sent in one go.
func (in *Intake) TakeLarge(ctx context.Context, name string, r io.Reader) (File, error) {
	return in.take(ctx, name, r, in.limits.LargeBytes)
}

// CheckLarge refuses with *Unacceptable a file of so many bytes that is to come in pieces, before any has come.
func (in *Intake) CheckLarge(size int64) error {
	switch {
	case size < 1:
		return &Unacceptable{Why: Empty}
	case size > in.limits.LargeBytes:
		return &Unacceptable{Why: TooLarge, Limit: in.limits.LargeBytes}
	}
	return nil
}

// CheckHead refuses with *Unacceptable a file whose first bytes show a kind that is not accepted. Sniffed bytes are enough.
func (in *Intake) CheckHead(head []byte) error {
	if kind, found := kindOf(head); kind == "" {
		return &Unacceptable{Why: WrongKind, Found: found, Accepted: Accepted()}
	}
	return nil
}

func (in *Intake) take(ctx context.Context, name string, r io.Reader, limit int64) (File, error) {
	return in.takeAs(ctx, name, r, limit, false)
}

func (in *Intake) takeAs(ctx context.Context, name string, r io.Reader, limit int64, paper bool) (File, error) {
	f, err := in.receive(ctx, name, r, limit, paper)
	if err != nil {
		return File{}, err
	}
	if err := in.look(ctx, &f); err != nil {
		return File{}, errors.Join(err, in.dir.Remove(f.Original.Address))
	}
	if f.NoCleanCopy == Infected {
		return f, nil
	}
	if err := in.AddCleanCopy(ctx, &f); err != nil {
		return File{}, errors.Join(err, in.dir.Remove(f.Original.Address))
	}
	return f, nil
}

// look asks the scanner about the original. What it finds something in is kept, sealed, and has no copy anybody could open.
func (in *Intake) look(ctx context.Context, f *File) error {
	if in.scan == nil {
		return nil
	}
	original, err := in.dir.Open(f.Original.Address, f.Original.Key)
	if err != nil {
		return err
	}
	found, err := in.scan.Scan(ctx, original)
	if err = errors.Join(err, original.Close()); err != nil {
		return err
	}
	if found != "" {
		f.NoCleanCopy, f.Found = Infected, found
	}
	return nil
}

// receive stores the original only.
func (in *Intake) receive(ctx context.Context, name string, r io.Reader, limit int64, paper bool) (File, error) {
	head := make([]byte, Sniffed)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return File{}, fmt.Errorf("evidence: receive: %w", err)
	}
	if n == 0 {
		return File{}, &Unacceptable{Why: Empty}
	}
	kind, found := kindOf(head[:n])
	if paper && mayBePaper(head[:n]) {
		kind = DOCX
	}
	no := &Unacceptable{Why: WrongKind, Found: found, Accepted: Accepted()}
	if kind == "" && paper {
		return File{}, asPaper(no)
	}
	if kind == "" {
		return File{}, no
	}
	blob, err := in.dir.Put(ctx, io.MultiReader(bytes.NewReader(head[:n]), r), limit)
	if err != nil {
		return File{}, err
	}
	if kind == DOCX {
		if is, err := in.isDOCX(blob); err != nil || !is {
			return File{}, errors.Join(cmp.Or(err, asPaper(no)), in.dir.Remove(blob.Address))
		}
	}
	return File{Name: SafeName(name, kind), Kind: kind, Original: blob}, nil
}

// AddCleanCopy makes the clean copy of f, or notes why there is none. Errors are faults of storage or
// an ended context: the file can be tried again. Give a context with a deadline: a hostile PDF can
// keep its reader busy for long.
func (in *Intake) AddCleanCopy(ctx context.Context, f *File) error {
	select {
	case in.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	original, err := in.dir.Open(f.Original.Address, f.Original.Key)
	if err != nil {
		<-in.slots
		return err
	}
	pipe, w := io.Pipe()
	done := make(chan cleaned, 1)
	go func() {
		kind, err := clean(w, original.SectionReader, f.Kind, in.limits.Pixels)
		w.CloseWithError(err)
		done <- cleaned{kind, errors.Join(err, original.fault(), original.Close())}
		<-in.slots // only now: a reader that is still busy after ctx ended keeps its slot
	}()
	defer context.AfterFunc(ctx, func() { pipe.CloseWithError(ctx.Err()) })()
	blob, putErr := in.dir.Put(ctx, pipe, max(copyGrowth*in.limits.FileBytes, f.Original.Size+in.limits.FileBytes))
	pipe.CloseWithError(io.ErrClosedPipe) // ends the cleaner if storing stopped first
	select {
	case c := <-done:
		return f.settle(c, blob, putErr)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// copyGrowth is how many times the limit a copy may take: a picture written anew may be larger than
// what was sent.
const copyGrowth = 8

type cleaned struct {
	kind Kind
	err  error
}

// settle notes the outcome in f. A file that cannot be cleaned is an outcome, not an error.
func (f *File) settle(c cleaned, blob Blob, putErr error) error {
	f.Clean, f.CleanKind, f.NoCleanCopy = nil, "", ""
	var tooLarge *Unacceptable
	switch {
	case errors.Is(c.err, ErrBrokenBlob):
		return c.err
	case errors.As(putErr, &tooLarge):
		f.NoCleanCopy = TooManyPixels
		return nil
	case errors.Is(c.err, io.ErrClosedPipe), errors.Is(putErr, context.Canceled), errors.Is(putErr, context.DeadlineExceeded):
		return putErr // the cleaner was stopped, so what it says is no news of the file
	case reasonOf(c.err) != "":
		f.NoCleanCopy = reasonOf(c.err)
		return nil
	case c.err != nil:
		return fmt.Errorf("evidence: clean copy of %s: %w", f.Original.Address, c.err)
	case putErr != nil:
		return putErr
	}
	f.Clean, f.CleanKind = &blob, c.kind
	return nil
}

var errNoCleaner = errors.New("no cleaner for this kind")

func reasonOf(err error) Reason {
	switch {
	case errors.Is(err, errNoCleaner):
		return NoCleanerForKind
	case errors.Is(err, errTooManyPixels):
		return TooManyPixels
	case errors.Is(err, errEncrypted):
		return Encrypted
	case errors.Is(err, errTooLong):
		return TooLong
	case errors.Is(err, errUnreadable):
		return Unreadable
	}
	return ""
}

// clean writes r to w without hidden data and tells the kind of what it wrote.
func clean(w io.Writer, r *io.SectionReader, kind Kind, pixels int) (made Kind, err error) {
	// Decoders read hostile files. Where one gives up by panic, this file has no clean copy and the
	// program goes on.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errUnreadable, p)
		}
	}()
	var find func(io.ReaderAt, int64) ([]edit, error)
	switch kind {
	case JPEG, PNG, WebP:
		return cleanImage(w, r, kind, pixels)
	case PDF:
		return PDF, cleanPDF(w, r)
	case DOCX:
		return DOCX, cleanDOCX(w, r)
	case MP4, M4A, MOV:
		find = mp4Edits
	case WebM:
		find = webmEdits
	case WAV:
		find = wavEdits
	case MP3:
		find = mp3Edits
	default:
		return "", errNoCleaner
	}
	edits, err := find(&paged{r: r}, r.Size())
	if err != nil {
		return "", err
	}
	return kind, copyEdited(w, r, r.Size(), edits)
}
