package office

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// recountAct is the system's act that counts a matter's open clocks anew after a calendar notice.
const recountAct = "recount"

// lapse does, before anybody's act, what the law has done by itself meanwhile, so that a deemed act
// never stands behind one that came after its day. A lapse the law now refuses stays undone.
func (b *batch) lapse(ctx context.Context, st matter.State) (matter.State, error) {
	p := b.o.procedureOf(st)
	if p == nil {
		return st, nil
	}
	for _, x := range p.Lapses(st, b.o.Today()) {
		sys := &request{try: x.Attempt(st), id: st.ID}
		sys.try.Recorded = b.o.now()
		_, found, err := b.remembered(ctx, sys)
		if found {
			continue
		}
		var done Done
		if err == nil {
			done, err = b.fire(ctx, sys, st)
		}
		var refusal *procedure.Refusal
		if errors.As(err, &refusal) {
			slog.Warn("lapse refused", "matter", st.ID, "act", x.Act, "reason", refusal.Reason)
			continue
		}
		if err != nil {
			return st, err
		}
		if err := b.remember(ctx, sys, done); err != nil {
			return st, err
		}
		st = b.states[st.ID]
	}
	return st, nil
}

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

// calendarCite is the provision a State Council notice rests on.
const calendarCite = "nianjie/7"

// Recount counts the open clocks of all matters with the calendar in force. It is run after a notice
// was entered; closed clocks keep the calendar they were counted with.
func (o *Office) Recount(ctx context.Context) error {
	var after store.ClockCursor
	far := calendar.New(9000, 1, 1)
	for {
		var due []store.Clock
		err := o.db.Read(ctx, func(q *store.Query) (err error) {
			due, err = q.DueBefore(ctx, far, after, sweepPage)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range due {
			after = store.ClockCursor{Due: c.Due, Matter: c.Matter, Key: c.Key}
			now := o.now()
			try := procedure.Attempt{Matter: c.Matter, Act: recountAct, By: matter.Actor{Person: matter.PersonSystem},
				Happened: calendar.MomentAt(now), Recorded: now}
			if _, err := o.submit(ctx, request{try: try}); err != nil {
				return fmt.Errorf("office: recount %s: %w", c.Matter, err)
			}
		}
		if len(due) < sweepPage {
			return nil
		}
	}
}
