package main

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/web/pow"
)

// asProgram makes the test program be the program itself, with the arguments it was given.
const asProgram = "YIFA_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(&logged, nil)))
	os.Exit(browser.Main(m))
}

// logged is everything the program under test wrote to its log.
var logged lockedLog

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

// town is the site as the program serves it, on a real office with the organs and people of the demo city.
type town struct {
	*officetest.City
	t   *testing.T
	url string
}

// open serves a town of the test's own, founded but without matters, on a Monday morning.
func open(t *testing.T) *town {
	t.Helper()
	c := officetest.New(t)
	h, err := site(c.Installation, false, false)
	must(t, err)
	from := len(logged.String())
	t.Cleanup(func() {
		for line := range strings.Lines(logged.String()[from:]) {
			if !strings.Contains(line, "level=INFO") {
				t.Error("the log says: " + line) // a fault nobody expected
			}
		}
	})
	return &town{c, t, served(t, h)}
}

// served serves h as the program does, until the test ends, and gives its address.
func served(t *testing.T, h http.Handler) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- serve(ctx, "127.0.0.1:0", fromEverywhere(h), func(url string) { ready <- url })
	}()
	select {
	case url := <-ready:
		t.Cleanup(func() {
			stop()
			must(t, <-ended)
		})
		return url
	case err := <-ended:
		stop()
		t.Fatal(err)
	}
	return ""
}

// fromEverywhere gives each request an address of its own: the limits on one line have tests of their own.
func fromEverywhere(h http.Handler) http.Handler {
	var n atomic.Uint32
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := n.Add(1)
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", i>>16&255, i>>8&255, i&255)
		h.ServeHTTP(w, r)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// visitor is a person with a browser that runs no script and follows no redirect by itself.
type visitor struct {
	*town
	client *http.Client
}

func (s *town) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	must(s.t, err)
	return &visitor{s, &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// official is somebody of the people of the city, signed in at the desk.
func (s *town) official(person string) *visitor {
	s.t.Helper()
	must(s.t, s.Office.PutPerson(context.Background(), office.Person{ID: person, Login: person, Name: s.nameOf(person), Password: demo.Password}))
	v := s.visitor()
	v.post("/desk/sign-in", url.Values{"desk-login": {person}, "desk-password": {demo.Password}}).leads(s.t, "/desk")
	return v
}

// nameOf is the name a person of the city has.
func (s *town) nameOf(person string) string {
	s.t.Helper()
	text, err := os.ReadFile("../../internal/demo/people.yaml")
	must(s.t, err)
	m := regexp.MustCompile(`id: ` + person + `, name: ([^,]+),`).FindSubmatch(text)
	if m == nil {
		s.t.Fatalf("nobody called %s", person)
	}
	return string(m[1])
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
	return v.do(http.NewRequest(http.MethodGet, v.url+path, nil))
}

func (v *visitor) post(path string, form url.Values) answer {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodPost, v.url+path, strings.NewReader(form.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return v.do(r, err)
}

// upload posts a form with files in one field, each name with its content.
func (v *visitor) upload(path string, form url.Values, files map[string][]byte) answer {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			must(v.t, w.WriteField(name, value))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		part, err := w.CreateFormFile("files", name)
		must(v.t, err)
		_, err = part.Write(files[name])
		must(v.t, err)
	}
	must(v.t, w.Close())
	r, err := http.NewRequest(http.MethodPost, v.url+path, &body)
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

// plain is the text of a page, for people to read in a failed test.
func plain(body string) string {
	if m := mainTag.FindString(body); m != "" {
		body = m
	}
	text := []rune(spaces.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(body, "\n")), "\n"))
	return string(text[:min(len(text), 1500)])
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

// complaint is a plausible report about the market bureau of 蓬江; each test changes what it is about.
func complaintForm() url.Values {
	return url.Values{"problem": {"no_identification"}, "organ": {"440703-scjg"}, "division": {"440703002"}, "place": {"榕荫路 18 号"},
		"account": {"他们没有出示证件，搬走了三张折叠桌。"}, "wish": {"退还物品"}, "identity": {"anonymous"}, "lang": {"zh-Hans"}}
}

// asked are the fields of each page of the report.
var asked = []struct {
	page   string
	fields []string
}{
	{"what", []string{"problem"}},
	{"organ", []string{"organ", "officer_hint"}},
	{"when", []string{"happened_on-y", "happened_on-m", "happened_on-d", "happened_about", "division", "place"}},
	{"story", []string{"account", "wish"}},
	{"who", []string{"identity", "name", "phone", "email", "lang"}},
}

// write fills a report up to its check page and gives its address without the page.
func (v *visitor) write(form url.Values, files map[string][]byte) string {
	v.t.Helper()
	draft := strings.TrimSuffix(v.post("/report", nil).leads(v.t, "/what").to, "what")
	for _, page := range asked {
		given := url.Values{}
		for _, name := range page.fields {
			if form.Has(name) {
				given[name] = form[name]
			}
		}
		if a := v.post(draft+page.page, given); a.status != http.StatusSeeOther {
			v.t.Fatalf("%s: %d:\n%s", page.page, a.status, plain(a.body))
		}
	}
	if len(files) > 0 {
		v.upload(draft+"files", nil, files).leads(v.t, "/files")
	}
	return draft
}

// file sends a report through the pages and gives its matter and its receipt code.
func (v *visitor) file(form url.Values, files map[string][]byte) (matter.ID, string) {
	v.t.Helper()
	return v.send(v.write(form, files))
}

// send submits a report that is filled, with the proof of work a browser does.
func (v *visitor) send(draft string) (matter.ID, string) {
	v.t.Helper()
	token := v.get(draft+"check").is(v.t, http.StatusOK).hidden(v.t, "pow")
	v.post(draft+"check", url.Values{"pow": {token}, "pow_nonce": {pow.Solve(token, 17)}}).leads(v.t, "/receipt")
	code := receiptCode(v.t, v.get(draft+"receipt").is(v.t, http.StatusOK))
	r, err := v.Office.ByCode(context.Background(), code, i18n.ZhHans)
	must(v.t, err)
	return r.Filer, code
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

// act does an act through the form of the desk.
func (v *visitor) act(id matter.ID, act string, given url.Values) answer {
	v.t.Helper()
	return v.actWith(id, act, given, nil)
}

func (v *visitor) actWith(id matter.ID, act string, given url.Values, files map[string][]byte) answer {
	v.t.Helper()
	path := "/desk/matters/" + id.String() + "/acts/" + act
	page := v.get(path).is(v.t, http.StatusOK)
	form := url.Values{"rev": {page.hidden(v.t, "rev")}, "key": {page.hidden(v.t, "key")}}
	maps.Copy(form, given)
	if files != nil {
		return v.upload(path, form, files)
	}
	return v.post(path, form)
}

type fields = map[string][]string

// link, sort and claim bring a report to an officer of its holder.
func (s *town) sorted(id matter.ID, officer string, target fields) {
	s.t.Helper()
	r := s.As(officer)
	s.Do(r, id, "link_target", target)
	s.Do(r, id, "sort", fields{"stream": {"about_enforcement"}, "title": {"搬走桌椅没有出示证件"}, "summary": {"反映搬走桌椅时没有出示证件。"}})
	s.Do(r, id, "claim", nil)
}
