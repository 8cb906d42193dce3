package office

import (
	"context"
	"slices"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// TodayPage is the first page of the desk: what is late, due, waiting, and unanswered.
func (o *Office) TodayPage(ctx context.Context, r Reader) (TodayView, error) {
	today := o.Today()
	v := TodayView{Today: today, Kind: o.calendar().Kind(today)}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		if v.StandIn, err = o.standsIn(ctx, q, r, reg); err != nil {
			return err
		}
		if o.visits(r) {
			return o.todayOutside(ctx, q, r, &v)
		}
		mine := o.filter(r, Filter{Scope: "mine"})
		mine.Order, mine.Limit = store.DueFirst, 200
		if r.May(access.Overview) {
			mine.Assignee, mine.Assignees = "", nil // they answer for everybody's
		}
		rows, err := q.List(ctx, mine)
		if err != nil {
			return err
		}
		o.countDays(&v, rows)
		pool := o.filter(r, Filter{Scope: "pool"})
		pool.Order = store.DueFirst
		if err := o.countScopes(ctx, q, r, pool, &v); err != nil {
			return err
		}
		pool.Limit = listPage + 1
		waiting, _, err := pageOf(ctx, q, pool, Filter{}) // those without a day too
		if err != nil {
			return err
		}
		turn, err := q.List(ctx, o.turn(r, mine))
		if err != nil {
			return err
		}
		told, err := q.Notices(ctx, r.Person, noticesShown)
		if err != nil {
			return err
		}
		rows, waiting = rows[:min(len(rows), todayLooks)], waiting[:min(len(waiting), todayRows)]
		ids := slices.Concat(idsOf(rows), idsOf(waiting), idsOf(turn))
		for _, n := range told {
			ids = append(ids, n.Matter)
		}
		shown, err := o.shelf(ctx, q, r, ids)
		if err != nil {
			return err
		}
		v.First, v.Waiting = shown.briefs(rows[:min(len(rows), todayRows)]), shown.briefs(waiting)
		v.First = append(v.First, shown.briefs(turn)...)
		v.Unread = shown.unanswered(rows)
		v.Notices, err = shown.notices(told)
		return err
	})
	return v, err
}

// countScopes counts what the reader handles, what nobody does, and what is listed apart.
func (o *Office) countScopes(ctx context.Context, q *store.Query, r Reader, pool store.Filter, v *TodayView) error {
	scopes := []store.Filter{o.filter(r, Filter{Scope: "mine"}), pool, o.filter(r, Filter{Stage: HeldStage})}
	for i := range scopes {
		scopes[i].Limit = countedUpTo
	}
	n, err := q.CountEach(ctx, scopes)
	if err != nil {
		return err
	}
	v.Mine, v.Pool, v.Held = n[0], n[1], n[2]
	return nil
}

// standsIn are the posts of others in which the reader stands in today.
func (o *Office) standsIn(ctx context.Context, q *store.Query, r Reader, reg *register) ([]PostLine, error) {
	if !slices.ContainsFunc(r.posts, func(p procedure.Post) bool { return p.For != "" }) {
		return nil, nil
	}
	names, err := o.names(ctx, q)
	if err != nil {
		return nil, err
	}
	all := staffing{o, r, reg, names, o.Today()}.of(r.Person)
	return slices.DeleteFunc(all, func(p PostLine) bool { return p.For == "" || p.State != "held" }), nil
}

// turn narrows what a reader answers for to what waits for him though no day of the office runs: the
// likeliest act of its stage is one of his.
func (o *Office) turn(r Reader, f store.Filter) store.Filter {
	f.Order, f.Limit, f.NoDue, f.Stages = store.Newest, todayRows, true, []string{"-"} // no stage is called so
	for _, p := range o.law.All() {
		for _, stage := range p.Stages.Names {
			act := likeliest(p, stage)
			if act == nil || p.Stages.Get(stage).Final {
				continue
			}
			if slices.ContainsFunc(act.By, func(name string) bool { return r.fills(p.Roles.Get(name), f.Assignee != "") }) {
				f.Stages = append(f.Stages, stage)
			}
		}
	}
	return f
}

// fills says whether the reader holds a post of the role, in matters assigned to him or not.
func (r Reader) fills(role *procedure.Role, assigned bool) bool {
	return role != nil && role.Assigned == assigned && slices.ContainsFunc(role.Posts, r.Has)
}

// How many matters the today page lists, and how many it looks into for messages not answered.
const (
	todayRows  = 8
	todayLooks = 50
)

// unanswered are the matters in which the filer wrote last.
func (s shelf) unanswered(rows []store.Row) []Brief {
	var out []Brief
	for _, row := range rows {
		last, any := s.states[row.ID].LastOf(messageFiler, messageStaff)
		if b, known := s.brief(row); known && any && last.Act == messageStaff {
			out = append(out, b)
		}
	}
	return out
}

// countDays fills the figures and the two weeks from rows in order of due day.
func (o *Office) countDays(v *TodayView, rows []store.Row) {
	cal := o.calendar()
	soon, _ := cal.AddWorkdays(v.Today, soonDays)
	monday := v.Today.AddDays(-(int(v.Today.Weekday()) + 6) % 7)
	load := map[calendar.Date]int{}
	for _, row := range rows {
		load[row.NextDue]++
		switch {
		case row.NextDue < v.Today:
			v.Late++
		case row.NextDue == v.Today:
			v.DueToday++
		case row.NextDue <= soon:
			v.Soon++
		}
	}
	for i := range 14 {
		d := monday.AddDays(i)
		v.Days = append(v.Days, DayLoad{On: d, Kind: cal.Kind(d), Due: load[d], Today: d == v.Today})
	}
}
