package portal

import (
	"bytes"
	"context"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office/officetest"
	"yifa/internal/web"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// site is a portal over a real office with the organs and people of the demo city, and a clock the test moves.
type site struct {
	*httptest.Server
	t    *testing.T
	city *officetest.City
	log  *lockedLog
}

// lockedLog is a log that many requests write to.
type lockedLog struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// later moves the clock on.
func (s *site) later(d time.Duration) { s.city.Clock.Set(s.city.Clock.Now().Add(d)) }

// noLimits lets a test knock as often as it wants; the limits have tests of their own.
var noLimits = map[web.Class]web.Rule{}

func open(t *testing.T, limits map[web.Class]web.Rule) *site {
	t.Helper()
	s := &site{t: t, city: officetest.New(t), log: &lockedLog{}}
	now := s.city.Clock.Now
	s.city.Clock.Set(calendar.New(2026, 9, 23).Midnight().Add(20*time.Hour + 14*time.Minute))
	handler, err := New(Config{Office: s.city.Office, Key: bytes.Repeat([]byte{7}, 32), Now: now, Limits: limits})
	must(t, err)
	place := web.Site{
		Service: i18n.Text{ZhHans: "江门市行政执法监督平台", ZhHant: "江門市行政執法監督平台", En: "Jiangmen Enforcement Supervision"},
		Host:    i18n.Text{ZhHans: "江门市司法局", ZhHant: "江門市司法局", En: "Jiangmen Justice Bureau"},
		Phone:   "12345", PortalNav: Nav(), Footer: Footer(),
	}
	s.Server = httptest.NewServer(web.Stack(handler, web.Options{Site: place, Now: now, Log: slog.New(slog.NewTextHandler(s.log, nil))}))
	t.Cleanup(func() {
		s.Close()
		for line := range strings.Lines(s.log.String()) {
			if !strings.Contains(line, "level=INFO") {
				t.Error(line) // a fault nobody expected
			}
		}
	})
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// visitor is a person with a browser that runs no script and follows no redirect by itself.
type visitor struct {
	*site
	client *http.Client
}

func (s *site) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	must(s.t, err)
	return &visitor{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is what came back.
type answer struct {
	status int
	to     string // of a redirect
	body   string
	header http.Header
}

func (v *visitor) do(r *http.Request, err error) answer {
	v.t.Helper()
	must(v.t, err)
	resp, err := v.client.Do(r)
	must(v.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	must(v.t, err)
	return answer{resp.StatusCode, resp.Header.Get("Location"), string(body), resp.Header}
}

func (v *visitor) get(path string) answer {
	v.t.Helper()
	return v.do(http.NewRequest(http.MethodGet, v.URL+path, nil))
}

func (v *visitor) post(path string, form url.Values) answer {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodPost, v.URL+path, strings.NewReader(form.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return v.do(r, err)
}

// upload posts a form with files, each name with its content.
func (v *visitor) upload(path string, form url.Values, files map[string][]byte) answer {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			must(v.t, w.WriteField(name, value))
		}
	}
	for name, content := range files {
		part, err := w.CreateFormFile("files", name)
		must(v.t, err)
		_, err = part.Write(content)
		must(v.t, err)
	}
	must(v.t, w.Close())
	r, err := http.NewRequest(http.MethodPost, v.URL+path, &body)
	if err == nil {
		r.Header.Set("Content-Type", w.FormDataContentType())
	}
	return v.do(r, err)
}

// is fails the test unless the answer has this status and shows each text.
func (a answer) is(t *testing.T, status int, texts ...string) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d; to %q:\n%s", a.status, status, a.to, plain(a.body))
	}
	for _, text := range texts {
		if !strings.Contains(a.body, html.EscapeString(text)) {
			t.Fatalf("does not show %q:\n%s", text, plain(a.body))
		}
	}
	return a
}

// leads fails the test unless the answer redirects to an address that ends so.
func (a answer) leads(t *testing.T, end string) answer {
	t.Helper()
	if a.status != http.StatusSeeOther || !strings.HasSuffix(a.to, end) {
		t.Fatalf("status %d to %q, want 303 to …%s:\n%s", a.status, a.to, end, plain(a.body))
	}
	return a
}

var (
	tags    = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)
	spaces  = regexp.MustCompile(`\s*\n\s*`)
	mainTag = regexp.MustCompile(`(?s)<main.*</main>`)
)

