package open311

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"yifa/internal/web"
)

func TestKeysAndQuotas(t *testing.T) {
	s := open(t, func(c *Config) {
		c.Limits = map[web.Class]web.Rule{classKey: {Every: time.Hour, Burst: 3, Global: 1, Spare: 10}, classRead: {Every: time.Hour, Burst: 5, Global: 10, Spare: 10}}
	})
	s.write(App{ID: "jmt", Key: Hash(goodKey), PerMinute: 2}, App{ID: "other", Key: Hash("other key"), PerMinute: 2, Until: "2026-09-23"})
	s.later(time.Minute)
	for i, want := range []int{201, 201, 429} {
		if a := s.Post("/open311/v2/requests.json", report()); a.Status != want || want == 429 && (a.Header.Get("Retry-After") == "" || s.decoded(a)[0]["code"] != 429.0) {
			t.Errorf("report %d: %d %s", i, a.Status, a.Body)
		}
	}
	s.Post("/open311/v2/requests.json", report("api_key", "other key")).Is(t, 201)
	s.later(time.Minute)
	s.Post("/open311/v2/requests.json", report()).Is(t, 201)
	s.later(24 * time.Hour)
	s.Post("/open311/v2/requests.json", report("api_key", "other key")).Is(t, http.StatusForbidden)
	s.write(App{ID: "other", Key: Hash("a third key"), PerMinute: 2})
	s.later(time.Minute)
	s.Post("/open311/v2/requests.json", report()).Is(t, http.StatusForbidden)
	s.Post("/open311/v2/requests.json", report("api_key", "guess")).Is(t, http.StatusForbidden)
	s.Post("/open311/v2/requests.json", report("api_key", "guess")).Is(t, http.StatusTooManyRequests)
	must(t, os.WriteFile(s.apps, []byte("apps: [{id: x}]\n"), 0o600))
	s.later(time.Minute)
	s.Post("/open311/v2/requests.json", report("api_key", "a third key")).Is(t, 201)
	for i, want := range []int{200, 200, 200, 200, 200, 429} {
		if a := s.Get("/open311/v2/services.json"); a.Status != want {
			t.Errorf("reading %d: %d", i, a.Status)
		}
	}
}

func TestParseApps(t *testing.T) {
	good := "apps:\n  - {id: jmt, name: 江门通, key: \"" + Hash("x") + "\", until: \"2027-01-01\"}\n"
	if list, err := parseApps(good); err != nil || len(list) != 1 || list[0].PerMinute != usualPerMinute {
		t.Errorf("%v %v", list, err)
	}
	if list, err := parseApps(""); err != nil || len(list) != 0 {
		t.Errorf("an empty file: %v %v", list, err)
	}
	for text, want := range map[string]string{
		good + "  - {id: jmt, key: \"" + Hash("x") + "\"}\n":     "stand once",
		"apps: [{id: JMT, key: x, per_minute: -1, until: soon}]": "per_minute",
		"apps: [{id: a1, secret: x}]":                            "secret",
	} {
		if _, err := parseApps(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := (App{ID: "bad\nid", Key: Hash("x")}).Lines(); err == nil {
		t.Error("an id with a line break is taken")
	}
	if len(NewKey()) < 40 || NewKey() == NewKey() {
		t.Error("keys are short or the same")
	}
}
