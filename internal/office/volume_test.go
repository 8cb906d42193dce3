package office_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// TestVolume: the main volume holds every paper and file those concerned may see, the internal one what stays inside;
// bound, it says all of it in order; its ZIP holds the very bytes its list gives the fingerprints of. Nobody else takes
// one out.
func TestVolume(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Answered()
	officer := c.As(officetest.Officer)
	c.Do(officer, id, "note", map[string][]string{"note": {"先看执法记录仪。"}})
	main, err := c.Office.Volume(t.Context(), officer, id, office.VolumeMain)
	if err != nil {
		t.Fatal(err)
	}
	if len(main.Pieces) < 2 {
		t.Fatalf("the volume holds %+v", main.Pieces)
	}
	officer.Lang = i18n.En // the archive is Chinese all the same
	_, pdf, err := c.Office.BindVolume(t.Context(), officer, id, office.VolumeMain)
	if err != nil {
		t.Fatal(err)
	}
	text := pdfText(t, pdf)
	at := 0
	for _, want := range []string{"案卷", "正卷", "卷内文件目录", "受理", "办理经过", "备考表"} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("%s does not follow in %s", want, text)
		}
		at += i
	}
	if strings.Contains(text, "先看执法记录仪") {
		t.Error("what staff noted is in the main volume")
	}
	if _, inside, err := c.Office.BindVolume(t.Context(), officer, id, office.VolumeInside); err != nil || !strings.Contains(pdfText(t, inside), "先看执法记录仪") {
		t.Errorf("what staff noted is not in the internal volume: %v", err)
	}
	checkOriginals(t, c, officer, main)
	for who, r := range map[string]office.Reader{"the filer": c.Filer(id), "the public": c.Office.Public(i18n.ZhHans), "another county": c.As(officetest.Stranger), "who is complained of": c.As(officetest.Complained)} {
		if _, _, err := c.Office.BindVolume(t.Context(), r, id, office.VolumeMain); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	if _, err := c.Office.Volume(t.Context(), officer, id, "other"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("another volume: %v", err)
	}
}

// checkOriginals holds the bytes of a volume's ZIP to its list.
func checkOriginals(t *testing.T, c *officetest.City, r office.Reader, v office.VolumeView) {
	t.Helper()
	var out bytes.Buffer
	if err := c.Office.VolumeFiles(t.Context(), r, v.Brief.ID, office.VolumeMain, &out); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	var list [][]string
	for _, f := range z.File {
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(raw)
		if sums[f.Name] = hex.EncodeToString(sum[:]); f.Name == "目录.csv" {
			if list, err = csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll(); err != nil {
				t.Fatal(err)
			}
		}
	}
	papers := 0
	for i, p := range v.Pieces {
		if proof := list[i+1][9]; p.File == nil {
			papers++
			if sums[proof] == "" {
				t.Errorf("%s has no proof", p.Title)
			}
		}
	}
	if len(list) != len(v.Pieces)+1 || len(z.File) != len(v.Pieces)+papers+1 {
		t.Fatalf("%d pieces, %d of them papers, %d files, %d lines", len(v.Pieces), papers, len(z.File), len(list))
	}
	for _, line := range list[1:] {
		if name, want := line[1], line[7]; want == "" || sums[name] != want {
			t.Errorf("%s is %s, its list says %q", name, sums[name], want)
		}
	}
}
