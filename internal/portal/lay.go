package portal

import (
	"errors"
	"net/http"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// This file lays what the office says out for the components of package web. It adds no word and no day.

func langOf(r *http.Request) i18n.Lang { return i18n.From(r.Context()) }

// gone makes a draft or look-up that is no more a page of its own.
func gone(err error) error {
	if errors.Is(err, office.ErrNotFound) {
		return web.Gone
	}
	return err
}

func citeOf(c office.CiteView) web.Cite {
	cite := web.Cite{Key: c.Ref, Label: c.Text, Title: c.Text, Gist: c.Gist, InForce: c.Since}
	return cite
}

func citesOf(list []office.CiteView) []web.Cite {
	var cites []web.Cite
	for _, c := range list {
		if c.Text != "" {
			cites = append(cites, citeOf(c))
		}
	}
	return cites
}

func whyOf(lines []office.WhyLine) []web.WhyLine {
	var list []web.WhyLine
	for _, l := range lines {
		list = append(list, web.WhyLine{Label: l.When, Text: l.Text, Source: l.Cite, End: l.Answer})
	}
	return list
}

// nextDay is one day to come.
type nextDay struct {
	On          calendar.Date
	Text        string
	Unsaid      bool
	Provisional bool
	Why         []web.WhyLine
}

func nextOf(lang i18n.Lang, n office.NextDay) nextDay {
	return nextDay{On: n.On, Text: plainClock(lang, n.Name, n.Text), Unsaid: n.Unsaid, Provisional: n.Provisional, Why: whyOf(n.Why)}
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

// fileOf is one file of the matter looked at.
func fileOf(f office.FileView) web.File {
	file := web.File{Icon: "clip", Name: f.Name, Meta: []string{i18n.Size(f.Size)}}
	if !f.Openable {
		file.Icon = "lock"
		return file
	}
	file.Path = "/track/files/" + strconv.Itoa(f.Seq) + "/" + string(f.Class) + "/" + strconv.Itoa(f.Index)
	return file
}

func timelineOf(items []office.TimelineItem, now string) []web.TimelineItem {
	var list []web.TimelineItem
	for _, i := range items {
		item := web.TimelineItem{State: i.State, Title: i.Title, Note: i.Note, At: i.On, Detail: []string{i.Number, i.By}}
		switch i.State {
		case "done":
			item.State = ""
		case "now":
			item.When = now
		case "next":
			item.Before = !i.On.Day.IsZero()
		}
		if len(i.Cites) > 0 && i.Cites[0].Text != "" {
			cite := citeOf(i.Cites[0])
			item.Cite = &cite
		}
		list = append(list, item)
	}
	return list
}

// clockOf lays a clock out. The public sees words and bar; the ledger is for staff.
func clockOf(lang i18n.Lang, c office.ClockView) web.Clock {
	k := web.Clock{
		ID: "clock-" + c.Name, Title: plainClock(lang, c.Name, c.Label), Unverified: c.Cite.Unsaid, Level: 2, Face: faceOf(c), Unit: unitOf(lang, c.Unit),
		Total: c.Length, Left: c.Left, Used: c.Length - c.Left, From: c.Anchor, Due: c.Due, Today: c.Today, Key: true,
	}
	if k.Face == web.Late {
		k.Used = c.Length + c.Left
	}
	for _, s := range c.Spans {
		if s.Kind == matter.Withheld || s.Kind == matter.Excluded {
			k.Pauses = append(k.Pauses, web.Pause{From: s.From, To: s.To})
		}
	}
	if len(c.Why) > 0 {
		k.Why = &web.Why{Lines: whyOf(c.Why)}
	}
	if c.Provisional {
		k.Calendar = strconv.Itoa(c.Due.Year())
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
func unitOf(lang i18n.Lang, unit string) web.Unit {
	switch unit {
	case i18n.T(lang, "office.unit.workday"):
		return web.Workdays
	case i18n.T(lang, "office.unit.hour"):
		return web.Hours
	}
	return web.Days
}
