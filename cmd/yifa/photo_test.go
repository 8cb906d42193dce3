package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"testing"
)

// photo is a JPEG. Where said is not empty, its EXIF describes it so, as a telephone writes down place and owner.
func photo(t *testing.T, said string) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 64, 48)), nil))
	if said == "" {
		return b.Bytes()
	}
	const description, ascii = 0x010E, 2 // TIFF 6.0: ImageDescription
	tiff := []byte("MM\x00*\x00\x00\x00\x08")
	text := append([]byte(said), 0)
	tiff = binary.BigEndian.AppendUint16(tiff, 1)
	tiff = binary.BigEndian.AppendUint16(tiff, description)
	tiff = binary.BigEndian.AppendUint16(tiff, ascii)
	tiff = binary.BigEndian.AppendUint32(tiff, uint32(len(text)))
	tiff = binary.BigEndian.AppendUint32(tiff, 26) // after the directory
	tiff = append(binary.BigEndian.AppendUint32(tiff, 0), text...)
	app1 := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(app1)+2))...)
	return append(append(out, app1...), b.Bytes()[2:]...)
}
