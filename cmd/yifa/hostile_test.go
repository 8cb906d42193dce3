package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yifa/internal/desk"
	"yifa/internal/mailin"
	"yifa/internal/office/officetest"
	"yifa/internal/open311"
	"yifa/internal/portal"
)

// hostileRequests is how many are sent, each another one in every run of the same seed.
const hostileRequests = 10_000

// nasty is what attackers type: SQL, templates, paths, markup, broken text, numbers nobody counts with, and far too much.
var nasty = []string{
	"' OR '1'='1", "'; drop table entry; --", "1 union select * from account", "\" or \"\"=\"", "%' and sleep(5) and '%", "$1", "x') returning (",
	"{{.}}", "{{printf \"%s\" .}}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "{{constructor.constructor('return 1')()}}",
	"../../../../etc/passwd", "..%2f..%2fyifa.key", "/etc/passwd\x00.png", "file:///etc/passwd", "//evil.example/", "https://evil.example/", "\\\\host\\share", "CON", ".",
	"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "<svg/onload=alert(1)>", "]]>", "<!--",
	"\x00", "\xff\xfe", "\u202eabc", "\ufeff", "𝕏\u0300\u0300", "\r\nSet-Cookie: a=b", "%00", "%", "%zz", "+", "&", "=", ";",
	"-1", "0", "00000000000000000000", "9223372036854775808", "1e309", "NaN", "٣", "2026-02-30", "9999-99-99", "0000-00-00", "24:61",
	"()", "[", "(?=", strings.Repeat("(a+)+", 20), "*:*", "\"unclosed", "NEAR(a b)", strings.Repeat("A", 70_000), strings.Repeat("中", 3000), strings.Repeat("../", 500),
}

// attack makes requests out of chance, the addresses and the names of fields the site itself uses.
type attack struct {
	dice      *rand.Rand
	addresses []string
	fields    []string
	cookies   [][]*http.Cookie // of who attacks: nobody, and an official of an organ that has no part in anything
}

func (a *attack) any() string { return nasty[a.dice.IntN(len(nasty))] }

func (a *attack) field() string {
	if a.dice.IntN(12) == 0 {
		return a.any()
	}
	return a.fields[a.dice.IntN(len(a.fields))]
}

func (a *attack) values() url.Values {
	v := url.Values{}
	for range a.dice.IntN(6) {
		name := a.field()
		for range 1 + a.dice.IntN(2) {
			v.Add(name, a.any())
		}
	}
	return v
}

// path is an address of the site, some of its parts exchanged.
func (a *attack) path() string {
	parts := strings.Split(a.addresses[a.dice.IntN(len(a.addresses))], "/")
	for i := 1; i < len(parts); i++ {
		if a.dice.IntN(2*len(parts)) == 0 {
			parts[i] = a.any()
		}
	}
	return strings.Join(parts, "/")
}

