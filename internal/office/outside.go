package office

import (
	"context"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/statute"
	"yifa/internal/store"
)

// This file says what an organ sees of a matter in which it is a party: it may read and not act for
// the organ that holds the matter. It knows what was told to it, its own days, and what it can do.

// seenStage is the stage as a party knows it: an inner step of the office is not shown.
func seenStage(p *procedure.Procedure, name string) string {
	if s := p.Stages.Get(name); s != nil && s.Seen != "" {
		return s.Seen
	}
	return name
}

// seenBrief is a matter's line for who filed it: the steps inside the office are not hers to know.
func (o *Office) seenBrief(w words, st matter.State, b Brief) Brief {
	b.StageKey = seenStage(w.p, st.Stage)
	b.Stage, _ = w.stage(b.StageKey)
	return b
}

// bindsParty says whether a clock gives its term to a party, not to an office.
func (o *Office) bindsParty(c matter.Clock) bool {
	t, _, err := o.law.Book.Term(c.Term, c.Anchor)
	return err == nil && t.Binds == statute.Party
}

// briefOutside makes a matter's line one for a party: its own days, no inner step, and no place,
// which came with the report.
func (o *Office) briefOutside(w words, st matter.State, b Brief) Brief {
	b = o.seenBrief(w, st, b)
	b.Outside, b.Place = true, ""
	b.Due = o.dueOf(w, st, func(c matter.Clock) int {
		if o.bindsParty(c) && !o.lost(w.p, c) {
			return 0
		}
		return -1
	})
	if b.Due != nil {
		b.Due.Mine = true
	}
	b.Waiting = b.Due == nil
	return b
}

// shown says whether a clock may be shown to the reader: to a party those that began with something
// it was told.
func (d *dossier) shown(c matter.Clock) bool { return !d.outside || d.w.told(c) }

// told says whether a clock began with something a party was told.
func (w words) told(c matter.Clock) bool {
	def := w.p.Clocks.Get(c.Name)
	return def == nil || slices.ContainsFunc(def.Starts.Acts, func(act string) bool {
		a := w.definition(act)
		return a != nil && forParties(a)
	})
}

// told is the first entry that a party was told of: for it the matter begins there.
func (d *dossier) told() (matter.Entry, bool) {
	for _, s := range d.entries {
		if def := d.w.definition(s.Entry.Act); def != nil && forParties(def) && s.Entry.Seq > 1 {
			return s.Entry, true
		}
	}
	return matter.Entry{}, false
}

// visits says whether the reader belongs to organs that hold no matters: whatever is to be read was
// addressed to them.
func (o *Office) visits(r Reader) bool {
	kinds := o.law.HolderKinds()
	return len(r.posts) > 0 && !slices.ContainsFunc(r.posts, func(p procedure.Post) bool {
		organ, known := o.organ(p.Organ)
		return known && slices.Contains(kinds, organ.Kind)
	})
}

// todayOutside fills the first page of a reader from outside: open matters in which the organ is a
// party, with its own days, or decides, with the day of the matter as lists show it; those with a day first.
func (o *Office) todayOutside(ctx context.Context, q *store.Query, r Reader, v *TodayView) error {
	all := o.filter(r, Filter{})
	all.Limit = todayLooks
	rows, err := q.List(ctx, all)
	if err != nil {
		return err
	}
	told, err := q.Notices(ctx, r.Person, noticesShown)
	if err != nil {
		return err
	}
	ids := idsOf(rows)
	for _, n := range told {
		ids = append(ids, n.Matter)
	}
	shown, err := o.shelf(ctx, q, r, ids)
	if err != nil {
		return err
	}
	reg, err := o.registers(ctx, q)
	if err != nil {
		return err
	}
	var days []store.Row
	for _, row := range rows {
		b, known := shown.brief(row)
		if !known {
			continue
		}
		v.Mine++
		for _, one := range shown.tasks(reg, row.ID, b) {
			if row.NextDue = 0; one.Due != nil {
				row.NextDue = one.Due.On
				days = append(days, row)
			}
			v.First = append(v.First, one)
		}
	}
	slices.SortStableFunc(v.First, func(a, b Brief) int { return dueOrder(a) - dueOrder(b) })
	slices.SortStableFunc(days, func(a, b store.Row) int { return int(a.NextDue - b.NextDue) })
	v.First, v.Outside = v.First[:min(len(v.First), todayRows)], true
	o.countDays(v, days)
	v.Notices, err = shown.notices(told)
	return err
}

func dueOrder(b Brief) int {
	if b.Due == nil || b.Due.Suspended {
		return 1 << 30
	}
	return int(b.Due.On)
}

// tasks are what the reader can do in a matter: one line for each of its running days with the act
// that keeps it, else one with the likeliest act and, where he decides, the day the matter is late by.
func (s shelf) tasks(reg *register, id matter.ID, b Brief) []Brief {
	st := s.states[id]
	d := &dossier{o: s.o, r: s.r, w: words{s.o, s.o.procedureOf(st), s.r.Lang}, st: st, actors: s.r.actors(st.Holder)}
	d.snap = reg.snapshot(s.o.Today())
	var open []*procedure.Act
	for _, c := range d.choices() {
		if c.Open {
			open = append(open, c.Act)
		}
	}
	var out []Brief
	for _, key := range sortedKeys(st.Clocks) {
		c, def := st.Clocks[key], d.w.p.Clocks.Get(st.Clocks[key].Name)
		i := slices.IndexFunc(open, func(a *procedure.Act) bool { return def != nil && slices.Contains(def.Stops.Acts, a.Name) })
		if i < 0 || c.Status != matter.Running {
			continue
		}
		one := b
		one.Due = s.o.dueOf(d.w, st, only(c.Name))
		one.Due.Mine, one.Waiting, one.May = true, false, def.Lapse == "lose_right"
		one.Next, one.NextAct = d.w.act(open[i].Name), open[i].Name
		out = append(out, one)
	}
	if len(out) > 0 {
		return out
	}
	next := slices.IndexFunc(open, func(a *procedure.Act) bool { return a.To != "" })
	switch {
	case b.Outside: // a party keeps its own days, and has none here
		b.Due = nil
	case next < 0: // who decides is asked what leads on to nothing too
		next = min(len(open)-1, 0)
	}
	if next >= 0 {
		b.Next, b.NextAct, b.Whose = d.w.act(open[next].Name), open[next].Name, ""
	}
	return []Brief{b}
}

// only ranks one clock, and leaves the others out.
func only(name string) func(matter.Clock) int {
	return func(c matter.Clock) int {
		if c.Name == name {
			return 0
		}
		return -1
	}
}
