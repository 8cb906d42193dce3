package office

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// recountAct is the system's act that counts a matter's open clocks anew after a calendar notice.
const recountAct = "recount"

// calendarCite is the provision a State Council notice rests on.
const calendarCite = "nianjie/7"

// recount enters the new days of a matter's open clocks, if a day moves; otherwise nothing.
func (b *batch) recount(ctx context.Context, r *request, st matter.State) (Done, error) {
	p := b.o.procedureOf(st)
	if p == nil {
		return Done{}, nil
	}
	decision, moved := p.Recount(st, b.reg.Calendar, calendarCite)
	if !moved {
		return Done{Matter: st.ID}, nil
	}
	seq, err := b.append(ctx, st.ID, st, r.try, decision)
	return Done{Matter: st.ID, Seq: seq}, err
}

// recountOf is the act of the system that counts the clocks of a matter anew.
func (o *Office) recountOf(id matter.ID) request {
	now := o.now()
	return request{try: procedure.Attempt{Matter: id, Act: recountAct, By: matter.Actor{Person: matter.PersonSystem},
		Happened: calendar.MomentAt(now), Recorded: now}}
}

// addRecount leaves the work of a notice behind: what was known of its years until now, so that whoever does it knows
// which days changed, however many notices came since.
func (b *batch) addRecount(ctx context.Context, e matter.Entry) error {
	var a recountArgs
	for _, i := range e.Delta.Items {
		year, err := strconv.Atoi(i.Attrs.Text("year"))
		if i.Kind != "calendar" || err != nil || slices.ContainsFunc(a.Before, func(y calendar.Year) bool { return y.Year == year }) {
			continue
		}
		before, known := b.reg.Calendar.Year(year)
		if !known {
			before = calendar.Year{Year: year, Provisional: true}
		}
		a.Before = append(a.Before, before)
	}
	return addRecountJob(ctx, b.tx, a, store.Job{Matter: e.Matter, RunAt: e.Recorded, Created: e.Recorded})
}

func addRecountJob(ctx context.Context, tx *store.Tx, a recountArgs, j store.Job) error {
	args, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("office: recount: %w", err)
	}
	j.Kind, j.Args = jobRecount, string(args)
	return tx.AddJob(ctx, j)
}
