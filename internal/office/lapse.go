package office

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// lapse does, before anybody's act, what the law has done by itself meanwhile, so that a deemed act
// never stands behind one that came after its day. A lapse the law now refuses stays undone.
func (b *batch) lapse(ctx context.Context, st matter.State) (matter.State, error) {
	p := b.o.procedureOf(st)
	if p == nil {
		return st, nil
	}
	tried := map[string]bool{}
	for { // one may set a clock running whose own days have passed as well
		due := slices.DeleteFunc(p.Lapses(st, b.o.Today()), func(x procedure.Lapse) bool { return tried[x.Attempt(st).Key] })
		if len(due) == 0 {
			return st, nil
		}
		sys := &request{try: due[0].Attempt(st), id: st.ID}
		tried[sys.try.Key] = true
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
			slog.Warn("lapse refused", "matter", st.ID, "act", sys.try.Act, "reason", refusal.Reason)
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
}
