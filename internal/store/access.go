package store

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// rights are the rule of access.To as conditions on a row of matter_access, written in query files as given(a), denied(a)
// and live(a), a being the row's name there: $1 are the keys of the reader, $2 the day. Who is given something and not
// denied "read" may read.
var rights = map[string]string{
	"live":   "{a}.day_from <= $2 and {a}.day_to > $2",
	"given":  "{a}.holder in keys($1) and not {a}.deny and live({a})",
	"denied": "{a}.holder in keys($1) and {a}.deny and {a}.allows = '" + access.Read + "' and live({a})",
}

// writeRights puts the conditions where a query file names them.
func writeRights(text string) string {
	for rightsCall.MatchString(text) {
		text = rightsCall.ReplaceAllStringFunc(text, func(call string) string {
			word, row, _ := strings.Cut(strings.TrimSuffix(call, ")"), "(")
			return strings.ReplaceAll(rights[word], "{a}", row)
		})
	}
	return text
}

var rightsCall = regexp.MustCompile(`\b(live|given|denied)\([a-z]\)`)

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
func (q *Query) Readable(ctx context.Context, ids []matter.ID, r access.Reader) (map[matter.ID]bool, error) {
	set, err := idSet(ids)
	if err != nil {
		return nil, fmt.Errorf("store: readable: %w", err)
	}
	out := map[matter.ID]bool{}
	err = q.each(ctx, "access_readable", []any{keys(r.Keys), r.On, set}, func(scan scanFunc) error {
		var id matter.ID
		err := scan(&id)
		out[id] = true
		return err
	})
	return out, err
}

// May returns what the reader may do with a matter; nothing where the matter does not exist.
func (q *Query) May(ctx context.Context, id matter.ID, r access.Reader) (access.Rights, error) {
	var read, act, denyRead, denyAny bool
	err := q.one(ctx, "access_may", []any{keys(r.Keys), r.On, id.Shard(), id}, &read, &act, &denyRead, &denyAny)
	if err != nil {
		return access.Rights{}, fmt.Errorf("store: may read %s: %w", id, err)
	}
	return access.Rights{Read: read && !denyRead, Act: act && !denyAny}, nil
}
