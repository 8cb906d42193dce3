package mailin

import (
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// Pattern is the one address of the door.
const Pattern = "/mail"

// maxMail bounds a mail as it comes, its files in base64.
const maxMail = 3*door.MaxFileBytes + 1<<20

// classKey are requests with a key that is none.
const classKey web.Class = "mail key"

// DefaultLimits let nobody guess a key.
var DefaultLimits = map[web.Class]web.Rule{classKey: {Every: 10 * time.Second, Burst: 10, Global: 2, Spare: 60}}

// Config is what the door needs.
type Config struct {
	Office *office.Office
	// Admit says whether a key is the mail server's and, where it has handed over too much, how many seconds to wait.
	Admit  func(key string, now time.Time) (known bool, wait int)
	Now    func() time.Time               // time.Now where nil
	Client func(*http.Request) netip.Addr // where a request comes from
	Limits map[web.Class]web.Rule         //  DefaultLimits where nil
}

// New gives the handler of Pattern. web.Stack goes around it.
func New(c Config) http.Handler {
	if c.Now == nil {
		c.Now = time.Now
	}
	rules := c.Limits
	if rules == nil {
		rules = DefaultLimits
	}
	limits := &web.Limiter{Rules: rules, Now: c.Now, Client: c.Client}
	return web.Handle(func(w http.ResponseWriter, r *http.Request) error { return c.take(w, r, limits) })
}

// take serves POST /mail: a mail as it came, message/rfc822, with Authorization: Bearer KEY. It answers 202 where the
// sender was written to, and 204 where nobody is: the mail server keeps what is answered with 429 or 503, and tries again.
func (c Config) take(w http.ResponseWriter, r *http.Request, limits *web.Limiter) error {
	key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	known, wait := c.Admit(key, c.Now())
	if !known {
		if err := limits.Allow(r, classKey); err != nil {
			return err
		}
		return web.Forbidden
	}
	if !c.Office.AnswersMail() {
		return &web.Problem{Status: http.StatusServiceUnavailable, Retry: 600}
	}
	if wait > 0 {
		return web.TooMany(wait)
	}
	web.AllowBody(w, r, maxMail)
	m, err := Read(r.Body)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return web.TooLarge
	case err != nil:
		return web.BadInput("", "")
	case m.Machine:
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	mailed := office.Mailed{From: m.From, Subject: m.Subject, Text: m.Text}
	for _, f := range m.Files {
		mailed.Files = append(mailed.Files, office.Upload{Name: f.Name, Body: strings.NewReader(string(f.Body))})
	}
	switch err := c.Office.KeepMail(r.Context(), office.Reader{Lang: i18n.ZhHans}, mailed); {
	case errors.Is(err, office.ErrMailed):
		return web.TooMany(int(office.MailedWithin / time.Second))
	case errors.Is(err, office.ErrNotCarried):
		return &web.Problem{Status: http.StatusServiceUnavailable, Retry: 60}
	case err != nil:
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}
