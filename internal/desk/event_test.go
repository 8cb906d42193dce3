package desk

import (
	"bytes"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// TestEvent: a sitting is read back by a calendar program as it is: the same instant in any time zone, a room's name with
// commas, semicolons, a line end and characters of four octets, lines of 75 octets at most that break no character.
func TestEvent(t *testing.T) {
	d := &Desk{Config: Config{Origin: "https://yifa.example", Now: func() time.Time { return time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC) }}}
	where := `三楼,听证室;东侧\南门` + "\n" + strings.Repeat("𠮷祥", 30)
	sitting := office.EventView{Matter: matter.ID(77 << 10), From: calendar.Moment{Day: calendar.New(2026, 10, 9), Minute: 9*60 + 30}, To: calendar.Moment{Day: calendar.New(2026, 10, 9), Minute: 12 * 60},
		Kind: "听证、会议", Where: where, Turn: 3, Off: true}
	file := d.sittingFile(visit{Request: httptest.NewRequest("GET", "/desk", nil)}, sitting)
	for _, line := range bytes.Split(file, []byte("\r\n")) {
		if len(line) > 75 || !utf8.Valid(line) || bytes.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	cal, err := ics.ParseCalendar(bytes.NewReader(file))
	must(t, err)
	if len(cal.Events()) != 1 {
		t.Fatalf("%s", file)
	}
	e := cal.Events()[0]
	from, err := e.GetStartAt()
	must(t, err)
	to, err := e.GetEndAt()
	must(t, err)
	if !from.Equal(time.Date(2026, 10, 9, 1, 30, 0, 0, time.UTC)) || to.Sub(from) != 150*time.Minute {
		t.Errorf("from %s to %s", from, to)
	}
	for property, want := range map[ics.ComponentProperty]string{ics.ComponentPropertyLocation: where, ics.ComponentPropertySummary: "听证、会议", ics.ComponentPropertySequence: "2", ics.ComponentPropertyStatus: "CANCELLED"} {
		if got := e.GetProperty(property); got == nil || got.Value != want {
			t.Errorf("%s: %+v, want %q", property, got, want)
		}
	}
	raw := strings.ReplaceAll(string(file), "\r\n ", "")
	for _, want := range []string{`LOCATION:三楼\,听证室\;东侧\\南门\n`, "DTSTART:20261009T013000Z", "VERSION:2.0", "PRODID:", "METHOD:PUBLISH", "DTSTAMP:20260921T010000Z"} {
		if !strings.Contains(raw, want) {
			t.Errorf("it lacks %s in\n%s", want, raw)
		}
	}
}
