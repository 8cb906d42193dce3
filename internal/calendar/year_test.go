package calendar_test

import (
	"testing"

	"yifa/internal/calendar"
	"yifa/law"
)

// official is the calendar the repository ships.
func official(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, faults := calendar.Load(law.FS, "calendar")
	for _, f := range faults {
		t.Error(f)
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

func day(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestWorkingDaysPerYear(t *testing.T) {
	// Figures of the data set the yearly files were made from, which two other tables confirm.
	c := official(t)
	for year, want := range map[int]int{2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248} {
		if got := c.CountWorkdays(calendar.New(year, 1, 0), calendar.New(year, 12, 31)); got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
}
