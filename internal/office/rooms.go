package office

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// RoomsView is what a week holds for the rooms of the reader's organs, and for himself.
type RoomsView struct {
	Monday calendar.Date
	Today  calendar.Date
	Rooms  []RoomWeek
	Mine   []SlotView
	Keeps  bool // the reader may register rooms
}

// RoomWeek is one room in a week.
type RoomWeek struct {
	Matter                matter.ID // its entry in the register
	Name, Place, Organ    string
	Seats                 string
	Accessible, Recording bool
	Days                  []RoomDay
}

// RoomDay is a working day of a room: what it is taken up by, and when it is free in the hours of the office.
type RoomDay struct {
	Day   calendar.Date
	Taken []SlotView
	Free  []SlotView
}

// SlotView is a time. Of what the reader may not read it tells nothing but that it is taken.
type SlotView struct {
	From, To calendar.Moment
	Title    string
	Kind     string    // title of the procedure
	Matter   matter.ID // zero: not for the reader
}

// officeHours are those in which free time is offered, in minutes of the day: mornings and afternoons of working days
// (ptsd/246). A sitting may be set for any hour all the same.
var officeHours = [][2]int{{8*60 + 30, 12 * 60}, {14*60 + 30, 17*60 + 30}}

const daysOfWeek = 7

// RoomWeek is the week of a day.
func (o *Office) RoomWeek(ctx context.Context, r Reader, day calendar.Date) (RoomsView, error) {
	if !r.Official() {
		return RoomsView{}, ErrNotFound
	}
	if day.IsZero() {
		day = o.Today()
	}
	monday := day.AddDays(-(int(day.Weekday()) + 6) % daysOfWeek)
	v := RoomsView{Monday: monday, Today: o.Today(), Keeps: r.Has(access.Administrator) || r.Has(access.Head)}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		var rooms []store.RegisterItem
		names := []string{"person:" + r.Person}
		for _, organ := range r.organs() {
			for _, room := range reg.itemsOf(roomItem, organ) {
				rooms, names = append(rooms, room), append(names, roomItem+":"+room.Key)
			}
		}
		booked, err := q.Bookings(ctx, names, calendar.Moment{Day: monday}, calendar.Moment{Day: monday.AddDays(daysOfWeek)})
		if err != nil {
			return err
		}
		booked = slices.DeleteFunc(booked, func(b store.Booking) bool { return b.Off })
		slots, err := o.slots(ctx, q, r, booked)
		if err != nil {
			return err
		}
		for i, b := range booked {
			if b.Name == names[0] {
				v.Mine = append(v.Mine, slots[i])
			}
		}
		for _, room := range rooms {
			v.Rooms = append(v.Rooms, o.roomWeek(r, room, monday, slotsOf(booked, slots, roomItem+":"+room.Key)))
		}
		return nil
	})
	slices.SortStableFunc(v.Rooms, func(a, b RoomWeek) int {
		return cmp.Or(strings.Compare(a.Organ, b.Organ), strings.Compare(a.Name, b.Name))
	})
	return v, err
}

// slotsOf are the slots of what is booked under a name.
func slotsOf(booked []store.Booking, slots []SlotView, name string) []SlotView {
	var out []SlotView
	for i, b := range booked {
		if b.Name == name {
			out = append(out, slots[i])
		}
	}
	return out
}

// slots words what is booked, each as far as the reader may read its matter.
func (o *Office) slots(ctx context.Context, q *store.Query, r Reader, booked []store.Booking) ([]SlotView, error) {
	ids := map[matter.ID]bool{}
	for _, b := range booked {
		ids[b.Matter] = true
	}
	s, err := o.shelf(ctx, q, r, slices.Sorted(maps.Keys(ids)))
	if err != nil {
		return nil, err
	}
	out := make([]SlotView, len(booked))
	for i, b := range booked {
		out[i] = SlotView{From: b.From, To: b.To}
		st := s.states[b.Matter]
		p := o.procedureOf(st)
		if p == nil || !access.To(project(st, p).Access, o.accessReader(r.keys)).Read {
			continue
		}
		out[i].Matter, out[i].Kind = b.Matter, words{o, p, r.Lang}.title()
		out[i].Title = cmp.Or(s.titles[b.Matter], out[i].Kind)
	}
	return out, nil
}

// roomWeek is one room: its working days, and any other day on which it is taken.
func (o *Office) roomWeek(r Reader, room store.RegisterItem, monday calendar.Date, taken []SlotView) RoomWeek {
	a := room.Attrs
	v := RoomWeek{Matter: room.Matter, Name: o.nameIn(r.Lang, a.Text("name")), Place: o.nameIn(r.Lang, a.Text("place")), Organ: o.organName(r.Lang, a.Text("organ")),
		Accessible: a.Bool("accessible"), Recording: a.Bool("recording")}
	if seats, counted := a["seats"].(int64); counted {
		v.Seats = strconv.Itoa(int(seats))
	}
	for i := range daysOfWeek {
		day := RoomDay{Day: monday.AddDays(i)}
		for _, s := range taken {
			if s.From.Day == day.Day {
				day.Taken = append(day.Taken, s)
			}
		}
		if o.calendar().IsWorkday(day.Day) {
			day.Free = free(day.Day, day.Taken)
		}
		if len(day.Taken)+len(day.Free) > 0 {
			v.Days = append(v.Days, day)
		}
	}
	return v
}

// free is what is left of the hours of the office on a day, in pieces of half an hour at least.
func free(day calendar.Date, taken []SlotView) []SlotView {
	const least = 30
	var out []SlotView
	for _, h := range officeHours {
		from := h[0]
		add := func(to int) {
			if to-from >= least {
				out = append(out, SlotView{From: calendar.Moment{Day: day, Minute: from}, To: calendar.Moment{Day: day, Minute: to}})
			}
		}
		for _, t := range taken {
			end := t.To.Minute
			if t.To.Day > day {
				end = daysMinutes
			}
			if t.From.Minute < h[1] && end > from {
				add(t.From.Minute)
				from = max(from, end)
			}
		}
		add(h[1])
	}
	return out
}

const daysMinutes = 24 * 60
