package desk

import (
	"context"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// This file lays out for staff what package door lays out for both doors.

func matterPath(id matter.ID) string { return "/desk/matters/" + id.String() }

// actOf is one act in the panels of a matter: a link, or the reason why not now and what to do instead.
func actOf(id matter.ID, a office.ActView) web.Act {
	act := web.Act{Name: a.Label, Note: a.Note, Unverified: a.Unsaid, Cite: door.FirstCite(a.Cites...)}
	switch {
	case a.Open:
		act.Path = matterPath(id) + "/acts/" + a.Act
	case a.Refusal != nil:
		act.Note, act.Unverified, act.Cite = a.Refusal.Said(), a.Refusal.Cite.Unsaid, door.FirstCite(a.Refusal.Cite)
	}
	return act
}

// timelineOf lays the course of a matter out, with what staff alone are told of an item.
func timelineOf(ctx context.Context, items []office.TimelineItem) []web.TimelineItem {
	list := door.Timeline(items, web.T(ctx, "desk.now"))
	for i, item := range items {
		if item.Late {
			list[i].Detail = append(list[i].Detail, web.T(ctx, "desk.entered_late"))
		}
		if item.Voided {
			list[i].Note = web.T(ctx, "desk.voided")
		}
	}
	return list
}

// clockOf lays a clock out with its provision and its ledger.
func clockOf(c office.ClockView) web.Clock {
	k := door.Clock(c)
	k.Level, k.Cite = 3, door.FirstCite(c.Cite)
	for _, s := range c.Spans {
		if s.Kind == matter.LateSince { // said above the bar, in days
			continue
		}
		k.Ledger = append(k.Ledger, web.LedgerRow{From: s.From, To: s.To, ToToday: s.To.IsZero(), Paused: door.Paused(s), Counted: s.Count, Ground: s.Ground, Who: s.By})
	}
	switch {
	case k.Face == web.Closed && !c.Ended.IsZero():
		k.Calendar = strconv.Itoa(c.Ended.Year())
	case !c.Due.IsZero():
		k.Calendar = strconv.Itoa(c.Due.Year())
	default:
		k.Calendar = strconv.Itoa(c.Today.Year())
	}
	return k
}

// taskOf is one matter as a row of work.
func taskOf(ctx context.Context, b office.Brief, today calendar.Date) web.Task {
	t := web.Task{Title: b.Title, Path: matterPath(b.ID), Meta: []string{b.Number, b.Stage, b.Place}, Next: b.Next, May: b.May, Whose: b.Whose}
	if b.For != "" {
		t.Meta = append([]string{web.T(ctx, "people.for", "name", b.For)}, t.Meta...)
	}
	if b.Closed || b.NextAct == actSupplement || b.NextAct == actRate { // nothing for us to do
		t.Next = ""
	}
	d := b.Due
	if d == nil || b.Closed { // what is closed is late no more
		return t
	}
	t.Due = d.On
	switch {
	case d.Suspended:
		t.Due = 0
		t.Tag = &web.Tag{Text: web.T(ctx, "web.face_suspended"), Kind: "grey"}
	case b.Waiting:
		t.Tag = &web.Tag{Text: web.T(ctx, "desk.waiting"), Kind: "grey"}
	case d.On < today:
		t.Kind = "late"
		t.Tag = &web.Tag{Text: web.T(ctx, "desk.late_by", "n", -d.Left), Kind: "red"}
	case d.On == today:
		t.Kind, t.Today = "soon", true
		t.Tag = &web.Tag{Text: d.Label, Kind: "yellow"}
	default:
		t.Tag = &web.Tag{Text: web.T(ctx, "desk.left", "n", d.Left, "unit", d.Unit), Kind: "grey"}
	}
	return t
}

// fileOf is one file of a matter, with who sees it and whether it is the clean copy.
func fileOf(ctx context.Context, id matter.ID, f office.FileView) web.File {
	file := door.File(ctx, f, matterPath(id)+"/files")
	file.Sees = web.SeenBy(f.Class)
	if f.Clean {
		file.Meta = append(file.Meta, web.T(ctx, "desk.clean_copy"))
	}
	if f.Openable && (showsHere(f.Media) || f.PDF()) {
		file.Path += "/view"
	}
	if !f.Openable && f.Why == "" {
		file.Meta = append(file.Meta, web.T(ctx, "desk.sealed_original"))
	}
	return file
}
