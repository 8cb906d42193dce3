package clock

import (
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

const dayMinutes = 24 * 60

// minutes is the length of a clock in hours or minutes.
func minutes(c matter.Clock) int {
	if c.Unit == string(statute.Hour) {
		return 60 * c.Length
	}
	return c.Length
}

// addMinutes returns the moment so many minutes later. A moment without hour stays one: the
// earliest day on which the time can have passed.
func addMinutes(m calendar.Moment, n int) calendar.Moment {
	if m.Minute < 0 {
		return calendar.DayOnly(m.Day.AddDays(n / dayMinutes))
	}
	n += m.Minute
	return calendar.Moment{Day: m.Day.AddDays(n / dayMinutes), Minute: n % dayMinutes}
}

// nextFixed is the first day after the event that a fixed day names: the 31st of January of a year,
// or the 10th of a month.
func nextFixed(c matter.Clock) calendar.Date {
	year, month, _ := c.Anchor.YMD()
	for {
		day := calendar.New(year, month, c.Length)
		if c.Unit == string(statute.Yearly) {
			day = calendar.New(year, time.Month(c.Length/100), c.Length%100)
		}
		if day > c.Anchor {
			return day
		}
		if month++; c.Unit == string(statute.Yearly) {
			year++
		}
	}
}
