package portal

import (
	"strings"
	"testing"

	"yifa/internal/browser"
)

// Who holds the key of her matter sees at once whether there is news, and the key leaves the browser never.
func TestNewsInTheBrowser(t *testing.T) {
	s := open(t, noLimits)
	_, receipt := s.city.Sorted()
	v := s.visitor()
	v.Track(receipt.Code)
	page := v.Get("/track/news").Is(t, 200, "用这把钥匙马上查")
	_, rest, _ := strings.Cut(page.Body, "/news#")
	key, _, _ := strings.Cut(rest, `"`)
	p := browser.New(t).Page(browser.Phone)
	p.Goto(s.URL + "/news#" + key)
	waits(t, p, "有新消息，最近一次在 2026-09-23")
	p.Check("news-some")
	p.Fill("#news-key-field", strings.Repeat("0", 64))
	p.Press("[data-news] button")
	waits(t, p, "最近三十天没有新消息")
	p.Fill("#news-key-field", "1234")
	p.Press("[data-news] button")
	waits(t, p, "请核对")
	if strings.Contains(s.log.String(), key) {
		t.Error("the key came to the server")
	}
	bare := browser.New(t).Page(browser.Narrow.WithoutScript())
	bare.Goto(s.URL + "/news")
	bare.Check("news-noscript")
}
