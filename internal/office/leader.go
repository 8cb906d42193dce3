package office

import (
	"context"
	"slices"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// Leader is who is late, truthfully: per organ, per person, with what was opened when and why.
func (o *Office) Leader(ctx context.Context, r Reader) (LeaderView, error) {
	if !r.Has("supervision_head") && !r.Has("leader") {
		return LeaderView{}, ErrNotFound
	}
	v := LeaderView{Today: o.Today()}
	err := o.db.Read(ctx, func(q *store.Query) error {
		if _, err := o.registers(ctx, q); err != nil {
			return err
		}
		f := o.filter(r, Filter{})
		f.Order, f.Limit = store.DueFirst, leaderRows
		rows, err := q.List(ctx, f)
		if err != nil {
			return err
		}
		shown, err := o.shelf(ctx, q, r, idsOf(rows))
		if err != nil {
			return err
		}
		o.late(&v, rows, shown)
		return nil
	})
	return v, err
}

// leaderRows bounds what the leader's page reads: the earliest due days first.
const leaderRows = 500

func (o *Office) late(v *LeaderView, rows []store.Row, shown shelf) {
	organs, persons, lang := tally{}, tally{}, shown.r.Lang
	for _, row := range rows {
		late, soon := row.NextDue < v.Today, row.NextDue >= v.Today && row.NextDue <= v.Today.AddDays(7)
		for _, c := range []*LateCount{organs.add(row.Holder, o.organName(lang, row.Holder)), persons.add(row.Assignee, o.nameOf(shown.names, row.Assignee))} {
			if late {
				c.Late++
			}
			if soon {
				c.Soon++
			}
		}
		b, known := shown.brief(row)
		if !known || b.Due == nil {
			continue
		}
		line := LateRow{Brief: b, Person: o.nameOf(shown.names, row.Assignee), Organ: o.organName(lang, row.Holder),
			Opened: b.Opened.Day, Clock: b.Due.Label, Due: b.Due.On, By: max(-b.Due.Left, 0), Unit: b.Due.Unit, Why: waitsFor(lang, b)}
		if late {
			v.Rows = append(v.Rows, line)
		}
		if hasExtended(shown.states[row.ID]) {
			v.Extended = append(v.Extended, line)
		}
	}
	v.ByOrgan, v.ByPerson = organs.counts(), persons.counts()
}

// waitsFor says where a matter stands and which act it waits for.
func waitsFor(lang i18n.Lang, b Brief) string {
	if b.Next == "" {
		return b.Stage
	}
	return i18n.T(lang, "office.waits_for", "stage", b.Stage, "act", b.Next)
}

func hasExtended(st matter.State) bool {
	for _, c := range st.Clocks {
		if c.Extended > 0 && standing(c.Status) == 0 {
			return true
		}
	}
	return false
}

// tally counts matters by organ or person.
type tally map[string]*LateCount

// add counts one more open matter of an organ or person.
func (t tally) add(key, name string) *LateCount {
	c := t[key]
	if c == nil {
		c = &LateCount{Key: key, Name: name}
		t[key] = c
	}
	c.Open++
	return c
}

// counts puts those with most late first.
func (t tally) counts() []LateCount {
	var out []LateCount
	for _, key := range sortedKeys(t) {
		out = append(out, *t[key])
	}
	slices.SortStableFunc(out, func(a, b LateCount) int { return b.Late - a.Late })
	return out
}
