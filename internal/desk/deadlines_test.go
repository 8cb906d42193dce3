package desk

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"yifa/internal/office/officetest"
)

func TestDeadlines(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Accepted()
	due := s.city.State(id).Clocks["answer"].Due
	v := s.as(officetest.Officer)
	v.Get("/desk/deadlines").Is(t, http.StatusOK, matterPath(id), due.String())
	month := due.String()[:7]
	v.Get("/desk/deadlines/"+month).Is(t, http.StatusOK, "day="+due.String())
	v.Get("/desk/deadlines?day="+due.String()).Is(t, http.StatusOK, matterPath(id))
	for _, bad := range []string{"2026", "2026-13", "1999-01", "2999-01", "x"} {
		v.Get("/desk/deadlines/"+bad).Is(t, http.StatusNotFound)
	}
	v.Get("/desk/deadlines?day=never&after=zzz&whose=nobody").Is(t, http.StatusOK)
}

// The secret address is shown once, gives whole days without a word of content, and ends.
func TestFeed(t *testing.T) {
	s := openDesk(t)
	id, receipt := s.city.Accepted()
	v := s.as(officetest.Officer)
	made := v.Post("/desk/account/feed", url.Values{})
	made.Is(t, http.StatusOK)
	address := regexp.MustCompile(`/desk/feed/[\w-]{43}/deadlines\.ics`).FindString(made.Body)
	if strings.Contains(v.Get("/desk/account").Body, "/desk/feed/") {
		t.Error("the address is shown again")
	}
	stranger := s.visitor()
	a := stranger.Get(address)
	cal, err := ics.ParseCalendar(strings.NewReader(a.Body))
	must(t, err)
	state := s.city.State(id)
	events := cal.Events()
	if len(events) != 1 || a.Header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatalf("%v: %s", a.Header, a.Body)
	}
	day := strings.ReplaceAll(state.Clocks["answer"].Due.String(), "-", "")
	if start := events[0].GetProperty(ics.ComponentPropertyDtStart); start.Value != day || !strings.Contains(a.Body, "DTSTART;VALUE=DATE:"+day) {
		t.Errorf("begins %+v, want %s", start, day)
	}
	if summary := events[0].GetProperty(ics.ComponentPropertySummary).Value; !strings.Contains(summary, state.Number("matter")) {
		t.Errorf("is called %q", summary)
	}
	for _, secret := range []string{"搬走桌椅", "市场监督", receipt.Code} {
		if strings.Contains(strings.ReplaceAll(a.Body, "\r\n ", ""), secret) {
			t.Errorf("tells %q", secret)
		}
	}
	for line := range strings.SplitSeq(a.Body, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes (RFC 5545, 3.1)", len(line))
		}
	}
	v.Post("/desk/account/feed", url.Values{"act": {"end"}}).Is(t, http.StatusOK, "已停用")
	stranger.Get(address).Is(t, http.StatusNotFound)
}
