package desk

import (
	"context"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// This file lays what the office says out for the components of package web. It adds no word and no day of its own.

func matterPath(id matter.ID) string { return "/desk/matters/" + id.String() }

func citeOf(c office.CiteView) web.Cite {
	return web.Cite{Key: c.Ref, Label: c.Text, Title: c.Text, Gist: c.Gist, InForce: c.Since}
}

// firstCite is the first provision that has a name; nil where none has.
func firstCite(list []office.CiteView) *web.Cite {
	for _, c := range list {
		if c.Text != "" {
			cite := citeOf(c)
			return &cite
		}
	}
	return nil
}

func whyOf(lines []office.WhyLine) []web.WhyLine {
	var list []web.WhyLine
	for _, l := range lines {
		list = append(list, web.WhyLine{Label: l.When, Text: l.Text, Source: l.Cite, End: l.Answer})
	}
	return list
}

func refusalOf(v *office.RefusalView) *web.Refusal {
	if v == nil {
		return nil
	}
	r := &web.Refusal{Title: v.What, Why: v.Why, Next: v.Mend, Unverified: v.Cite.Unsaid}
	if v.Cite.Text != "" {
		r.Cites = []web.Cite{citeOf(v.Cite)}
	}
	return r
}

// actOf is one act in the panels of a matter: a link, or the reason why not now and what to do instead.
func actOf(id matter.ID, a office.ActView) web.Act {
	act := web.Act{Name: a.Label, Note: a.Note, Unverified: a.Unsaid, Cite: firstCite(a.Cites)}
	switch {
	case a.Open:
		act.Path = matterPath(id) + "/acts/" + a.Act
	case a.Refusal != nil:
		act.Note, act.Unverified = a.Refusal.Why+a.Refusal.Mend, a.Refusal.Cite.Unsaid
		if act.Cite = nil; a.Refusal.Cite.Text != "" {
			cite := citeOf(a.Refusal.Cite)
			act.Cite = &cite
		}
	}
	return act
}

// timelineOf lays the course of a matter out.
func timelineOf(ctx context.Context, items []office.TimelineItem) []web.TimelineItem {
	var list []web.TimelineItem
	for _, i := range items {
		item := web.TimelineItem{State: i.State, Title: i.Title, Note: i.Note, At: i.On, Detail: []string{i.Number, i.By}, Cite: firstCite(i.Cites)}
		switch i.State {
		case "done":
			item.State = ""
		case "now":
			item.When = web.T(ctx, "desk.now")
		case "next":
			item.Before = true
		}
		if i.Late {
			item.Detail = append(item.Detail, web.T(ctx, "desk.entered_late"))
		}
		if i.Voided {
			item.Note = web.T(ctx, "desk.voided")
		}
		list = append(list, item)
	}
	return list
}

// clockOf lays a clock out with its ledger.
func clockOf(c office.ClockView) web.Clock {
	k := web.Clock{
		ID: "clock-" + c.Name, Title: c.Label, Unverified: c.Cite.Unsaid, Level: 3, Face: faceOf(c), Unit: unitOf(c.Unit),
		Total: c.Length, Left: c.Left, Used: c.Length - c.Left, From: c.Anchor, Due: c.Due, Today: c.Today,
	}
	if c.Cite.Text != "" {
		cite := citeOf(c.Cite)
		k.Cite = &cite
	}
	if k.Face == web.Late { // what is over is counted in days, whatever the term counts
		k.Unit, k.Total, k.Used = web.Days, int(c.Due-c.Anchor), int(c.Today-c.Anchor)
	}
	for _, s := range c.Spans {
		if s.Kind == matter.LateSince { // said above the bar, in days
			continue
		}
		paused := s.Kind == matter.Withheld || s.Kind == matter.Excluded
		if paused {
			k.Pauses = append(k.Pauses, web.Pause{From: s.From, To: s.To})
		}
		k.Ledger = append(k.Ledger, web.LedgerRow{From: s.From, To: s.To, ToToday: s.To.IsZero(), Paused: paused, Counted: s.Count, Ground: s.Ground, Who: s.By})
	}
	if len(c.Why) > 0 {
		k.Why = &web.Why{Lines: whyOf(c.Why)}
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

func faceOf(c office.ClockView) web.Face {
	switch {
	case c.Status == matter.Stopped || c.Status == matter.Lapsed:
		return web.Closed
	case c.Status == matter.Suspended:
		return web.Suspended
	case c.Late:
		return web.Late
	case c.Provisional:
		return web.Provisional
	case c.Soon:
		return web.Soon
	}
	return web.Running
}

// unitOf finds which unit a clock counts in by the words the office gives it.
func unitOf(unit string) web.Unit {
	for _, l := range i18n.Langs {
		switch unit {
		case i18n.T(l, "office.unit.workday"):
			return web.Workdays
		case i18n.T(l, "office.unit.hour"):
			return web.Hours
		}
	}
	return web.Days
}

// taskOf is one matter as a row of work.
func taskOf(ctx context.Context, b office.Brief, today calendar.Date) web.Task {
	t := web.Task{Title: b.Title, Path: matterPath(b.ID), Meta: []string{b.Number, b.Stage, b.Place}, Next: b.Next}
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

// fileOf is one file of a matter; what is sealed has no address.
func fileOf(ctx context.Context, id matter.ID, f office.FileView) web.File {
	file := web.File{Icon: "clip", Name: f.Name, Meta: []string{i18n.Size(f.Size)}, Sees: web.SeenBy(f.Class)}
	if f.Clean {
		file.Meta = append(file.Meta, web.T(ctx, "desk.clean_copy"))
	}
	if !f.Openable {
		file.Icon = "lock"
		file.Meta = append(file.Meta, web.T(ctx, "desk.sealed_original"))
		return file
	}
	file.Path = matterPath(id) + "/files/" + strconv.Itoa(f.Seq) + "/" + string(f.Class) + "/" + strconv.Itoa(f.Index)
	return file
}
