package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"yifa/internal/web"
)

// A way back after a choice of type or theme stays on the site, whatever the path pretends to be.
func TestNoWayOut(t *testing.T) {
	h := web.Stack(http.NotFoundHandler(), web.Options{})
	for _, path := range []string{"//evil.example/", "/en//evil.example/", "/zh-hant//evil.example/", "///evil.example", `/\evil.example/`, "/%2fevil.example/", "//evil.example/%2e%2e"} {
		r := httptest.NewRequest(http.MethodGet, "http://here.example/", nil)
		r.URL.Path, r.URL.RawQuery = strings.ReplaceAll(path, "%2f", "/"), "type=large"
		r.RequestURI = path + "?type=large"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if to := w.Header().Get("Location"); strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) || strings.Contains(to, "://") {
			t.Errorf("%s leads to %q", path, to)
		}
	}
}
