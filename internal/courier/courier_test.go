package courier

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/office"
)

var letter = office.Letter{Kind: office.ContactPhone, To: "13800001111", Subject: "验证码", Text: "您的验证码是 \"123456\"。"}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Without a server and a gateway every letter becomes a file; with one of them, only its kind is carried.
func TestFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "outgoing")
	c, err := New(Config{Dir: dir})
	must(t, err)
	must(t, c.Carry(t.Context(), letter))
	list, err := filepath.Glob(filepath.Join(dir, "*.phone"))
	if err != nil || len(list) != 1 {
		t.Fatalf("files %v: %v", list, err)
	}
	text, err := os.ReadFile(list[0])
	must(t, err)
	if want := "To: 13800001111\nSubject: 验证码\n\n您的验证码是 \"123456\"。\n"; string(text) != want {
		t.Errorf("%q", text)
	}
	info, err := os.Stat(list[0])
	must(t, err)
	if info.Mode().Perm() != fileMode {
		t.Errorf("others may read it: %s", info.Mode())
	}
	c, err = New(Config{Dir: dir, Mail: &Mail{Server: "127.0.0.1:25", From: "yifa@example.org", TLS: TLSNone}})
	must(t, err)
	if c.Carries(office.ContactPhone) || !c.Carries(office.ContactEmail) {
		t.Error("with a mail server alone, letters to telephones are carried")
	}
	if c.Carry(t.Context(), letter) == nil {
		t.Error("and no error")
	}
}

// The gateway is asked as the file says, whatever stands in the text; what it refuses is an error that names nobody.
func TestSMS(t *testing.T) {
	var got, key string
	answer, status := `{"code":0}`, http.StatusOK
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got, key = string(body), r.Header.Get("X-Key")+" "+r.URL.Query().Get("n")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	defer gateway.Close()
	file := filepath.Join(t.TempDir(), "gateway")
	write := func(text string) *SMS {
		must(t, os.WriteFile(file, []byte(text), 0o600))
		return &SMS{File: file, Expect: `"code":0`}
	}
	s := write("POST " + gateway.URL + "/send?n={{query .To}}\nX-Key: k1\n\n" + `{"to":{{json .To}},"text":{{json .Text}}}` + "\n")
	c, err := New(Config{SMS: s})
	must(t, err)
	must(t, c.Carry(t.Context(), letter))
	if want := `{"to":"13800001111","text":"您的验证码是 \"123456\"。"}`; got != want || key != "k1 13800001111" {
		t.Errorf("sent %s, %s", got, key)
	}
	for _, refused := range []func(){func() { answer = `{"code":7}` }, func() { answer, status = `{"code":0}`, http.StatusForbidden }, gateway.Close} {
		refused()
		if err := c.Carry(t.Context(), letter); err == nil || strings.Contains(err.Error(), "13800001111") || strings.Contains(err.Error(), "123456") {
			t.Errorf("refused: %v", err)
		}
	}
	for _, bad := range []string{"", "PUT https://x.example/\n\n", "POST http://x.example/\n\n", "POST https://x.example/{{\n\n", "POST https://x.example/\n\n{{.Nothing}}"} {
		if _, err := New(Config{SMS: write(bad)}); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// A mail server gets the letter; where it says no, the error names nobody. Without TLS none elsewhere is written to.
func TestMail(t *testing.T) {
	for _, refuse := range []bool{false, true} {
		said := make(chan string, 1)
		at := mailServer(t, refuse, said)
		c, err := New(Config{Mail: &Mail{Server: at, From: "yifa@example.org", TLS: TLSNone}})
		must(t, err)
		mail := letter
		mail.Kind, mail.To = office.ContactEmail, "chen@example.org"
		err = c.Carry(t.Context(), mail)
		heard := <-said
		if refuse {
			if err == nil || strings.Contains(err.Error(), "chen") {
				t.Errorf("refused: %v", err)
			}
			continue
		}
		must(t, err)
		if !strings.Contains(heard, "RCPT TO:<chen@example.org>") || !strings.Contains(heard, "text/plain") || strings.Contains(heard, "User-Agent") {
			t.Errorf("the server heard:\n%s", heard)
		}
	}
	for _, bad := range []Mail{{Server: "mail.example.org", From: "a@b.org"}, {Server: "mail.example.org:25", From: "nobody"}, {Server: "mail.example.org:25", From: "a@b.org", TLS: TLSNone}} {
		if _, err := New(Config{Mail: &bad}); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

// A letter that can be ended says so in its head, as programs that read mail look for it (RFC 8058), unfolded and whole; the
// file of such a letter too.
func TestLeave(t *testing.T) {
	mail := letter
	mail.Kind, mail.To, mail.Leave = office.ContactEmail, "chen@example.org", "https://yifa.example/zh-hant/subscribe/"+strings.Repeat("a2", 26)+"/leave"
	said := make(chan string, 1)
	c, err := New(Config{Mail: &Mail{Server: mailServer(t, false, said), From: "yifa@example.org", TLS: TLSNone}})
	must(t, err)
	must(t, c.Carry(t.Context(), mail))
	heard := <-said
	for _, want := range []string{"\nList-Unsubscribe: <" + mail.Leave + ">\n", "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n", "\nAuto-Submitted: auto-generated\n"} {
		if !strings.Contains(heard, want) {
			t.Errorf("not %q:\n%s", want, heard)
		}
	}
	dir := t.TempDir()
	c, err = New(Config{Dir: dir})
	must(t, err)
	must(t, c.Carry(t.Context(), mail))
	list, err := filepath.Glob(filepath.Join(dir, "*.email"))
	must(t, err)
	text, err := os.ReadFile(list[0])
	must(t, err)
	if !strings.Contains(string(text), "\nList-Unsubscribe: <"+mail.Leave+">\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n\n") {
		t.Errorf("%q", text)
	}
}

// mailServer listens for one message, and sends on all it heard.
func mailServer(t *testing.T, refuse bool, said chan<- string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		var heard strings.Builder
		defer func() { said <- heard.String() }()
		in, inData := bufio.NewScanner(conn), false
		say := func(line string) { _, _ = fmt.Fprintf(conn, "%s\r\n", line) }
		say("220 test")
		for in.Scan() {
			line := in.Text()
			heard.WriteString(line + "\n")
			switch {
			case inData && line == ".":
				inData = false
				say("250 taken")
			case inData:
			case strings.HasPrefix(line, "RCPT") && refuse:
				say("550 no such person chen@example.org")
			case line == "DATA":
				inData = true
				say("354 go on")
			case line == "QUIT":
				say("221 bye")
				return
			default:
				say("250 fine")
			}
		}
	}()
	return l.Addr().String()
}
