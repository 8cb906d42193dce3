package evidence

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// mp4Keep lists, for each box that holds boxes, the boxes a player needs (ISO/IEC 14496-12 and the
// QuickTime File Format). Everything else becomes empty space of the same size: udta, meta and uuid,
// where phones and editors put place, device and author, and whatever is invented next.
var mp4Keep = map[string]string{
	"":     "ftyp styp moov mdat moof mfra sidx ssix",
	"moov": "mvhd trak mvex",
	"trak": "tkhd edts mdia tapt",
	"mdia": "mdhd hdlr minf elng",
	"minf": "vmhd smhd gmhd nmhd sthd hdlr dinf stbl",
	"stbl": "stsd stts ctts cslg stsc stsz stz2 stco co64 stss stsh sdtp sbgp sgpd subs saiz saio padb stdp stps",
	"mvex": "mehd trex leva",
	"moof": "mfhd traf",
	"traf": "tfhd tfdt trun sbgp sgpd subs saiz saio sdtp",
}

// mp4Tracks are the kinds of track a clean copy keeps: picture, sound and captions. Timed metadata
// (a place or a measurement for each moment) and time codes go.
const mp4Tracks = "vide soun subt sbtl text clcp"

const (
	maxBoxes   = 200_000
	maxSamples = 2_000_000
	maxTable   = 32 << 20 // bytes of one sample table held in memory
)

type box struct {
	kind       string
	start, end int64 // of the whole box
	body       int64 // start of the content
}

type mp4 struct {
	r         io.ReaderAt
	boxes     int
	edits     []edit
	fragments bool
	kept      int  // tracks
	foreign   bool // a track was taken out
}

// mp4Edits finds what has to go from an MP4, M4A or MOV file.
func mp4Edits(r io.ReaderAt, size int64) ([]edit, error) {
	m := &mp4{r: r}
	if err := m.walk("", 0, size); err != nil {
		return nil, err
	}
	if m.kept == 0 {
		return nil, fmt.Errorf("%w: no picture and no sound", errUnreadable)
	}
	if m.fragments && m.foreign {
		return nil, fmt.Errorf("%w: timed metadata spread over fragments", errUnreadable)
	}
	return m.edits, nil
}

func (m *mp4) walk(in string, from, to int64) error {
	for at := from; at < to; {
		b, err := m.box(at, to)
		if err != nil {
			return err
		}
		if err := m.visit(in, b); err != nil {
			return err
		}
		at = b.end
	}
	return nil
}

func (m *mp4) visit(in string, b box) error {
	if !strings.Contains(" "+mp4Keep[in]+" ", " "+b.kind+" ") {
		m.blank(b)
		return nil
	}
	switch b.kind {
	case "mvhd", "tkhd", "mdhd":
		return m.forgetTimes(b)
	case "hdlr":
		// version 4, predefined 4, type 4, reserved 12, then a name that tells the maker.
		if b.end-b.body > 24 {
			m.edits = append(m.edits, edit{off: b.body + 24, n: b.end - b.body - 24})
		}
		return nil
	case "trak":
		kept, err := m.keepsTrack(b)
		if err != nil || !kept {
			return err
		}
	case "moof":
		m.fragments = true
	}
	if _, holds := mp4Keep[b.kind]; holds {
		return m.walk(b.kind, b.body, b.end)
	}
	return nil
}

// box reads the header of the box at at, which must end by to.
func (m *mp4) box(at, to int64) (box, error) {
	if m.boxes++; m.boxes > maxBoxes {
		return box{}, fmt.Errorf("%w: too many boxes", errUnreadable)
	}
	head, err := readAt(m.r, at, 8)
	if err != nil {
		return box{}, err
	}
	b := box{kind: string(head[4:]), start: at, body: at + 8}
	size := int64(binary.BigEndian.Uint32(head))
	switch size {
	case 0: // to the end of what holds it
		size = to - at
	case 1:
		long, err := readAt(m.r, at+8, 8)
		if err != nil {
			return box{}, err
		}
		size, b.body = int64(binary.BigEndian.Uint64(long)), at+16
	}
	if size < b.body-at || size > to-at {
		return box{}, fmt.Errorf("%w: box %q at %d", errUnreadable, b.kind, at)
	}
	b.end = at + size
	return b, nil
}

// blank turns a box into empty space of the same size.
func (m *mp4) blank(b box) {
	m.edits = append(m.edits, edit{off: b.start + 4, n: 4, with: []byte("free")}, edit{off: b.body, n: b.end - b.body})
}

// forgetTimes zeroes the times of creation and change, which open the content after version and flags.
func (m *mp4) forgetTimes(b box) error {
	version, err := readAt(m.r, b.body, 1)
	if err != nil {
		return err
	}
	n := int64(8)
	if version[0] == 1 {
		n = 16
	}
	if b.end-b.body < 4+n {
		return fmt.Errorf("%w: box %q too short", errUnreadable, b.kind)
	}
	m.edits = append(m.edits, edit{off: b.body + 4, n: n})
	return nil
}

// keepsTrack tells whether a track stays; one that goes is blanked together with its samples.
func (m *mp4) keepsTrack(trak box) (bool, error) {
	hdlr, err := m.find(trak, "mdia", "hdlr")
	if err != nil {
		return false, err
	}
	kind, err := readAt(m.r, hdlr.body+8, 4)
	if err != nil {
		return false, err
	}
	if strings.Contains(" "+mp4Tracks+" ", " "+string(kind)+" ") {
		m.kept++
		return true, nil
	}
	m.foreign = true
	if err := m.wipeSamples(trak); err != nil {
		return false, err
	}
	m.blank(trak)
	return false, nil
}

// find follows a path of first children from b.
func (m *mp4) find(b box, path ...string) (box, error) {
	for _, kind := range path {
		found := false
		for at := b.body; at < b.end && !found; {
			child, err := m.box(at, b.end)
			if err != nil {
				return box{}, err
			}
			if at = child.end; child.kind == kind {
				b, found = child, true
			}
		}
		if !found {
			return box{}, fmt.Errorf("%w: no %q in %q", errUnreadable, kind, b.kind)
		}
	}
	return b, nil
}