func (a *attack) request() *http.Request {
	u := &url.URL{Path: a.path(), RawQuery: a.values().Encode()}
	if a.dice.IntN(10) == 0 {
		u.RawQuery = a.any()
	}
	method := []string{"GET", "GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "BREW"}[a.dice.IntN(10)]
	body, kind := a.body()
	r := httptest.NewRequest(method, "/", body)
	r.URL, r.RequestURI = u, u.RequestURI()
	r.Header.Set("Content-Type", kind)
	for range a.dice.IntN(4) {
		name := []string{"Accept-Language", "Referer", "Origin", "X-Forwarded-For", "If-None-Match", "Range", "Accept-Encoding", "Accept", "User-Agent", "Sec-Fetch-Site", "Cookie", "Idempotency-Key"}[a.dice.IntN(12)]
		r.Header.Set(name, a.any())
	}
	for _, c := range a.cookies[a.dice.IntN(len(a.cookies))] {
		r.AddCookie(c)
	}
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", a.dice.IntN(256), a.dice.IntN(256), a.dice.IntN(256))
	return r
}

// body is a form, files with strange names and contents, or nothing any form sends.
func (a *attack) body() (body io.Reader, kind string) {
	switch a.dice.IntN(6) {
	case 0:
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		for name, values := range a.values() {
			_ = w.WriteField(name, values[0]) // into memory
		}
		for range a.dice.IntN(3) {
			part, _ := w.CreateFormFile("files", a.any())
			_, _ = part.Write([]byte([]string{"GIF89a", "%PDF-1.7\n", "\xff\xd8\xff\xe0", "PK\x03\x04", "\x89PNG\r\n\x1a\n", ""}[a.dice.IntN(6)] + a.any()))
		}
		_ = w.Close()
		return &b, w.FormDataContentType()
	case 1:
		return strings.NewReader(a.any()), []string{"application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/xml", "", a.any()}[a.dice.IntN(6)]
	}
	return strings.NewReader(a.values().Encode()), "application/x-www-form-urlencoded"
}

// Ten thousand requests nobody means well: none is answered with a fault, none learns what it may not, and the record is
// whole afterwards. The slowest is told, not tested.
func TestHostileRequests(t *testing.T) {
	const canary = "金丝雀七七四九"
	s := open(t)
	fields := officetest.Report()
	fields["identity"], fields["name"], fields["phone"] = []string{"named"}, []string{canary}, []string{"13800138000"}
	fields["account"] = []string{"他们没有出示证件。" + canary}
	s.File(fields)
	h, err := site(s.Installation, siteOptions{Unlimited: true})
	must(t, err)
	targets := attackOn(t, s)
	var mu sync.Mutex
	var slowest time.Duration
	var slow string
	answers := map[int]int{}
	var all sync.WaitGroup
	for worker := range 4 {
		a := targets
		a.dice = rand.New(rand.NewPCG(uint64(worker), 20261123)) // repeatable
		all.Go(func() {
			for range hostileRequests / 4 {
				r := a.request()
				said, rec, began := r.Method+" "+r.URL.String(), httptest.NewRecorder(), time.Now()
				h.ServeHTTP(rec, r)
				took := time.Since(began)
				mu.Lock()
				answers[rec.Code]++
				if took > slowest {
					slowest, slow = took, said
				}
				mu.Unlock()
				if rec.Code >= 500 {
					t.Errorf("%d: %.300s\n%.300s", rec.Code, said, rec.Body.String())
				}
				if strings.Contains(rec.Body.String(), canary) {
					t.Errorf("%.300s learns what was told in confidence", said)
				}
			}
		})
	}
	all.Wait()
	t.Logf("answers %v; slowest: %s %.200s", answers, slowest, slow)
	if answers[http.StatusOK] < hostileRequests/20 || answers[http.StatusNotFound] > hostileRequests*3/4 {
		t.Error("most requests miss the site")
	}
	s.Sound()
}

// attackOn gathers what can be aimed at.
func attackOn(t *testing.T, s *town) attack {
	t.Helper()
	stranger := s.official("zhong-lingyun")
	site, err := url.Parse(s.url)
	must(t, err)
	a := attack{cookies: [][]*http.Cookie{nil, stranger.Client.Jar.Cookies(site)}}
	for _, r := range portal.Routes() {
		a.addresses = append(a.addresses, r.Sample)
	}
	for _, r := range open311.Routes() {
		a.addresses = append(a.addresses, r.Sample)
	}
	a.addresses = append(a.addresses, mailin.Pattern)
	for _, r := range desk.Routes() {
		if !strings.Contains(r.Pattern, "sign-out") {
			a.addresses = append(a.addresses, r.Sample)
		}
	}
	named := regexp.MustCompile(` name="([^"]+)"`)
	for _, path := range a.addresses {
		for _, m := range named.FindAllStringSubmatch(stranger.Get(path).Body, -1) {
			a.fields = append(a.fields, m[1])
		}
	}
	for _, p := range s.Law.All() {
		for _, form := range p.Forms {
			for _, f := range form.Fields {
				a.fields = append(a.fields, f.Name)
			}
		}
	}
	slices.Sort(a.fields)
	if a.fields = slices.Compact(a.fields); len(a.fields) < 30 || len(a.addresses) < 60 {
		t.Fatalf("only %d fields and %d addresses", len(a.fields), len(a.addresses))
	}
	return a
}
