package calendar_test

import (
	"testing"

	"yifa/internal/calendar"
)

func TestChanged(t *testing.T) {
	c := official(t)
	if got := calendar.Changed(c, calendar.Of(c.Years())); len(got) > 0 || calendar.Of(c.Years()).Version() != c.Version() {
		t.Errorf("made again of its years a calendar differs on %v", got)
	}
	y, ok := c.Year(2026)
	if !ok {
		t.Fatal("2026 is not known")
	}
	y.Holidays = append([]calendar.Block{{Name: "纪念日", From: day("2026-09-03"), To: day("2026-09-06"), Work: []calendar.Date{day("2026-09-12")}}}, y.Holidays...)
	got := calendar.Changed(c, c.With(y))
	if len(got) != 3 || got[0] != day("2026-09-03") || got[1] != day("2026-09-04") || got[2] != day("2026-09-12") {
		t.Errorf("changed %v, want the two weekdays that are rest now and the weekend day that is worked", got)
	}
	for _, x := range []struct {
		first, last string
		want        bool
	}{{"2026-08-01", "2026-09-02", false}, {"2026-08-01", "2026-09-03", true}, {"2026-09-04", "2026-09-04", true}, {"2026-09-05", "2026-09-11", false}, {"2026-09-12", "2026-12-31", true}, {"2026-09-13", "2027-12-31", false}} {
		if got.Touch(day(x.first), day(x.last)) != x.want {
			t.Errorf("touches %s to %s: %t", x.first, x.last, !x.want)
		}
	}
	if got.Touch(0, 0) {
		t.Error("it touches what hangs on no day")
	}
	sure, _ := c.Year(2027)
	sure.Provisional, sure.Notices = false, []calendar.Notice{{ID: "2027", Title: "通知"}}
	if got := calendar.Changed(c, c.With(sure)); len(got) != 365 {
		t.Errorf("%d days of 2027 become certain", len(got))
	}
	if got := calendar.Changed(nil, c); len(got) < 3000 {
		t.Errorf("against nothing only %d days differ", len(got))
	}
}
