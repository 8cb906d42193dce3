package turn

import (
	"fmt"
	"testing"
	"time"
)

// clock is a time the test moves.
type clock struct{ t time.Time }

func (c *clock) now() time.Time        { return c.t }
func (c *clock) later(d time.Duration) { c.t = c.t.Add(d) }

func open() (*Hall, *clock) {
	c := &clock{time.Unix(1_800_000_000, 0)}
	return &Hall{Now: c.now, Rule: Rule{Every: time.Minute, Burst: 10, Rate: 2, Plain: 1, Spare: 4, Behind: 10 * time.Minute, PerLine: 3, Places: 100, Unasked: 3}}, c
}

// crowd takes so many places, each from a line of its own.
func crowd(h *Hall, n, parts int) (ids []string) {
	for range n {
		id := NewID()
		if a := h.Ask(Ticket{ID: id, Parts: parts}, "line "+id); !a.Open {
			ids = append(ids, id)
		}
	}
	return ids
}

func TestQuiet(t *testing.T) {
	h, _ := open()
	for i := range 3 {
		if a := h.Ask(Ticket{ID: fmt.Sprint(i), Parts: 8}, "one"); !a.Open {
			t.Errorf("ask %d waits in a quiet hour: %+v", i, a)
		}
	}
	if f := h.Figures(); f.Opened != [2]int64{0, 3} || f.Waited != [2]int64{} {
		t.Errorf("figures %+v", f)
	}
}

// A hall without a rule lets everybody in.
func TestNoRule(t *testing.T) {
	h := &Hall{Now: time.Now}
	if !h.Ask(Ticket{ID: "a"}, "one").Open || h.Parts("one", 8, 32) != 8 {
		t.Error("somebody waits")
	}
}

// Who came first is served first, a proof counts as waiting done, and both rows are served.
func TestOrder(t *testing.T) {
	h, c := open()
	crowd(h, 6, 0)
	crowd(h, 6, 8)
	first := h.Ask(Ticket{ID: "first", Parts: 8}, "a")
	c.later(time.Second / 10)
	h.Ask(Ticket{ID: "second", Parts: 8}, "b")
	harder := h.Ask(Ticket{ID: "harder", Parts: 32}, "c")
	plain := h.Ask(Ticket{ID: "plain"}, "d")
	if first.Open || harder.Open || plain.Open {
		t.Fatalf("nobody waits: %+v %+v %+v", first, harder, plain)
	}
	var came []string
	for range 200 {
		c.later(time.Second / 10)
		for _, id := range []string{"second", "first", "harder", "plain"} {
			if h.Ask(Ticket{ID: id, Parts: 8}, "x").Open {
				came = append(came, id)
			}
		}
	}
	if got := fmt.Sprint(came); got != "[harder plain first second]" && got != "[harder first plain second]" && got != "[harder first second plain]" {
		t.Errorf("served %v", came)
	}
}

// One line that asks a hundred times does not stand before lines that ask once.
func TestOneLine(t *testing.T) {
	h, c := open()
	for i := range 100 {
		h.Ask(Ticket{ID: fmt.Sprint("many", i), Parts: 32}, "many")
	}
	var waiting []string
	for i := range 10 {
		id := fmt.Sprint("once", i)
		if !h.Ask(Ticket{ID: id, Parts: 8}, id).Open {
			waiting = append(waiting, id)
		}
	}
	start := c.t
	for len(waiting) > 0 {
		c.later(time.Second / 2)
		var still []string
		for _, id := range waiting {
			if !h.Ask(Ticket{ID: id, Parts: 8}, id).Open {
				still = append(still, id)
			}
		}
		if waiting = still; c.t.Sub(start) > time.Minute {
			t.Fatalf("%d wait for a minute", len(waiting))
		}
	}
}

// Who asks more often than a line may waits for her line, and is let in when it has worn off.
func TestWornOff(t *testing.T) {
	h, c := open()
	opened := 0
	var a Answer
	for i := range 13 {
		c.later(5 * time.Second)
		if a = h.Ask(Ticket{ID: fmt.Sprint(i), Parts: 8}, "one"); a.Open {
			opened++
		}
	}
	if opened != 10 || a.Full || a.Wait < time.Minute || a.Wait > 2*time.Minute {
		t.Fatalf("%d opened, then %+v", opened, a)
	}
	c.later(a.Wait)
	h.Ask(Ticket{ID: "11"}, "one")
	if a := h.Ask(Ticket{ID: "12"}, "one"); !a.Open {
		t.Errorf("after the wait: %+v", a)
	}
}

