package portal

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"yifa/internal/store"
)

// budget is how many queries a page may ask, however many matters there are.
const budget = 12

// No page asks more of the database when there are more matters.
func TestQueryBudget(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	s.importStatutes()
	draft := v.begin()
	v.fill(draft, nil)
	code := s.visitor().file()
	v.Track(code)
	if _, err := s.city.Office.Ledger().Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	paths := []string{"/", offlinePath, manifestPath, workerPath, "/report", draft + "what", draft + "organ?q=%E8%93%AC%E6%B1%9F", draft + "when", draft + "files", draft + "who", draft + "check", draft + "confirm", "/mine",
		"/track/matter", "/track/news", "/news", "/track/receipt", "/verify", "/verify?place=3", "/track/acts/message_staff", "/how", "/how/" + complaint, "/outcomes", "/outcomes?q=%E6%B2%A1%E6%9C%89&organ=440703002-zhzf&kind=no_identification&period=2026", feedPath, feedPath + "?q=%E6%B2%A1%E6%9C%89", "/subscribe", "/subscribe?place=440703&q=%E6%B2%A1%E6%9C%89", "/rosters", "/rosters/liaison", "/poster?organ=440703-scjg", "/inspections", "/inspections/figures.csv", "/inspections/figures.json", "/help", "/help/protection",
		"/calendar", "/calendar/2027", "/calculator", "/calculator?term=cmp-02&from=2026-09-23", "/calculator.json?term=cmp-02&from=2026-09-23", "/law", "/law/xzcf", "/law/xzcf/64", "/law/xzcf?text=all&on=2015-01-01", "/law?q=%E7%9F%B3%E5%87%B3", "/law?q=%E7%9F%B3%E5%87%B3&in=xzcf", "/statistics", "/statistics?period=2026", "/statistics/figures.csv?period=2026-09", "/statistics/figures.json?period=2026-08"}
	before := map[string]int{}
	for _, path := range paths {
		before[path] = s.queries(v, path)
		if before[path] > budget {
			t.Errorf("%s asks %d queries, at most %d", path, before[path], budget)
		}
	}
	for range 5 {
		s.city.Published()
	}
	s.later(2 * time.Minute) // figures are kept a minute
	for _, path := range paths {
		if after := s.queries(v, path); after > min(before[path]+2, budget) { // one more for rows where there were none
			t.Errorf("%s asks %d queries with more matters, %d before", path, after, before[path])
		}
	}
}

// queries counts what one page asks of the database.
func (s *site) queries(v *visitor, path string) int {
	s.t.Helper()
	ctx := store.Counting(context.Background())
	r := httptest.NewRequest(http.MethodGet, s.URL+path, nil).WithContext(ctx)
	r.RequestURI = ""
	for _, c := range v.Client.Jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.Config.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		s.t.Fatalf("%s: %d", path, w.Code)
	}
	return store.Count(ctx)
}

// What a filer wrote stands on no page of the public, in no language, in no header and no log line; a name stands
// nowhere at all.
func TestNothingLeaks(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	canaries := map[string]string{"officer_hint": "kanarie-hint", "happened_about": "kanarie-about", "place": "kanarie-place",
		"account": "kanarie-account", "wish": "kanarie-wish", "name": "kanarie-name", "phone": "kanarie-phone", "email": "kanarie@example.org"}
	over := map[string][]string{}
	for name, canary := range canaries {
		over[name] = []string{canary}
	}
	draft := v.begin()
	v.fill(draft, over)
	v.Post(draft+"who", map[string][]string{"identity": {"named"}, "name": over["name"], "phone": over["phone"], "email": over["email"], "lang": {"zh-Hans"}}).Leads(t, "/check")
	code := v.submit(draft)
	own := v.Track(code)
	for _, name := range []string{"name", "phone", "email"} {
		if strings.Contains(own.Body, canaries[name]) {
			t.Errorf("the filer's own page shows the sealed %s", name)
		}
	}
	own.Is(t, http.StatusOK, "您提交的内容", canaries["account"], canaries["place"])
	stranger := s.visitor()
	for _, route := range Routes() {
		for _, prefix := range []string{"", "/zh-hant", "/en"} {
			if route.Method != http.MethodGet {
				continue
			}
			a := stranger.Get(prefix + route.Sample)
			for name, canary := range canaries {
				if strings.Contains(a.Body, canary) {
					t.Errorf("%s%s shows %s", prefix, route.Sample, name)
				}
			}
		}
	}
	log := s.log.String()
	for name, secret := range canaries {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %s", name)
		}
	}
	if strings.Contains(log, code) || strings.Contains(log, strings.Trim(draft, "/")) {
		t.Error("the log holds the receipt code or the address of a draft")
	}
}
