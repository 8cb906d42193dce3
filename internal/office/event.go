package office

import (
	"cmp"
	"context"
	"maps"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// EventView is what a calendar program is told of a sitting: when, of what kind, and where its page is. It names nobody and
// says nothing of what is heard.
type EventView struct {
	Matter   matter.ID
	From, To calendar.Moment
	Kind     string // title of its procedure
	Where    string // room; "" in a feed
	Off      bool
	Turn     int
}

// Event is the sitting of a matter for a calendar program. ErrNotFound where none is set.
func (o *Office) Event(ctx context.Context, r Reader, id matter.ID) (EventView, error) {
	var v EventView
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return err
		}
		b := d.st.Booking
		if b == nil || !r.Official() {
			return ErrNotFound
		}
		v = EventView{Matter: id, From: b.From, To: b.Ends(), Kind: d.w.title(), Off: b.Off, Turn: b.Turn}
		for _, key := range b.Keys {
			if room, is := strings.CutPrefix(key, roomItem+":"); is {
				v.Where = o.nameIn(r.Lang, o.itemName(roomItem, room))
			}
		}
		return nil
	})
	return v, notFound(err)
}

// events are the sittings a person takes part in, from a month ago on; those called off too, so that they go from a
// calendar that was told of them.
func (o *Office) events(ctx context.Context, q *store.Query, r Reader) ([]EventView, error) {
	booked, err := q.Bookings(ctx, []string{"person:" + r.Person}, calendar.Moment{Day: o.Today().AddMonths(-1)}, calendar.Moment{Day: farthest})
	if err != nil {
		return nil, err
	}
	slots, err := o.slots(ctx, q, r, booked)
	var out []EventView
	for i, b := range booked {
		if err == nil && slots[i].Matter != 0 {
			out = append(out, EventView{Matter: b.Matter, Kind: slots[i].Kind, From: b.From, To: b.To, Off: b.Off, Turn: b.Turn})
		}
	}
	return out, err
}

// nameThing gives what a refusal says is taken up its name: a room's or a person's.
func (o *Office) nameThing(ctx context.Context, no *procedure.Refusal) *procedure.Refusal {
	kind, id, is := strings.Cut(no.Args["thing"], ":")
	if !is {
		return no
	}
	told := *no
	told.Args = maps.Clone(no.Args)
	told.Args["thing"] = cmp.Or(o.itemName(kind, id), id)
	if kind == "person" {
		_ = o.db.Read(ctx, func(q *store.Query) error { // without a name it is told by its id
			names, err := o.names(ctx, q)
			told.Args["thing"] = o.nameOf(names, id)
			return err
		})
	}
	return &told
}
