package main

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office"
)

// A recording is heard in the page from the point that was made on it, any part of it can be asked for, and opened by itself
// it can run nothing; a PDF is only saved.
func TestWatch(t *testing.T) {
	w := open(t)
	me := w.official("he-yuning")
	held, _ := w.Accepted()
	evidence := fields{"evidence_kind": {"audiovisual"}, "title": {"录音"}, "proves": {"没有出示证件"}, "how": {"supplied"}, "source": {"投诉人"}, "got_on": {"2026-09-21"}, "got_by": {"两人"}, "original": {"original"}}
	done, err := w.Office.Perform(t.Context(), w.As("he-yuning"), office.Act{Matter: held, Act: "add_evidence", Fields: evidence,
		Uploads: map[string][]office.Upload{"files": {{Name: "录音.wav", Body: &sound{size: 200_000}}}}})
	must(t, err)
	if len(done.Opened) != 1 {
		t.Fatalf("opened %v", done.Opened)
	}
	piece := done.Opened[0]
	w.Do(w.As("he-yuning"), piece, "point_out", fields{"where": {"01:23"}, "shows": {"开门的人没有出示证件。"}})
	w.Do(w.As("he-yuning"), piece, "point_out", fields{"where": {"开头"}, "shows": {"说了姓名。"}})

	page := me.Get(deskPath(piece)).Is(t, http.StatusOK, "录音.wav")
	at := deskPath(piece) + "/files/1/" + string(matter.Staff) + "/0"
	if !strings.Contains(page.Body, at+"/view") {
		t.Errorf("the page of the piece does not lead to %s", at)
	}
	view := me.Get(at+"/view?t=83").Is(t, http.StatusOK, "01:23", "开门的人没有出示证件。", "SM3")
	if !strings.Contains(view.Body, at+"/media#t=83") || strings.Contains(view.Text(), "说了姓名") {
		t.Error("the page does not begin at the point, or takes another entry for one")
	}
	if csp := view.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "media-src 'self'") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("policy of the page: %s", csp)
	}
	req, err := http.NewRequest(http.MethodGet, w.url+at+"/media", nil)
	must(t, err)
	req.Header.Set("Range", "bytes=150000-150099")
	part := me.Send(req)
	want := make([]byte, 100)
	_, err = io.ReadFull(&sound{size: 200_000, at: 150_000}, want)
	must(t, err)
	if part.Status != http.StatusPartialContent || !bytes.Equal([]byte(part.Body), want) || part.Header.Get("Content-Type") != "audio/wav" ||
		part.Header.Get("Content-Security-Policy") != "sandbox; default-src 'none'" || part.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %v", part.Status, part.Header)
	}
	w.official("lu-jingwen").Get(at+"/view").Is(t, http.StatusNotFound)
}
