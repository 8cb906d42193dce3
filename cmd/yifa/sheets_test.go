package main

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office"
)

// sheets is a PDF with a line of Latin text or digits on each page.
func sheets(lines ...string) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
	kids := ""
	for _, line := range lines {
		text := "BT /F 24 Tf 72 700 Td (" + line + ") Tj ET"
		n := len(objects) + 1
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>", n+1),
			fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(text), text))
		kids += fmt.Sprintf("%d 0 R ", n)
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(lines))
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, off := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// piece gives a file as evidence in a matter, and tells the piece it opened.
func (s *town) piece(held matter.ID, name string, body []byte) matter.ID {
	s.t.Helper()
	evidence := fields{"evidence_kind": {"documentary"}, "title": {"检查台账"}, "proves": {"检查的时间"}, "how": {"supplied"}, "source": {"投诉人"}, "got_on": {"2026-09-21"}, "got_by": {"两人"}, "original": {"original"}}
	done, err := s.Office.Perform(s.t.Context(), s.As("he-yuning"), office.Act{Matter: held, Act: "add_evidence", Fields: evidence,
		Uploads: map[string][]office.Upload{"files": {{Name: name, Body: bytes.NewReader(body)}}}})
	must(s.t, err)
	return done.Opened[0]
}

// The pages of a PDF are seen in the page, closer and turned too, beside who gave it and who had it; what cannot be shown is
// said in words and can be saved.
func TestSheets(t *testing.T) {
	w := open(t)
	me := w.official("he-yuning")
	held, _ := w.Accepted()
	piece := w.piece(held, "台账.pdf", sheets(strings.Fields(strings.Repeat("13800138000 ", 23))...))
	w.Do(w.As("he-yuning"), piece, "transfer", fields{"from_whom": {"何雨宁"}, "to_whom": {"证据室"}, "state": {"封口完好"}})
	w.Do(w.As("he-yuning"), piece, "note", fields{"note": {"和台账对过时间。"}})
	at := deskPath(piece) + "/files/1/" + string(matter.Staff) + "/0"
	me.Get(deskPath(piece)).Is(t, http.StatusOK, "台账.pdf")
	view := me.Get(at+"/view").Is(t, http.StatusOK, "SM3", "登记证据", "移交", "封口完好", "证据室")
	if n := strings.Count(view.Body, "/pages/"); n != 20 || !strings.Contains(view.Body, at+"/pages/20") || strings.Contains(view.Text(), "对过时间") {
		t.Errorf("%d pages are shown, or a note is taken for custody", n)
	}
	last := me.Get(at+"/view?page=23&zoom=200&turn=90").Is(t, http.StatusOK)
	if n := strings.Count(last.Body, "/pages/"); n != 3 || !strings.Contains(last.Body, "/pages/23?fine=1") || !strings.Contains(last.Body, "yifa-zoom--200 yifa-turn yifa-turn--90") {
		t.Errorf("the last pages, closer and turned: %d", n)
	}
	page := me.Get(at + "/pages/23")
	if page.Status != http.StatusOK || page.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(page.Body, "\x89PNG") || page.Header.Get("Content-Security-Policy") != "sandbox; default-src 'none'" {
		t.Errorf("a page: %d %v", page.Status, page.Header)
	}
	for _, none := range []string{"0", "24", "x", "-1", "99999999"} {
		me.Get(at+"/pages/"+none).Is(t, http.StatusNotFound)
	}
	w.official("lu-jingwen").Get(at+"/pages/1").Is(t, http.StatusNotFound)
}
