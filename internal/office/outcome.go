package office

import (
	"context"
	"slices"
	"time"

	"yifa/internal/calendar"
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
		rows, err := q.List(ctx, store.Filter{Reader: o.storeReader([]string{published}), After: placeIn(after).Cursor, Limit: listPage + 1})
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
		rights, err := q.May(ctx, id, o.storeReader([]string{published}))
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
	err = q.EachPartOf(ctx, ids, matter.Public, func(p store.StoredPart) error {
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

// Figures are the public numbers of the matters received from a day to a day, both included. They
// follow from the clocks in the record: in time is what was answered before its clock ran out.
func (o *Office) Figures(ctx context.Context, from, to calendar.Date) (Figures, error) {
	o.figuresLock.Lock()
	defer o.figuresLock.Unlock()
	if f := o.figures; f.From == from && f.To == to && o.now().Sub(o.figuresAt).Abs() < figuresKept {
		return f, nil
	}
	f, err := o.countFigures(ctx, from, to)
	if err == nil {
		o.figures, o.figuresAt = f, o.now()
	}
	return f, err
}

// figuresKept is how long the public numbers are shown before they are counted again.
const figuresKept = time.Minute

func (o *Office) countFigures(ctx context.Context, from, to calendar.Date) (Figures, error) {
	f := Figures{From: from, To: to}
	var days []int
	err := o.db.Read(ctx, func(q *store.Query) error {
		return q.EachMatter(ctx, 1, 1023, func(row store.Row, st matter.State) error {
			if row.Opened >= from && row.Opened <= to {
				days = o.figure(&f, st, days)
			}
			return nil
		})
	})
	slices.Sort(days)
	if len(days) > 0 {
		f.MedianDays = days[len(days)/2]
	}
	return f, err
}

func (o *Office) figure(f *Figures, st matter.State, days []int) []int {
	f.Received++
	if done, rated := st.LastOf("rate"); rated && done.Seq > 0 {
		f.Rated++
		if s := st.Facts.Text("score"); s == "five" || s == "four" {
			f.Pleased++
		}
	}
	done, answered := st.LastOf("answer")
	c, ran := st.Clocks["answer"]
	if !answered || !ran {
		return days
	}
	f.Answered++
	if c.Due.IsZero() || done.On.Day <= c.Due {
		f.InTime++
	}
	return append(days, o.calendar().CountWorkdays(st.Opened.Day, done.On.Day))
}
