package desk

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/web"
	"yifa/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// site is a desk over a real office with the organs and people of the demo city, and a clock the test moves.
type site struct {
	*httptest.Server
	t    *testing.T
	city *officetest.City
}

func openDesk(t *testing.T) *site { return openDeskFrom(t, nil) }

// openDeskFrom is a desk to which requests come from where client says.
func openDeskFrom(t *testing.T, client func(*http.Request) netip.Addr) *site {
	t.Helper()
	s := &site{t: t, city: officetest.New(t)}
	now := s.city.Clock.Now
	s.city.Clock.Set(calendar.New(2026, 9, 23).Midnight().Add(9*time.Hour + 14*time.Minute))
	handler, err := New(Config{Office: s.city.Office, Now: now, Limits: map[web.Class]web.Rule{}, Client: client})
	must(t, err)
	place := web.Site{Service: i18n.Text{ZhHans: "江门市行政执法监督平台", ZhHant: "江門市行政執法監督平台", En: "Jiangmen Enforcement Supervision"},
		Phone: "12345", DeskNav: Nav()}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	s.Server = httptest.NewServer(web.Stack(handler, web.Options{Site: place, Now: now, Log: log}))
	t.Cleanup(s.Close)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// account is the account of a person; one without gets one.
func (s *site) account(person string) office.DemoAccount {
	s.t.Helper()
	a := office.DemoAccount{Login: strings.ReplaceAll(person, "-", ""), Password: demo.Password}
	if _, err := s.city.Office.SignIn(s.t.Context(), a.Login, a.Password, office.From{}); err != nil {
		must(s.t, s.city.Office.PutPerson(s.t.Context(), office.Person{ID: person, Login: a.Login, Name: "陆景文", Password: a.Password}))
	}
	return a
}

// visitor is a person at this site.
type visitor struct {
	*site
	*webtest.Visitor
}

func (s *site) visitor() *visitor { return &visitor{s, webtest.NewVisitor(s.t, s.URL)} }

// as is a visitor who has signed in.
func (s *site) as(person string) *visitor {
	s.t.Helper()
	v, a := s.visitor(), s.account(person)
	v.Post("/desk/sign-in", url.Values{loginField: {a.Login}, passwordField: {a.Password}}).Leads(s.t, "/desk")
	return v
}
