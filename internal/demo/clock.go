package demo

import (
	"sync/atomic"
	"time"
)

// Clock is the time of the demo city: set while it is filled, running on afterwards.
type Clock struct{ at atomic.Pointer[running] }

type running struct {
	base  time.Time
	since time.Time     // zero: does not run
	asked *atomic.Int64 // not nil: walks on a little whenever it is asked
}

// step is how far a walking clock goes on: enough that two acts of one hour do not bear one second.
const step = 13 * time.Second

// Now is the demo city's instant.
func (c *Clock) Now() time.Time {
	r := c.at.Load()
	switch {
	case r == nil:
		return time.Time{}
	case r.asked != nil:
		n := r.asked.Add(1)
		return r.base.Add(time.Duration(n)*step + time.Duration(n*37%11)*time.Second)
	case r.since.IsZero():
		return r.base
	}
	return r.base.Add(time.Since(r.since))
}

// Set stops the clock at an instant.
func (c *Clock) Set(t time.Time) { c.at.Store(&running{base: t}) }

// Walk sets the clock to an instant, from which it goes on whenever it is asked.
func (c *Clock) Walk(t time.Time) { c.at.Store(&running{base: t, asked: &atomic.Int64{}}) }

// Start lets the clock run on from an instant.
func (c *Clock) Start(t time.Time) { c.at.Store(&running{base: t, since: time.Now()}) }
