package portal

import (
	"encoding/json"
	"fmt"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"yifa/internal/web"
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

// Telephones are told the name and marks of the site in the language of the page, and each mark is there in its size.
func TestApp(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	for prefix, name := range map[string]string{"": "江门市行政执法监督平台", "/zh-hant": "江門市行政執法監督平台", "/en": "Jiangmen Enforcement Supervision"} {
		if page := v.Get(prefix + "/report").Body; !strings.Contains(page, `<link rel="manifest" href="`+prefix+manifestPath+`" data-worker="`+workerPath+`"`) {
			t.Errorf("%s/report does not name its manifest", prefix)
		}
		a := v.Get(prefix+manifestPath).Is(t, http.StatusOK)
		var m appManifest
		must(t, json.Unmarshal([]byte(a.Body), &m))
		if m.Name != name || m.Start != prefix+"/" || m.Scope != "/" || m.ID != "/" || len(m.Shortcuts) != 2 || m.Shortcuts[0].URL != prefix+"/report" || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/manifest+json") {
			t.Errorf("%s%s: %s", prefix, manifestPath, a.Body)
		}
		for _, icon := range m.Icons {
			at := v.Get(icon.Src).Is(t, http.StatusOK)
			if icon.Type != "image/png" {
				continue
			}
			c, err := png.DecodeConfig(strings.NewReader(at.Body))
			must(t, err)
			if got := fmt.Sprintf("%dx%d", c.Width, c.Height); got != icon.Sizes {
				t.Errorf("%s is %s, said to be %s", icon.Src, got, icon.Sizes)
			}
		}
	}
	if a := v.Get(workerPath).Is(t, http.StatusOK); !strings.Contains(a.Body, web.Asset("yifa.css")) || !strings.Contains(a.Body, `"withdrawn":false`) || a.Header.Get("Cache-Control") != "no-cache" || strings.Contains(a.Body, "/desk/") || strings.Contains(a.Body, "/track") {
		t.Errorf("the worker: %v %s", a.Header, a.Body)
	}
	if css := string(web.Built("yifa.css")); !strings.Contains(css, "--yf-deep: "+web.ColorLight) || !strings.Contains(css, "--yf-deep: "+web.ColorDark) {
		t.Error("the colours around the site are not those of its head")
	}
}

// Machines are told what to leave alone and where to write.
func TestForMachines(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.Get("/robots.txt").Is(t, http.StatusOK, "Disallow: /report/", "Disallow: /en/track/")
	v.Get("/.well-known/security.txt").Is(t, http.StatusOK, "Contact: ", "Expires: 2026-12-22T", "Canonical: "+s.URL)
}
