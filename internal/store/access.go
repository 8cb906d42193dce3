package store

import (
	"context"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Reader is who looks: the holder keys that follow from today's posts (organ:KEY:role, post:ID,
// person:ID), and the day on which rights are tested.
//
// Read is held where some right, whichever, is given to one of the keys on that day, and none of
// the keys is denied "read". Act is held where "act" is given and none of the keys is denied
// anything. List, counts, search and May test the same rows by the same rule.
type Reader struct {
	Keys []string
	On   calendar.Date
}

// Rights is what a reader may do with one matter.
type Rights struct{ Read, Act bool }

// PutAccess makes access the whole set of rights on a matter, after PutMatter has written its row.
// Sort is Row.Sort of the matter.
func (tx *Tx) PutAccess(ctx context.Context, id matter.ID, sort calendar.Date, access []matter.Access) error {
	if _, err := tx.exec(ctx, "access_clear", id.Shard(), id); err != nil {
		return fmt.Errorf("store: access to %s: %w", id, err)
	}
	for _, a := range access {
		_, err := tx.exec(ctx, "access_put", id.Shard(), id, a.Holder, a.Right, a.Deny, a.From, orForever(a.To), sort)
		if err != nil {
			return fmt.Errorf("store: access of %s to %s: %w", a.Holder, id, err)
		}
	}
	return nil
}

// AccessTo returns the rights stored on a matter, in order of holder, right, denial and first day.
func (q *Query) AccessTo(ctx context.Context, id matter.ID) ([]matter.Access, error) {
	var list []matter.Access
	err := q.each(ctx, "access_list", []any{id.Shard(), id}, func(scan scanFunc) error {
		var a matter.Access
		err := scan(&a.Holder, &a.Right, &a.Deny, &a.From, &a.To)
		a.To = orZero(a.To)
		list = append(list, a)
		return err
	})
	return list, err
}

// MisplacedAccess returns at most limit matters of whose rights lists would not find them where they stand, for
// verification.
func (q *Query) MisplacedAccess(ctx context.Context, limit int) ([]matter.ID, error) {
	var list []matter.ID
	err := q.each(ctx, "access_misplaced", []any{limit}, func(scan scanFunc) error {
		var id matter.ID
		err := scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

// Readable returns those of the matters that the reader may read, by the rule of May.
func (q *Query) Readable(ctx context.Context, ids []matter.ID, r Reader) (map[matter.ID]bool, error) {
	set, err := idSet(ids)
	if err != nil {
		return nil, fmt.Errorf("store: readable: %w", err)
	}
	out := map[matter.ID]bool{}
	err = q.each(ctx, "access_readable", []any{set, keys(r.Keys), r.On}, func(scan scanFunc) error {
		var id matter.ID
		err := scan(&id)
		out[id] = true
		return err
	})
	return out, err
}

// May returns what the reader may do with a matter; nothing where the matter does not exist.
func (q *Query) May(ctx context.Context, id matter.ID, r Reader) (Rights, error) {
	var read, act, denyRead, denyAny bool
	err := q.one(ctx, "access_may", []any{id.Shard(), id, keys(r.Keys), r.On}, &read, &act, &denyRead, &denyAny)
	if err != nil {
		return Rights{}, fmt.Errorf("store: may read %s: %w", id, err)
	}
	return Rights{Read: read && !denyRead, Act: act && !denyAny}, nil
}
