package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"yifa/internal/office/officetest"
	"yifa/internal/web"
)

// Figures are those of the last full minute, however often they are asked for, and hold routes, never paths.
func TestMetrics(t *testing.T) {
	c := officetest.New(t)
	now := officetest.Start
	m := newMetrics(c.DB, func() time.Time { return now })
	h, err := site(c.Installation, siteOptions{Observe: m.observe, Halls: m.hall})
	must(t, err)
	ask := func(h http.Handler, path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		return rec
	}
	figures := func() string { return ask(m.handler(), "/metrics").Body.String() }
	first := figures()
	if !strings.Contains(first, "yifa_jobs_waiting") || !strings.Contains(first, "yifa_backup_last_success_timestamp_seconds 0") {
		t.Errorf("figures:\n%s", first)
	}
	ask(h, "/law/xzcf")
	ask(h, "/track/nobody-knows-this-path")
	m.observe(web.Answered{Method: "SECRET-VERB", Route: "-", Status: 405})
	now = now.Add(59 * time.Second)
	if strings.Contains(figures(), "yifa_requests_total") {
		t.Error("an answer shows within its minute")
	}
	now = now.Add(time.Second)
	later := figures()
	if !strings.Contains(later, `yifa_requests_total{method="GET",route="GET /law/{statute}",status="200"} 1`) || !strings.Contains(later, `method="other"`) ||
		!strings.Contains(later, `yifa_turns_waiting{for="report",proof="work"} 0`) || !strings.Contains(later, `yifa_turns_load{for="start"} 0`) || !strings.Contains(later, `yifa_turns_proofs_only{for="report"} 0`) {
		t.Errorf("figures:\n%s", later)
	}
	for _, never := range []string{"xzcf", "nobody-knows", "SECRET"} {
		if strings.Contains(later, never) {
			t.Errorf("figures tell %s", never)
		}
	}
}

// It is ready while its database answers.
func TestReady(t *testing.T) {
	c := officetest.New(t)
	h := &readiness{db: c.DB}
	for _, want := range []int{http.StatusOK, http.StatusServiceUnavailable} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/readyz", nil))
		if rec.Code != want {
			t.Errorf("%d %s, want %d", rec.Code, rec.Body, want)
		}
		c.Shut()
		h.at = time.Time{} // as a second later
	}
}
