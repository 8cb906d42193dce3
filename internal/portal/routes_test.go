package portal

import (
	"net/http"
	"strings"
	"testing"
	"yifa/internal/web/webtest"
)

// Every route answers in every language, none with a fault, none with a page of a language not asked for.
func TestRoutes(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	for _, route := range Routes() {
		for _, prefix := range []string{"", "/zh-hant", "/en"} {
			var a webtest.Answer
			if route.Method == http.MethodGet {
				a = v.Get(prefix + route.Sample)
			} else {
				a = v.Post(prefix+route.Sample, nil)
			}
			if a.Status >= 500 {
				t.Errorf("%s %s%s: %d", route.Method, prefix, route.Sample, a.Status)
			}
			if a.Status == http.StatusSeeOther && prefix != "" && !strings.HasPrefix(a.To, prefix+"/") {
				t.Errorf("%s %s%s leads out of its language to %s", route.Method, prefix, route.Sample, a.To)
			}
			if strings.Contains(a.Body, "portal.") && !strings.HasPrefix(a.Header.Get("Content-Type"), "text/plain") {
				t.Errorf("%s%s shows a key of the catalogue:\n%s", prefix, route.Sample, a.Text())
			}
		}
	}
	v.Get("/nothing").Is(t, http.StatusNotFound, "没有找到这一页", "12345")
	v.Get("/en/nothing").Is(t, http.StatusNotFound)
	v.Get("/how/nothing").Is(t, http.StatusNotFound)
	v.Get("/outcomes?after=nonsense").Is(t, http.StatusOK)
	v.Get("/outcomes/!!!").Is(t, http.StatusNotFound)
	v.Get("/help/nothing").Is(t, http.StatusNotFound)
}

// The first page offers nothing that leads nowhere.
func TestHomeLinksLead(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	for _, prefix := range []string{"", "/zh-hant", "/en"} {
		home := v.Get(prefix+"/").Is(t, http.StatusOK)
		for _, part := range strings.Split(home.Body, `href="`)[1:] {
			path, _, _ := strings.Cut(part, `"`)
			if !strings.HasPrefix(path, "/") {
				continue
			}
			if a := v.Get(path); a.Status >= 400 {
				t.Errorf("%s/ leads to %s: %d", prefix, path, a.Status)
			}
		}
	}
}

// Machines are told what to leave alone and where to write.
func TestForMachines(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.Get("/robots.txt").Is(t, http.StatusOK, "Disallow: /report/", "Disallow: /en/track/")
	v.Get("/.well-known/security.txt").Is(t, http.StatusOK, "Contact: ", "Expires: 2026-12-22T", "Canonical: "+s.URL)
}
