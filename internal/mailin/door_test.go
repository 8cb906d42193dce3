package mailin

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/office/officetest"
	"yifa/internal/open311"
	"yifa/internal/portal"
	"yifa/internal/web"
	"yifa/internal/web/webtest"
)

const goodKey, appKey = "the-key-of-the-mail-server", "the-key-of-an-app"

// site is the door beside the portal over a real office.
type site struct {
	*httptest.Server
	*webtest.Visitor
	t    *testing.T
	city *officetest.City
	log  *webtest.Log
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, city: officetest.Open(t, installation.Options{Dir: t.TempDir(), Origin: "https://yifa.example"}), log: &webtest.Log{}}
	file := filepath.Join(t.TempDir(), "apps.yaml")
	must(t, os.WriteFile(file, fmt.Appendf(nil, "apps:\n  - {id: post, key: %q, mail: true}\n  - {id: jmt, key: %q}\n", open311.Hash(goodKey), open311.Hash(appKey)), 0o600))
	apps, err := open311.OpenApps(file)
	must(t, err)
	none := map[web.Class]web.Rule{}
	public, err := portal.New(portal.Config{Office: s.city.Office, Key: bytes.Repeat([]byte{7}, 32), Now: s.city.Clock.Now, Limits: none})
	must(t, err)
	mux := http.NewServeMux()
	mux.Handle("POST "+Pattern, New(Config{Office: s.city.Office, Admit: apps.AdmitMail, Now: s.city.Clock.Now, Limits: none}))
	mux.Handle("/", public)
	place := web.Site{Service: i18n.Text{ZhHans: "平台"}, Host: i18n.Text{ZhHans: "司法局"}, Phone: "12345"}
	s.Server = httptest.NewServer(web.Stack(mux, web.Options{Site: place, Now: s.city.Clock.Now, Log: slog.New(slog.NewTextHandler(s.log, nil))}))
	t.Cleanup(s.Close)
	s.Visitor = webtest.NewVisitor(t, s.Server.URL)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// mailed hands a mail over and gives the status.
func (s *site) mailed(key, text string) int {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.Server.URL+Pattern, strings.NewReader(strings.ReplaceAll(text, "\n", "\r\n")))
	must(s.t, err)
	r.Header.Set("Content-Type", "message/rfc822")
	r.Header.Set("Authorization", "Bearer "+key)
	answer, err := http.DefaultClient.Do(r)
	must(s.t, err)
	must(s.t, answer.Body.Close())
	return answer.StatusCode
}

