package procedure_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// on moves the office to a day.
func (b *bench) on(s string) *bench { b.snap.Today = day(s); return b }

// late is an attempt entered today that happened on an earlier day.
func (b *bench) late(s, act string, by matter.Actor, fields ...string) procedure.Attempt {
	try := b.try(act, by, append(fields, procedure.LateProof, "审批单")...)
	try.Happened = calendar.DayOnly(day(s))
	return try
}

// void is the correction of an entry.
func (b *bench) void(seq int, by matter.Actor) procedure.Attempt {
	return b.try("correct", by, "reason", "写错了", procedure.VoidsField, strconv.Itoa(seq))
}

// accepted is a matter reported on Monday 2 March, accepted on the 4th and extended on the 5th.
func accepted(t *testing.T) *bench {
	b := newBench(t)
	b.do(b.report())
	b.on("2026-03-03").do(b.try("take", chen))
	b.on("2026-03-04").do(b.try("accept", chen))
	b.on("2026-03-05").do(b.try("extend", zhou))
	b.on("2026-03-06").do(b.try("hear", chen))
	return b
}

// An entry in the middle is voided: its effect on the clock goes, what came after it stands.
func TestVoidInTheMiddle(t *testing.T) {
	b := accepted(t)
	if due := b.st.Clocks["finish"].Due; due != day("2026-04-18") {
		t.Fatalf("due %s", due)
	}
	d := b.on("2026-03-09").do(b.void(4, chen))
	if c := b.st.Clocks["finish"]; d.Voids != 4 || c.Due != day("2026-04-03") || c.Extended != 0 || b.st.Voided[4] != 6 {
		t.Errorf("stands at %+v", b.st)
	}
	if _, heard := b.st.LastOf("hear"); !heard || len(b.st.Done) != 4 {
		t.Errorf("standing acts: %v", b.st.Done)
	}
	var wrong procedure.FieldErrors
	if _, err := b.fire(b.void(4, chen)); !errors.As(err, &wrong) || wrong[0].Key != "not_an_option" {
		t.Errorf("voided twice: %v", err)
	}
	b.do(b.try("extend", zhou)) // what was voided may be done anew
	again, err := matter.Replay(b.snap.Record)
	x, _ := json.Marshal(again)
	y, _ := json.Marshal(b.st)
	if err != nil || string(x) != string(y) {
		t.Errorf("replays to\n%s (%v), stood at\n%s", x, err, y)
	}
}

// A later act that could not have been done without the entry is named.
func TestVoidRefusedForALaterAct(t *testing.T) {
	b := accepted(t)
	_, err := b.on("2026-03-09").fire(b.void(2, zhou))
	var no *procedure.Refusal
	if !errors.As(err, &no) || no.Reason != procedure.LaterAct || no.Args["act"] != "accept" || no.Args["day"] != "2026-03-04" {
		t.Errorf("got %v", err)
	}
	for seq, want := range map[int]string{1: procedure.CannotVoid, 3: procedure.CannotVoid, 5: procedure.SecondPerson} {
		if got := b.refused(b.void(seq, chen)); got != want {
			t.Errorf("entry %d: %s, want %s", seq, got, want)
		}
	}
	var wrong procedure.FieldErrors
	if _, err := b.fire(b.void(9, zhou)); !errors.As(err, &wrong) || wrong[0].Field != procedure.VoidsField {
		t.Errorf("an entry there is not: %v", err)
	}
	b.snap.Record = nil
	if _, err := b.fire(b.void(4, chen)); err == nil || errors.As(err, &no) && no.Reason != procedure.LaterAct {
		t.Errorf("without its record: %v", err)
	}
}

// What is proved to have happened in time undoes what the law had deemed, and moves the start of the clock.
func TestLateEntryBeforeALapse(t *testing.T) {
	b := newBench(t)
	b.do(b.report())
	b.on("2026-03-03").do(b.try("take", chen))
	b.on("2026-03-20").do(b.p.Lapses(b.st, b.snap.Today)[0].Attempt(b.st))
	if b.st.Clocks["finish"].Anchor != day("2026-03-10") {
		t.Fatalf("deemed: %+v", b.st.Clocks["finish"])
	}
	b.do(b.late("2026-03-05", "accept", chen))
	if c := b.st.Clocks["finish"]; c.Anchor != day("2026-03-05") || c.Due != day("2026-04-04") || b.st.Voided[3] != 4 || b.st.Clocks["accept"].Status != matter.Stopped {
		t.Errorf("stands at %+v", b.st)
	}
	if again := b.p.Lapses(b.st, b.snap.Today); len(again) != 0 {
		t.Errorf("lapses again: %v", again)
	}
	var wrong procedure.FieldErrors
	if _, err := b.fire(b.void(3, zhou)); !errors.As(err, &wrong) {
		t.Errorf("what fell is voided once more: %v", err)
	}
}