func plain(body string) string {
	if m := mainTag.FindString(body); m != "" {
		body = m
	}
	return spaces.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(body, "\n")), "\n")
}

// hidden is the value of a hidden field of the page.
func (a answer) hidden(t *testing.T, name string) string {
	t.Helper()
	m := regexp.MustCompile(`<input type="hidden" name="` + name + `" value="([^"]*)"`).FindStringSubmatch(a.body)
	if m == nil {
		t.Fatalf("no hidden field %s:\n%s", name, plain(a.body))
	}
	return html.UnescapeString(m[1])
}

// begin starts a report and gives its address without the step.
func (v *visitor) begin() string {
	v.t.Helper()
	to := v.post("/report", nil).leads(v.t, "/what").to
	return strings.TrimSuffix(to, "what")
}

// fill answers every question of a report; over replaces fields of the steps.
func (v *visitor) fill(draft string, over url.Values) {
	v.t.Helper()
	for _, step := range []struct {
		name, next string
		form       url.Values
	}{
		{"what", "organ", url.Values{"problem": {"no_identification", "arbitrary_seizure"}}},
		{"organ", "when", url.Values{"organ": {"440703-cgzf"}, "officer_hint": {"证号后四位 0173"}}},
		{"when", "story", url.Values{"happened_on-y": {"2026"}, "happened_on-m": {"9"}, "happened_on-d": {"22"}, "happened_about": {"下午两点半左右"}, "division": {"440703"}, "place": {"榕荫路 18 号"}}},
		{"story", "files", url.Values{"account": {"他们说占道，直接把三张折叠桌搬上车。"}, "wish": {"退还物品"}}},
		{"who", "check", url.Values{"identity": {"anonymous"}, "lang": {"zh-Hans"}}},
	} {
		for name := range step.form {
			if value, ok := over[name]; ok {
				step.form[name] = value
			}
		}
		v.post(draft+step.name, step.form).leads(v.t, "/"+step.next)
	}
}

// file sends a whole report and gives its receipt code.
func (v *visitor) file() string {
	v.t.Helper()
	draft := v.begin()
	v.fill(draft, nil)
	return v.submit(draft)
}

// submit sends a filled report without script, as slowly as a person, and gives the receipt code.
func (v *visitor) submit(draft string) string {
	v.t.Helper()
	check := v.get(draft+"check").is(v.t, http.StatusOK)
	v.later(10 * time.Second)
	v.post(draft+"check", url.Values{"pow": {check.hidden(v.t, "pow")}, "pow_nonce": {""}}).leads(v.t, "/receipt")
	return receiptCode(v.t, v.get(draft+"receipt").is(v.t, http.StatusOK))
}

var codeGroups = regexp.MustCompile(`(?s)data-receipt-code>(.*?)</p>`)

func receiptCode(t *testing.T, a answer) string {
	t.Helper()
	m := codeGroups.FindStringSubmatch(a.body)
	if m == nil {
		t.Fatalf("no receipt code:\n%s", plain(a.body))
	}
	return regexp.MustCompile(`\D`).ReplaceAllString(tags.ReplaceAllString(m[1], ""), "")
}

// look follows a report by its code.
func (v *visitor) look(code string) answer {
	v.t.Helper()
	v.post("/track", url.Values{"code": {code}}).leads(v.t, "/track/matter")
	return v.get("/track/matter").is(v.t, http.StatusOK)
}

type fields = map[string][]string

// idOf is the matter a code opens.
func (s *site) idOf(code string) matter.ID {
	s.t.Helper()
	reader, err := s.city.Office.ByCode(context.Background(), code, i18n.ZhHans)
	must(s.t, err)
	return reader.Filer
}

// picture is a file with a photograph, under a name.
func (s *site) picture(name string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	must(s.t, os.WriteFile(path, photo(s.t), 0o600))
	return path
}

// act does an act as an official: through the same office, never around it.
func (s *site) act(person string, id matter.ID, act string, given fields) {
	s.t.Helper()
	s.city.Do(s.city.As(person), id, act, given)
}
