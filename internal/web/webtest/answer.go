package webtest

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// Answer is what came back.
type Answer struct {
	Status int
	To     string // of a redirect
	Body   string
	Header http.Header
}

// Is fails the test unless the answer has this status and shows each text.
func (a Answer) Is(t testing.TB, status int, texts ...string) Answer {
	t.Helper()
	if a.Status != status {
		t.Fatalf("status %d, want %d; to %q:\n%s", a.Status, status, a.To, a.Text())
	}
	for _, text := range texts {
		if !strings.Contains(a.Body, html.EscapeString(text)) {
			t.Fatalf("does not show %q:\n%s", text, a.Text())
		}
	}
	return a
}

var (
	wayOut = regexp.MustCompile(`(?s)<main.*(<a |<form |12345).*</main>`)
	inside = []string{"goroutine", "sql:", "SQL", ".go:", "panic", "office:", "store:", "nil pointer", "strconv."}
)

// Told fails the test unless a page says no in words a person can use: with a heading, a way out, and nothing of what
// goes on inside.
func (a Answer) Told(t testing.TB, status int, texts ...string) Answer {
	t.Helper()
	a.Is(t, status, texts...)
	if !strings.Contains(a.Body, "<h1") || !wayOut.MatchString(a.Body) {
		t.Errorf("%d without a heading or a way out:\n%s", a.Status, a.Text())
	}
	for _, word := range inside {
		if strings.Contains(a.Body, word) {
			t.Errorf("%d shows %q:\n%s", a.Status, word, a.Text())
		}
	}
	return a
}

// Leads fails the test unless the answer redirects to an address that ends so.
func (a Answer) Leads(t testing.TB, end string) Answer {
	t.Helper()
	if a.Status != http.StatusSeeOther || !strings.HasSuffix(a.To, end) {
		t.Fatalf("status %d to %q, want 303 to …%s:\n%s", a.Status, a.To, end, a.Text())
	}
	return a
}

// Hidden is the value of a hidden field of the page.
func (a Answer) Hidden(t testing.TB, name string) string {
	t.Helper()
	m := regexp.MustCompile(`<input type="hidden" name="` + name + `" value="([^"]*)"`).FindStringSubmatch(a.Body)
	if m == nil {
		t.Fatalf("no hidden field %s:\n%s", name, a.Text())
	}
	return html.UnescapeString(m[1])
}

// ActForm is what the page of an act sends: its hidden fields, with answers.
func (a Answer) ActForm(t testing.TB, answers url.Values) url.Values {
	t.Helper()
	form := url.Values{"rev": {a.Hidden(t, "rev")}, "key": {a.Hidden(t, "key")}}
	maps.Copy(form, answers)
	return form
}

var (
	codeGroups = regexp.MustCompile(`(?s)data-receipt-code>(.*?)</p>`)
	notDigit   = regexp.MustCompile(`\D`)
)

// ReceiptCode is the code the page shows, without its groups.
func (a Answer) ReceiptCode(t testing.TB) string {
	t.Helper()
	m := codeGroups.FindStringSubmatch(a.Body)
	if m == nil {
		t.Fatalf("no receipt code:\n%s", a.Text())
	}
	return notDigit.ReplaceAllString(WithoutTags(m[1], ""), "")
}

var (
	tags    = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)
	spaces  = regexp.MustCompile(`\s*\n\s*`)
	mainTag = regexp.MustCompile(`(?s)<main.*</main>`)
)

// WithoutTags puts something in the place of every tag of a page, and of scripts, styles and drawings whole.
func WithoutTags(body, instead string) string { return tags.ReplaceAllString(body, instead) }

// Text is what the page says, for people to read in a failed test: its first fifteen hundred characters.
func (a Answer) Text() string {
	body := a.Body
	if m := mainTag.FindString(body); m != "" {
		body = m
	}
	text := []rune(spaces.ReplaceAllString(html.UnescapeString(WithoutTags(body, "\n")), "\n"))
	return string(text[:min(len(text), 1500)])
}
