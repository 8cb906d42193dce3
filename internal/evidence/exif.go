package evidence

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// maxExif bounds what is read of EXIF data: in JPEG it cannot be longer.
const maxExif = 64 << 10

// orientation finds the EXIF orientation of an image, 1 to 8; 1 where there is none or it makes no
// sense, since then the picture is shown as it lies. The error is one of reading only.
func orientation(r *bufio.Reader, kind Kind) (int, error) {
	var tiff []byte
	var err error
	switch kind {
	case JPEG:
		tiff, err = jpegExif(r)
	case PNG:
		tiff, err = chunkExif(r, 8, "eXIf", pngChunk)
	case WebP:
		tiff, err = chunkExif(r, 12, "EXIF", riffChunk)
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	return tiffOrientation(bytes.TrimPrefix(tiff, []byte(exifMark))), nil
}

const exifMark = "Exif\x00\x00"

// jpegExif finds the first APP1 segment with EXIF before the picture data.
func jpegExif(r *bufio.Reader) ([]byte, error) {
	if _, err := r.Discard(2); err != nil { // SOI
		return nil, err
	}
	for {
		var head [4]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return nil, err
		}
		n := int(binary.BigEndian.Uint16(head[2:])) - 2
		if head[0] != 0xFF || head[1] == 0xDA || n < 0 { // the picture data begins
			return nil, nil
		}
		if head[1] == 0xE1 {
			if mark, _ := r.Peek(len(exifMark)); string(mark) == exifMark && n >= len(exifMark) {
				b := make([]byte, n)
				_, err := io.ReadFull(r, b)
				return b, err
			}
		}
		if _, err := r.Discard(n); err != nil {
			return nil, err
		}
	}
}

// A chunkForm reads the head of a chunk: its name, its length, and how much follows it besides.
type chunkForm func(head []byte) (name string, n, after int64)

func pngChunk(h []byte) (string, int64, int64) {
	return string(h[4:]), int64(binary.BigEndian.Uint32(h)), 4 // checksum
}

func riffChunk(h []byte) (string, int64, int64) {
	n := int64(binary.LittleEndian.Uint32(h[4:]))
	return string(h[:4]), n, n % 2 // padding
}

func chunkExif(r *bufio.Reader, skip int, want string, form chunkForm) ([]byte, error) {
	if _, err := r.Discard(skip); err != nil {
		return nil, err
	}
	for {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return nil, err
		}
		name, n, after := form(head[:])
		if name == want {
			b := make([]byte, min(n, maxExif))
			_, err := io.ReadFull(r, b)
			return b, err
		}
		if _, err := io.CopyN(io.Discard, r, n+after); err != nil {
			return nil, err
		}
	}
}

// tiffOrientation reads tag 274 from the first directory of a TIFF block.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(b[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	count := int64(order.Uint16(b[at:]))
	for i := range count {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(b)) {
			return 1
		}
		const tag, short = 274, 3
		if order.Uint16(b[entry:]) == tag && order.Uint16(b[entry+2:]) == short {
			if o := int(order.Uint16(b[entry+8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}

// stripJPEG leaves out the segments of a JPEG in which hidden data stands: APP1 and up except the colour
// notes APP2 and APP14, and comments. It is for pictures inside a PDF, which are not decoded. What is
// not a JPEG comes back as nil.
func stripJPEG(b []byte) []byte {
	if len(b) < 4 || b[0] != 0xFF || b[1] != 0xD8 {
		return nil
	}
	out := append(make([]byte, 0, len(b)), b[:2]...)
	for at := 2; at+4 <= len(b); {
		if b[at] != 0xFF {
			return nil
		}
		marker := b[at+1]
		if marker == 0xDA { // picture data to the end
			return append(out, b[at:]...)
		}
		n := 2 + int(binary.BigEndian.Uint16(b[at+2:]))
		if n < 4 || at+n > len(b) {
			return nil
		}
		hidden := marker >= 0xE1 && marker <= 0xEF && marker != 0xE2 && marker != 0xEE || marker == 0xFE
		if !hidden {
			out = append(out, b[at:at+n]...)
		}
		at += n
	}
	return nil
}
