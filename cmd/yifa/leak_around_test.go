package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/office/officetest"
	"yifa/internal/web/webtest"
)

// loggedJSON is what the program under test wrote to its log, as --log json writes it.
var loggedJSON webtest.Log

// both writes every line of the log in both its forms.
func both() slog.Handler {
	return slog.NewMultiHandler(slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&loggedJSON, nil))
}

// confirmB confirms the address of matter b while its report is written, and finds the matter again by it.
func (l leaks) confirmB(v *visitor, draft string) {
	l.t.Helper()
	v.Post(draft+"confirm", url.Values{"do": {"send"}, "kind": {"email"}}).Leads(l.t, "/confirm")
	v.Post(draft+"confirm", url.Values{"do": {"check"}, "kind": {"email"}, "code-email": {l.Code()}}).Leads(l.t, "/confirm")
}

// finder is somebody who has confirmed the address of matter b again, and looks at the matter by it.
func (l leaks) finder() *visitor {
	l.t.Helper()
	v := l.visitor()
	ticket := v.Post("/mine", url.Values{"contact": {word("b", "email") + "@example.org"}}).To
	v.Post(ticket, url.Values{"code": {l.Code()}}).Leads(l.t, "/mine")
	v.Post("/mine/open", url.Values{"matter": {l.things["b"]}}).Leads(l.t, "/track/matter")
	return v
}

