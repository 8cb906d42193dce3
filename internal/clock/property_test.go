package clock_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// forward are terms of every unit that can be suspended, of organs and of parties.
var forward = []string{"cmp-01", "cmp-02", "cmp-07", "cmp-08", "pen-07", "pen-15n", "sup-01", "mea-01", "rel-01", "rel-04"}

var anyDay = rapid.Custom(func(t *rapid.T) calendar.Date {
	return day("2026-02-01").AddDays(rapid.IntRange(0, 900).Draw(t, "day"))
})

func begin(t *rapid.T, b *statute.Book, cal *calendar.Calendar, term string, from calendar.Date) matter.Clock {
	c, err := clock.Start(b, cal, clock.Ref{Name: term, Term: term}, from)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLaterAnchorNeverComesDueSooner(t *testing.T) {
	b, cal := official(t)
	rapid.Check(t, func(t *rapid.T) {
		term, a, z := rapid.SampledFrom(forward).Draw(t, "term"), anyDay.Draw(t, "a"), anyDay.Draw(t, "z")
		if early, late := begin(t, b, cal, term, min(a, z)), begin(t, b, cal, term, max(a, z)); early.Due > late.Due {
			t.Fatalf("%s from %s is due %s, from %s already %s", term, early.Anchor, early.Due, late.Anchor, late.Due)
		}
	})
}

func TestWaitingNoTimeChangesNothing(t *testing.T) {
	b, cal := official(t)
	rapid.Check(t, func(t *rapid.T) {
		c := begin(t, b, cal, rapid.SampledFrom(forward).Draw(t, "term"), anyDay.Draw(t, "from"))
		on := c.Anchor.AddDays(rapid.IntRange(0, int(c.Due-c.Anchor)).Draw(t, "on"))
		if got := clock.Resume(clock.Suspend(c, on, matter.Span{Ground: "x"}, cal), on, cal); !reflect.DeepEqual(got, c) {
			t.Fatalf("suspended and resumed on %s:\n%+v\nwas\n%+v", on, got, c)
		}
	})
}

func TestASplitSuspensionIsAWholeOne(t *testing.T) {
	b, cal := official(t)
	rapid.Check(t, func(t *rapid.T) {
		c := begin(t, b, cal, rapid.SampledFrom(forward).Draw(t, "term"), anyDay.Draw(t, "from"))
		on := c.Anchor.AddDays(rapid.IntRange(0, int(c.Due-c.Anchor)).Draw(t, "on"))
		mid := on.AddDays(rapid.IntRange(0, 40).Draw(t, "mid"))
		to := mid.AddDays(rapid.IntRange(0, 40).Draw(t, "to"))
		wait := func(c matter.Clock, from, to calendar.Date) matter.Clock {
			return clock.Resume(clock.Suspend(c, from, matter.Span{}, cal), to, cal)
		}
		whole, split := wait(c, on, to), wait(wait(c, on, mid), mid, to)
		if whole.Due != split.Due {
			t.Fatalf("%s: waiting %s to %s is due %s, split on %s %s", c.Term, on, to, whole.Due, mid, split.Due)
		}
		if whole.Due < c.Due || whole.Due < to {
			t.Fatalf("%s: due %s although it waited until %s and was due %s", c.Term, whole.Due, to, c.Due)
		}
	})
}

func TestWorkingDaysLeftAreKept(t *testing.T) {
	b, cal := official(t)
	rapid.Check(t, func(t *rapid.T) {
		c := begin(t, b, cal, rapid.SampledFrom([]string{"cmp-02", "pen-07", "mea-01"}).Draw(t, "term"), anyDay.Draw(t, "from"))
		on := c.Anchor.AddDays(rapid.IntRange(0, int(c.Due-c.Anchor)).Draw(t, "on"))
		left := clock.Left(c, cal, on)
		s := clock.Suspend(c, on, matter.Span{}, cal)
		r := clock.Resume(s, on.AddDays(rapid.IntRange(0, 60).Draw(t, "wait")), cal)
		closing := r.Anchor
		for _, span := range r.Spans {
			if span.Kind == matter.Withheld {
				closing = span.To
			}
		}
		if s.Left != left || clock.Left(r, cal, max(closing, on)) != left {
			t.Fatalf("%d left, %d while suspended, %d after", left, s.Left, clock.Left(r, cal, closing))
		}
	})
}

func TestForwardAndBackwardAgree(t *testing.T) {
	_, cal := official(t)
	rapid.Check(t, func(t *rapid.T) {
		from, _ := cal.NextWorkday(anyDay.Draw(t, "from"))
		n := rapid.IntRange(1, 250).Draw(t, "n")
		to, _ := cal.AddWorkdays(from, n)
		if back, _ := cal.AddWorkdays(to, -n); back != from || cal.CountWorkdays(from, to) != n {
			t.Fatalf("%d working days from %s are %s, and back %s", n, from, to, back)
		}
	})
}

// A clock that runs n days to its last day and one that runs n days back from there meet where the first began, in
// working days from a working day on, in days from any.
func TestAClockForwardAndOneBackwardMeet(t *testing.T) {
	_, cal := official(t)
	var terms strings.Builder
	for n := 1; n <= 30; n++ {
		for i, unit := range []string{"工作日", "自然日"} {
			forward := term(fmt.Sprintf("ac%c-%d", 'c'+rune(i), n), fmt.Sprintf("length: %d %s", n, unit))
			terms.WriteString(forward)
			terms.WriteString(strings.Replace(strings.Replace(forward, "id: ac", "id: b", 1), "direction: forward", "direction: backward", 1))
		}
	}
	b := bookOf(t, terms.String())
	rapid.Check(t, func(t *rapid.T) {
		id := fmt.Sprintf("%s-%d", rapid.SampledFrom([]string{"c", "d"}).Draw(t, "unit"), rapid.IntRange(1, 30).Draw(t, "n"))
		from := anyDay.Draw(t, "from")
		if id[0] == 'c' {
			from, _ = cal.NextWorkday(from)
		}
		due := begin(t, b, cal, "ac"+id, from).Due
		if back := begin(t, b, cal, "b"+id, due).Due; back != from {
			t.Fatalf("%s from %s is due %s, and back %s", id, from, due, back)
		}
	})
}

// A clock is stored as JSON and read back between any two acts: the record replays the same.
func TestReplayFromStorage(t *testing.T) {
	b, cal := official(t)
	stored := func(t *rapid.T, c matter.Clock) matter.Clock {
		raw, err := json.Marshal(c)
		var back matter.Clock
		if err == nil {
			err = json.Unmarshal(raw, &back)
		}
		if err != nil {
			t.Fatal(err)
		}
		return back
	}
	rapid.Check(t, func(t *rapid.T) {
		memory := begin(t, b, cal, rapid.SampledFrom(append(forward, "mea-02", "pen-11")).Draw(t, "term"), anyDay.Draw(t, "from"))
		disk := stored(t, memory)
		on := memory.Anchor
		for range rapid.IntRange(1, 8).Draw(t, "acts") {
			on = on.AddDays(rapid.IntRange(0, 30).Draw(t, "later"))
			act := rapid.SampledFrom([]func(matter.Clock) matter.Clock{
				func(c matter.Clock) matter.Clock { return clock.Suspend(c, on, matter.Span{Ground: "x"}, cal) },
				func(c matter.Clock) matter.Clock { return clock.Resume(c, on, cal) },
				func(c matter.Clock) matter.Clock {
					c, _ = clock.Extend(b, cal, c, clock.Grant{On: on, By: "head"})
					return c
				},
				func(c matter.Clock) matter.Clock { return clock.Recount(cal, c) },
				func(c matter.Clock) matter.Clock { return clock.Lapse(c, on, cal) },
				func(c matter.Clock) matter.Clock { return clock.Stop(c, on, cal) },
			}).Draw(t, "act")
			memory, disk = act(memory), stored(t, act(disk))
			if !reflect.DeepEqual(stored(t, memory), disk) {
				t.Fatalf("memory %+v\ndisk %+v", memory, disk)
			}
			for i := 1; i < len(disk.Spans); i++ {
				if disk.Spans[i].From != disk.Spans[i-1].To+1 {
					t.Fatalf("the ledger has a gap or an overlap: %v", disk.Spans)
				}
			}
		}
		lines := clock.Explain(b, cal, disk)
		if last := lines[len(lines)-1]; !last.Answer || disk.Due != 0 && last.From != disk.Due {
			t.Fatalf("the last line of %+v is no answer: %+v", disk, last)
		}
	})
}
