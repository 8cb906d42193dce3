package open311

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/office/officetest"
	"yifa/internal/portal"
	"yifa/internal/store"
	"yifa/internal/web"
	"yifa/internal/web/webtest"
)

const goodKey = "the-key-of-the-app"

// site is the door beside the portal over a real office, with a clock the test moves.
type site struct {
	*httptest.Server
	*webtest.Visitor
	t    *testing.T
	city *officetest.City
	apps string // its file
	log  *webtest.Log
}

var noLimits = map[web.Class]web.Rule{}

func open(t *testing.T, change func(*Config)) *site {
	t.Helper()
	s := &site{t: t, city: officetest.New(t), apps: filepath.Join(t.TempDir(), "apps.yaml"), log: &webtest.Log{}}
	s.city.Clock.Set(calendar.New(2026, 9, 23).Midnight().Add(20*time.Hour + 14*time.Minute))
	s.write(App{ID: "jmt", Key: Hash(goodKey), PerMinute: 1000})
	apps, err := OpenApps(s.apps)
	must(t, err)
	c := Config{Office: s.city.Office, Apps: apps, Now: s.city.Clock.Now, Limits: noLimits, Phone: "12345"}
	if change != nil {
		change(&c)
	}
	door, err := New(c)
	must(t, err)
	public, err := portal.New(portal.Config{Office: s.city.Office, Key: bytes.Repeat([]byte{7}, 32), Now: s.city.Clock.Now, Limits: noLimits})
	must(t, err)
	mux := http.NewServeMux()
	mux.Handle(Prefix+"/", door)
	mux.Handle("/", public)
	place := web.Site{Service: i18n.Text{ZhHans: "平台"}, Host: i18n.Text{ZhHans: "司法局"}, Phone: "12345"}
	s.Server = httptest.NewServer(web.Stack(mux, web.Options{Site: place, Tell: Tell, Now: s.city.Clock.Now, Log: slog.New(slog.NewTextHandler(s.log, nil))}))
	t.Cleanup(s.Close)
	s.Visitor = webtest.NewVisitor(t, s.Server.URL)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write writes the file of apps.
func (s *site) write(apps ...App) {
	s.t.Helper()
	var b strings.Builder
	b.WriteString("apps:\n")
	for _, a := range apps {
		line, err := a.Lines()
		must(s.t, err)
		b.WriteString(line + "    per_minute: " + jsonOf(s.t, a.PerMinute) + "\n    hotline: " + jsonOf(s.t, a.Hotline) + "\n")
		if a.Until != "" {
			b.WriteString("    until: \"" + a.Until + "\"\n")
		}
	}
	must(s.t, os.WriteFile(s.apps, []byte(b.String()), 0o600))
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	must(t, err)
	return string(text)
}

// later moves the clock on.
func (s *site) later(d time.Duration) { s.city.Clock.Set(s.city.Clock.Now().Add(d)) }

// report is a sending like that of the specification's example, with our codes.
func report(over ...string) url.Values {
	v := url.Values{"api_key": {goodKey}, "jurisdiction_id": {"city.gov"}, "service_code": {"no_identification"}, "lat": {"37.76524078"}, "long": {"-122.4212043"},
		"address_string": {"榕荫路 18 号，白沙街道"}, "device_id": {"tt222111"}, "account_id": {"123456"},
		"description": {"他们没有出示证件，搬走了三张折叠桌。"}, "attribute[organ]": {"440703002-zhzf"}}
	for i := 0; i+1 < len(over); i += 2 {
		v[over[i]] = []string{over[i+1]}
		if over[i+1] == "" {
			delete(v, over[i])
		}
	}
	return v
}

// decoded is an answer's JSON.
func (s *site) decoded(a webtest.Answer) []map[string]any {
	s.t.Helper()
	var v []map[string]any
	if err := json.Unmarshal([]byte(a.Body), &v); err != nil {
		s.t.Fatalf("%v in %s", err, a.Body)
	}
	return v
}

// file hands a report in and gives its number and the receipt code.
func (s *site) file(over ...string) (number, code string) {
	s.t.Helper()
	a := s.Post("/open311/v2/requests.json", report(over...))
	if a.Status != http.StatusCreated {
		s.t.Fatalf("%d %s", a.Status, a.Body)
	}
	v := s.decoded(a)[0]
	notice := v["service_notice"].(string)
	at := strings.Index(notice, "回执码 ")
	return v["service_request_id"].(string), notice[at+len("回执码 ") : at+len("回执码 ")+19]
}

// counted serves a request and tells how many queries that took.
func counted(s *site, r *http.Request, w http.ResponseWriter) int {
	ctx := store.Counting(context.Background())
	s.Server.Config.Handler.ServeHTTP(w, r.WithContext(ctx))
	return store.Count(ctx)
}