// Who enters late must prove it, and be allowed to; a later act stands in the way by name.
func TestLateEntryRefused(t *testing.T) {
	b := accepted(t)
	b.on("2026-03-09")
	var wrong procedure.FieldErrors
	unproved := b.late("2026-03-05", "extend", zhou)
	delete(unproved.Fields, procedure.LateProof)
	if _, err := b.fire(unproved); !errors.As(err, &wrong) && err == nil {
		t.Errorf("without proof: %v", err)
	}
	if got := b.refused(b.late("2026-03-04", "refuse", zhou, "reason", "不归我们管")); got != procedure.WrongStage {
		t.Errorf("refused on the day of acceptance: %s", got)
	}
	if got := b.refused(b.late("2026-03-03", "refuse", zhou, "reason", "不归我们管")); got != procedure.LaterAct {
		t.Errorf("refused the day before: %s", got)
	}
	if got := b.refused(b.late("2026-03-01", "take", chen)); got != procedure.BeforeLastAct {
		t.Errorf("before the opening: %s", got)
	}
}

// A matter in which an entry was voided, or came late, stands as if it had been entered so from the beginning.
func TestCorrectedAsIfNever(t *testing.T) {
	type step struct {
		act string
		by  matter.Actor
		on  calendar.Date
	}
	acts := map[string]matter.Actor{"extend": zhou, "hear": chen, "take": chen, "ask_supplement": chen, "supplement": filer, "message": filer}
	names := []string{"extend", "hear", "take", "ask_supplement", "supplement", "message"}
	play := func(t *rapid.T, steps []step, skip int) *bench {
		b := newBenchIn(t)
		b.do(b.report())
		b.on("2026-03-03").do(b.try("take", chen))
		b.on("2026-03-04").do(b.try("accept", chen))
		for i, s := range steps {
			b.snap.Today = s.on
			try := b.try(s.act, s.by)
			if s.act == "message" {
				try.Fields["message"] = []string{"急"}
			}
			if _, err := b.fire(try); i != skip && err == nil {
				b.do(try)
			}
		}
		return b
	}
	stands := func(b *bench) string {
		var done []string
		for _, d := range b.st.Done {
			if d.Act == "message" { // dialogue is bound by no order and keeps the place it was entered at
				d.Stage = ""
			}
			done = append(done, d.On.Day.String()+" "+d.Act+" "+d.Stage)
		}
		slices.Sort(done)
		x, _ := json.Marshal([]any{b.st.Stage, b.st.Facts, b.st.Clocks, b.st.Assigned, b.st.Holder, done})
		return string(x)
	}
	corrected := 0
	rapid.Check(t, func(t *rapid.T) {
		var steps []step
		on := day("2026-03-04")
		for range rapid.IntRange(2, 7).Draw(t, "acts") {
			on = on.AddDays(rapid.IntRange(1, 6).Draw(t, "later"))
			name := rapid.SampledFrom(names).Draw(t, "act")
			steps = append(steps, step{name, acts[name], on})
		}
		skip := rapid.IntRange(0, len(steps)-1).Draw(t, "skip")
		whole, never := play(t, steps, -1), play(t, steps, skip)
		// Only where the others are the same acts in both is there something to compare.
		seq := 0
		for _, d := range whole.st.Done {
			if d.Act == steps[skip].act && d.On.Day == steps[skip].on {
				seq = d.Seq
			}
		}
		if seq == 0 || len(whole.st.Done) != len(never.st.Done)+1 {
			return
		}
		by := chen
		if steps[skip].by.Person == "chen" {
			by = zhou
		}
		voided := *whole
		if d, err := voided.fire(voided.void(seq, by)); err == nil {
			voided.enter(voided.void(seq, by), d)
			if got, want := stands(&voided), stands(never); got != want {
				t.Fatalf("%v\nwithout entry %d\n%s\nnever done\n%s", steps, seq, got, want)
			}
			corrected++
		}
		never.snap.Today = on
		late := never.late(steps[skip].on.String(), steps[skip].act, steps[skip].by)
		if d, err := never.fire(late); err == nil && steps[skip].by.Post != "" {
			never.enter(late, d)
			if got, want := stands(never), stands(whole); got != want {
				t.Fatalf("%v\nentry %d late\n%s\nin time\n%s", steps, skip, got, want)
			}
			corrected++
		}
	})
	if corrected < 20 {
		t.Errorf("%d corrections say nothing", corrected)
	}
}
