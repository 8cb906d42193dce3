package desk

import (
	"bytes"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/web"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// site is a desk over a real office with the organs and people of the demo city, and a clock the test moves.
type site struct {
	*httptest.Server
	t    *testing.T
	city *officetest.City
}

func openDesk(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, city: officetest.New(t)}
	now := s.city.Clock.Now
	s.city.Clock.Set(calendar.New(2026, 9, 23).Midnight().Add(9*time.Hour + 14*time.Minute))
	handler, err := New(Config{Office: s.city.Office, Now: now, Limits: map[web.Class]web.Rule{}})
	must(t, err)
	place := web.Site{Service: i18n.Text{ZhHans: "江门市行政执法监督平台", ZhHant: "江門市行政執法監督平台", En: "Jiangmen Enforcement Supervision"},
		Phone: "12345", DeskNav: Nav()}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	s.Server = httptest.NewServer(web.Stack(handler, web.Options{Site: place, Now: now, Log: log}))
	t.Cleanup(s.Close)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// account is the account of a person; one without gets one.
func (s *site) account(person string) office.DemoAccount {
	s.t.Helper()
	a := office.DemoAccount{Login: strings.ReplaceAll(person, "-", ""), Password: demo.Password}
	if _, err := s.city.Office.SignIn(s.t.Context(), a.Login, a.Password); err != nil {
		must(s.t, s.city.Office.PutPerson(s.t.Context(), office.Person{ID: person, Login: a.Login, Name: "陆景文", Password: a.Password}))
	}
	return a
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

// as is a visitor who has signed in.
func (s *site) as(person string) *visitor {
	s.t.Helper()
	v, a := s.visitor(), s.account(person)
	v.post("/desk/sign-in", url.Values{loginField: {a.Login}, passwordField: {a.Password}}).leads(s.t, "/desk")
	return v
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

// upload posts a form with one file.
func (v *visitor) upload(path string, form url.Values, name string, content []byte) answer {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, values := range form {
		for _, value := range values {
			must(v.t, w.WriteField(field, value))
		}
	}
	part, err := w.CreateFormFile("files", name)
	must(v.t, err)
	_, err = part.Write(content)
	must(v.t, err)
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

// form is the hidden part of the page of an act, with answers.
func (a answer) form(t *testing.T, values url.Values) url.Values {
	t.Helper()
	out := url.Values{"rev": {a.hidden(t, "rev")}, "key": {a.hidden(t, "key")}}
	for k, v := range values {
		out[k] = v
	}
	return out
}
