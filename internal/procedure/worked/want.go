package worked

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// view is what an assertion looks at.
type view struct {
	law  *procedure.Law
	p    *procedure.Procedure
	st   matter.State
	snap procedure.Snapshot
	c    Case
	last *Step
}

// asserts are the assertions by name; each returns what is otherwise than said.
var asserts = map[string]func(v view, args []string) error{
	"stage":  func(v view, a []string) error { return same(v.st.Stage, arg(a, 0)) },
	"holder": func(v view, a []string) error { return same(v.st.Holder, arg(a, 0)) },
	"due":    due,
	"provisional": func(v view, a []string) error {
		return v.clockIs(a, func(c matter.Clock) bool { return c.Provisional })
	},
	"running":   status(matter.Running),
	"suspended": status(matter.Suspended),
	"stopped":   status(matter.Stopped),
	"lapsed":    status(matter.Lapsed),
	"left":      left,
	"overdue":   overdue,
	"open":      func(v view, a []string) error { return v.choice(a, true) },
	"closed":    func(v view, a []string) error { return v.choice(a, false) },
	"document":  document,
	"number":    number,
	"fact":      fact,
	"assigned":  assigned,
	"opened":    openedWant,
	"undone":    undone,
	"item":      item,
	"access":    access,
	"advised":   advised,
	"links":     links,
}

func (p *player) want(ctx context.Context, line Line, w Want) error {
	id := p.ids[line.On]
	st, err := p.perf.State(ctx, id)
	if err != nil {
		return err
	}
	today := calendar.Date(0)
	if p.last != nil {
		today = p.last.Today()
	}
	snap, err := p.perf.Snapshot(ctx, id, p.c, today)
	if err != nil {
		return err
	}
	proc, err := p.law.ByKey(st.Procedure)
	if err != nil {
		return err
	}
	if err := asserts[w.What](view{p.law, proc, st, snap, p.c, p.last}, w.Args); err != nil {
		return fmt.Errorf("= %s %s: %w", w.What, strings.Join(w.Args, " "), err)
	}
	return nil
}

func same(got, want string) error {
	if got != want {
		return fmt.Errorf("it is %q", got)
	}
	return nil
}

func arg(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}

// clock finds a clock by its name, name:party, or the id of its term.
func (v view) clock(name string) (matter.Clock, error) {
	if c, ok := v.st.Clocks[name]; ok {
		return c, nil
	}
	term, party, _ := strings.Cut(name, ":")
	var found []matter.Clock
	for _, c := range v.st.Clocks {
		if c.Term == term && c.Party == party {
			found = append(found, c)
		}
	}
	// Where two clocks run on one term, the one still open is meant.
	slices.SortFunc(found, func(a, b matter.Clock) int { return isOpen(b) - isOpen(a) })
	if len(found) == 0 {
		return matter.Clock{}, errors.New("there is no such clock")
	}
	return found[0], nil
}

func isOpen(c matter.Clock) int {
	if c.Status == matter.Running || c.Status == matter.Suspended {
		return 1
	}
	return 0
}

func (v view) clockIs(args []string, is func(matter.Clock) bool) error {
	c, err := v.clock(arg(args, 0))
	if err != nil {
		return err
	}
	if !is(c) {
		return fmt.Errorf("it is %s, due %s, %d left", c.Status, c.Due, c.Left)
	}
	return nil
}

func status(want matter.ClockStatus) func(view, []string) error {
	return func(v view, a []string) error {
		return v.clockIs(a, func(c matter.Clock) bool { return c.Status == want })
	}
}

func due(v view, a []string) error {
	c, err := v.clock(arg(a, 0))
	if err != nil {
		return err
	}
	return same(c.Due.String(), arg(a, 1))
}

func (v view) day(s string) (calendar.Date, error) {
	if s == "" {
		return v.snap.Today, nil
	}
	return calendar.Parse(s)
}

func left(v view, a []string) error {
	c, err := v.clock(arg(a, 0))
	if err != nil {
		return err
	}
	on, err := v.day(arg(a, 2))
	if err != nil {
		return err
	}
	return same(strconv.Itoa(clock.Left(c, v.snap.Calendar, on)), arg(a, 1))
}

func overdue(v view, a []string) error {
	on, err := v.day(arg(a, 1))
	if err != nil {
		return err
	}
	return v.clockIs(a, func(c matter.Clock) bool { return procedure.Overdue(c, on) })
}

// choice asks Enabled for the actor named last, or for whoever did the last step.
func (v view) choice(a []string, open bool) error {
	who, reason := v.last, ""
	for _, x := range a[min(1, len(a)):] {
		if role, at, ok := strings.Cut(x, ":"); ok {
			person, organ, _ := strings.Cut(at, "@")
			who = &Step{Procedure: v.p, Role: role, Person: person, Organ: organ, Post: v.c.post(v.p, role, person, organ)}
		} else if v.p.Roles.Get(x) != nil {
			who = &Step{Procedure: v.p, Role: x}
		} else {
			reason = x
		}
	}
	if who == nil {
		return errors.New("nobody has acted yet: name a role")
	}
	for _, c := range v.p.Enabled(v.law, v.st, v.snap, Actor(*who)) {
		switch {
		case c.Act.Name != arg(a, 0):
			continue
		case open && !c.Open:
			return fmt.Errorf("it is refused: %s", told(c.Refusal))
		case !open && c.Open:
			return errors.New("it is open")
		case !open && reason != "" && c.Refusal.Reason != reason:
			return fmt.Errorf("it is refused: %s", told(c.Refusal))
		}
		return nil
	}
	return errors.New("there is no such act to choose")
}

func (c Case) post(p *procedure.Procedure, role, person, organ string) string {
	def := p.Roles.Get(role)
	if def == nil {
		return ""
	}
	for _, x := range c.Posts {
		if x.Person == person && x.Organ == organ && slices.Contains(def.Posts, x.Role) {
			return x.ID
		}
	}
	return ""
}
