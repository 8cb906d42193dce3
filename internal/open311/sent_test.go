package open311

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"yifa/internal/web"
	"yifa/internal/web/webtest"
)

func (s *site) sendKeyed(key string, form url.Values) webtest.Answer {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.Server.URL+"/open311/v2/requests.json", strings.NewReader(form.Encode()))
	must(s.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set(keyHeader, key)
	return s.Send(r)
}

func TestSentAgain(t *testing.T) {
	s := open(t, nil)
	first := s.sendKeyed("k1", report())
	var wait sync.WaitGroup
	for range 5 {
		wait.Go(func() {
			if again := s.sendKeyed("k1", report()); again.Status != http.StatusCreated || again.Body != first.Body {
				t.Errorf("%d %s, first %s", again.Status, again.Body, first.Body)
			}
		})
	}
	wait.Wait()
	if other := s.sendKeyed("k1", report("description", "另一件。")); other.Status != http.StatusBadRequest || !strings.Contains(other.Body, keyHeader) {
		t.Errorf("%d %s", other.Status, other.Body)
	}
	if other := s.sendKeyed("k2", report()); other.Status != http.StatusCreated || other.Body == first.Body {
		t.Errorf("another key gives %d %s", other.Status, other.Body)
	}
	s.later(25 * time.Hour)
	must(t, s.city.Office.Prune(context.Background()))
	if late := s.sendKeyed("k1", report()); late.Status != http.StatusBadRequest {
		t.Errorf("a day later: %d %s", late.Status, late.Body)
	}
	if long := s.sendKeyed(strings.Repeat("k", 300), report()); long.Status != http.StatusBadRequest {
		t.Errorf("a long key: %d", long.Status)
	}
	s.city.Sound()
}

func TestToken(t *testing.T) {
	var config Config
	s := open(t, func(c *Config) { c.Wait, config = time.Nanosecond, *c })
	held := schemas(t)
	a := s.Post("/open311/v2/requests.json", report())
	one := holds(t, held["posted"], a, http.StatusCreated).([]any)[0].(map[string]any)
	token, is := one["token"].(string)
	if !is {
		t.Fatalf("no token: %s", a.Body)
	}
	holds(t, held["token"], s.Get("/open311/v2/tokens/"+token+".json"), http.StatusOK)
	config.Wait = 0
	patient, err := New(config)
	must(t, err)
	server := httptest.NewServer(web.Stack(patient, web.Options{Tell: Tell}))
	t.Cleanup(server.Close)
	v := webtest.NewVisitor(t, server.URL)
	told := v.Get("/open311/v2/tokens/" + token + ".json")
	doc := holds(t, held["token"], told, http.StatusOK).([]any)[0].(map[string]any)
	if doc["token"] != token || !strings.Contains(doc["service_notice"].(string), "回执码") {
		t.Errorf("got %v", doc)
	}
	if again := v.Get("/open311/v2/tokens/" + token + ".json"); again.Body != told.Body {
		t.Errorf("asked again: %s, first %s", again.Body, told.Body)
	}
	holds(t, held["requests"], v.Get("/open311/v2/requests/"+doc["service_request_id"].(string)+".json"), http.StatusOK)
	s.city.Sound()
}

func (s *site) upload(form url.Values, field string, keyFirst bool, files ...[]byte) webtest.Answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	text := func() {
		for name, values := range form {
			for _, v := range values {
				must(s.t, w.WriteField(name, v))
			}
		}
	}
	if keyFirst {
		text()
	}
	for _, f := range files {
		part, err := w.CreateFormFile(field, "门口.png")
		must(s.t, err)
		_, err = part.Write(f)
		must(s.t, err)
	}
	if !keyFirst {
		text()
	}
	must(s.t, w.Close())
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.Server.URL+"/open311/v2/requests.json", &b)
	must(s.t, err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return s.Send(r)
}

var pixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82")

func TestMedia(t *testing.T) {
	s := open(t, nil)
	a := s.upload(report(), "media", true, pixel, pixel)
	if a.Status != http.StatusCreated {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	notice := s.decoded(a)[0]["service_notice"].(string)
	at := strings.Index(notice, "回执码 ") + len("回执码 ")
	s.Track(notice[at:at+19]).Is(t, http.StatusOK, "图片1.png", "图片2.png")
	for name, c := range map[string]struct {
		answer webtest.Answer
		status int
	}{
		"files before the key": {s.upload(report(), "media", false, pixel), http.StatusForbidden},
		"no key":               {s.upload(report("api_key", ""), "media", true, pixel), http.StatusForbidden},
		"no picture":           {s.upload(report(), "media", true, []byte("MZ\x90\x00 a program")), http.StatusBadRequest},
		"another field":        {s.upload(report(), "thing", true, pixel), http.StatusBadRequest},
		"too many":             {s.upload(report(), "media", true, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel, pixel), http.StatusBadRequest},
		"too large":            {s.upload(report(), "media", true, make([]byte, 21<<20)), http.StatusRequestEntityTooLarge},
		"not a form":           {s.Post("/open311/v2/requests.json?x=%zz", report()), http.StatusBadRequest},
	} {
		if c.answer.Status != c.status || s.decoded(c.answer)[0]["code"] != float64(c.status) {
			t.Errorf("%s: %d %s", name, c.answer.Status, c.answer.Body)
		}
	}
	left, err := os.ReadDir(s.city.Dir + "/evidence")
	must(t, err)
	if len(left) == 0 {
		t.Fatal("no evidence folder")
	}
	s.city.Sound()
}

func TestFaults(t *testing.T) {
	s := open(t, nil)
	for name, c := range map[string]struct {
		form url.Values
		want []string
	}{
		"no text":             {report("description", ""), []string{"description: "}},
		"no place":            {report("address_string", "", "lat", "", "long", ""), []string{"No location"}},
		"half a point":        {report("long", ""), []string{"lat and long"}},
		"no point":            {report("lat", "NaN"), []string{"lat and long"}},
		"no such place":       {report("address_id", "1"), []string{"address_id: "}},
		"contact, no name":    {report("phone", "13800000000"), []string{"first_name"}},
		"unknown question":    {report("attribute[confirmed]", "phone", "attribute[channel]", "web"), []string{"attribute[confirmed]", "attribute[channel]"}},
		"no such value":       {report("attribute[organ]", "nobody", "attribute[lang]", "fr"), []string{"attribute[organ]: ", "attribute[lang]: "}},
		"no day":              {report("attribute[happened_on]", "yesterday"), []string{"attribute[happened_on]: "}},
		"tomorrow":            {report("attribute[happened_on]", "2026-09-24T00:00:00+08:00"), []string{"attribute[happened_on]: "}},
		"no kind":             {report("service_code", "supervision.complaint"), []string{"attribute[problem]: "}},
		"a text in media_url": {report("media_url", "javascript:alert(1)"), []string{"media_url"}},
		"too long":            {report("description", strings.Repeat("长", 10001)), []string{"description: "}},
		"two things":          {report("media_url", "x", "address_id", "1"), []string{"media_url", "address_id"}},
	} {
		a := s.Post("/en/open311/v2/requests.json", c.form)
		if a.Status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
		for _, want := range c.want {
			if !strings.Contains(a.Body, want) {
				t.Errorf("%s: no %q in %s", name, want, a.Body)
			}
		}
	}
}
