package evidence

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
)

// errUnreadable means a file does not follow its own format; it is kept, but no clean copy is made.
var errUnreadable = errors.New("file does not follow its format")

// edit is one change to a copy. Hidden data in films and sound is overwritten in place, so that no
// offset within the file has to be corrected.
type edit struct {
	off, n int64
	with   []byte // written first; the rest of n is zeros
	drop   bool   // leave the bytes out of the copy altogether
}

// copyEdited writes r to w with the edits made. Edits that overlap mean the file lied about itself.
func copyEdited(w io.Writer, r io.ReaderAt, size int64, edits []edit) error {
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.off, b.off), cmp.Compare(a.n, b.n)) })
	if len(edits) > maxEdits {
		return fmt.Errorf("%w: too many parts", errUnreadable)
	}
	out := bufio.NewWriterSize(w, copyBuffer)
	copyRange := func(from, to int64) error {
		if from == to {
			return nil
		}
		_, err := out.ReadFrom(io.NewSectionReader(r, from, to-from))
		return err
	}
	at := int64(0)
	for _, e := range edits {
		if e.off < at || e.n < int64(len(e.with)) || e.n > size-e.off {
			return fmt.Errorf("%w: parts overlap", errUnreadable)
		}
		if err := copyRange(at, e.off); err != nil {
			return err
		}
		at = e.off + e.n
		if e.drop {
			continue
		}
		if _, err := out.Write(e.with); err != nil {
			return err
		}
		if _, err := io.CopyN(out, zeros{}, e.n-int64(len(e.with))); err != nil {
			return err
		}
	}
	if err := copyRange(at, size); err != nil {
		return err
	}
	return out.Flush()
}

const (
	copyBuffer = 64 << 10 // the chunk of the encryption
	maxEdits   = 500_000
)

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// readAt reads exactly n bytes at off, or says that the file ends too early. Faults of storage pass
// through as they are.
func readAt(r io.ReaderAt, off int64, n int) ([]byte, error) {
	b := make([]byte, n)
	got, err := r.ReadAt(b, off)
	switch {
	case got == n:
		return b, nil
	case err == nil || errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w: ends too early", errUnreadable)
	}
	return nil, err
}

// paged reads whole pages and keeps the last: parsers look at a few bytes at a time, and every look at
// a blob deciphers a chunk.
type paged struct {
	r    io.ReaderAt
	page []byte
	at   int64
}

func (p *paged) ReadAt(b []byte, off int64) (int, error) {
	done := 0
	for done < len(b) {
		at := off + int64(done)
		if in := at - p.at; p.page == nil || in < 0 || in >= int64(len(p.page)) {
			page := make([]byte, copyBuffer)
			start := at - at%copyBuffer
			n, err := p.r.ReadAt(page, start)
			if err != nil && err != io.EOF {
				return done, err
			}
			if int64(n) <= at-start {
				return done, io.EOF
			}
			p.page, p.at = page[:n], start
		}
		done += copy(b[done:], p.page[at-p.at:])
	}
	return done, nil
}
