package store

import (
	"context"
	"encoding/json"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// RegisterItem is one row of a register: valid on the days From to To (exclusive, zero: open), and
// held true by the record from RecFrom until RecTo (zero: still).
type RegisterItem struct {
	Matter matter.ID // the matter whose acts made it
	matter.Item
	RecFrom, RecTo time.Time
}

// IsValid says whether the item is valid on a day.
func (i RegisterItem) IsValid(on calendar.Date) bool {
	return i.From <= on && (i.To.IsZero() || on < i.To)
}

// Items returns the items of a kind that were valid on a day, as known at an instant, in order of
// key and first day. A zero day asks for every validity; a zero instant for what is known now.
func (q *Query) Items(ctx context.Context, kind string, on calendar.Date, known time.Time) ([]RegisterItem, error) {
	return q.items(ctx, "item_valid", kind, on, knownAt(known))
}

// ItemsOf returns every row that one matter made, in order of kind, key, recording and first day.
func (q *Query) ItemsOf(ctx context.Context, id matter.ID) ([]RegisterItem, error) {
	return q.items(ctx, "item_of", id.Shard(), id)
}

func (q *Query) items(ctx context.Context, name string, args ...any) ([]RegisterItem, error) {
	var list []RegisterItem
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var r RegisterItem
		var attrs string
		var from, to int64
		if err := scan(&r.Matter, &r.Kind, &r.Key, &r.From, &r.To, &attrs, &from, &to); err != nil {
			return err
		}
		r.To, r.RecFrom, r.RecTo = orZero(r.To), fromMicros(from), fromMicros(to)
		list = append(list, r)
		if attrs == "" {
			return nil
		}
		return json.Unmarshal([]byte(attrs), &list[len(list)-1].Attrs)
	})
	return list, err
}
