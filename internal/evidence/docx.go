package evidence

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// What one DOCX may ask of memory: it is an archive, which may hold far more than its size.
const (
	docxEntries  = 5000
	docxPart     = 64 << 20  // bytes of one part unpacked
	docxUnpacked = 256 << 20 // of all parts
)

const (
	docxMain  = "word/document.xml"
	docxTypes = "[Content_Types].xml"
)

// docxContent is the type of the main part of a document; one with macros has another.
const docxContent = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

// docxDropped are the parts that are left out of a clean copy: who wrote it and when, data of programs, macros.
var docxDropped = []string{"docProps/", "customXml/", "word/people.xml", "word/vbaProject", "word/vbaData.xml", "word/attachedToolbars"}

// docxEmptied are the parts that stay without content, because the text names them: files in the file, and controls.
var docxEmptied = []string{"word/embeddings/", "word/activeX/"}

// docxRuns ends the types of relationships to what a word processor takes into the text, fetches or starts by itself.
var docxRuns = []string{"/aFChunk", "/oleObject", "/package", "/control", "/subDocument"}

func under(name string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(strings.ToLower(name), strings.ToLower(f)) })
}

// openDOCX opens the archive of a document and says what is in it. errUnreadable is no document; its content is not
// looked at.
func openDOCX(r io.ReaderAt, size int64) (*zip.Reader, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	if len(z.File) > docxEntries {
		return nil, fmt.Errorf("%w: %d parts", errUnreadable, len(z.File))
	}
	seen := map[string]bool{}
	left := uint64(docxUnpacked)
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		switch {
		case seen[name], strings.HasPrefix(name, "/"), strings.Contains(name, ".."), strings.Contains(name, `\`):
			return nil, fmt.Errorf("%w: part %q", errUnreadable, f.Name)
		case f.UncompressedSize64 > docxPart, f.UncompressedSize64 > left:
			return nil, fmt.Errorf("%w: part %q is too large", errTooLong, f.Name)
		}
		seen[name] = true
		left -= f.UncompressedSize64
	}
	if !seen[docxMain] {
		return nil, fmt.Errorf("%w: no %s", errUnreadable, docxMain)
	}
	return z, nil
}

// isDOCX says whether an archive is a Word document without macros.
func isDOCX(r io.ReaderAt, size int64) bool {
	z, err := openDOCX(r, size)
	if err != nil {
		return errors.Is(err, errTooLong) && hasDOCXMain(r, size) // kept, without a clean copy
	}
	var types docxTypeList
	err = readXML(z, docxTypes, &types)
	return err == nil && slices.ContainsFunc(types.Override, func(o docxType) bool {
		return strings.EqualFold(o.Part, "/"+docxMain) && o.Content == docxContent
	})
}

func hasDOCXMain(r io.ReaderAt, size int64) bool {
	z, err := zip.NewReader(r, size)
	return err == nil && slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, docxMain) })
}

type docxTypeList struct {
	XMLName  xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Default  []docxType `xml:"Default"`
	Override []docxType `xml:"Override"`
}

type docxType struct {
	Extension string `xml:"Extension,attr,omitempty"`
	Part      string `xml:"PartName,attr,omitempty"`
	Content   string `xml:"ContentType,attr"`
}

type docxLinks struct {
	XMLName xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/relationships Relationships"`
	Links   []docxLink `xml:"Relationship"`
}

type docxLink struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr,omitempty"`
}

// cleanDOCX writes a document anew without the parts that say who wrote it, without files, macros and controls in it,
// and so that it fetches nothing by itself. Names beside comments and changes go; the text, and what was deleted and is
// still kept as a change, stay as they are.
func cleanDOCX(w io.Writer, r *io.SectionReader) error {
	z, err := openDOCX(r, r.Size())
	if err != nil {
		return err
	}
	emptied := map[string]bool{}
	out := zip.NewWriter(w)
	for _, f := range slices.Concat(docxRels(z), docxRest(z)) {
		if under(f.Name, docxDropped) || strings.HasSuffix(f.Name, "/") {
			continue
		}
		raw, err := readPart(f)
		if err != nil {
			return err
		}
		if raw, err = cleanPart(f.Name, raw, emptied); err != nil {
			return err
		}
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate}) // no time: it tells of the author's day
		if err != nil {
			return err
		}
		if _, err := to.Write(raw); err != nil {
			return err
		}
	}
	return out.Close()
}

