package office_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// hearingIn opens a case in which a meeting is called and its people are named.
func hearingIn(t *testing.T, c *officetest.City, presider, recorder string) matter.ID {
	t.Helper()
	do := func(person string, id matter.ID, procedure, act string, fields map[string][]string) matter.ID {
		done, err := c.Office.Perform(t.Context(), c.As(person), office.Act{Matter: id, Procedure: procedure, Act: act, Key: office.NewKey(), Fields: fields})
		if err != nil {
			t.Fatalf("%s by %s: %v", act, person, err)
		}
		return done.Matter
	}
	id := do("he-yuning", 0, "supervision.case", "register_clue", map[string][]string{"source": {"own_motion"}, "complained_organ": {"440703-scjg"},
		"problem": {"no_identification"}, "title": {"检查没有出示证件"}, "summary": {"巡查所见。"}})
	do("he-yuning", id, "", "claim", nil)
	do("he-yuning", id, "", "call_hearing", map[string][]string{"format": {"meeting"}, "hearing_cause": {"核对检查记录"}})
	links := c.State(id).Links
	meeting := links[len(links)-1].To
	do("song-zhiwen", meeting, "", "appoint", map[string][]string{"presider": {presider}, "recorder": {recorder}})
	return meeting
}

// set fixes time and room of a meeting.
func set(ctx context.Context, c *officetest.City, id matter.ID, starts, room string) error {
	_, err := c.Office.Perform(ctx, c.As("he-yuning"), office.Act{Matter: id, Act: "schedule", Key: office.NewKey(), Fields: map[string][]string{
		"starts": {starts}, "minutes": {"60"}, "room": {room}, "openness": {"closed"}, "closed_ground": {"confidential"}}})
	return err
}

// A room has one meeting at a time, and so has a person. Who comes second is told which room or person it is and when, and
// nothing of the other matter; what ends when the next begins is in nobody's way, and what is called off neither.
func TestNobodyTwice(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	ctx := t.Context()
	const room = "440703-sfj-1"
	first := hearingIn(t, c, "zhen-ruotang", "huang-shuyi")
	second := hearingIn(t, c, "lv-ruoshui", "ou-xiaozhang")
	third := hearingIn(t, c, "zhen-ruotang", "ou-xiaozhang")
	if err := set(ctx, c, first, "2026-09-28T09:00", room); err != nil {
		t.Fatal(err)
	}
	says := func(err error, want ...string) {
		t.Helper()
		var no *office.Refused
		if !errors.As(err, &no) {
			t.Fatalf("not refused: %v", err)
		}
		for _, w := range want {
			if !strings.Contains(no.View.Why, w) {
				t.Errorf("%q does not say %q", no.View.Why, w)
			}
		}
		if strings.Contains(no.View.Why, "核对检查记录") || strings.Contains(no.View.Why, first.String()) {
			t.Errorf("the refusal tells of the other matter: %s", no.View.Why)
		}
	}
	says(set(ctx, c, second, "2026-09-28T09:30", room), "第一听证室", "09:00", "10:00")
	says(set(ctx, c, third, "2026-09-28T08:30", "440703-sfj-1"), "第一听证室")
	var bad office.BadFields
	if err := set(ctx, c, second, "2026-09-28T09:30", "440700-sfj-1"); !errors.As(err, &bad) || bad["room"] == "" {
		t.Errorf("a room of another organ: %v", err)
	}
	if err := set(ctx, c, second, "2026-09-28T10:00", room); err != nil {
		t.Errorf("right after: %v", err)
	}
	if _, err := c.Office.Perform(ctx, c.As("he-yuning"), office.Act{Matter: first, Act: "cancel", Key: office.NewKey(), Fields: map[string][]string{"reason": {"不再需要。"}}}); err != nil {
		t.Fatal(err)
	}
	if err := set(ctx, c, third, "2026-09-28T09:00", room); err != nil {
		t.Errorf("in the place of what was called off: %v", err)
	}
	week, err := c.Office.RoomWeek(ctx, c.As("he-yuning"), calendar.New(2026, time.September, 30))
	if err != nil || len(week.Rooms) != 1 {
		t.Fatalf("the week: %+v %v", week, err)
	}
	day := week.Rooms[0].Days[0]
	if len(day.Taken) != 2 || len(day.Free) != 3 || day.Free[1].From.String() != "2026-09-28T11:00" {
		t.Errorf("Monday: %+v", day)
	}
	report, err := c.Office.Verify(ctx)
	if err != nil || len(report.Differences) > 0 {
		t.Errorf("verify: %v %v", report.Differences, err)
	}
}

// Of many who want the same room at once one has it.
func TestOneOfMany(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	var meetings []matter.ID
	for range 6 {
		meetings = append(meetings, hearingIn(t, c, "zhen-ruotang", "huang-shuyi"))
	}
	var all sync.WaitGroup
	errs := make([]error, len(meetings))
	for i, id := range meetings {
		all.Go(func() { errs[i] = set(t.Context(), c, id, "2026-09-29T09:00", "440703-sfj-1") })
	}
	all.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		}
	}
	if done != 1 {
		t.Errorf("%d of %d have the room: %v", done, len(meetings), errs)
	}
}

// A calendar program that was told of a meeting is told when it is moved and when it is called off.
func TestFeedTellsOfMeetings(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	ctx := t.Context()
	id := hearingIn(t, c, "zhen-ruotang", "huang-shuyi")
	if err := set(ctx, c, id, "2026-09-28T09:00", "440703-sfj-1"); err != nil {
		t.Fatal(err)
	}
	token, err := c.Office.MakeFeed(ctx, c.As("huang-shuyi"))
	if err != nil {
		t.Fatal(err)
	}
	event := func() office.EventView {
		t.Helper()
		_, events, err := c.Office.Feed(ctx, token, i18n.ZhHans)
		if err != nil || len(events) != 1 || events[0].Where != "" || events[0].Kind != "听证、会议" {
			t.Fatalf("the feed holds %+v: %v", events, err)
		}
		return events[0]
	}
	if e := event(); e.Turn != 1 || e.Off || e.From.String() != "2026-09-28T09:00" {
		t.Errorf("at first: %+v", e)
	}
	for _, act := range []string{"reschedule", "cancel"} {
		if _, err := c.Office.Perform(ctx, c.As("he-yuning"), office.Act{Matter: id, Act: act, Key: office.NewKey(), Fields: map[string][]string{"reason": {"另定。"}}}); err != nil {
			t.Fatal(err)
		}
		if act == "reschedule" {
			if e := event(); !e.Off || e.Turn != 2 {
				t.Errorf("put back: %+v", e)
			}
			if err := set(ctx, c, id, "2026-09-29T09:00", "440703-sfj-1"); err != nil {
				t.Fatal(err)
			}
			if e := event(); e.Off || e.Turn != 3 || e.From.String() != "2026-09-29T09:00" {
				t.Errorf("moved: %+v", e)
			}
		}
	}
	if e := event(); !e.Off || e.Turn != 4 {
		t.Errorf("called off: %+v", e)
	}
	if _, err := c.Office.Event(ctx, c.As("zhong-lingyun"), id); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("a party that was told nothing: %v", err)
	}
}
