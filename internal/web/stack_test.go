package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"
)

// quiet writes no log.
var quiet = Options{Log: slog.New(slog.DiscardHandler)}

func TestOneStatusMap(t *testing.T) {
	other := errors.New("office: the law says no")
	for _, c := range []struct {
		err    error
		status int
		text   string
	}{
		{NotFound, 404, "没有找到这一页"},
		{Conflict, 409, "刚才有别人办过"},
		{&Problem{Status: http.StatusUnprocessableEntity}, 422, "现在不能这样办"},
		{TooMany(7), 429, "过 7 秒"},
		{TooLarge, 413, "文件太大"},
		{&http.MaxBytesError{Limit: 1}, 413, "文件太大"},
		{BadInput("day", ""), 400, "没有看懂"},
		{Gone, 410, "草稿"},
		{LookOnly, 503, "正在维护"},
		{other, 422, "现在不能这样办"},
		{errors.New("store: disk gone"), 500, "编号"},
	} {
		var log bytes.Buffer
		h := Stack(Handle(func(http.ResponseWriter, *http.Request) error { return c.err }), Options{
			Site: sampleSite, Log: slog.New(slog.NewTextHandler(&log, nil)),
			Classify: func(err error) *Problem {
				if errors.Is(err, other) {
					return &Problem{Status: http.StatusUnprocessableEntity}
				}
				return nil
			},
		})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/x", nil))
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.text) {
			t.Errorf("%v: %d, want %d with %q", c.err, w.Code, c.status, c.text)
		}
		if fault := strings.Count(log.String(), "level=ERROR"); (c.status == 500) != (fault == 1) {
			t.Errorf("%v: %d fault lines", c.err, fault)
		}
		if strings.Contains(w.Body.String(), "disk gone") {
			t.Error("a fault shows its cause")
		}
	}
}

func TestFaultNumberIsTheOneInTheLog(t *testing.T) {
	var log bytes.Buffer
	h := Stack(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") }), Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/en/x", nil))
	id := regexp.MustCompile(` id=(\w{10})`).FindStringSubmatch(log.String())
	if w.Code != 500 || id == nil || !strings.Contains(w.Body.String(), "reference "+id[1]) {
		t.Errorf("status %d, log %s", w.Code, log.String())
	}
}

func TestHeaders(t *testing.T) {
	h := get(t, "/sample").Header()
	csp := h.Get("Content-Security-Policy")
	for _, bad := range []string{"unsafe", "nonce", "http:", "https:", "data:", "*"} {
		if strings.Contains(csp, bad) {
			t.Errorf("policy has %s: %s", bad, csp)
		}
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin",
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Content-Type": "text/html; charset=utf-8"} {
		if h.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, h.Get(name), want)
		}
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	for site, want := range map[string]int{"cross-site": 403, "same-site": 403, "same-origin": 404} {
		r := httptest.NewRequest(http.MethodPost, "/report", strings.NewReader("a=b"))
		r.Header.Set("Sec-Fetch-Site", site)
		w := httptest.NewRecorder()
		Stack(sampleRoutes(), quiet).ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", site, w.Code, want)
		}
	}
}