// docxRels are the parts that name others, docxRest all the rest: what is emptied is known before it comes.
func docxRels(z *zip.Reader) []*zip.File {
	return slices.DeleteFunc(slices.Clone(z.File), func(f *zip.File) bool { return !strings.HasSuffix(f.Name, ".rels") })
}

func docxRest(z *zip.Reader) []*zip.File {
	return slices.DeleteFunc(slices.Clone(z.File), func(f *zip.File) bool { return strings.HasSuffix(f.Name, ".rels") })
}

// cleanPart is one part as a clean copy has it. emptied gathers the parts whose content goes.
func cleanPart(name string, raw []byte, emptied map[string]bool) ([]byte, error) {
	switch {
	case under(name, docxEmptied), emptied[strings.ToLower(name)]:
		return nil, nil
	case name == docxTypes:
		return cleanTypes(raw)
	case strings.HasSuffix(name, ".rels"):
		return cleanLinks(name, raw, emptied)
	case strings.HasSuffix(name, ".xml"):
		return cleanNames(raw)
	}
	if pure := stripJPEG(raw); pure != nil {
		return pure, nil
	}
	return raw, nil
}

func cleanTypes(raw []byte) ([]byte, error) {
	var t docxTypeList
	if err := xml.Unmarshal(raw, &t); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	t.Override = slices.DeleteFunc(t.Override, func(o docxType) bool { return under(strings.TrimPrefix(o.Part, "/"), docxDropped) })
	return xml.Marshal(t)
}

// cleanLinks takes links to dropped parts out, and leads those that would be followed unasked nowhere.
func cleanLinks(name string, raw []byte, emptied map[string]bool) ([]byte, error) {
	var l docxLinks
	if err := xml.Unmarshal(raw, &l); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	folder, _, _ := strings.Cut(name, "_rels/")
	kept := l.Links[:0]
	for _, x := range l.Links {
		target := docxTarget(folder, x.Target)
		switch {
		case x.Mode == "External" && !strings.HasSuffix(x.Type, "/hyperlink"):
			x.Target = "about:blank"
		case x.Mode == "External":
		case under(target, docxDropped):
			continue
		case slices.ContainsFunc(docxRuns, func(end string) bool { return strings.HasSuffix(x.Type, end) }):
			emptied[strings.ToLower(target)] = true
		}
		kept = append(kept, x)
	}
	l.Links = kept
	return xml.Marshal(l)
}

// docxTarget is the part a link of a folder leads to.
func docxTarget(folder, target string) string {
	if whole, is := strings.CutPrefix(target, "/"); is {
		return whole
	}
	for strings.HasPrefix(target, "../") {
		target = target[3:]
		folder = folder[:strings.LastIndex(strings.TrimSuffix(folder, "/"), "/")+1]
	}
	return folder + target
}

// docxNames are the attributes by which a part names people.
var docxNames = regexp.MustCompile(`(\s(?:[\w.-]+:)?(?:author|initials|userId|lastModifiedBy)\s*=\s*)("[^"]*"|'[^']*')`)

// cleanNames empties the attributes that name people, byte for byte otherwise.
func cleanNames(raw []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	var out bytes.Buffer
	at := int64(0)
	for {
		t, err := d.RawToken()
		end := d.InputOffset()
		switch {
		case errors.Is(err, io.EOF):
			out.Write(raw[at:])
			return out.Bytes(), nil
		case err != nil:
			return nil, fmt.Errorf("%w: %w", errUnreadable, err)
		}
		switch t.(type) {
		case xml.StartElement:
			out.Write(docxNames.ReplaceAll(raw[at:end], []byte(`$1""`)))
		case xml.Directive:
			return nil, fmt.Errorf("%w: a part declares a document type", errUnreadable)
		default:
			out.Write(raw[at:end])
		}
		at = end
	}
}

// readPart unpacks one part, never more than it said it is.
func readPart(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	raw, err := io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1)) // at most docxPart
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	return raw, nil
}

func readXML(z *zip.Reader, name string, into any) error {
	for _, f := range z.File {
		if f.Name == name {
			raw, err := readPart(f)
			if err != nil {
				return err
			}
			return xml.Unmarshal(raw, into)
		}
	}
	return errUnreadable
}
