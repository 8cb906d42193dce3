package matter

import (
	"slices"

	"yifa/internal/calendar"
)

// Ends is when it is over.
func (b Booking) Ends() calendar.Moment {
	all := b.From.Minute + b.Minutes
	return calendar.Moment{Day: b.From.Day.AddDays(all / minutesOfDay), Minute: all % minutesOfDay}
}

const minutesOfDay = 24 * 60

// Overlaps says whether two bookings take up some minute of the same day both.
func (b Booking) Overlaps(o Booking) bool { return b.From.Before(o.Ends()) && o.From.Before(b.Ends()) }

// Same says whether two bookings take up the same at the same time.
func (b Booking) Same(o Booking) bool {
	return b.From == o.From && b.Minutes == o.Minutes && b.Off == o.Off && slices.Equal(b.Keys, o.Keys)
}

// again is the booking that a correction puts back in the place of b. Its turn goes on from b's: who was told of b must be
// able to see which of the two is newer.
func (b *Booking) again(before *Booking) *Booking {
	if b == nil || before != nil && before.Same(*b) {
		return before
	}
	next := *b
	if next.Off = true; before != nil {
		next = *before
	}
	next.Turn = b.Turn + 1
	return &next
}
