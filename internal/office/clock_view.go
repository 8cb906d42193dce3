package office

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/statute"
)

// clocks are the clocks of a matter: those that run first, by due day, then the stopped ones.
func (d *dossier) clocks() []ClockView {
	var out []ClockView
	for _, key := range sortedKeys(d.st.Clocks) {
		if c := d.st.Clocks[key]; d.shown(c) {
			out = append(out, d.clock(c))
		}
	}
	slices.SortStableFunc(out, func(a, b ClockView) int {
		if x, y := standing(a.Status), standing(b.Status); x != y {
			return x - y
		}
		return int(a.Due - b.Due)
	})
	return out
}

func standing(s matter.ClockStatus) int {
	if s == matter.Running || s == matter.Suspended {
		return 0
	}
	return 1
}

func (d *dossier) clock(c matter.Clock) ClockView {
	today, cal := d.o.Today(), d.o.calendar()
	left := clock.Left(c, cal, today)
	budget, counts := clock.Budget(c)
	v := ClockView{Name: c.Name, Label: d.w.clock(c.Name), Status: c.Status, Left: left, Length: budget, Unit: remaining(d.r.Lang, string(counts), left), Counts: string(counts),
		Anchor: c.Anchor, Due: c.Due, Ended: c.Ended, Today: today, Provisional: c.Provisional, Why: d.o.why(d.r.Lang, c)}
	if _, t, err := d.o.law.Book.Term(c.Term, c.Anchor); err == nil {
		v.Cite = d.o.cite(d.r.Lang, t.Cite.String(), c.Anchor)
		v.Cite.Unsaid = string(t.Status) != "verified"
	}
	if d.o.lost(d.w.p, c) { // shown among those that have ended
		v.Status, v.Left, v.Missed = matter.Lapsed, 0, true
		return v
	}
	if v.Late = c.Status == matter.Running && c.Due < today; v.Late {
		v.Left = -left
	}
	v.Soon = c.Status == matter.Running && !v.Late && left*10 <= budget
	for _, s := range clock.Ledger(c, cal, today) {
		v.Spans = append(v.Spans, d.span(s))
	}
	d.ended(&v, c)
	return v
}

// ended says how a clock that runs no more came to its end: what it took, how late it was, or that nobody acted in its time.
func (d *dossier) ended(v *ClockView, c matter.Clock) {
	for _, s := range v.Spans {
		if s.Kind == matter.Counted {
			v.Used += s.Count
		}
	}
	def := d.w.p.Clocks.Get(c.Name)
	late := c.Status == matter.Stopped && !c.Due.IsZero() && c.Ended > c.Due
	switch {
	case c.Status == matter.Lapsed, late && def != nil && def.Lapse == "lose_right":
		v.Missed = true
	case late:
		v.Over = int(c.Ended - c.Due)
	case len(v.Spans) == 0 && !c.Ended.IsZero(): // a term that keeps no ledger
		v.Used, v.Counts = max(int(c.Ended-c.Anchor), 0), string(statute.Day)
	}
}

func (d *dossier) span(s matter.Span) SpanView {
	v := SpanView{From: s.From, To: s.To, Kind: s.Kind, Count: s.Count}
	if s.Ground != "" {
		v.Ground = d.w.act(s.Ground)
	}
	if s.By != "" {
		v.By = d.who(matter.Actor{Person: s.By})
	}
	return v
}

// remaining is what is left of a term is counted in, as clock.Left counts it: working days where the
// term does, else calendar days; and so is every day past it.
func remaining(lang i18n.Lang, counts string, left int) string {
	if counts == string(statute.Workday) && left >= 0 {
		return unit(lang, counts, left)
	}
	return i18n.T(lang, "office.days_left", "n", max(left, -left))
}

// unit is what a term is counted in, as it stands behind the number n.
func unit(lang i18n.Lang, u string, n int) string { return i18n.T(lang, "office.unit."+u, "n", n) }

// due is the day a list shows: the earliest one the office must keep, else the earliest of all.
func (o *Office) due(w words, st matter.State) *DueView {
	return o.dueOf(w, st, func(c matter.Clock) int {
		switch {
		case o.lost(w.p, c):
			return -1
		case !binds(w.p, c.Name):
			return 2
		case c.Status == matter.Suspended:
			return 1
		}
		return 0
	})
}

// lost says whether a clock gave a right that was not used in time: that makes nobody late.
func (o *Office) lost(p *procedure.Procedure, c matter.Clock) bool {
	def := p.Clocks.Get(c.Name)
	return def != nil && def.Lapse == "lose_right" && c.Status == matter.Running && c.Due < o.Today()
}

// dueOf is the earliest day of the lowest rank; a clock of rank below zero is left out.
func (o *Office) dueOf(w words, st matter.State, rank func(matter.Clock) int) *DueView {
	var best *matter.Clock
	for _, key := range sortedKeys(st.Clocks) {
		c := st.Clocks[key]
		if standing(c.Status) != 0 || rank(c) < 0 {
			continue
		}
		if best == nil || rank(c) < rank(*best) || rank(c) == rank(*best) && c.Due < best.Due {
			best = &c
		}
	}
	if best == nil {
		return nil
	}
	return o.dueView(w, *best)
}

// dueView is one open clock as a list shows it.
func (o *Office) dueView(w words, c matter.Clock) *DueView {
	left := clock.Left(c, o.calendar(), o.Today())
	_, counts := clock.Budget(c)
	return &DueView{Label: w.clock(c.Name), On: c.Due, Left: left, Unit: remaining(w.lang, string(counts), left),
		Provisional: c.Provisional, Unsaid: o.unsaidTerm(c), Suspended: c.Status == matter.Suspended, Mine: binds(w.p, c.Name)}
}

func (o *Office) unsaidTerm(c matter.Clock) bool {
	_, t, err := o.law.Book.Term(c.Term, c.Anchor)
	return err != nil || string(t.Status) != "verified"
}

// missed says whether a time in which the filer could do something, and need not have, is over: nobody is late.
func missed(p *procedure.Procedure, c matter.Clock, today calendar.Date) bool {
	return c.Status == matter.Running && c.Due < today && !binds(p, c.Name)
}

// nextDays are the days to come in a matter, soonest first, in plain words with why.
func (o *Office) nextDays(lang i18n.Lang, st matter.State) []NextDay {
	w := words{o, o.procedureOf(st), lang}
	var out []NextDay
	for _, c := range o.nextClocks(st) {
		out = append(out, o.nextDay(w, c))
	}
	return out
}

// nextClocks are the clocks that run on to a day, the earliest first.
func (o *Office) nextClocks(st matter.State) []matter.Clock {
	p := o.procedureOf(st)
	if p == nil {
		return nil
	}
	var out []matter.Clock
	for _, key := range sortedKeys(st.Clocks) {
		c := st.Clocks[key]
		if c.Status == matter.Running && !c.Due.IsZero() && !missed(p, c, o.Today()) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b matter.Clock) int { return int(a.Due - b.Due) })
	return out
}

func (o *Office) nextDay(w words, c matter.Clock) NextDay {
	return NextDay{Name: c.Name, On: c.Due, Text: w.clock(c.Name), Unsaid: o.unsaidTerm(c), Provisional: c.Provisional, Passed: c.Due < o.Today(), Why: o.why(w.lang, c)}
}

func calendarDay(e matter.Entry) calendar.Date { return calendar.On(e.Recorded) }