func base(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func picture(t *testing.T) []byte {
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

// letter is a mail as many send it: its subject in GBK, its text as a page alone, two files of which one is a program.
func letter(t *testing.T) string {
	return `From: =?gbk?B?0MfD9w==?= <Kanarie@Example.org>
To: jdzx@yifa.example
Subject: =?gbk?B?y/vDx8O709Cz9sq+1qS8/g==?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html; charset=utf-8

<html><head><style>p{color:red}</style><title>草稿</title></head><body><p>昨天下午，<b>搬走</b>了三张&nbsp;折叠桌。</p><div>A&amp;B 两人</div><script>alert(1)</script></body></html>
--x
Content-Type: image/png
Content-Disposition: attachment; filename*=utf-8''%E9%97%A8%E5%8F%A3.png
Content-Transfer-Encoding: base64

` + base(picture(t)) + `
--x
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="run.exe"
Content-Transfer-Encoding: base64

` + base([]byte("MZ\x90\x00 not a picture")) + `
--x--
`
}

var linkInMail = regexp.MustCompile(`https://yifa\.example((?:/en)?/report/d/[A-Za-z0-9_-]+/)what`)

// What somebody wrote in a mail is a draft that its sender alone is given the way to; nothing is filed by the mail.
func TestMailed(t *testing.T) {
	s := open(t)
	if got := s.mailed(goodKey, letter(t)); got != http.StatusAccepted {
		t.Fatalf("answered %d", got)
	}
	list := s.city.Letters()
	if len(list) != 1 {
		t.Fatalf("%d letters: %q", len(list), list)
	}
	for _, want := range []string{"kanarie@example.org", "附件收下了 1 个", "没有收下的：run.exe", "Not taken: run.exe", "https://yifa.example/en/report/d/"} {
		if !strings.Contains(list[0], want) {
			t.Errorf("the letter does not say %q:\n%s", want, list[0])
		}
	}
	if strings.Contains(list[0], "折叠桌") || strings.Contains(s.log.String(), "anarie") {
		t.Error("the letter holds what was reported, or the log an address")
	}
	draft := linkInMail.FindStringSubmatch(list[0])[1]
	s.Get(draft+"story").Is(t, http.StatusOK, "他们没有出示证件\n\n昨天下午，搬走了三张 折叠桌。\n\nA&B 两人")
	s.Get(draft+"files").Is(t, http.StatusOK, "门口.png", "已经添加 1 个")
	s.Get(draft+"who").Is(t, http.StatusOK)
	if body := s.Get(draft + "who").Body; strings.Contains(body, "anarie") {
		t.Error("the address of the mail is kept")
	}
}

// A machine is not answered, a stranger not let in, and what is no mail is refused; one address is written to five times a day.
func TestNotTaken(t *testing.T) {
	s := open(t)
	head, rest := "From: a@example.org\nSubject: x\n", "\n没有出示证件。\n"
	for text, want := range map[string]int{
		head + "Auto-Submitted: auto-replied\n" + rest:          http.StatusNoContent,
		head + "Precedence: bulk\n" + rest:                      http.StatusNoContent,
		head + "List-Id: <x.example.org>\n" + rest:              http.StatusNoContent,
		"Return-Path: <>\n" + head + rest:                       http.StatusNoContent,
		"Subject: x\n" + rest:                                   http.StatusBadRequest,
		"From: a@example.org, b@example.org\n" + rest:           http.StatusBadRequest,
		"From: <>\n" + rest:                                     http.StatusBadRequest,
		"no mail":                                               http.StatusBadRequest,
		head + "Content-Type: multipart/mixed; boundary=x\n\nx": http.StatusBadRequest,
	} {
		if got := s.mailed(goodKey, text); got != want {
			t.Errorf("%q: answered %d, want %d", text, got, want)
		}
	}
	for _, key := range []string{"", "no key", appKey} {
		if got := s.mailed(key, head+rest); got != http.StatusForbidden {
			t.Errorf("with key %q: answered %d", key, got)
		}
	}
	if list := s.city.Letters(); len(list) != 0 {
		t.Fatalf("written to: %q", list)
	}
	for n := range 7 {
		want := http.StatusAccepted
		if n >= 5 {
			want = http.StatusTooManyRequests
		}
		if got := s.mailed(goodKey, head+"Auto-Submitted: no\n"+rest); got != want {
			t.Errorf("mail %d: answered %d, want %d", n+1, got, want)
		}
	}
	s.city.Clock.Set(s.city.Clock.Now().AddDate(0, 0, 1))
	if got := s.mailed(goodKey, head+rest); got != http.StatusAccepted {
		t.Errorf("the next day: answered %d", got)
	}
}

// FuzzRead: whatever bytes come as a mail are refused, or give text and files that are not longer than they.
func FuzzRead(f *testing.F) {
	f.Add([]byte("From: a@example.org\r\nSubject: =?gbk?B?y/vDxw==?=\r\n\r\nx"))
	f.Add([]byte("From: a@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=none\r\nContent-Transfer-Encoding: odd\r\n\r\n<p>&#x0;<script\r\n--x\r\nContent-Disposition: attachment; filename=\"../a\"\r\n\r\n1\r\n--x--"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Read(bytes.NewReader(raw))
		if err != nil {
			return
		}
		size := 0
		for _, file := range m.Files {
			size += len(file.Body)
		}
		if m.From == "" || size > len(raw) {
			t.Errorf("from %q, %d bytes of files out of %d", m.From, size, len(raw))
		}
	})
}
