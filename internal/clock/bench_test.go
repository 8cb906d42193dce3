package clock_test

import (
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/clock"
)

// A term of working days over the National Day holiday.
func BenchmarkStart(b *testing.B) {
	book, cal := official(b)
	at := calendar.New(2026, 9, 23)
	for b.Loop() {
		if _, err := clock.Start(book, cal, clock.Ref{Term: "cmp-02"}, at); err != nil {
			b.Fatal(err)
		}
	}
}
