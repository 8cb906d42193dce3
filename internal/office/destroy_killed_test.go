package office_test

import (
	"fmt"
	"testing"
	"time"

	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office/officetest"
)

// lateYears tells a child how many years after the start it lives.
const lateYears = "YIFA_LATE_YEARS"

// A program killed while it destroys leaves each matter whole or destroyed, never between; the next goes on, and the one
// certificate counts all.
func TestDestroyKilled(t *testing.T) {
	dir, years := t.TempDir(), 10
	c := officetest.Open(t, installation.Options{Dir: dir})
	ids := make([]matter.ID, 24)
	for i := range ids {
		ids[i] = c.Refused()
	}
	work(t, c)
	later(c, years)
	c.Know()
	list := c.Approved("whole", ids...)
	c.Do(c.As(officetest.Archivist), list, "carry_out", carryOut)
	c.Shut()
	t.Setenv(lateYears, fmt.Sprint(years))
	halfway := 0
	at := func(life int) {
		c = officetest.Open(t, installation.Options{Dir: dir})
		c.Clock.Set(officetest.Start.AddDate(years, 0, 1).Add(time.Duration(life+1) * 3 * time.Minute))
		c.Know()
	}
	for life := 0; life < 3 || halfway == 0 && life < 12; life++ {
		killChild(t, dir, life, someTime)
		at(life)
		gone := 0
		for _, id := range ids {
			parts, destroyed := len(bytesOf(t, c, id)), len(c.State(id).Destroyed)
			if (parts == 0) != (destroyed == 1) {
				t.Errorf("%s: %d bytes and %d destructions", id, parts, destroyed)
			}
			gone += destroyed
		}
		if gone > 0 && gone < len(ids) {
			halfway++
		}
		c.Sound()
		c.Shut()
	}
	if halfway == 0 {
		t.Log("never killed among them")
	}
	at(40)
	work(t, c)
	st := c.State(list)
	if st.Stage != "destroyed" || len(st.Facts.List("destroyed")) != len(ids) || st.Facts["left_out"] != nil {
		t.Errorf("stands at %s, %d destroyed", st.Stage, len(st.Facts.List("destroyed")))
	}
	c.Sound()
}
