package evidence

import (
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// wavEdits finds what has to go from a WAV file: every chunk but the sound and its description becomes
// a JUNK chunk of zeros (LIST/INFO, bext with device and time, iXML, id3 …).
func wavEdits(r io.ReaderAt, size int64) ([]edit, error) {
	var edits []edit
	for at := int64(12); at < size; {
		if size-at < 8 { // less than a chunk: a careless writer's padding
			return append(edits, edit{off: at, n: size - at}), nil
		}
		head, err := readAt(r, at, 8)
		if err != nil {
			return nil, err
		}
		// A recording that broke off says more than there is: then the chunk runs to the end.
		n := min(int64(binary.LittleEndian.Uint32(head[4:])), size-at-8)
		switch string(head[:4]) {
		case "fmt ", "fact", "data":
		default:
			edits = append(edits, edit{off: at, n: 4, with: []byte("JUNK")}, edit{off: at + 8, n: n})
		}
		at += 8 + n
		if n%2 == 1 && at < size {
			edits = append(edits, edit{off: at, n: 1}) // padding
			at++
		}
		if len(edits) > maxBoxes {
			return nil, fmt.Errorf("%w: too many chunks", errUnreadable)
		}
	}
	return edits, nil
}

// mp3Edits finds what has to go from an MP3 file: the tags before and after the sound (ID3v2 at both
// ends, ID3v1, APE, Lyrics3). What is left must begin with a frame of sound.
func mp3Edits(r io.ReaderAt, size int64) ([]edit, error) {
	from, to := int64(0), size
	for to-from >= 10 {
		n, err := id3v2Size(r, from, "ID3")
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		from += n
	}
	for from < to {
		n, err := tailTag(r, from, to)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		to -= n
	}
	for ; from < to; from++ { // some writers leave zeros between tag and sound
		b, err := readAt(r, from, 1)
		if err != nil {
			return nil, err
		}
		if b[0] != 0 {
			break
		}
	}
	if to-from < 4 {
		return nil, fmt.Errorf("%w: no sound between the tags", errUnreadable)
	}
	frame, err := readAt(r, from, 2)
	if err != nil {
		return nil, err
	}
	if frame[0] != 0xFF || frame[1]&0xE0 != 0xE0 {
		return nil, fmt.Errorf("%w: no sound after the tags", errUnreadable)
	}
	return []edit{{off: 0, n: from, drop: true}, {off: to, n: size - to, drop: true}}, nil
}

// id3v2Size is the whole size of the ID3v2 tag whose header or footer stands at at, or 0.
func id3v2Size(r io.ReaderAt, at int64, mark string) (int64, error) {
	h, err := readAt(r, at, 10)
	if err != nil {
		return 0, err
	}
	if string(h[:3]) != mark {
		return 0, nil
	}
	n := int64(10)
	if h[5]&0x10 != 0 { // a footer repeats the header
		n += 10
	}
	return n + int64(h[6]&0x7F)<<21 + int64(h[7]&0x7F)<<14 + int64(h[8]&0x7F)<<7 + int64(h[9]&0x7F), nil
}

// tailTag is the size of the tag that ends at to, or 0. No tag may reach before from.
func tailTag(r io.ReaderAt, from, to int64) (int64, error) {
	const most = 128
	tail, err := readAt(r, max(from, to-most), int(to-max(from, to-most)))
	if err != nil {
		return 0, err
	}
	last := func(n int) string { return string(tail[max(0, len(tail)-n):]) }
	n := int64(0)
	switch {
	case len(tail) == most && strings.HasPrefix(last(128), "TAG"):
		n = 128
	case len(tail) >= 32 && strings.HasPrefix(last(32), "APETAGEX"):
		footer := []byte(last(32))
		n = int64(binary.LittleEndian.Uint32(footer[12:]))
		if binary.LittleEndian.Uint32(footer[20:])&(1<<31) != 0 { // a header besides
			n += 32
		}
		n = max(n, 32)
	case len(tail) >= 15 && last(9) == "LYRICS200":
		size, err := strconv.ParseUint(last(15)[:6], 10, 32)
		if err != nil {
			return 0, fmt.Errorf("%w: size of a Lyrics3 tag", errUnreadable)
		}
		n = int64(size) + 15
	case len(tail) >= 10 && strings.HasPrefix(last(10), "3DI"):
		if n, err = id3v2Size(r, to-10, "3DI"); err != nil {
			return 0, err
		}
	}
	if n > to-from {
		return 0, fmt.Errorf("%w: a tag larger than the file", errUnreadable)
	}
	return n, nil
}
