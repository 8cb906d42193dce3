package door

import (
	"context"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// Cite is a provision as pages show it.
func Cite(c office.CiteView) web.Cite {
	v := web.Cite{Key: c.Ref, Label: c.Text, Title: c.Text, Gist: c.Gist, InForce: c.Since}
	if key, at, ok := strings.Cut(c.Ref, "/"); ok && c.Gist != "" {
		key, _, _ = strings.Cut(key, "@")
		v.Path = ArticlePath(key, at, c.On)
	}
	return v
}

// ArticlePath is the page of the article a provision stands in, at the provision; on a day, zero for today.
func ArticlePath(key, at string, on calendar.Date) string {
	article, _, _ := strings.Cut(at, ".")
	path := "/law/" + key + "/" + article
	if on != 0 {
		path += "?on=" + on.String()
	}
	return path + "#" + ProvisionID(at)
}

// ProvisionID is where on the page of its article a provision stands: at-64-1-1, and in 第六十四条之一 at-64s1-1.
func ProvisionID(at string) string {
	return "at-" + strings.NewReplacer("-", "s", ".", "-").Replace(at)
}

// Cites are the provisions that have a name.
func Cites(list []office.CiteView) []web.Cite {
	var cites []web.Cite
	for _, c := range list {
		if c.Text != "" {
			cites = append(cites, Cite(c))
		}
	}
	return cites
}

// FirstCite is the first provision that has a name; nil where none has.
func FirstCite(list ...office.CiteView) *web.Cite {
	if named := Cites(list); len(named) > 0 {
		return &named[0]
	}
	return nil
}

// Why is a derivation, line by line.
func Why(lines []office.WhyLine) []web.WhyLine {
	var list []web.WhyLine
	for _, l := range lines {
		line := web.WhyLine{Label: l.When, Text: l.Text, Source: l.Source, End: l.Answer}
		if l.Cite.Text != "" {
			c := Cite(l.Cite)
			c.Label = l.Source // says too where a provision is applied by analogy
			line.Source, line.Cites, line.Unverified = "", []web.Cite{c}, l.Unsaid
		}
		list = append(list, line)
	}
	return list
}

// Refusal is what the law does not let happen now; nil where it let it.
func Refusal(v *office.RefusalView) *web.Refusal {
	if v == nil {
		return nil
	}
	return &web.Refusal{Title: v.What, Why: v.Why, Next: v.Mend, Unverified: v.Cite.Unsaid, Cites: Cites([]office.CiteView{v.Cite})}
}

// Timeline is the course of a matter, one component for each item, in the same order; now is the word for the present.
func Timeline(items []office.TimelineItem, now string) []web.TimelineItem {
	var list []web.TimelineItem
	for _, i := range items {
		item := web.TimelineItem{State: i.State, Title: i.Title, Note: i.Note, At: i.On, Detail: []string{i.Number, i.By}, Cite: FirstCite(i.Cites...)}
		for _, f := range i.Said {
			item.Said = append(item.Said, web.Answer{Asked: f.Label, Said: f.Value, Day: f.Day})
		}
		switch i.State {
		case "done":
			item.State = ""
		case "now":
			item.When = now
		case "next":
			item.Before = !i.On.Day.IsZero()
		}
		list = append(list, item)
	}
	return list
}

// Clock is a limit with its bar and its derivation, without the ledger, which is for staff.
func Clock(c office.ClockView) web.Clock {
	k := web.Clock{
		ID: "clock-" + c.Name, Title: c.Label, Unverified: c.Cite.Unsaid, Face: face(c), Unit: unit(c),
		Total: c.Length, Left: c.Left, Used: c.Length - c.Left, From: c.Anchor, Due: c.Due, Today: c.Today,
	}
	if k.Face == web.Closed {
		k.Used, k.Over, k.Missed = c.Used, c.Over, c.Missed
	}
	if k.Face == web.Late { // what is over is counted in days, whatever the term counts
		k.Total, k.Used = int(c.Due-c.Anchor), int(c.Today-c.Anchor)
	}
	for _, s := range c.Spans {
		if Paused(s) {
			k.Pauses = append(k.Pauses, web.Pause{From: s.From, To: s.To})
		}
	}
	if len(c.Why) > 0 {
		k.Why = &web.Why{Lines: Why(c.Why)}
	}
	return k
}

// Paused tells whether a span of a clock is not counted.
func Paused(s office.SpanView) bool { return s.Kind == matter.Withheld || s.Kind == matter.Excluded }

func face(c office.ClockView) web.Face {
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

// unit is what a clock counts in; a term of months or years is counted in the days left of it.
func unit(c office.ClockView) web.Unit {
	switch {
	case c.Late:
		return web.Days
	case c.Counts == string(web.Workdays), c.Counts == string(web.Hours):
		return web.Unit(c.Counts)
	}
	return web.Days
}

// File is one file of a matter, below the address of the matter's files; what is sealed has no address.
func File(ctx context.Context, f office.FileView, files string) web.File {
	file := web.File{Icon: "clip", Name: f.Name, Meta: []string{i18n.Size(f.Size)}}
	if !f.Openable {
		file.Icon = "lock"
		if f.Why != "" && f.Class != matter.Sealed {
			file.Meta = append(file.Meta, web.T(ctx, "web.withheld."+f.Why, "found", f.Found))
		}
		return file
	}
	file.Path = files + "/" + strconv.Itoa(f.Seq) + "/" + string(f.Class) + "/" + strconv.Itoa(f.Index)
	return file
}
