package evidence

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"
)

func section(b []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b)))
}

func mbox(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), kind...), body...)
}

func u32(ns ...uint32) []byte {
	var b []byte
	for _, n := range ns {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// track makes a track of one chunk with one sample at off.
func track(handler string, off, size uint32) []byte {
	return mbox("trak",
		mbox("tkhd", u32(7, 0xAAAAAAAA, 0xAAAAAAAA, 1, 0)), mbox("udta", []byte(secret)),
		mbox("mdia", mbox("mdhd", u32(0, 0xAAAAAAAA, 0xAAAAAAAA, 1000)), mbox("hdlr", u32(0, 0), []byte(handler), make([]byte, 12), []byte(secret)),
			mbox("minf", mbox("stbl", mbox("stsd", u32(0, 0)), mbox("stsc", u32(0, 1, 1, 1, 1)), mbox("stsz", u32(0, 0, 1, size)), mbox("stco", u32(0, 1, off)))),
			mbox("meta", []byte(secret))))
}

// film is an MP4 with places in every corner: 20 bytes of picture and a sample of a place track.
func film(brand string) (content []byte, media int) {
	ftyp := mbox("ftyp", []byte(brand+"\x00\x00\x00\x00"+brand))
	media = len(ftyp) + 8
	return bytes.Join([][]byte{
		ftyp, mbox("mdat", bytes.Repeat([]byte("P"), 20), []byte(secret)),
		mbox("moov", mbox("mvhd", u32(1<<24, 0xAAAAAAAA, 0xAAAAAAAA, 0xAAAAAAAA, 0xAAAAAAAA, 0x11223344)), track("vide", uint32(media), 20), track("meta", uint32(media)+20, uint32(len(secret))),
			mbox("udta", mbox("\xa9xyz", []byte(secret))), mbox("meta", []byte(secret))),
		mbox("uuid", []byte(secret)), mbox("free", []byte(secret)),
		append(append(u32(1), "xxxx"...), append(u32(0, uint32(16+len(secret))), secret...)...), // a 64-bit size
		append(append(u32(0), "meta"...), secret...),                                            // to the end of the file
	}, nil), media
}

func TestFilmsLosePlaceTimeAndMakerAndKeepTheirOffsets(t *testing.T) {
	for brand, kind := range map[string]Kind{"isom": MP4, "qt  ": MOV, "M4A ": M4A} {
		content, media := film(brand)
		out, f := cleanCopy(t, "film", content)
		if f.Kind != kind || f.CleanKind != kind {
			t.Fatalf("%s: %s", brand, f.Kind)
		}
		if len(out) != len(content) || !bytes.Equal(out[media:media+20], content[media:media+20]) {
			t.Fatal("the picture moved or changed")
		}
		if bytes.Contains(out, []byte{0xAA, 0xAA}) {
			t.Fatal("a time of recording is left")
		}
		if !bytes.Contains(out, u32(0x11223344)) {
			t.Fatal("the time scale went with the times")
		}
		if bytes.Count(out, []byte("trak")) != 1 || !bytes.Contains(out, []byte("vide")) {
			t.Fatal("the wrong track went")
		}
	}
}

func TestFilmsThatLieAboutThemselvesHaveNoCleanCopy(t *testing.T) {
	good, media := film("isom")
	outside := bytes.Join([][]byte{mbox("moov", track("vide", 0, 4), track("meta", 1<<30, 20))}, nil)
	overlap := bytes.Join([][]byte{mbox("moov", track("vide", 0, 4), track("meta", 8, 60))}, nil)
	for name, b := range map[string][]byte{
		"cut": good[:len(good)-200], "box too small": append(u32(4), "moov"...), "samples outside": outside, "samples over boxes": overlap,
		"no track": good[:media], "only places": mbox("moov", track("meta", 0, 4)),
		"fragments": append(mbox("moov", track("vide", 0, 4), track("meta", 0, 0)), mbox("moof")...),
	} {
		edits, err := mp4Edits(section(b), int64(len(b)))
		if err == nil {
			err = copyEdited(io.Discard, section(b), int64(len(b)), edits)
		}
		if !errors.Is(err, errUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func chunk(id string, body []byte) []byte {
	b := append([]byte(id), binary.LittleEndian.AppendUint32(nil, uint32(len(body)))...)
	return append(append(b, body...), make([]byte, len(body)%2)...)
}

func TestWAVLosesWhatIsNotSound(t *testing.T) {
	body := bytes.Join([][]byte{[]byte("WAVE"), chunk("bext", []byte(secret)), chunk("fmt ", make([]byte, 16)), chunk("none", nil), chunk("data", []byte("SOUND")),
		chunk("LIST", []byte("INFO"+secret+"!")), chunk("id3 ", []byte(secret)), []byte("x")}, nil)
	content := chunk("RIFF", body)
	out, f := cleanCopy(t, "a.wav", content)
	if f.Kind != WAV || len(out) != len(content) || !bytes.Contains(out, []byte("data\x05\x00\x00\x00SOUND")) || bytes.Count(out, []byte("JUNK")) != 4 {
		t.Fatalf("%s %q", f.Kind, out)
	}
}

func id3v2(flags byte, body []byte) []byte {
	n := len(body)
	return append([]byte{'I', 'D', '3', 4, 0, flags, 0, byte(n >> 14), byte(n >> 7 & 0x7F), byte(n & 0x7F)}, body...)
}

func TestMP3LosesTagsAtBothEnds(t *testing.T) {
	sound := append([]byte{0xFF, 0xFB, 0x90, 0x64}, bytes.Repeat([]byte{0x55}, 413)...)
	v1 := append([]byte("TAG"+secret), make([]byte, 125-len(secret))...)
	apeItems := []byte("\x04\x00\x00\x00\x00\x00\x00\x00Title\x00" + secret)
	footer := append([]byte("APETAGEX"), binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, 2000), uint32(len(apeItems)+32))...)
	footer = append(footer, make([]byte, 16)...)
	lyrics := []byte("LYRICSBEGININD00002" + secret + "000039LYRICS200")
	v24 := append(id3v2(0x10, []byte(secret)), id3v2(0x10, []byte(secret))[:10]...)
	copy(v24[len(v24)-10:], "3DI")
	content := bytes.Join([][]byte{id3v2(0, append([]byte(secret), make([]byte, 300)...)), v24, make([]byte, 7), sound, v24, apeItems, footer, lyrics, v1}, nil)
	out, f := cleanCopy(t, "a.mp3", content)
	if f.Kind != MP3 || !bytes.Equal(out, sound) {
		t.Fatalf("%s, %d bytes of %d", f.Kind, len(out), len(sound))
	}
	for name, b := range map[string][]byte{
		"only a tag": id3v2(0, []byte(secret)), "tag beyond the end": id3v2(0, []byte(secret))[:20], "no sound": append(id3v2(0, nil), "text, not sound"...),
		"lying APE": append(append([]byte{}, sound...), append(append([]byte("APETAGEX\xd0\x07\x00\x00"), 0xFF, 0xFF, 0xFF, 0), make([]byte, 16)...)...),
	} {
		if _, err := mp3Edits(section(b), int64(len(b))); !errors.Is(err, errUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func ebml(id uint32, size int, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	b := bytes.TrimLeft(u32(id), "\x00")
	switch size {
	case 1:
		b = append(b, 0x80|byte(len(body)))
	case 8:
		b = append(append(b, 1, 0, 0, 0), u32(uint32(len(body)))...)
	default: // unknown, as browsers record
		b = append(b, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
	}
	return append(b, body...)
}

func TestWebMLosesTagsAlsoAsBrowsersRecordIt(t *testing.T) {
	head := ebml(ebmlHeader, 1, ebml(0x4282, 1, []byte("webm")))
	info := ebml(webmInfo, 1, ebml(0x2AD7B1, 1, u32(1000000)), ebml(0x4D80, 1, []byte("GPS app")), ebml(0x4461, 1, []byte("GPS date")), ebml(0x7BA9, 1, []byte(secret)))
	tracks := ebml(webmTracks, 1, ebml(webmTrack, 1, ebml(0xD7, 1, []byte{1}), ebml(webmType, 1, []byte{1}), ebml(0x536E, 1, []byte("GPS "))))
	tags := ebml(0x1254C367, 8, []byte(secret))
	cluster := func(size int) []byte {
		return ebml(webmCluster, size, ebml(0xE7, 1, []byte{0}), ebml(0xA3, 1, []byte("PICTURE")))
	}
	for _, size := range []int{8, 0} {
		content := append(bytes.Clone(head), ebml(webmSegment, size, info, tracks, cluster(size), cluster(size), tags)...)
		out, f := cleanCopy(t, "a.webm", content)
		if f.Kind != WebM || len(out) != len(content) || bytes.Count(out, []byte("PICTURE")) != 2 {
			t.Fatalf("%s %q", f.Kind, out)
		}
		if edits, err := webmEdits(section(out), int64(len(out))); err != nil {
			t.Fatalf("the copy is no WebM: %v %v", edits, err)
		}
	}
	places := append(bytes.Clone(head), ebml(webmSegment, 8, ebml(webmTracks, 1, ebml(webmTrack, 1, ebml(webmType, 1, []byte{33}))))...)
	if _, err := webmEdits(section(places), int64(len(places))); !errors.Is(err, errUnreadable) {
		t.Fatal(err)
	}
}

// fuzzEdits holds every finder to the same promises: no panic, edits that fit, a copy that does not
// grow, and a second cleaning that finds a well-formed file.
func fuzzEdits(f *testing.F, find func(io.ReaderAt, int64) ([]edit, error), again bool) {
	f.Fuzz(func(t *testing.T, b []byte) {
		edits, err := find(&paged{r: section(b)}, int64(len(b)))
		var out bytes.Buffer
		if err == nil {
			err = copyEdited(&out, section(b), int64(len(b)), edits)
		}
		if err != nil {
			if !errors.Is(err, errUnreadable) {
				t.Fatal(err)
			}
			return
		}
		if out.Len() > len(b) {
			t.Fatal("the copy grew")
		}
		if !again {
			return
		}
		if _, err := find(section(out.Bytes()), int64(out.Len())); err != nil {
			t.Fatalf("the copy cannot be read: %v", err)
		}
	})
}

func FuzzMP4(f *testing.F) {
	b, _ := film("isom")
	f.Add(b)
	f.Add(mbox("moov", track("vide", 0, 4), track("meta", 8, 60)))
	fuzzEdits(f, mp4Edits, true)
}

func FuzzWebM(f *testing.F) {
	f.Add(append(ebml(ebmlHeader, 1), ebml(webmSegment, 0, ebml(webmCluster, 0, ebml(0xA3, 1)), ebml(0x1254C367, 8))...))
	fuzzEdits(f, webmEdits, true)
}

func FuzzWAV(f *testing.F) {
	f.Add(chunk("RIFF", append([]byte("WAVE"), chunk("LIST", []byte("x"))...)))
	fuzzEdits(f, wavEdits, true)
}

func FuzzMP3(f *testing.F) {
	f.Add(append(id3v2(0, []byte("x")), 0xFF, 0xFB, 0x90, 0x64))
	f.Add([]byte("\xff\xfb\x90\x64000015LYRICS200"))
	fuzzEdits(f, mp3Edits, false) // sound may end in bytes that read as a tag once another is gone
}
