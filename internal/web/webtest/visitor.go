// Package webtest gives tests a person at the site: a browser that runs no script and follows no redirect by itself,
// and what it was answered. Pages that need a real browser are looked at with package browser.
// It is for tests only and is linked into no program.
package webtest

import (
	"bytes"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// Visitor is a person with cookies of their own.
type Visitor struct {
	URL    string // of the site, without a slash at the end
	Client *http.Client

	t testing.TB
}

// NewVisitor is somebody who was never at the site before.
func NewVisitor(t testing.TB, site string) *Visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Visitor{URL: site, Client: &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: stay}, t: t}
}

// Send sends a request and reads the answer to its end.
func (v *Visitor) Send(r *http.Request) Answer {
	v.t.Helper()
	resp, err := v.Client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }() // read only: nothing can be lost
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return Answer{resp.StatusCode, resp.Header.Get("Location"), string(body), resp.Header}
}

// Get opens a page of the site.
func (v *Visitor) Get(path string) Answer {
	v.t.Helper()
	return v.Send(v.request(http.MethodGet, path, "", nil))
}

// Post sends a form.
func (v *Visitor) Post(path string, form url.Values) Answer {
	v.t.Helper()
	return v.Send(v.request(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode())))
}

// Upload sends a form with files in its field `files`, each name with its content.
func (v *Visitor) Upload(path string, form url.Values, files map[string][]byte) Answer {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			v.must(w.WriteField(name, value))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		part, err := w.CreateFormFile("files", name)
		v.must(err)
		_, err = part.Write(files[name])
		v.must(err)
	}
	v.must(w.Close())
	return v.Send(v.request(http.MethodPost, path, w.FormDataContentType(), &body))
}

// Track follows a report by its receipt code.
func (v *Visitor) Track(code string) Answer {
	v.t.Helper()
	v.Post("/track", url.Values{"code": {code}}).Leads(v.t, "/track/matter")
	return v.Get("/track/matter").Is(v.t, http.StatusOK)
}

// Ask sends a request without a body by another method than forms have, in the protocol of uploads.
func (v *Visitor) Ask(method, path string) Answer {
	v.t.Helper()
	r := v.request(method, path, "application/offset+octet-stream", nil)
	r.Header.Set("Tus-Resumable", "1.0.0")
	return v.Send(r)
}

func (v *Visitor) request(method, path, kind string, body io.Reader) *http.Request {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.URL+path, body)
	v.must(err)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

func (v *Visitor) must(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}
