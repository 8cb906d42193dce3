package office

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// noticesShown is how many unseen notices the today page shows.
const noticesShown = 10

// tellArgs is what a notice has to say: ids, days and roles, no personal text.
type tellArgs struct {
	Act   string        `json:"act,omitempty"`   // an act was done
	Clock string        `json:"clock,omitempty"` // a rung of its ladder was reached
	Left  string        `json:"left,omitempty"`
	Due   calendar.Date `json:"due,omitzero"`
	Tell  []string      `json:"tell"` // roles
	By    string        `json:"by,omitempty"`
}

// told lists the roles an act tells.
func told(notices []matter.Notice) []string {
	var roles []string
	for _, n := range notices {
		if n.Kind == "tell" {
			roles = append(roles, n.To)
		}
	}
	return roles
}

// tell does a job that tells people: one notice for each person who plays a role named.
func (o *Office) tell(ctx context.Context, tx *store.Tx, j store.Job) error {
	reg, err := o.registers(ctx, &tx.Query)
	if err != nil {
		return err
	}
	var args tellArgs
	if err := json.Unmarshal([]byte(j.Args), &args); err != nil {
		return fmt.Errorf("office: job %d: %w", j.ID, err)
	}
	states, err := tx.States(ctx, j.Matter)
	if err != nil {
		return err
	}
	for _, person := range o.playing(reg, states[0], args) {
		n := store.Notice{Person: person, Matter: j.Matter, What: j.Args, Due: args.Due, Told: j.Created}
		if err := tx.AddNotice(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// over says that what a notice warned of has passed: its clock runs no more, or to another day.
func (a tellArgs) over(st matter.State) bool {
	c, known := st.Clocks[a.Clock]
	return a.Clock != "" && (!known || c.Status != matter.Running || c.Due != a.Due)
}

// playing lists who plays the roles told today, except who did the act and who is kept away from
// the matter. The filer is told nothing here: she reads her days with her code.
func (o *Office) playing(reg *register, st matter.State, args tellArgs) []string {
	p := o.procedureOf(st)
	if p == nil || args.over(st) {
		return nil
	}
	kept := p.Barred(st.Facts)
	var out []string
	for _, name := range args.Tell {
		role := p.Roles.Get(name)
		if role == nil || role.Is != "" {
			continue
		}
		persons := st.Assigned[name]
		if !role.Assigned {
			for _, organ := range role.Organs(st) {
				persons = append(persons, o.holding(reg, role, organ)...)
			}
		}
		for _, x := range persons {
			if !slices.Contains(out, x) && kept[x] == "" && x != args.By {
				out = append(out, x)
			}
		}
	}
	return out
}

// holding lists who holds one of a role's posts in an organ today.
func (o *Office) holding(reg *register, role *procedure.Role, organ string) []string {
	var out []string
	for _, p := range reg.Posts {
		if p.Organ == organ && slices.Contains(role.Posts, p.Role) && p.Holds(o.Today()) {
			out = append(out, p.Person)
		}
	}
	return out
}

// notices are what the reader was told, of matters he may still read.
func (s shelf) notices(list []store.Notice) ([]NoticeView, error) {
	var out []NoticeView
	for _, n := range list {
		st := s.states[n.Matter]
		p := s.o.procedureOf(st)
		if p == nil {
			continue
		}
		x := project(st, p)
		if !access.To(x.Access, s.o.accessReader(s.r.keys)).Read {
			continue
		}
		var args tellArgs
		if err := json.Unmarshal([]byte(n.What), &args); err != nil {
			return nil, fmt.Errorf("office: notice %d: %w", n.ID, err)
		}
		if args.over(st) {
			continue
		}
		v := s.notice(p, n, args)
		v.Brief, _ = s.brief(x.Row)
		out = append(out, v)
	}
	return out, nil
}

func (s shelf) notice(p *procedure.Procedure, n store.Notice, args tellArgs) NoticeView {
	v := NoticeView{On: calendar.MomentAt(n.Told)}
	o, r := s.o, s.r
	w := words{o, p, r.Lang}
	switch {
	case args.Act != "":
		v.Text = i18n.T(r.Lang, "office.told_act", "act", w.act(args.Act))
	case args.Due < o.Today():
		v.Text, v.Late = i18n.T(r.Lang, "office.told_late", "clock", w.clock(args.Clock), "day", i18n.Date(r.Lang, args.Due)), true
	default:
		v.Text = i18n.T(r.Lang, "office.told_due", "clock", w.clock(args.Clock), "day", i18n.Date(r.Lang, args.Due))
	}
	return v
}

// See marks what a reader was told about a matter as seen.
func (o *Office) See(ctx context.Context, r Reader, id matter.ID) error {
	if r.Person == "" {
		return nil
	}
	return o.db.Write(ctx, func(tx *store.Tx) error { return tx.SeeNotices(ctx, r.Person, id, o.now()) })
}
