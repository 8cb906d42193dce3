package office

import (
	"context"
	"errors"
	"log/slog"

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
