package open311

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"yifa/internal/i18n"
)

func TestNamed(t *testing.T) {
	s := open(t, nil)
	number, code := s.file("last_name", "黎", "first_name", "某", "phone", "13800000000", "email", "qz@example.org")
	r, err := s.city.Office.ByCode(context.Background(), code, i18n.ZhHans)
	must(t, err)
	if got := s.city.State(r.Filer).Facts.Text("identity"); got != "named" {
		t.Errorf("identity is %s", got)
	}
	for _, path := range []string{"/open311/v2/requests/" + number + ".json", "/open311/v2/requests.json?service_request_id=" + number} {
		if body := s.Get(path).Body; strings.Contains(body, "黎某") || strings.Contains(body, "13800000000") || strings.Contains(body, "qz@") {
			t.Errorf("%s shows who filed: %s", path, body)
		}
	}
	if log := s.log.String(); strings.Contains(log, number) || strings.Contains(log, goodKey) {
		t.Error("the log holds a number or a key")
	}
	if got := fullName("Mary Ann", "Ng"); got != "Mary Ann Ng" {
		t.Errorf("an English name is %s", got)
	}
}

func TestFollow(t *testing.T) {
	s := open(t, nil)
	number, code := s.file()
	r, err := s.city.Office.ByCode(context.Background(), code, i18n.ZhHans)
	must(t, err)
	one := func() map[string]any { return s.decoded(s.Get("/open311/v2/requests/" + number + ".json"))[0] }
	s.later(time.Hour)
	s.city.Sort(r.Filer)
	s.city.Do(s.city.As("he-yuning"), r.Filer, "accept", map[string][]string{"scope": {"有没有出示证件。"}})
	v := one()
	if v["status"] != "open" || v["expected_datetime"] == nil || !strings.HasSuffix(v["expected_datetime"].(string), "T23:59:00+08:00") || v["updated_datetime"] != "2026-09-23T21:14:00+08:00" {
		t.Errorf("accepted: %v", v)
	}
	s.Post("/track/acts/withdraw", url.Values{})
	s.Track(code)
	s.city.Do(s.city.Filer(r.Filer), r.Filer, "withdraw", map[string][]string{"reason": {"不反映了。"}})
	if v = one(); v["status"] != "closed" {
		t.Errorf("withdrawn: %v", v)
	}
	for _, wrong := range []string{r.Filer.String(), number[:25] + "0", "0" + number[1:], strings.Repeat("z", 26), "%2e%2e"} {
		if wrong == number {
			continue
		}
		if a := s.Get("/open311/v2/requests/" + wrong + ".json"); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d %s", wrong, a.Status, a.Body)
		}
	}
}

func TestList(t *testing.T) {
	s := open(t, nil)
	s.file()
	_, first := s.city.Published()
	s.later(24 * time.Hour)
	_, second := s.city.Published()
	for query, want := range map[string]int{"": 2, "?status=open": 0, "?status=open,closed": 2, "?service_code=praise": 0, "?service_code=supervision.complaint,praise": 2, "?page_size=1": 1, "?page_size=1&page=2": 1, "?page=2": 0,
		"?start_date=2026-09-24T00:00:00%2B08:00": 1, "?start_date=2026-09-24T00:00:00+08:00": 1, "?end_date=2026-09-23T12:00:00Z": 1, "?updated_after=2026-09-24T01:00:00Z": 1, "?end_date=2026-08-01T00:00:00Z": 0,
		"?service_request_id=" + first.String() + "," + second.String() + ",0000000000000": 2} {
		got := s.decoded(s.Get("/open311/v2/requests.json"+query).Is(t, http.StatusOK))
		if len(got) != want {
			t.Errorf("%q: %d requests, want %d", query, len(got), want)
		}
		for _, v := range got {
			if v["requested_datetime"] != v["updated_datetime"] || !strings.HasSuffix(v["updated_datetime"].(string), "T00:00:00+08:00") || !strings.Contains(v["status_notes"].(string), "不公开") || v["address"] != "蓬江区" {
				t.Errorf("%q: %v", query, v)
			}
		}
	}
	for _, query := range []string{"?status=x", "?start_date=yesterday", "?start_date=2026-01-01T00:00:00Z&end_date=2026-09-01T00:00:00Z", "?page=-1", "?page_size=5000", "?page=1000&page_size=1000", "?service_request_id=" + strings.Repeat("1,", 60)} {
		s.Get("/open311/v2/requests.json"+query).Is(t, http.StatusBadRequest)
	}
}

func TestJurisdiction(t *testing.T) {
	s := open(t, func(c *Config) { c.Jurisdiction = "jiangmen.gov.cn" })
	s.Get("/open311/v2/services.json?jurisdiction_id=jiangmen.gov.cn").Is(t, http.StatusOK)
	s.Get("/open311/v2/services.json").Is(t, http.StatusOK)
	s.Get("/open311/v2/services.json?jurisdiction_id=city.gov").Is(t, http.StatusNotFound, "jiangmen.gov.cn")
	if a := s.Post("/open311/v2/requests.xml", report()); a.Status != http.StatusNotFound || !strings.Contains(a.Body, "<code>404</code>") {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestQueryBudget(t *testing.T) {
	s := open(t, nil)
	number, _ := s.file()
	_, id := s.city.Published()
	paths := []string{"/open311/discovery.json", "/open311/v2/services.json", "/open311/v2/services/praise.json", "/open311/v2/requests.json", "/open311/v2/requests/" + number + ".json", "/open311/v2/requests/" + id.String() + ".json"}
	for range 2 {
		for _, path := range paths {
			if n := s.queries(path); n > 12 {
				t.Errorf("%s asks %d queries", path, n)
			}
		}
		for range 3 {
			s.city.Published()
		}
	}
}

func (s *site) queries(path string) int {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, s.Server.URL+path, nil)
	w := httptest.NewRecorder()
	n := counted(s, r, w)
	if w.Code != http.StatusOK {
		s.t.Fatalf("%s: %d", path, w.Code)
	}
	return n
}