func TestLanguageSwitchKeepsThePage(t *testing.T) {
	body := get(t, "/zh-hant/sample?q=a%20b&type=none").Body.String()
	for _, want := range []string{`href="/sample?q=a+b"`, `href="/en/sample?q=a+b"`, `href="/zh-hant/sample?q=a+b&amp;type=large"`, `href="/zh-hant/track" aria-current="page"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestLargeType(t *testing.T) {
	w := get(t, "/en/sample?type=large&q=1")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/en/sample?q=1" {
		t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	cookie := w.Result().Cookies()[0]
	if !strings.Contains(get(t, "/sample", "Cookie", cookie.Name+"="+cookie.Value).Body.String(), `data-type="large"`) {
		t.Error("the page forgets the cookie")
	}
}

func TestBodyLimit(t *testing.T) {
	read := func(allow int64) int {
		h := Stack(Handle(func(w http.ResponseWriter, r *http.Request) error {
			if allow > 0 {
				AllowBody(w, r, allow)
			}
			_, err := io.Copy(io.Discard, r.Body)
			return err
		}), Options{MaxBody: 10, Log: quiet.Log})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat("x", 50))))
		return w.Code
	}
	if read(0) != 413 || read(49) != 413 || read(50) != 200 {
		t.Errorf("limits: %d %d %d", read(0), read(49), read(50))
	}
}

func TestAccessLogTellsNoSecret(t *testing.T) {
	var log bytes.Buffer
	mux := http.NewServeMux()
	mux.Handle("POST /draft/{id}", Handle(func(w http.ResponseWriter, r *http.Request) error { return nil }))
	h := Stack(mux, Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Now: func() time.Time { return time.Unix(1_800_000_059, 0) }})
	r := httptest.NewRequest(http.MethodPost, "/en/draft/SECRETPATH?q=SECRETQUERY", strings.NewReader("code=SECRETBODY"))
	r.RemoteAddr = "203.0.113.77:4000"
	h.ServeHTTP(httptest.NewRecorder(), r)
	line := log.String()
	if strings.Contains(line, "SECRET") || strings.Contains(line, "203.0.113") || !strings.Contains(line, `route="POST /draft/{id}"`) {
		t.Errorf("log line: %s", line)
	}
	if !regexp.MustCompile(`time=\S+:00[.Z+-]`).MatchString(line) {
		t.Errorf("finer than a minute: %s", line)
	}
}

func TestCompressionLeavesSecretsAlone(t *testing.T) {
	text := strings.Repeat("回执 ", 500)
	for _, secret := range []bool{false, true} {
		h := Stack(Handle(func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if secret {
				Secret(w)
			}
			_, err := io.WriteString(w, text)
			return err
		}), quiet)
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		got := w.Body.String()
		if !secret {
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			b, _ := io.ReadAll(z)
			got = string(b)
		}
		if got != text || (w.Header().Get("Content-Encoding") == "") != secret {
			t.Errorf("secret %v: encoding %q", secret, w.Header().Get("Content-Encoding"))
		}
	}
}

func TestStatic(t *testing.T) {
	w := get(t, Asset("yifa.css"))
	if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := get(t, Asset("yifa.css"), "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() > 14_000 {
		t.Errorf("compressed style sheet: %d bytes", w.Body.Len())
	}
	plain := get(t, "/static/mark.svg")
	if w := get(t, "/static/mark.svg", "If-None-Match", plain.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Errorf("same ETag: %d", w.Code)
	}
	for _, p := range []string{"/static/yifa.000000000000.css", "/static/../page.go", "/static/", "/static/none.js"} {
		if w := get(t, p); w.Code != 404 {
			t.Errorf("%s: %d", p, w.Code)
		}
	}
}

func TestLimiter(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	l := &Limiter{Now: func() time.Time { return now }, Rules: map[Class]Rule{"track": {Every: time.Minute, Burst: 3, Global: 1, Spare: 5}}}
	from := func(addr string) *http.Request {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = netip.AddrPortFrom(netip.MustParseAddr(addr), 1).String()
		return r
	}
	ask := func(addr string) bool { return l.Allow(from(addr), "track") == nil }
	if !ask("203.0.113.1") || !ask("203.0.113.1") || !ask("203.0.113.1") || ask("203.0.113.1") {
		t.Error("a line gets three and no more")
	}
	if !ask("2001:db8::1") || !ask("2001:db8::2") || ask("203.0.113.9") {
		t.Error("all lines together get five and no more")
	}
	var p *Problem
	if err := l.Allow(from("203.0.113.1"), "track"); !errors.As(err, &p) || p.Retry < 50 {
		t.Errorf("refused with %v", err)
	}
	now = now.Add(time.Minute)
	if !ask("203.0.113.1") {
		t.Error("one more after a minute")
	}
	if l.Allow(from("203.0.113.1"), "other") != nil {
		t.Error("a class without a rule is held")
	}
	now = now.Add(2 * time.Hour)
	ask("203.0.113.2")
	if len(l.lines) != 1 {
		t.Errorf("%d lines remembered after two hours", len(l.lines))
	}
}

func TestLimiterKnowsALineByItsPrefix(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	l := &Limiter{Now: func() time.Time { return now }, Rules: map[Class]Rule{"x": {Every: time.Hour, Burst: 1}}}
	for _, c := range []struct {
		addr string
		ok   bool
	}{
		{"[2001:db8:0:100::1]:1", true}, {"[2001:db8:0:1ff::2]:1", false}, {"[2001:db8:0:200::1]:1", true},
		{"203.0.113.1:1", true}, {"[::ffff:203.0.113.1]:1", false}, {"203.0.113.2:1", true}, {"unix", true}, {"pipe", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.addr
		if got := l.Allow(r, "x") == nil; got != c.ok {
			t.Errorf("%s: allowed %v, want %v", c.addr, got, c.ok)
		}
	}
}

// While nothing may be sent, pages are read and everything else is told so, with when to come back.
func TestLookOnly(t *testing.T) {
	h := Stack(Handle(func(w http.ResponseWriter, _ *http.Request) error { _, err := w.Write([]byte("a page")); return err }), Options{LookOnly: true})
	for method, want := range map[string]int{http.MethodGet: 200, http.MethodHead: 200, http.MethodPost: 503, http.MethodDelete: 503} {
		r := httptest.NewRequest(method, "/report", nil)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != want || (want == 503) != (rec.Header().Get("Retry-After") != "") {
			t.Errorf("%s: %d %v", method, rec.Code, rec.Header())
		}
	}
}
