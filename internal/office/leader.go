package office

import (
	"context"
	"slices"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Leader is who is late, truthfully: per county, organ and person, with what was opened when and why. Whoever the
// law lets see the figures of a whole division (ptsd/73) sees the counts of all organs in it; the matters themselves
// only where he may read them.
func (o *Office) Leader(ctx context.Context, r Reader) (LeaderView, error) {
	if !r.May(access.Overview) {
		return LeaderView{}, ErrNotFound
	}
	v := LeaderView{Today: o.Today()}
	err := o.db.Read(ctx, func(q *store.Query) error {
		if _, err := o.registersFor(ctx, q, r); err != nil {
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
		return o.loads(ctx, q, r, &v)
	})
	return v, err
}

// leaderRows bounds the late and extended matters of the leader's page: the earliest due days first.
const leaderRows = 500

// late lists the matters that are late or were extended.
func (o *Office) late(v *LeaderView, rows []store.Row, shown shelf) {
	lang := shown.r.Lang
	for _, row := range rows {
		b, known := shown.brief(row)
		if !known || b.Due == nil {
			continue
		}
		line := LateRow{Brief: b, Person: o.nameOf(shown.names, row.Assignee), Organ: o.organName(lang, row.Holder),
			Opened: b.Opened.Day, Clock: b.Due.Label, Due: b.Due.On, By: max(-b.Due.Left, 0), Unit: b.Due.Unit, Why: waitsFor(lang, b)}
		if row.NextDue < v.Today {
			v.Rows = append(v.Rows, line)
		}
		if hasExtended(shown.states[row.ID]) {
			v.Extended = append(v.Extended, line)
		}
	}
}

// loads counts what is open and late, by county, organ and person.
func (o *Office) loads(ctx context.Context, q *store.Query, r Reader, v *LeaderView) error {
	over := o.under(r)
	loads, err := q.Loads(ctx, o.accessReader(r.keys), over, v.Today.AddDays(soonOnPage))
	if err != nil {
		return err
	}
	names, err := o.names(ctx, q)
	if err != nil {
		return err
	}
	counties, organs, persons := tally{}, tally{}, tally{}
	for _, l := range loads {
		organ, _ := o.organ(l.Holder)
		county := countyOf(organ)
		name := o.organName(r.Lang, l.Holder)
		counties.add(LateCount{Key: county, Name: o.divisionName(r.Lang, county)}, l)
		organs.add(LateCount{Key: l.Holder, Name: name}, l)
		persons.add(LateCount{Key: l.Holder + "/" + l.Assignee, Name: o.nameOf(names, l.Assignee), Organ: name}, l)
	}
	v.ByOrgan, v.ByPerson = organs.counts(), persons.counts()
	if v.Whole = o.severalCounties(over); v.Whole {
		v.ByCounty = counties.counts()
		v.ByPerson = slices.DeleteFunc(v.ByPerson, func(c LateCount) bool { return c.Late+c.Soon == 0 })
	}
	return nil
}

// severalCounties says whether organs lie in more than one county.
func (o *Office) severalCounties(organs []string) bool {
	counties := map[string]bool{}
	for _, key := range organs {
		organ, _ := o.organ(key)
		counties[countyOf(organ)] = true
	}
	return len(counties) > 1
}

// countyOf is the county in which an organ lies; the city itself for those of the city.
func countyOf(organ procedure.Organ) string {
	return organ.Division[:min(len(organ.Division), countyDigits)]
}

const (
	// soonOnPage is how many days ahead the leader's page calls soon; a convenience, no term of law.
	soonOnPage = 7
	// countyDigits is how much of a division names the county (GB/T 2260).
	countyDigits = 6
)

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

// tally counts matters by county, organ or person.
type tally map[string]*LateCount

// add counts what one person has open for an organ towards a line.
func (t tally) add(line LateCount, l store.Load) {
	c := t[line.Key]
	if c == nil {
		c = &line
		t[line.Key] = c
	}
	c.Open, c.Late, c.Soon, c.Readable = c.Open+l.Open, c.Late+l.Late, c.Soon+l.Soon, c.Readable+l.Readable
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
