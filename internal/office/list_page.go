package office

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"yifa/internal/store"
)

// listPlace is where a page of a list begins: after a row. A list ordered by due days goes on with the matters
// in which nothing is due, newest first: Rest.
type listPlace struct {
	store.Cursor
	Rest bool `json:",omitempty"`
}

// pageOf is one page of a list and the place of the next one, empty on the last. filter.Limit is one row more than a page.
func pageOf(ctx context.Context, q *store.Query, filter store.Filter, f Filter) (rows []store.Row, next string, err error) {
	at := placeIn(f.After)
	if !at.Rest {
		if rows, err = q.List(ctx, filter); err != nil {
			return nil, "", err
		}
	}
	timed := len(rows)
	if goesOn := filter.Order == store.DueFirst && f.Due == ""; goesOn && timed <= listPage {
		rest := filter
		rest.Order, rest.NoDue, rest.Limit, rest.After = store.Newest, true, filter.Limit-timed, store.Cursor{}
		if at.Rest {
			rest.After = at.Cursor
		}
		more, err := q.List(ctx, rest)
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, more...)
	}
	if len(rows) <= listPage {
		return rows, "", nil
	}
	rows = rows[:listPage]
	order, last := filter.Order, rows[listPage-1]
	rest := timed < listPage
	if rest {
		order = store.Newest
	}
	return rows, placeText(listPlace{last.Cursor(order), rest}), nil
}

// orderWord is an order as the address of a list says it.
func orderWord(o store.Order) string {
	if o == store.DueFirst {
		return "due"
	}
	return "new"
}

func placeText(p listPlace) string {
	b, err := json.Marshal(p)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// placeIn reads a place back; one that cannot be read is the first page.
func placeIn(s string) listPlace {
	var p listPlace
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(b, &p) != nil {
		return listPlace{}
	}
	return p
}

// withinWords says what a list opened from a number of the leader's page is narrowed to.
func (o *Office) withinWords(ctx context.Context, q *store.Query, r Reader, f Filter) ([]string, error) {
	var words []string
	add := func(name string) {
		if name != "" {
			words = append(words, name)
		}
	}
	if f.Area != "" {
		add(o.divisionName(r.Lang, f.Area))
	}
	if f.Holder != "" {
		add(o.organName(r.Lang, f.Holder))
	}
	if f.Handler != "" {
		names, err := o.names(ctx, q)
		if err != nil {
			return nil, err
		}
		add(names[f.Handler])
	}
	return words, nil
}
