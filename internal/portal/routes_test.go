package portal

import (
	"net/http"
	"strings"
	"testing"
)

// Every route answers in every language, none with a fault, none with a page of a language not asked for.
func TestRoutes(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	for _, route := range Routes() {
		for _, prefix := range []string{"", "/zh-hant", "/en"} {
			var a answer
			if route.Method == http.MethodGet {
				a = v.get(prefix + route.Sample)
			} else {
				a = v.post(prefix+route.Sample, nil)
			}
			if a.status >= 500 {
				t.Errorf("%s %s%s: %d", route.Method, prefix, route.Sample, a.status)
			}
			if a.status == http.StatusSeeOther && prefix != "" && !strings.HasPrefix(a.to, prefix+"/") {
				t.Errorf("%s %s%s leads out of its language to %s", route.Method, prefix, route.Sample, a.to)
			}
			if strings.Contains(a.body, "portal.") && !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") {
				t.Errorf("%s%s shows a key of the catalogue:\n%s", prefix, route.Sample, plain(a.body))
			}
		}
	}
	v.get("/nothing").is(t, http.StatusNotFound, "没有找到这一页", "12345")
	v.get("/en/nothing").is(t, http.StatusNotFound)
	v.get("/how/nothing").is(t, http.StatusNotFound)
	v.get("/outcomes?after=nonsense").is(t, http.StatusOK)
	v.get("/outcomes/!!!").is(t, http.StatusNotFound)
	v.get("/help/nothing").is(t, http.StatusNotFound)
}

// The first page offers nothing that leads nowhere.
func TestHomeLinksLead(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	for _, prefix := range []string{"", "/zh-hant", "/en"} {
		home := v.get(prefix+"/").is(t, http.StatusOK)
		for _, part := range strings.Split(home.body, `href="`)[1:] {
			path, _, _ := strings.Cut(part, `"`)
			if !strings.HasPrefix(path, "/") {
				continue
			}
			if a := v.get(path); a.status >= 400 {
				t.Errorf("%s/ leads to %s: %d", prefix, path, a.status)
			}
		}
	}
}

// Machines are told what to leave alone and where to write.
func TestForMachines(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.get("/robots.txt").is(t, http.StatusOK, "Disallow: /report/", "Disallow: /en/track/")
	v.get("/.well-known/security.txt").is(t, http.StatusOK, "Contact: ", "Expires: 2026-12-22T", "Canonical: "+s.URL)
}
