package office

import (
	"context"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// published is the key under which answered matters are open to everybody: their public part only.
const published = "public"

// Outcomes are results made public, newest first, and the cursor of the next page.
func (o *Office) Outcomes(ctx context.Context, lang i18n.Lang, after string) ([]Outcome, string, error) {
	var out []Outcome
	next := ""
	err := o.db.Read(ctx, func(q *store.Query) error {
		rows, err := q.List(ctx, store.Filter{Reader: o.accessReader([]string{published}), After: placeIn(after).Cursor, Limit: listPage + 1})
		if err != nil || len(rows) == 0 {
			return err
		}
		if len(rows) > listPage {
			rows = rows[:listPage]
			next = placeText(listPlace{Cursor: rows[listPage-1].Cursor(store.Newest)})
		}
		out, err = o.outcomes(ctx, q, lang, rows)
		return err
	})
	return out, next, err
}

// Outcome is one published result, or ErrNotFound.
func (o *Office) Outcome(ctx context.Context, lang i18n.Lang, id matter.ID) (Outcome, error) {
	var out []Outcome
	err := o.db.Read(ctx, func(q *store.Query) error {
		rights, err := q.May(ctx, id, o.accessReader([]string{published}))
		if err != nil {
			return err
		}
		if !rights.Read {
			return ErrNotFound
		}
		row, err := q.Matter(ctx, id)
		if err != nil {
			return err
		}
		out, err = o.outcomes(ctx, q, lang, []store.Row{row})
		return err
	})
	if err == nil && len(out) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Outcome{}, notFound(err)
	}
	return out[0], nil
}

// outcomes reads nothing but public parts and clear facts.
func (o *Office) outcomes(ctx context.Context, q *store.Query, lang i18n.Lang, rows []store.Row) ([]Outcome, error) {
	ids := make([]matter.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	texts := map[matter.ID]map[string]string{}
	err = q.EachPartOf(ctx, ids, []matter.Class{matter.Public}, func(p store.StoredPart) error {
		part, err := o.unseal(p.Matter, p.Seq, sealedOf(p))
		if texts[p.Matter] == nil {
			texts[p.Matter] = map[string]string{}
		}
		for name, t := range part.Fields {
			texts[p.Matter][name] = t
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []Outcome
	for _, id := range ids {
		st, t := states[id], texts[id]
		done, answered := st.LastOf("answer")
		if !answered || t["title"] == "" {
			continue
		}
		out = append(out, Outcome{ID: id, Title: t["title"], Summary: t["summary"], Result: t["outcome"], On: done.On.Day,
			Place: o.countyName(lang, st.Facts.Text("division"))})
	}
	return out, nil
}

// countyName is a place no finer than its county: a street may tell who complained.
func (o *Office) countyName(lang i18n.Lang, code string) string {
	if len(code) > 6 {
		code = code[:6]
	}
	return o.divisionName(lang, code)
}
