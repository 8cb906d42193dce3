package courier

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"strings"
	"text/template"
	"time"

	"yifa/internal/office"
)

// SMS is a gateway of short messages, spoken to as a file says: the request as it is sent, its first line POST and the
// address, then headers, an empty line, and the body. {{json .To}} and {{json .Text}} stand for telephone and text in JSON,
// {{query .To}} in forms and addresses.
type SMS struct {
	File   string
	Expect string // must stand in the answer; empty: a status of 2xx is enough

	method string
	to     *template.Template
	header textproto.MIMEHeader
	body   *template.Template
	client *http.Client
}

const (
	smsTime   = 10 * time.Second
	smsAnswer = 64 << 10 // bytes of an answer that are looked at
)

var smsWords = template.FuncMap{
	"json": func(s string) (string, error) {
		b, err := json.Marshal(s)
		return string(b), err
	},
	"query": url.QueryEscape,
}

// read reads the file, and tries it with an example.
func (s *SMS) read() error {
	text, err := os.ReadFile(s.File)
	if err != nil {
		return fmt.Errorf("courier: gateway: %w", err)
	}
	head, body, _ := bytes.Cut(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	r := textproto.NewReader(bufio.NewReader(io.MultiReader(bytes.NewReader(head), strings.NewReader("\n\n"))))
	first, err := r.ReadLine()
	if err != nil {
		return fmt.Errorf("courier: gateway %s: it is empty", s.File)
	}
	method, address, found := strings.Cut(first, " ")
	if !found || method != http.MethodPost && method != http.MethodGet {
		return fmt.Errorf("courier: gateway %s: the first line is not POST or GET and an address", s.File)
	}
	if s.header, err = r.ReadMIMEHeader(); err != nil {
		return fmt.Errorf("courier: gateway %s: its headers cannot be read", s.File)
	}
	var faults [2]error
	s.method = method
	s.to, faults[0] = template.New("address").Funcs(smsWords).Parse(strings.TrimSpace(address))
	s.body, faults[1] = template.New("body").Funcs(smsWords).Parse(string(bytes.TrimSuffix(body, []byte("\n"))))
	if err := errors.Join(faults[:]...); err != nil {
		return fmt.Errorf("courier: gateway %s: %w", s.File, err)
	}
	s.client = &http.Client{Timeout: smsTime, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	_, err = s.request(context.Background(), office.Letter{To: "13800000000", Text: "x"})
	return err
}

func (s *SMS) request(ctx context.Context, l office.Letter) (*http.Request, error) {
	var address, body bytes.Buffer
	if s.to.Execute(&address, l) != nil || s.body.Execute(&body, l) != nil {
		return nil, fmt.Errorf("courier: gateway %s: a template does not work", s.File)
	}
	at, err := url.Parse(address.String())
	if err != nil || at.Host == "" || at.Scheme != "https" && !(at.Scheme == "http" && (at.Hostname() == "localhost" || at.Hostname() == "127.0.0.1")) {
		return nil, fmt.Errorf("courier: gateway %s: it is no https address", s.File)
	}
	r, err := http.NewRequestWithContext(ctx, s.method, at.String(), &body)
	if err != nil {
		return nil, fmt.Errorf("courier: gateway %s: no request can be made of it", s.File)
	}
	r.Header = http.Header(s.header).Clone()
	return r, nil
}

func (s *SMS) carry(ctx context.Context, l office.Letter) error {
	r, err := s.request(ctx, l)
	if err != nil {
		return err
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return plain("gateway", err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answer.Body, smsAnswer))
	if err != nil {
		return plain("gateway", err)
	}
	if answer.StatusCode/100 != 2 || !strings.Contains(string(text), s.Expect) {
		return fmt.Errorf("courier: the gateway refused a message: status %d", answer.StatusCode)
	}
	return nil
}
