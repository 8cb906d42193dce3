package desk

import (
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"yifa/internal/office"
	"yifa/internal/web"
)

// feedView is the secret address of one's days for a calendar program, as the account page tells of it.
type feedView struct {
	Made    time.Time // zero: there is none
	Address string    // shown once
	Ended   bool
}

// feedFor is how long a calendar program may keep the days before it asks again, as RFC 7986 writes it.
const feedFor = "PT1H"

// makeFeed serves POST /desk/account/feed: a secret address of one's days for a calendar program, or its end.
func (d *Desk) makeFeed(v visit) error {
	if v.PostForm.Get("act") == "end" {
		if err := d.Office.DropFeed(v.Context(), v.reader); err != nil {
			return err
		}
		return d.showAccount(v, feedView{Ended: true})
	}
	token, err := d.Office.MakeFeed(v.Context(), v.reader)
	if err != nil {
		return missing(err)
	}
	return d.showAccount(v, feedView{Address: d.origin(v.Request) + web.Href(v.lang(), "/desk/feed/"+token+"/deadlines.ics")})
}

// feed serves GET /desk/feed/{token}/deadlines.ics: the days of whoever has the secret address, as iCalendar (RFC 5545).
// What a calendar program may keep elsewhere names no person, no organ and no content: the clock and the number alone.
func (d *Desk) feed(v visit) error {
	list, events, err := d.Office.Feed(v.Context(), v.PathValue("token"), v.lang())
	if err != nil {
		return missing(err)
	}
	cal := ics.NewCalendarFor("yifa")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(v.t("desk.feed_name"))
	cal.SetXWRCalName(v.t("desk.feed_name"))
	cal.SetXPublishedTTL(feedFor)
	cal.SetRefreshInterval(feedFor)
	for _, line := range list {
		d.addEvent(v, cal, line)
	}
	for _, e := range events {
		d.addSitting(v, cal, e)
	}
	v.w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	v.w.Header().Set("Cache-Control", "no-store")
	v.w.Header().Set("X-Robots-Tag", "noindex")
	_, err = v.w.Write([]byte(cal.Serialize(ics.WithNewLineWindows)))
	return err
}

// addEvent adds one deadline: a whole day, so that no time zone moves it.
func (d *Desk) addEvent(v visit, cal *ics.Calendar, line office.FeedLine) {
	e := cal.AddEvent(line.Matter.String() + "-" + strings.ReplaceAll(line.Key, ":", "-") + "@yifa")
	e.SetDtStampTime(d.Now())
	day := line.On.Midnight()
	e.SetAllDayStartAt(day)
	e.SetAllDayEndAt(line.On.AddDays(1).Midnight())
	number := line.Number
	if number == "" {
		number = v.t("desk.feed_no_number")
	}
	e.SetSummary(v.t("desk.feed_summary", "clock", line.Label, "number", number))
	var notes []string
	if line.Provisional {
		notes = append(notes, v.t("desk.feed_provisional"))
	}
	if line.Unsaid {
		notes = append(notes, v.t("web.unverified"))
	}
	address := d.origin(v.Request) + web.Href(v.lang(), matterPath(line.Matter))
	e.SetDescription(strings.Join(append(notes, address), "\n"))
	e.SetURL(address)
	e.SetTimeTransparency(ics.TransparencyTransparent) // a deadline fills no hour
}
