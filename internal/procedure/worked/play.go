package worked

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Performer does the steps of a case: purely, or in an office with its database.
type Performer interface {
	// Perform does a step in a matter; the zero ID opens one. It returns the matter's ID.
	// Its errors are those of procedure.Fire.
	Perform(ctx context.Context, id matter.ID, c Case, s Step) (matter.ID, error)
	// State is where the matter stands.
	State(ctx context.Context, id matter.ID) (matter.State, error)
	// Snapshot is what an act in the matter could read on a day.
	Snapshot(ctx context.Context, id matter.ID, c Case, today calendar.Date) (procedure.Snapshot, error)
}

// Play does every step of a case and holds every assertion. It returns the matters: the case's own
// first, then those it opened. Faults name the line; after a fault of a step the case ends.
func Play(ctx context.Context, l *procedure.Law, c Case, perf Performer) ([]matter.ID, []calendar.Fault) {
	p := &player{law: l, c: c, perf: perf, ids: []matter.ID{0}}
	for _, line := range c.Lines {
		var ok bool
		if line, ok = p.find(ctx, line); !ok {
			p.fault(line.N, fmt.Sprintf("on %d: only %d matters were opened", line.On, len(p.ids)-1), "let an act above open one, or correct the number")
			break
		}
		if line.Step != nil {
			p.last = line.Step
			if !p.step(ctx, line) {
				break
			}
			continue
		}
		for _, w := range line.Want {
			if err := p.want(ctx, line, w); err != nil {
				p.fault(line.N, err.Error(), "mend the case or the procedure, whichever is wrong in law")
			}
		}
	}
	return p.ids, p.faults
}

type player struct {
	law    *procedure.Law
	c      Case
	perf   Performer
	ids    []matter.ID
	more   int // which of them was begun last beside the case's own
	last   *Step
	faults []calendar.Fault
}

func (p *player) fault(line int, what, mend string) {
	p.faults = append(p.faults, calendar.Fault{File: p.c.File, Line: line, What: what, Mend: mend})
}

// step does a step and says whether the case can go on.
func (p *player) step(ctx context.Context, line Line) bool {
	s := line.Step.Named(p.ids)
	id, err := p.perf.Perform(ctx, p.ids[line.On], p.c, s)
	if s.Refused != nil {
		p.refused(s, err)
		return true
	}
	if err != nil {
		p.fault(line.N, fmt.Sprintf("%s by %s was not done: %s", s.Act, s.Role, told(err)), "mend the case or the procedure, whichever is wrong in law")
		return false
	}
	p.ids[line.On] = id
	if p.ids, err = Grown(ctx, p.perf, p.ids); err != nil {
		p.fault(line.N, err.Error(), "")
		return false
	}
	return true
}

// Grown are the matters of a case with those they have opened since, by whatever way.
func Grown(ctx context.Context, perf interface {
	State(ctx context.Context, id matter.ID) (matter.State, error)
}, ids []matter.ID) ([]matter.ID, error) {
	for i := 0; i < len(ids); i++ {
		if ids[i] == 0 {
			continue
		}
		st, err := perf.State(ctx, ids[i])
		if err != nil {
			return ids, err
		}
		for _, link := range st.Links {
			if slices.Contains(opened, link.Kind) && !slices.Contains(ids, link.To) {
				ids = append(ids, link.To)
			}
		}
	}
	return ids, nil
}

// find turns `on new` and `on another` into the number of that matter, and says whether there is one of the number.
func (p *player) find(ctx context.Context, line Line) (Line, bool) {
	if line.More {
		p.more, p.ids = len(p.ids), append(p.ids, 0)
	}
	if line.On == OnMore {
		line.On = p.more
	}
	for i := len(p.ids) - 1; line.On == OnNew && i >= 0; i-- {
		if st, err := p.perf.State(ctx, p.ids[i]); err == nil && strings.HasPrefix(st.Procedure, line.New+"@") {
			line.On = i
		}
	}
	return line, line.On != OnNew && line.On < len(p.ids)
}

// Named is the step with the ids of matters in the place of `matter:main` and `matter:N`, as it names those of its case.
func (s Step) Named(ids []matter.ID) Step {
	fields := map[string][]string{}
	for name, values := range s.Fields {
		for _, v := range values {
			if which, is := strings.CutPrefix(v, "matter:"); is {
				n, err := strconv.Atoi(which)
				if which == "main" {
					n, err = 0, nil
				}
				if err == nil && n >= 0 && n < len(ids) {
					v = ids[n].String()
				}
			}
			fields[name] = append(fields[name], v)
		}
	}
	s.Fields = fields
	return s
}

// opened are the kinds of link from a matter to one it opened.
var opened = []string{"split_to", "has_part", "transferred_to", "reopened_by"}

func told(err error) string {
	var r *procedure.Refusal
	if errors.As(err, &r) {
		return fmt.Sprintf("refused %s %s %s %v", r.Act, r.Cite, r.Reason, r.Args)
	}
	return err.Error()
}

func (p *player) refused(s Step, err error) {
	want := s.Refused
	var r *procedure.Refusal
	var fields procedure.FieldErrors
	switch {
	case err == nil:
		p.fault(want.N, s.Act+" was done, but must be refused", "mend the case or the procedure, whichever is wrong in law")
	case want.Field != "":
		if !errors.As(err, &fields) || !slices.ContainsFunc(fields, func(f procedure.FieldError) bool { return f.Field == want.Field && f.Key == want.Key }) {
			p.fault(want.N, fmt.Sprintf("wanted field %s %s, got: %s", want.Field, want.Key, told(err)), "mend the case or the procedure, whichever is wrong in law")
		}
	case !errors.As(err, &r):
		p.fault(want.N, fmt.Sprintf("wanted refused %s %s %s, got: %s", want.Act, want.Cite, want.Reason, told(err)), "mend the case or the procedure, whichever is wrong in law")
	case r.Act != want.Act || r.Cite != want.Cite || r.Reason != want.Reason:
		p.fault(want.N, fmt.Sprintf("wanted refused %s %s %s, got: %s", want.Act, want.Cite, want.Reason, told(err)), "mend the case or the procedure, whichever is wrong in law")
	}
}
