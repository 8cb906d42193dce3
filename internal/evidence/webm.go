package evidence

import (
	"fmt"
	"io"
	"math/bits"
)

// Elements of WebM (RFC 8794 for the encoding, RFC 9559 for the elements).
const (
	ebmlHeader   = 0x1A45DFA3
	webmSegment  = 0x18538067
	webmSeekHead = 0x114D9B74
	webmInfo     = 0x1549A966
	webmTracks   = 0x1654AE6B
	webmCues     = 0x1C53BB6B
	webmCluster  = 0x1F43B675
	webmTrack    = 0xAE
	webmType     = 0x83
	webmVoid     = 0xEC
)

// webmKeep lists, for each element that is looked into, those a player needs. The rest becomes Void:
// Tags, Attachments, Chapters, title, date and names.
var webmKeep = map[uint32]map[uint32]bool{
	0:           {ebmlHeader: true, webmSegment: true},
	webmSegment: {webmSeekHead: true, webmInfo: true, webmTracks: true, webmCues: true, webmCluster: true},
	webmInfo:    {0x2AD7B1: true, 0x4489: true, 0x4D80: true, 0x5741: true}, // scale, duration, and the two programs, which must stand
	webmTracks:  {webmTrack: true},
	webmTrack: {0xD7: true, 0x73C5: true, webmType: true, 0xB9: true, 0x88: true, 0x55AA: true, 0x9C: true, 0x23E383: true,
		0x22B59C: true, 0x22B59D: true, 0x86: true, 0x63A2: true, 0x56AA: true, 0x56BB: true, 0xE0: true, 0xE1: true, 0x55EE: true, 0x41E4: true, 0x6D80: true},
}

// clusterIDs are the elements that may stand in a cluster: one of unknown size, as browsers record
// them, ends where another element begins.
var clusterIDs = map[uint32]bool{0xE7: true, 0x5854: true, 0xA7: true, 0xAB: true, 0xA3: true, 0xA0: true, 0xAF: true, webmVoid: true, 0xBF: true}

type element struct {
	id               uint32
	start, body, end int64
	unknown          bool // its size was not known when it was written; end is the end of what holds it
}

type webm struct {
	r     io.ReaderAt
	count int
	edits []edit
}

// webmEdits finds what has to go from a WebM file.
func webmEdits(r io.ReaderAt, size int64) ([]edit, error) {
	w := &webm{r: r}
	if err := w.walk(0, 0, size); err != nil {
		return nil, err
	}
	return w.edits, nil
}

func (w *webm) walk(in uint32, from, to int64) error {
	for at := from; at < to; {
		e, err := w.element(at, to)
		if err != nil {
			return err
		}
		if e.unknown {
			if e, err = w.measure(e); err != nil {
				return err
			}
		}
		if err := w.visit(in, e); err != nil {
			return err
		}
		at = e.end
	}
	return nil
}

func (w *webm) visit(in uint32, e element) error {
	if !webmKeep[in][e.id] {
		return w.void(e)
	}
	switch {
	case in == webmInfo && (e.id == 0x4D80 || e.id == 0x5741):
		w.edits = append(w.edits, edit{off: e.body, n: e.end - e.body}) // zeros end a text at once
		return nil
	case in == webmTrack && e.id == webmType:
		kind, err := readAt(w.r, e.body, int(min(e.end-e.body, 1)))
		if err != nil {
			return err
		}
		if len(kind) != 1 || kind[0] != 1 && kind[0] != 2 && kind[0] != 17 { // picture, sound, captions
			return fmt.Errorf("%w: a track of timed metadata", errUnreadable)
		}
		return nil
	}
	if _, holds := webmKeep[e.id]; holds {
		return w.walk(e.id, e.body, e.end)
	}
	return nil
}

// measure finds where an element of unknown size ends. Only Segment and Cluster may be such.
func (w *webm) measure(e element) (element, error) {
	switch e.id {
	case webmSegment:
		return e, nil
	case webmCluster:
		for at := e.body; at < e.end; {
			child, err := w.element(at, e.end)
			if err != nil {
				return element{}, err
			}
			if !clusterIDs[child.id] {
				e.end = at
				return e, nil
			}
			if child.unknown {
				return element{}, fmt.Errorf("%w: element %x of unknown size", errUnreadable, child.id)
			}
			at = child.end
		}
		return e, nil
	}
	return element{}, fmt.Errorf("%w: element %x of unknown size", errUnreadable, e.id)
}

// void overwrites an element by a Void of the same size.
func (w *webm) void(e element) error {
	n := e.end - e.start
	switch {
	case n < 2:
		return fmt.Errorf("%w: element of %d bytes", errUnreadable, n)
	case n < 9: // one byte of size
		w.edits = append(w.edits, edit{off: e.start, n: n, with: []byte{webmVoid, 0x80 | byte(n-2)}})
	default: // eight bytes of size, whose first says so
		with := []byte{webmVoid, 0x01}
		for shift := 48; shift >= 0; shift -= 8 {
			with = append(with, byte((n-9)>>shift))
		}
		w.edits = append(w.edits, edit{off: e.start, n: n, with: with})
	}
	return nil
}

func (w *webm) element(at, to int64) (element, error) {
	if w.count++; w.count > maxBoxes {
		return element{}, fmt.Errorf("%w: too many elements", errUnreadable)
	}
	head := make([]byte, min(12, to-at))
	if _, err := w.r.ReadAt(head, at); err != nil && err != io.EOF {
		return element{}, err
	}
	idLen := vintLen(head)
	if idLen == 0 || idLen > 4 || idLen >= len(head) {
		return element{}, fmt.Errorf("%w: element at %d", errUnreadable, at)
	}
	e := element{start: at}
	for _, b := range head[:idLen] {
		e.id = e.id<<8 | uint32(b)
	}
	head = head[idLen:]
	n := vintLen(head)
	if n == 0 || n > len(head) {
		return element{}, fmt.Errorf("%w: element at %d", errUnreadable, at)
	}
	size := uint64(head[0]) & (1<<(8-n) - 1)
	for _, b := range head[1:n] {
		size = size<<8 | uint64(b)
	}
	e.body = at + int64(idLen+n)
	if e.unknown = size == 1<<(7*n)-1; e.unknown {
		e.end = to
		return e, nil
	}
	if size > uint64(to-e.body) {
		return element{}, fmt.Errorf("%w: element %x larger than what holds it", errUnreadable, e.id)
	}
	e.end = e.body + int64(size)
	return e, nil
}

// vintLen is the length in bytes of the variable-length number at the start of b, 0 if there is none.
func vintLen(b []byte) int {
	if len(b) == 0 || b[0] == 0 {
		return 0
	}
	return bits.LeadingZeros8(b[0]) + 1
}
