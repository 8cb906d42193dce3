package lawtext

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// Bounds of a DOCX file: it is an archive, which may hold far more than its size.
const (
	maxEntries  = 5000
	maxDocument = 64 << 20 // bytes of word/document.xml: the marks around a text are many times as long as the text
	maxDepth    = 200      // elements within each other
)

const documentName = "word/document.xml"

// Lines gives the lines of any DOCX file, from the top; it fails as Read does.
func Lines(data []byte) ([]string, error) { return docx(data) }

// docx gives the paragraphs of a DOCX file. Nothing but the main document is read: no picture, link, macro or note.
func docx(data []byte) ([]string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are compared, never used
		return nil, broken("it is no archive", err)
	}
	if len(z.File) > maxEntries {
		return nil, ErrLarge
	}
	for _, f := range z.File {
		if f.Name != documentName {
			continue
		}
		if f.UncompressedSize64 > maxDocument {
			return nil, ErrLarge
		}
		r, err := f.Open()
		if err != nil {
			return nil, broken(documentName, err)
		}
		defer r.Close() // it only read
		return paragraphs(io.LimitReader(r, maxDocument+1))
	}
	return nil, broken("it holds no "+documentName, nil)
}

// A body is the text of a document as it is read.
type body struct {
	lines []string
	line  strings.Builder
	size  int
	depth int
	skip  int  // depth of an element that is not read, 0: none
	text  bool // within <w:t>
}

// paragraphs reads WordprocessingML: the text of runs, a line for each paragraph and each break. Deleted text, codes
// of fields and the fallbacks beside drawings are passed over.
func paragraphs(r io.Reader) ([]string, error) {
	d := xml.NewDecoder(r)
	var b body
	for {
		if d.InputOffset() > maxDocument {
			return nil, ErrLarge
		}
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, broken(documentName, err)
		}
		if err := b.take(t); err != nil {
			return nil, err
		}
	}
	err := b.end()
	return b.lines, err
}

func (b *body) take(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if b.depth++; b.depth > maxDepth {
			return broken(documentName+" is nested too deep", nil)
		}
		if b.skip > 0 {
			return nil
		}
		b.text = false
		switch t.Name.Local {
		case "t":
			b.text = true
		case "tab":
			b.line.WriteByte('\t')
		case "br", "cr":
			return b.end()
		case "del", "moveFrom", "Fallback", "instrText", "pPr", "rPr":
			b.skip = b.depth
		}
	case xml.EndElement:
		if b.skip == b.depth {
			b.skip = 0
		}
		b.text = false
		b.depth--
		if t.Name.Local == "p" && b.skip == 0 {
			return b.end()
		}
	case xml.CharData:
		if b.text && b.skip == 0 {
			if b.size += len(t); b.size > maxText {
				return ErrLarge
			}
			b.line.Write(t)
		}
	case xml.Directive:
		return broken(documentName+" declares a document type", nil)
	}
	return nil
}

// end closes a line.
func (b *body) end() error {
	line := tidy(b.line.String())
	b.line.Reset()
	if line == "" {
		return nil
	}
	if b.lines = append(b.lines, line); len(b.lines) > maxLines {
		return ErrLarge
	}
	return nil
}
