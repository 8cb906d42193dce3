package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"yifa/internal/calendar"
)

func TestAddMonths(t *testing.T) {
	for _, x := range []struct {
		from string
		n    int
		want string
	}{
		{"2025-08-31", 6, "2026-02-28"}, {"2024-02-29", 12, "2025-02-28"}, {"2023-08-31", 6, "2024-02-29"},
		{"2026-03-15", 1, "2026-04-15"}, {"2026-11-30", 3, "2027-02-28"}, {"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -1, "2025-12-15"},
	} {
		if got := day(x.from).AddMonths(x.n); got != day(x.want) {
			t.Errorf("%s and %d months is %s, want %s", x.from, x.n, got, x.want)
		}
	}
}

func TestDayOfAnInstant(t *testing.T) {
	// 16:30 UTC is half past midnight of the next day in Shanghai.
	at := time.Date(2026, 9, 22, 16, 30, 0, 0, time.UTC)
	if d, m := calendar.On(at), calendar.MomentAt(at); d != day("2026-09-23") || m.String() != "2026-09-23T00:30" {
		t.Errorf("the day is %s, the moment %s", d, m)
	}
	if got := day("2026-09-23").Midnight().UTC(); !got.Equal(time.Date(2026, 9, 22, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("the day begins at %s", got)
	}
}

func TestDaysAgreeWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Unix(rapid.Int64Range(-2_000_000_000, 8_000_000_000).Draw(t, "at"), 0).UTC()
		d := calendar.New(want.Date())
		if d.IsZero() {
			return // 1970-01-01 stands for no day
		}
		y, m, n := d.YMD()
		if y != want.Year() || m != want.Month() || n != want.Day() || d.Weekday() != want.Weekday() {
			t.Fatalf("%s is %d-%d-%d %s", want, y, m, n, d.Weekday())
		}
		if back, err := calendar.Parse(d.String()); err != nil || back != d {
			t.Fatalf("%s reads back as %s, %v", d, back, err)
		}
	})
}

func FuzzParseMoment(f *testing.F) {
	for _, s := range []string{"2026-02-28", "2026-02-30", "2026-02-28T23:59", "2026-02-28T24:00", "", "0000-01-01", "１"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := calendar.ParseMoment(s)
		if err != nil || m.Day.IsZero() {
			return
		}
		if back, err := calendar.ParseMoment(m.String()); err != nil || back != m || m.String() != s {
			t.Errorf("%q is %s and reads back as %s, %v", s, m, back, err)
		}
	})
}
