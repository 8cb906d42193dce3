package office_test

import (
	"strconv"
	"strings"
	"testing"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// TestSignature: a paper says who signed it, by which post, at which minute and by what he had shown who he is, and where
// the public log holds the entry, which anybody finds there; the same stands in its PDF. Who files is told no name.
func TestSignature(t *testing.T) {
	c := officetest.New(t)
	whole := caseOf(t, c)
	id := draft(t, c, whole, "supervision_opinion")
	c.Do(c.As("he-yuning"), id, "submit", opinion())
	c.Do(c.As("ou-xiaozhang"), id, "pass_check", nil)
	done := c.Do(c.As("song-zhiwen"), id, "sign", nil)
	_, raw := paperBytes(t, c, c.As("song-zhiwen"), id, done.Seq)
	doc, err := c.Office.Document(t.Context(), c.As("song-zhiwen"), id, done.Seq)
	must(t, err)
	s := doc.Paper.Signature
	if !strings.Contains(s.By, "宋知闻（单位领导）") || !strings.HasSuffix(s.Entry, "条") || s.Place == "" || len(s.Print) != 64 || !strings.Contains(s.At, ":") {
		t.Errorf("the paper is signed as %+v", s)
	}
	text := pdfText(t, raw)
	for _, line := range s.Lines() {
		if !strings.Contains(text, squeeze(line)) {
			t.Errorf("the PDF does not say %q:\n%s", line, text)
		}
	}
	found := false
	for place := int64(1); ; place++ {
		line, err := c.Office.LogLine(t.Context(), place)
		if err != nil {
			break
		}
		found = found || line.Print == s.Print && strings.Contains(s.Place, strconv.FormatInt(place, 10))
	}
	if !found {
		t.Errorf("the public log does not hold %s at %s", s.Print, s.Place)
	}
	toFiler(t, c)
	c.Sound()
}

// toFiler: a paper for who files names a post and nobody.
func toFiler(t *testing.T, c *officetest.City) {
	t.Helper()
	id, _ := c.Accepted()
	seq := acceptedAt(t, c, id)
	for _, r := range []office.Reader{c.Filer(id), c.As(officetest.Officer)} {
		doc, err := c.Office.Document(t.Context(), r, id, seq)
		must(t, err)
		if s := doc.Paper.Signature; s.By != "行政执法监督人员" || s.Print == "" {
			t.Errorf("the notice is signed as %+v", s)
		}
	}
}
