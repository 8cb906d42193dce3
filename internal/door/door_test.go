package door

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// A choice written into a long list is found by its name, or by a part of it that fits nothing else.
func TestFound(t *testing.T) {
	list := []office.OptionView{{Value: "a", Label: "蓬江区司法局"}, {Value: "b", Label: "江海区司法局"}, {Value: "c", Label: "司法局"}}
	for typed, want := range map[string]string{"蓬江区司法局": "a", "江海": "b", "司法局": "c", "区司法局": "区司法局", "b": "b", "无": "无", "": ""} {
		if got := found(list, typed); got != want {
			t.Errorf("found(%q) = %q, want %q", typed, got, want)
		}
	}
}

// Every field of the form is named in what was typed, so that an answer taken back is taken back; a day that cannot be
// read goes on as it was typed.
func TestTyped(t *testing.T) {
	organs := []office.OptionView{{Value: "440703-sfj", Label: "蓬江区司法局"}}
	fields := []office.FieldView{{Name: "account", Type: "longtext"}, {Name: "wish", Type: "text"}, {Name: "on", Type: "date"}, {Name: "bad", Type: "date"},
		{Name: "problem", Type: "choices"}, {Name: "to", Type: "organ", Options: organs}, {Name: "others", Type: "organ", Many: true, Options: organs}, {Name: "files", Type: "files"}}
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(url.Values{"account": {" 一\r\n二 "}, "on-y": {"2026"}, "on-m": {"9"}, "on-d": {"２２"},
		"bad-y": {"2026"}, "bad-m": {"13"}, "problem": {"a", "b"}, "to": {"蓬江"}, "others": {"", "蓬江"}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if err := ReadText(r); err != nil {
		t.Fatal(err)
	}
	got := Typed(r, fields)
	for name, want := range map[string]string{"account": "一\n二", "wish": "", "on": "2026-09-22", "bad": "2026/13/", "problem": "a|b", "to": "440703-sfj", "others": "440703-sfj"} {
		if values, named := got[name]; !named || strings.Join(values, "|") != want {
			t.Errorf("%s is %q, want %q", name, values, want)
		}
	}
	if _, named := got["files"]; named {
		t.Error("files are no typed answer")
	}
}

// A term counted in working days is late by calendar days: its bar is drawn in them from end to end.
func TestLateClock(t *testing.T) {
	c := office.ClockView{Name: "answer", Status: matter.Running, Late: true, Counts: "workday", Length: 10, Left: 3,
		Anchor: calendar.New(2026, 9, 1), Due: calendar.New(2026, 9, 15), Today: calendar.New(2026, 9, 18)}
	if k := Clock(c); k.Face != web.Late || k.Unit != web.Days || k.Total != 14 || k.Used != 17 || k.Left != 3 {
		t.Errorf("the late clock is %+v", k)
	}
	c.Late = false
	if k := Clock(c); k.Unit != web.Workdays || k.Total != 10 || k.Used != 7 {
		t.Errorf("the running clock is %+v", k)
	}
}

// Where more files come than can be taken, the field is named and the text of the form is kept.
func TestTooLarge(t *testing.T) {
	for name, sizes := range map[string][]int{"one": {MaxFileBytes + 1}, "all": {MaxFileBytes, MaxFileBytes, MaxFileBytes, 1}} {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for _, n := range sizes {
			part, err := w.CreateFormFile("files", "a.bin")
			if err == nil {
				_, err = part.Write(make([]byte, n))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.WriteField("text", "写好的话"); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/", &body)
		r.Header.Set("Content-Type", w.FormDataContentType())
		s, err := ReadSent(httptest.NewRecorder(), r, false)
		if err != nil || s.TooLarge != "files" || len(s.Uploads) > 0 || r.PostForm.Get("text") != "写好的话" {
			t.Errorf("%s: %v, %q, %d uploads, %q", name, err, s.TooLarge, len(s.Uploads), r.PostForm.Get("text"))
		}
	}
}
