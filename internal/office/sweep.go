package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/statute"
	"yifa/internal/store"
)

// sweepPage is how many clocks a sweep reads at a time.
const sweepPage = 200

// ladderDays is how far ahead of a due day the first rung of any ladder can lie: as many weeks as the
// longest rung has weeks of working days, and two for holidays.
func ladderDays(l *procedure.Law) int {
	longest := 0
	for _, p := range l.All() {
		for _, c := range p.Clocks.Each {
			for _, r := range c.Ladder {
				if left, err := statute.ParseLength(r.Left); err == nil {
					longest = max(longest, left.N)
				}
			}
		}
	}
	return (longest/5+3)*7 + longest%5
}

// quietClocks are the clocks, by name and term, that call for nothing when they come near or run out, in
// any version of any procedure: what runs out with them is only a right of a party, and they may stay in
// matters long finished. A definition whose term hangs on a profile is not among them.
func quietClocks(l *procedure.Law) []string {
	var quiet, loud []string
	for _, p := range l.All() {
		for name, c := range p.Clocks.Each {
			key := name + " " + c.Term
			switch {
			case c.Profile != "":
				loud = append(loud, name)
			case len(c.Ladder) > 0 || strings.HasPrefix(c.Lapse, "deemed:"):
				loud = append(loud, key)
			default:
				quiet = append(quiet, key)
			}
		}
	}
	return slices.DeleteFunc(quiet, func(key string) bool {
		name, _, _ := strings.Cut(key, " ")
		return slices.Contains(loud, key) || slices.Contains(loud, name)
	})
}

// Sweep carries out what clocks that have run out bring about by law, and claims the rungs of their
// ladders, each once and in order, also after downtime; accounts end with their last post. Two sweeps at once do a thing once: acts of
// the system carry the key (matter, clock, round), rungs are claimed in the database.
func (o *Office) Sweep(ctx context.Context) error {
	o.sweeping.Lock()
	defer o.sweeping.Unlock()
	if err := o.endAccounts(ctx); err != nil {
		return fmt.Errorf("office: accounts of ended posts: %w", err)
	}
	var after store.ClockCursor
	seen := map[matter.ID]bool{}
	for {
		var due []store.Clock
		err := o.db.Read(ctx, func(q *store.Query) (err error) {
			due, err = q.DueBefore(ctx, o.Today().AddDays(o.ladder), after, sweepPage, o.quiet...)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range due {
			if !seen[c.Matter] {
				if err := o.sweepMatter(ctx, c.Matter); err != nil {
					return fmt.Errorf("office: sweep %s/%s: %w", c.Matter, c.Key, err)
				}
			}
			seen[c.Matter] = true
			after = store.ClockCursor{Due: c.Due, Matter: c.Matter, Key: c.Key}
		}
		if len(due) < sweepPage {
			return nil
		}
	}
}

// Between does something while no sweep goes through the matters: for a past that is told afterwards, by another office
// on the same data.
func (o *Office) Between(do func() error) error {
	o.sweeping.Lock()
	defer o.sweeping.Unlock()
	return do()
}

// SweepMatter is the sweep of one matter.
func (o *Office) SweepMatter(ctx context.Context, id matter.ID) error {
	if err := o.sweepMatter(ctx, id); err != nil {
		return fmt.Errorf("office: sweep %s: %w", id, err)
	}
	return nil
}

// sweepMatter goes on until a look at the matter brings nothing new: a lapse may set a clock running
// whose own days have passed as well.
func (o *Office) sweepMatter(ctx context.Context, id matter.ID) error {
	for rev := -1; ; {
		st, err := o.stateNow(ctx, id)
		if err != nil || st.Rev == rev {
			return err
		}
		rev = st.Rev
		p := o.procedureOf(st)
		if p == nil {
			return fmt.Errorf("the procedure with hash %.12s is not in the law", st.Hash)
		}
		rungs := p.Rungs(o.calendar(), st, o.Today())
		for i, rung := range rungs {
			if err := o.climb(ctx, st, rung, len(rungs)-i); err != nil {
				return err
			}
		}
		lapses := p.Lapses(st, o.Today())
		for _, lapse := range lapses {
			if err := o.lapse(ctx, st, lapse); err != nil {
				return err
			}
		}
		if len(lapses) == 0 {
			return nil
		}
	}
}

// stateNow is where a matter stands, with the registers read as of now.
func (o *Office) stateNow(ctx context.Context, id matter.ID) (matter.State, error) {
	var st matter.State
	err := o.db.Read(ctx, func(q *store.Query) error {
		if _, err := o.registers(ctx, q); err != nil {
			return err
		}
		states, err := q.States(ctx, id)
		if err == nil {
			st = states[0]
		}
		return err
	})
	return st, err
}

// lapse does the act the procedure attaches to a clock's running out.
func (o *Office) lapse(ctx context.Context, st matter.State, x procedure.Lapse) error {
	try := x.Attempt(st)
	try.Recorded = o.now()
	_, err := o.submit(ctx, request{try: try})
	var refusal *procedure.Refusal
	switch {
	case errors.As(err, &refusal):
		slog.Warn("lapse refused", "matter", st.ID, "act", x.Act, "reason", refusal.Reason)
		return nil
	case errors.Is(err, matter.ErrConflict):
		return nil // somebody acted meanwhile; the next sweep looks again
	}
	return err
}

// climb claims one rung of a ladder, once, and leaves word for those it tells, earlier than that of
// the rungs yet to come: jobs are done in the order of their instants.
func (o *Office) climb(ctx context.Context, st matter.State, r procedure.DueRung, toCome int) error {
	args, err := json.Marshal(tellArgs{Clock: r.Clock, Left: r.Left, Due: r.Due, Tell: r.Tell})
	if err != nil {
		return fmt.Errorf("office: rung: %w", err)
	}
	now := o.now().Add(-time.Duration(toCome) * time.Microsecond)
	return o.db.Write(ctx, func(tx *store.Tx) error {
		first, err := tx.ClaimRung(ctx, store.Rung{Matter: st.ID, Clock: r.Clock, Round: int(r.Due), Name: r.Left})
		if err != nil || !first {
			return err
		}
		return tx.AddJob(ctx, store.Job{Kind: jobTell, Matter: st.ID, Args: string(args), RunAt: now, Created: now})
	})
}
