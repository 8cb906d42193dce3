package portal

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office/officetest"
	"yifa/internal/web"
	"yifa/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// site is a portal over a real office with the organs and people of the demo city, and a clock the test moves.
type site struct {
	*httptest.Server
	t    *testing.T
	city *officetest.City
	log  *webtest.Log
}

// later moves the clock on.
func (s *site) later(d time.Duration) { s.city.Clock.Set(s.city.Clock.Now().Add(d)) }

// noLimits lets a test knock as often as it wants; the limits have tests of their own.
var noLimits = map[web.Class]web.Rule{}

func open(t *testing.T, limits map[web.Class]web.Rule) *site { return openAt(t, limits, "") }

// openAt is a site whose letters say where it is.
func openAt(t *testing.T, limits map[web.Class]web.Rule, origin string) *site {
	t.Helper()
	s := &site{t: t, city: officetest.Open(t, installation.Options{Dir: t.TempDir(), Origin: origin}), log: &webtest.Log{}}
	now := s.city.Clock.Now
	s.city.Clock.Set(calendar.New(2026, 9, 23).Midnight().Add(20*time.Hour + 14*time.Minute))
	handler, err := New(Config{Office: s.city.Office, Key: bytes.Repeat([]byte{7}, 32), Now: now, Limits: limits})
	must(t, err)
	place := web.Site{
		Service: i18n.Text{ZhHans: "江门市行政执法监督平台", ZhHant: "江門市行政執法監督平台", En: "Jiangmen Enforcement Supervision"},
		Host:    i18n.Text{ZhHans: "江门市司法局", ZhHant: "江門市司法局", En: "Jiangmen Justice Bureau"},
		Phone:   "12345", PortalNav: Nav(), Footer: Footer(), Installable: true,
	}
	s.Server = httptest.NewServer(web.Stack(handler, web.Options{Site: place, Now: now, Log: slog.New(slog.NewTextHandler(s.log, nil))}))
	s.log.Quiet(t)
	t.Cleanup(s.Close)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// visitor is a person at this site.
type visitor struct {
	*site
	*webtest.Visitor
}

func (s *site) visitor() *visitor { return &visitor{s, webtest.NewVisitor(s.t, s.URL)} }

// begin starts a report and gives its address without the step.
func (v *visitor) begin() string {
	v.t.Helper()
	to := v.Post("/report", nil).Leads(v.t, "/what").To
	return strings.TrimSuffix(to, "what")
}

// fill answers every question of a report; over replaces fields of the steps.
func (v *visitor) fill(draft string, over url.Values) {
	v.t.Helper()
	for _, step := range []struct {
		name, next string
		form       url.Values
	}{
		{"what", "organ", url.Values{"problem": {"no_identification", "arbitrary_seizure"}}},
		{"organ", "when", url.Values{"organ": {"440703-cgzf"}, "officer_hint": {"证号后四位 0173"}}},
		{"when", "story", url.Values{"happened_on-y": {"2026"}, "happened_on-m": {"9"}, "happened_on-d": {"22"}, "happened_about": {"下午两点半左右"}, "division": {"440703"}, "place": {"榕荫路 18 号"}}},
		{"story", "files", url.Values{"account": {"他们说占道，直接把三张折叠桌搬上车。"}, "wish": {"退还物品"}}},
		{"who", "check", url.Values{"identity": {"anonymous"}, "lang": {"zh-Hans"}}},
	} {
		for name := range step.form {
			if value, ok := over[name]; ok {
				step.form[name] = value
			}
		}
		v.Post(draft+step.name, step.form).Leads(v.t, "/"+step.next)
	}
}

// file sends a whole report and gives its receipt code.
func (v *visitor) file() string {
	v.t.Helper()
	draft := v.begin()
	v.fill(draft, nil)
	return v.submit(draft)
}

// submit sends a filled report without script, as slowly as a person, and gives the receipt code.
func (v *visitor) submit(draft string) string {
	v.t.Helper()
	check := v.Get(draft+"check").Is(v.t, http.StatusOK)
	v.later(10 * time.Second)
	v.Post(draft+"check", url.Values{"pow": {check.Hidden(v.t, "pow")}, "pow_nonce": {""}}).Leads(v.t, "/receipt")
	return v.Get(draft+"receipt").Is(v.t, http.StatusOK).ReceiptCode(v.t)
}

type fields = map[string][]string

// idOf is the matter a code opens.
func (s *site) idOf(code string) matter.ID {
	s.t.Helper()
	reader, err := s.city.Office.ByCode(context.Background(), code, i18n.ZhHans)
	must(s.t, err)
	return reader.Filer
}

// picture is a file with a photograph, under a name.
func (s *site) picture(name string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	must(s.t, os.WriteFile(path, photo(s.t), 0o600))
	return path
}

// act does an act as an official: through the same office, never around it.
func (s *site) act(person string, id matter.ID, act string, given fields) {
	s.t.Helper()
	s.city.Do(s.city.As(person), id, act, given)
}