// A place nobody comes back for is given up; a ticket that comes back later has its old place in the order.
func TestGone(t *testing.T) {
	h, c := open()
	crowd(h, 20, 8)
	a := h.Ask(Ticket{ID: "slow", Parts: 8}, "slow")
	c.later(left + time.Second)
	crowd(h, 50, 8)
	again := h.Ask(Ticket{ID: "slow", Parts: 8, Tag: a.Tag}, "slow")
	c.later(2 * time.Second)
	if !again.Open && !h.Ask(Ticket{ID: "slow"}, "slow").Open {
		t.Errorf("the old place is lost: %+v", again)
	}
	if h.Ask(Ticket{ID: "slow", Tag: a.Tag}, "slow").Open {
		t.Error("one ticket is let in twice")
	}
}

// What is asked for rises with the load, has a top, and falls again.
func TestParts(t *testing.T) {
	h, c := open()
	if got := h.Parts("x", 8, 32); got != 8 {
		t.Errorf("quiet: %d parts", got)
	}
	last := 8
	for range 20 {
		crowd(h, 10, 8)
		got := h.Parts("x", 8, 32)
		if got < last {
			t.Errorf("falls from %d to %d while the load rises", last, got)
		}
		last = got
		c.later(time.Second)
	}
	if last != 32 {
		t.Errorf("at the top %d parts", last)
	}
	c.later(10 * time.Minute)
	if got := h.Parts("x", 8, 32); got != 8 {
		t.Errorf("quiet again: %d parts", got)
	}
	for range 10 {
		h.Ask(Ticket{ID: NewID(), Parts: 8}, "busy")
	}
	if busy, other := h.Parts("busy", 8, 32), h.Parts("other", 8, 32); busy <= other {
		t.Errorf("a busy line is asked for %d parts, another for %d", busy, other)
	}
}

// However many come, what is remembered stays within bounds.
func TestBounded(t *testing.T) {
	h, c := open()
	full := false
	for i := range maxLines + 5000 {
		full = h.Ask(Ticket{ID: fmt.Sprint(i), Parts: 8}, fmt.Sprint(i)).Full || full
		if i%100 == 0 {
			c.later(time.Millisecond)
		}
	}
	if len(h.places) > 2*h.Places || len(h.lines) > maxLines || !full {
		t.Errorf("%d places, %d lines, full %v", len(h.places), len(h.lines), full)
	}
	c.later(time.Hour)
	h.Ask(Ticket{ID: "z", Parts: 8}, "z")
	if len(h.places) != 0 || len(h.lines) > 1 {
		t.Errorf("an hour later %d places, %d lines", len(h.places), len(h.lines))
	}
}

// While only proofs are taken, nobody else gets a place.
func TestModes(t *testing.T) {
	h, _ := open()
	if h.Set(Normal) || !h.Set(ProofOnly) || h.Set(ProofOnly) {
		t.Error("a change is not told from none")
	}
	if a := h.Ask(Ticket{ID: "a"}, "a"); !a.Full || !a.Bare || a.Tag.IsZero() {
		t.Errorf("without a proof: %+v", a)
	}
	if !h.Ask(Ticket{ID: "b", Parts: 8}, "a").Open || h.Parts("c", 8, 32) != 32 {
		t.Error("with a proof nobody is let in, or the easy one does")
	}
	h.Set(Normal)
	if !h.Ask(Ticket{ID: "a"}, "a").Open {
		t.Error("it does not end")
	}
}

func TestTicket(t *testing.T) {
	_, c := open()
	s, other := Signer{Key: []byte("one"), Now: c.now}, Signer{Key: []byte("two"), Now: c.now}
	want := Ticket{ID: NewID(), Parts: 32, Tag: c.t, Until: c.t.Add(time.Hour)}
	raw := s.Sign(want, "draft")
	got, good := s.Read(raw, "draft")
	if !good || got.ID != want.ID || got.Parts != 32 || !got.Tag.Equal(want.Tag) || !got.Until.Equal(want.Until) {
		t.Errorf("%+v became %+v, %v", want, got, good)
	}
	for name, bad := range map[string]bool{
		"another thing": second(s.Read(raw, "other draft")), "another key": second(other.Read(raw, "draft")), "nothing": second(s.Read("", "draft")),
		"changed": second(s.Read("B"+raw[1:], "draft")),
	} {
		if bad {
			t.Errorf("%s: taken", name)
		}
	}
	c.later(25 * time.Hour)
	if second(s.Read(raw, "draft")) {
		t.Error("a ticket of yesterday is taken")
	}
}

func second(_ Ticket, good bool) bool { return good }