// around looks for traces in all that a program leaves beside its pages: figures, both forms of the log, rows of
// every table, messages, backups.
func (l leaks) around(from, fromJSON int) {
	l.t.Helper()
	text := httptest.NewRecorder()
	l.metrics.minute = l.metrics.minute.AddDate(-1, 0, 0)
	l.metrics.handler().ServeHTTP(text, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(text.Body.String(), `route="GET /track/matter"`) {
		l.t.Errorf("the figures count no page:\n%.2000s", text.Body)
	}
	l.traceless("the figures", text.Body.String())
	l.traceless("the log", logged.String()[from:])
	l.traceless("the log as JSON", loggedJSON.String()[fromJSON:])
	l.rows()
	l.letters()
	l.backup()
}

// traceless fails where a text holds what must not be left behind.
func (l leaks) traceless(where, text string) {
	l.t.Helper()
	for what, secret := range l.traces() {
		if strings.Contains(text, secret) {
			l.t.Errorf("%s holds %s", where, what)
		}
	}
}

// browsersReport has a browser tell of what the content security policy stopped, on a page with secrets in its address.
func (s *town) browsersReport(secret string) {
	s.t.Helper()
	body := `{"csp-report":{"violated-directive":"script-src","blocked-uri":"https://` + secret + `","document-uri":"http://x/report/d/` + secret +
		`","referrer":"` + secret + `","script-sample":"` + secret + `","source-file":"` + secret + `"}}`
	r, err := http.NewRequest(http.MethodPost, s.url+"/csp-report", strings.NewReader(body))
	must(s.t, err)
	r.Header.Set("Content-Type", "application/csp-report")
	a, err := http.DefaultClient.Do(r)
	must(s.t, err)
	must(s.t, a.Body.Close())
	if a.StatusCode != http.StatusNoContent {
		s.t.Errorf("report of a browser: %d", a.StatusCode)
	}
}

// rows reads every cell of every table: arguments of jobs, the outbox of the log, notices, stored answers. Which matter a
// row is about it may say; texts, codes and addresses of drafts it may not.
func (l leaks) rows() {
	l.t.Helper()
	cells := cellsOf(l.t, filepath.Join(l.Dir, installation.DatabaseFile))
	jobs := 0
	for where, cell := range cells {
		var text string
		switch c := cell.(type) {
		case string:
			text = c
		case []byte:
			text = string(c)
		default:
			continue
		}
		if strings.HasPrefix(where, "job") {
			jobs++
		}
		for what, secret := range l.traces() {
			if strings.Contains(text, secret) && !strings.HasPrefix(what, "the address of matter") {
				l.t.Errorf("%s holds %s", where, what)
			}
		}
	}
	if jobs == 0 {
		l.t.Error("no job was looked at")
	}
}

// letters: what goes out names nobody but whom it goes to, and no matter.
func (l leaks) letters() {
	l.t.Helper()
	l.Clock.Set(l.Clock.Now().Add(messagesAfter))
	must(l.t, l.Office.Work(l.t.Context()))
	list := l.Letters()
	if len(list) == 0 {
		l.t.Error("nothing was sent")
	}
	for _, letter := range list {
		to, rest, _ := strings.Cut(letter, "\n")
		if to != "To: "+word("b", "email")+"@example.org" {
			l.t.Errorf("a letter %s", to)
		}
		l.traceless("a letter", rest)
	}
}

// backup makes one and restores it elsewhere: neither what lies in it nor what comes out of it can be read.
func (l leaks) backup() {
	l.t.Helper()
	to, into := l.t.TempDir(), l.t.TempDir()
	id, err := age.GenerateX25519Identity()
	must(l.t, err)
	file := filepath.Join(l.t.TempDir(), "identity")
	must(l.t, os.WriteFile(file, []byte(id.String()+"\n"), 0o600))
	if code, _, stderr := yifa(l.t, "backup", "--data", l.Dir, "--to", to, "--recipient", id.Recipient().String()); code != 0 {
		l.t.Fatalf("backup: %s", stderr)
	}
	l.folder(to)
	key, err := os.ReadFile(filepath.Join(l.Dir, installation.KeyFile))
	must(l.t, err)
	must(l.t, os.WriteFile(filepath.Join(into, installation.KeyFile), key, 0o600))
	made, err := filepath.Glob(filepath.Join(to, "20*"))
	if err != nil || len(made) != 1 {
		l.t.Fatalf("backups %v, %v", made, err)
	}
	if code, stdout, stderr := yifa(l.t, "restore", made[0], "--identity", file, "--data", into); code != 0 {
		l.t.Fatalf("restore: %s%s", stdout, stderr)
	}
	l.folder(into)
}

// messagesAfter is longer than messages wait for more news.
const messagesAfter = 20 * 60 * 1e9

// TestFaultsTellNothing: when the database is gone, page and log say so, and nothing of whose page it was; nor does what a
// browser reports of a page with secrets in its address.
func TestFaultsTellNothing(t *testing.T) {
	c := officetest.New(t)
	h, err := site(c.Installation, siteOptions{})
	must(t, err)
	server := httptest.NewServer(h)
	defer server.Close()
	s := &town{City: c, t: t, url: server.URL}
	v := s.visitor()
	form := with(complaintForm(), "account", word("a", "account"))
	draft := v.write(form, nil)
	id, code := v.send(draft)
	v.Track(code)
	from, fromJSON := len(logged.String()), len(loggedJSON.String())
	traces := map[string]string{"what she wrote": word("a", "account"), "the code": code, "the draft": strings.Split(draft, "/")[3], "the matter": id.String()}
	for _, secret := range traces {
		s.browsersReport(secret)
	}
	if !strings.Contains(loggedJSON.String()[fromJSON:], `"content security policy"`) {
		t.Error("the report of a browser is not in the log")
	}
	c.Shut()
	faults := 0
	for _, path := range []string{draft + "what", draft + "receipt", "/track/matter", "/track/acts/withdraw", "/outcomes/" + id.String(), "/track/files/1/filer/0", "/mine", "/desk/matters/" + id.String()} {
		for _, l := range i18n.Langs {
			a := v.Get(l.Prefix() + path)
			if a.Status >= http.StatusInternalServerError {
				faults++
			}
			for what, secret := range traces {
				if strings.Contains(strings.ReplaceAll(a.Body, path, ""), secret) {
					t.Errorf("%s: the page of a fault holds %s", path, what)
				}
			}
		}
	}
	a := v.Post(draft+"story", url.Values{"account": {word("a", "account")}})
	if a.Status < http.StatusInternalServerError || strings.Contains(a.Body, code) {
		t.Errorf("%d", a.Status)
	}
	if faults < 12 {
		t.Errorf("only %d pages failed", faults)
	}
	for where, text := range map[string]string{"the log": logged.String()[from:], "the log as JSON": loggedJSON.String()[fromJSON:]} {
		if !strings.Contains(text, "ERROR") {
			t.Errorf("%s tells of no fault", where)
		}
		for what, secret := range traces {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %s", where, what)
			}
		}
	}
	_, _ = io.WriteString(t.Output(), logged.String()[from:])
}
