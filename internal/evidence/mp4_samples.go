package evidence

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// wipeSamples zeroes the samples of a track that goes: without it they would still stand in the media
// data, places and all.
func (m *mp4) wipeSamples(trak box) error {
	stbl, err := m.find(trak, "mdia", "minf", "stbl")
	if err != nil {
		return err
	}
	sizes, err := m.sampleSizes(stbl)
	if err != nil {
		return err
	}
	chunks, err := m.chunkOffsets(stbl)
	if err != nil {
		return err
	}
	runs, err := m.table(stbl, "stsc", 4, 12)
	if err != nil {
		return err
	}
	next := 0 // index of the run that begins at the chunk after this one
	perChunk := 0
	for i, off := range chunks {
		if next < len(runs)/12 && int(binary.BigEndian.Uint32(runs[12*next:])) == i+1 {
			perChunk = int(binary.BigEndian.Uint32(runs[12*next+4:]))
			next++
		}
		if perChunk > len(sizes) {
			return fmt.Errorf("%w: fewer samples than its chunks say", errUnreadable)
		}
		n := int64(0)
		for _, size := range sizes[:perChunk] {
			n += int64(size)
		}
		sizes = sizes[perChunk:]
		m.edits = append(m.edits, edit{off: off, n: n}) // one outside the file is refused when copying
	}
	if len(sizes) > 0 {
		return fmt.Errorf("%w: samples in no chunk", errUnreadable)
	}
	return nil
}

// table reads the rows of a sample table: version and flags, skip-4 more bytes of its own, a count,
// rows of width bytes. skip counts from the start of the content to the count.
func (m *mp4) table(stbl box, kind string, skip int64, width int) ([]byte, error) {
	b, err := m.find(stbl, kind)
	if err != nil {
		return nil, err
	}
	head, err := readAt(m.r, b.body+skip, 4)
	if err != nil {
		return nil, err
	}
	n := int64(binary.BigEndian.Uint32(head)) * int64(width)
	if n > maxTable || n > b.end-b.body-skip-4 {
		return nil, fmt.Errorf("%w: table %q too long", errUnreadable, kind)
	}
	return readAt(m.r, b.body+skip+4, int(n))
}

// sampleSizes reads stsz; the compact stz2 is rare in what phones write and counts as unreadable.
func (m *mp4) sampleSizes(stbl box) ([]uint32, error) {
	b, err := m.find(stbl, "stsz")
	if err != nil {
		return nil, err
	}
	head, err := readAt(m.r, b.body+4, 8)
	if err != nil {
		return nil, err
	}
	same, count := binary.BigEndian.Uint32(head), binary.BigEndian.Uint32(head[4:])
	if count > maxSamples {
		return nil, fmt.Errorf("%w: too many samples", errUnreadable)
	}
	sizes := make([]uint32, count)
	if same != 0 {
		for i := range sizes {
			sizes[i] = same
		}
		return sizes, nil
	}
	rows, err := m.table(stbl, "stsz", 8, 4)
	if err != nil {
		return nil, err
	}
	for i := range sizes {
		sizes[i] = binary.BigEndian.Uint32(rows[4*i:])
	}
	return sizes, nil
}

// chunkOffsets reads co64 or, where there is none, stco.
func (m *mp4) chunkOffsets(stbl box) ([]int64, error) {
	rows, err := m.table(stbl, "co64", 4, 8)
	width := 8
	if errors.Is(err, errUnreadable) {
		rows, err = m.table(stbl, "stco", 4, 4)
		width = 4
	}
	if err != nil {
		return nil, err
	}
	out := make([]int64, len(rows)/width)
	for i := range out {
		if width == 8 {
			out[i] = int64(binary.BigEndian.Uint64(rows[8*i:]))
		} else {
			out[i] = int64(binary.BigEndian.Uint32(rows[4*i:]))
		}
	}
	return out, nil
}
