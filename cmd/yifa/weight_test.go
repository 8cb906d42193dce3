package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"yifa/internal/i18n"
)

// mostWeight is what a first visit may weigh, in bytes as sent: the page with its styles, scripts, pictures and fonts.
const mostWeight = 50_000

var (
	partOfPage  = regexp.MustCompile(`<(?:link|script|img|source|iframe)[^>]*\s(?:href|src)="([^"#]+)"`)
	partOfStyle = regexp.MustCompile(`url\(["']?([^"')]+)`)
	notLoaded   = regexp.MustCompile(`<link[^>]*rel="(?:alternate|canonical)"[^>]*>`)
)

// TestWeight: the first page, the first page of a report and its first question come to less than 50 KB with all they
// load, in every language, and load nothing from elsewhere.
func TestWeight(t *testing.T) {
	w, _ := newShow(t)
	weigh := func(path string) (int, string) {
		r, err := http.NewRequest(http.MethodGet, w.url+path, nil)
		must(t, err)
		plain := w.readers["nobody"].Send(r.Clone(t.Context()))
		r.Header.Set("Accept-Encoding", "gzip") // set by hand, the client leaves the answer packed
		return len(w.readers["nobody"].Send(r).Body), plain.Is(t, http.StatusOK).Body
	}
	for _, page := range []string{"/", "/report", w.fill("/report/d/{draft=open}/what")} {
		for _, l := range i18n.Langs {
			path := l.Prefix() + page
			sum, source := weigh(path)
			parts := partOfPage.FindAllStringSubmatch(notLoaded.ReplaceAllString(source, ""), -1)
			if len(parts) < 3 {
				t.Errorf("%s loads only %v", path, parts)
			}
			for _, part := range parts {
				sum += weighPart(t, weigh, part[1])
			}
			t.Logf("%s: %d bytes", path, sum)
			if sum >= mostWeight {
				t.Errorf("%s weighs %d bytes, must stay below %d: %v", path, sum, mostWeight, parts)
			}
		}
	}
}

// weighPart is a part of a page with what a style sheet among them may load in its turn.
func weighPart(t *testing.T, weigh func(string) (int, string), path string) int {
	t.Helper()
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		t.Errorf("a part from elsewhere: %s", path)
		return 0
	}
	sum, source := weigh(path)
	if strings.HasSuffix(path, ".css") {
		for _, more := range partOfStyle.FindAllStringSubmatch(source, -1) {
			if !strings.HasPrefix(more[1], "data:") {
				sum += weighPart(t, weigh, more[1])
			}
		}
	}
	return sum
}
