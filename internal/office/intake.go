package office

import (
	"context"
	"time"

	"yifa/internal/access"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// What says that only reports with a proof of work are taken (ptsd/224): a kind of register item, made by matters of a
// procedure whose clock says until when.
const (
	intakeItem      = "intake"
	intakeProcedure = "register.intake"
	intakeClock     = "proofs"
)

// Intake is how reports of the public are taken.
type Intake struct {
	ProofsOnly bool      // only those with a proof of work
	Until      time.Time // when the usual way comes back by itself
	Matter     matter.ID // in which it was set
}

// Intake is how reports are taken now, by the registers as this program read them last: it asks the database nothing, so
// that a flood costs nothing more. Every node reads them again within a second or two; see followIntake.
func (o *Office) Intake() Intake {
	reg := o.register.Load()
	if reg == nil {
		return Intake{}
	}
	now, in := o.now(), Intake{}
	for _, set := range reg.intake {
		if now.Before(set.Until) && set.Until.After(in.Until) {
			in = set
		}
	}
	return in
}

// followIntake reads the registers again where an act has changed them, on this node or another one.
func (o *Office) followIntake(ctx context.Context) error {
	return o.db.Read(ctx, func(q *store.Query) error {
		_, err := o.registers(ctx, q)
		return err
	})
}

// readIntake notes until when each matter that stands on the day of the registers wants proofs only.
func (r *register) readIntake(ctx context.Context, q *store.Query) error {
	for _, item := range r.items[intakeItem] {
		if !item.IsValid(r.Day) {
			continue
		}
		states, err := q.States(ctx, item.Matter)
		if err != nil {
			return err
		}
		if c, runs := states[0].Clocks[intakeClock]; runs {
			r.intake = append(r.intake, Intake{ProofsOnly: true, Until: clock.DueAt(c).Instant(), Matter: item.Matter})
		}
	}
	return nil
}

// IntakeView is what administrators see of how reports are taken.
type IntakeView struct {
	Intake
	Past []Brief // every time it was set, the newest first
}

// intakeShown is how many times of before are shown.
const intakeShown = 10

// IntakeRoom is how reports are taken, for an administrator; ErrNotFound else.
func (o *Office) IntakeRoom(ctx context.Context, r Reader) (IntakeView, error) {
	if !r.May(access.Gate) {
		return IntakeView{}, ErrNotFound
	}
	list, err := o.List(ctx, r, Filter{Procedure: intakeProcedure, Closed: "all", Order: "new"})
	v := IntakeView{Intake: o.Intake(), Past: list.Rows}
	v.Past = v.Past[:min(len(v.Past), intakeShown)]
	return v, err
}
