package evidence

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

// docxOf is a document of some parts beside those every document has; a part of the same name stands in its place.
func docxOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		docxTypes:     `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + docxContent + `"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://x/core-properties" Target="docProps/core.xml"/></Relationships>`,
		docxMain:      `<w:document xmlns:w="urn:w"><w:body><w:p><w:ins w:id="1" w:author="` + secret + `"><w:r><w:t>现场笔录 author="照抄"</w:t></w:r></w:ins></w:p></w:body></w:document>`,
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="t" Type="http://x/attachedTemplate" Target="https://evil.example/a.dotm" TargetMode="External"/>` +
			`<Relationship Id="h" Type="http://x/hyperlink" Target="https://www.gov.cn/" TargetMode="External"/><Relationship Id="o" Type="http://x/oleObject" Target="embeddings/a.bin"/><Relationship Id="c" Type="http://x/aFChunk" Target="chunk.htm"/><Relationship Id="p" Type="http://x/people" Target="people.xml"/></Relationships>`,
		"docProps/core.xml":     "<x>" + secret + "</x>",
		"word/people.xml":       "<x>" + secret + "</x>",
		"word/embeddings/a.bin": secret,
		"word/chunk.htm":        "<script>" + secret + "</script>",
		"word/media/a.jpg":      string(jpegWith(t, []byte("\xFE"+secret))),
	}
	for name, content := range parts {
		all[name] = content
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{docxTypes, "_rels/.rels"} {
		write(t, z, name, all[name])
		delete(all, name)
	}
	for name, content := range all {
		write(t, z, name, content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func write(t testing.TB, z *zip.Writer, name, content string) {
	t.Helper()
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = io.WriteString(w, content)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestPaperDOCX: a document is taken among papers alone; its copy says nothing of who wrote it, holds no other file and
// fetches nothing, and says what it said, byte for byte, where it is text.
func TestPaperDOCX(t *testing.T) {
	d := openDir(t)
	in := NewIntake(d, Limits{})
	content := docxOf(t, nil)
	var no *Unacceptable
	if _, err := in.Take(t.Context(), "a.docx", bytes.NewReader(content)); !errors.As(err, &no) || no.Why != WrongKind {
		t.Fatalf("from anybody: %v", err)
	}
	if err := in.CheckPaperHead(content[:Sniffed]); err != nil {
		t.Fatal(err)
	}
	f, err := in.TakePaper(t.Context(), "笔录.doc", bytes.NewReader(content))
	if err != nil || f.Kind != DOCX || f.Clean == nil || f.Name != "笔录.docx" {
		t.Fatalf("%+v %v", f, err)
	}
	copied := get(t, d, *f.Clean)
	z, err := zip.NewReader(bytes.NewReader(copied), int64(len(copied)))
	if err != nil {
		t.Fatal(err)
	}
	all, names := "", ""
	for _, part := range z.File {
		raw, err := readPart(part)
		if err != nil {
			t.Fatal(err)
		}
		all, names = all+string(raw), names+part.Name+"\n"
	}
	for _, gone := range []string{secret, "evil.example", "docProps", "people.xml\n", "<script>"} {
		if strings.Contains(all+names, gone) {
			t.Errorf("the copy has %s", gone)
		}
	}
	for _, kept := range []string{`现场笔录 author="照抄"`, "https://www.gov.cn/", "about:blank", `w:author=""`, "word/embeddings/a.bin"} {
		if !strings.Contains(all+names, kept) {
			t.Errorf("the copy lacks %s", kept)
		}
	}
	if again, err := in.TakePaper(t.Context(), "a", bytes.NewReader(copied)); err != nil || again.Clean == nil || !bytes.Equal(get(t, d, *again.Clean), copied) {
		t.Errorf("cleaned twice it differs: %v", err)
	}
}

// TestNoDOCX: what only looks like a document is refused and nothing of it kept; one that would not end when it is
// unpacked is kept sealed, without a copy.
func TestNoDOCX(t *testing.T) {
	d := openDir(t)
	in := NewIntake(d, Limits{})
	macros := strings.Replace(docxContent, "document.main", "document.macroEnabled.main", 1)
	var other bytes.Buffer
	z := zip.NewWriter(&other)
	write(t, z, "content.xml", "<x/>")
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"macros":    docxOf(t, map[string]string{docxTypes: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="` + macros + `"/></Types>`}),
		"climbing":  docxOf(t, map[string]string{"word/../../x.xml": "<x/>"}),
		"another":   other.Bytes(),
		"cut off":   docxOf(t, nil)[:2000],
		"no end":    append([]byte("PK\x03\x04"), make([]byte, 5000)...),
		"TIFF scan": append([]byte("II*\x00"), make([]byte, 5000)...),
	} {
		_, err := in.TakePaper(t.Context(), "a.docx", bytes.NewReader(content))
		var no *Unacceptable
		if !errors.As(err, &no) || no.Why != WrongKind || no.Accepted[0] != DOCX {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left, err := d.Addresses(); err != nil || len(left) > 0 {
		t.Errorf("kept: %v %v", left, err)
	}
	for name, parts := range map[string]map[string]string{
		"long":     {"word/media/x.bin": strings.Repeat("\x00", docxPart+1)},
		"doctype":  {docxMain: `<!DOCTYPE x [<!ENTITY a "b">]><w:document>&a;</w:document>`},
		"not XML":  {docxMain: `<w:document`},
		"bad rels": {"_rels/.rels": `<`},
	} {
		f, err := in.TakePaper(t.Context(), "a.docx", bytes.NewReader(docxOf(t, parts)))
		if err != nil || f.Clean != nil || f.NoCleanCopy == "" {
			t.Errorf("%s: %+v %v", name, f, err)
		}
	}
}

func FuzzDOCX(f *testing.F) {
	f.Add(docxOf(f, nil))
	f.Add(docxOf(f, map[string]string{"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="/oleObject" Target="../../../x"/></Relationships>`}))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := section(b)
		if !isDOCX(r, r.Size()) {
			return
		}
		var out bytes.Buffer
		if _, err := clean(&out, section(b), DOCX, 1); err != nil {
			if !errors.Is(err, errUnreadable) && !errors.Is(err, errTooLong) && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			return
		}
		if copied := section(out.Bytes()); !isDOCX(copied, copied.Size()) {
			t.Fatal("the copy is no document")
		}
	})
}
