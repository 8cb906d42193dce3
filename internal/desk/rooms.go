package desk

import (
	ics "github.com/arran4/golang-ical"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

const (
	roomsPath     = "/desk/rooms"
	roomProcedure = "register.room"
)

// sittingRoutes are the addresses of hearings and meetings.
func sittingRoutes() []route {
	return []route{
		{get(roomsPath, roomsPath), (*Desk).rooms},
		{get("/desk/matters/{id}/event.ics", "/desk/matters/"+sampleMatter+"/event.ics"), (*Desk).event},
	}
}

// roomsView is a week of the rooms of one's organ, and of oneself.
type roomsView struct {
	office.RoomsView
	Prev, Next, Now string
}

// rooms serves GET /desk/rooms.
func (d *Desk) rooms(v visit) error {
	day, _ := calendar.Parse(v.URL.Query().Get("week")) // what cannot be read is this week
	made, err := d.Office.RoomWeek(v.Context(), v.reader, day)
	if err != nil {
		return missing(err)
	}
	week := func(n int) string { return roomsPath + "?week=" + made.Monday.AddDays(n).String() }
	out := roomsView{RoomsView: made, Prev: week(-7), Next: week(7), Now: roomsPath}
	return v.show(page{title: v.t("room.title"), nav: roomsPath, content: roomsPage(out)})
}

// event serves GET /desk/matters/{id}/event.ics: the sitting of a matter as iCalendar (RFC 5545). Whoever keeps an earlier
// copy sees by its SEQUENCE that it was moved, and by its STATUS that it was called off.
func (d *Desk) event(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	e, err := d.Office.Event(v.Context(), v.reader, id)
	if err != nil {
		return missing(err)
	}
	door.Attach(v.w, id.String()+".ics", "text/calendar; charset=utf-8")
	_, err = v.w.Write(d.sittingFile(v, e))
	return err
}

// sittingFile is a calendar of one sitting.
func (d *Desk) sittingFile(v visit, e office.EventView) []byte {
	cal := ics.NewCalendarFor("yifa")
	cal.SetMethod(ics.MethodPublish)
	d.addSitting(v, cal, e)
	return []byte(cal.Serialize(ics.WithNewLineWindows))
}

// addSitting adds one sitting: its kind and its page, and where it is asked for by itself the room.
func (d *Desk) addSitting(v visit, cal *ics.Calendar, s office.EventView) {
	e := cal.AddEvent(s.Matter.String() + "@yifa")
	e.SetDtStampTime(d.Now())
	e.SetStartAt(s.From.Instant())
	e.SetEndAt(s.To.Instant())
	e.SetSequence(s.Turn - 1)
	e.SetSummary(s.Kind)
	e.SetStatus(ics.ObjectStatusConfirmed)
	if s.Off {
		e.SetStatus(ics.ObjectStatusCancelled)
	}
	if s.Where != "" {
		e.SetLocation(s.Where)
	}
	address := d.origin(v.Request) + web.Href(v.lang(), matterPath(s.Matter))
	e.SetDescription(address)
	e.SetURL(address)
}

// hours is 09:30–12:30.
func hours(s office.SlotView) string {
	at := func(m calendar.Moment) string { return m.String()[len("2006-01-02T"):] }
	return at(s.From) + "–" + at(s.To)
}

// roomSaid is what is known of a room beside its name.
func roomSaid(seats, accessible, recording string, r office.RoomWeek) []string {
	list := []string{r.Organ, r.Place, seats}
	if r.Accessible {
		list = append(list, accessible)
	}
	if r.Recording {
		list = append(list, recording)
	}
	return list
}
