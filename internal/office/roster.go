package office

import (
	"cmp"
	"context"
	"slices"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// RosterView is a public list of who or what stands in a register today.
type RosterView struct {
	ID, Label, About string
	Columns          []string // labels; the first is the name of a line
	Groups           []RosterGroup
	Total            int
	Cites            []CiteView
}

// RosterGroup is the lines of one county, or all of them where the list is not told apart.
type RosterGroup struct {
	Name  string
	Lines []RosterLine
}

// RosterLine is one entry as the register has it today.
type RosterLine struct {
	Name   string
	Values []string // of the columns after the first; "" where nothing is known
}

// Rosters are the public lists there are, in the order of the law.
func (o *Office) Rosters(ctx context.Context, lang i18n.Lang) ([]RosterView, error) {
	var out []RosterView
	err := o.db.Read(ctx, func(q *store.Query) error {
		for _, p := range o.law.Rosters(o.Today()) {
			items, err := q.Items(ctx, p.Roster.Item, o.Today(), time.Time{})
			if err != nil {
				return err
			}
			out = append(out, o.roster(items, words{o, p, lang}))
		}
		return nil
	})
	return out, err
}

// list puts what an entry does to a roster into its register.
func (b *batch) list(ctx context.Context, e matter.Entry) error {
	if b.o.procedureOf(b.states[e.Matter]).Roster.Item == "" {
		return nil
	}
	return b.tx.PutItems(ctx, e.Matter, b.states[e.Matter].Items, e.Recorded)
}

// listed says whether another matter ever put a key into a roster.
func (b *batch) listed(ctx context.Context, id matter.ID) func(kind, key string) bool {
	return func(kind, key string) bool {
		items, err := b.tx.Items(ctx, kind, 0, time.Time{})
		b.fail(err)
		return slices.ContainsFunc(items, func(i store.RegisterItem) bool { return i.Key == key && i.Matter != id })
	}
}

// Roster is the public list of a procedure, or ErrNotFound. It reads the register alone: no text of any matter.
func (o *Office) Roster(ctx context.Context, lang i18n.Lang, id string) (RosterView, error) {
	all, err := o.Rosters(ctx, lang)
	if err != nil {
		return RosterView{}, err
	}
	if i := slices.IndexFunc(all, func(v RosterView) bool { return v.ID == id }); i >= 0 {
		return all[i], nil
	}
	return RosterView{}, ErrNotFound
}

func (o *Office) roster(items []store.RegisterItem, w words) RosterView {
	def := w.p.Roster
	v := RosterView{ID: w.p.ID, Label: w.text("roster.label"), About: w.text("roster.about"), Cites: o.cites(w.lang, def.Cite, o.Today())}
	for _, name := range def.Columns {
		v.Columns = append(v.Columns, w.text("facts."+name+".label"))
	}
	groups := map[string]*RosterGroup{}
	var order []string
	for _, item := range items {
		where := countyCode(item.Attrs.Text(def.By))
		g := groups[where]
		if g == nil {
			g = &RosterGroup{Name: o.divisionName(w.lang, where)}
			groups[where], order = g, append(order, where)
		}
		g.Lines, v.Total = append(g.Lines, rosterLine(w, item)), v.Total+1
	}
	slices.Sort(order)
	for _, where := range order {
		slices.SortFunc(groups[where].Lines, func(a, b RosterLine) int { return cmp.Compare(a.Name, b.Name) })
		v.Groups = append(v.Groups, *groups[where])
	}
	return v
}

func rosterLine(w words, item store.RegisterItem) RosterLine {
	var values []string
	for _, name := range w.p.Roster.Columns {
		text := item.Attrs.Text(name)
		if name == procedureKeyFact(w.p) {
			text = item.Key
		}
		if text != "" {
			text = w.value(name, text)
		}
		values = append(values, text)
	}
	return RosterLine{Name: values[0], Values: values[1:]}
}

// procedureKeyFact is the fact under which the items of a roster are kept.
func procedureKeyFact(p *procedure.Procedure) string {
	for _, a := range p.AllActs() {
		for _, i := range a.Items {
			if i.Kind == p.Roster.Item {
				return i.Key
			}
		}
	}
	return ""
}

// RosterDesk is what stands behind a public list, for staff.
type RosterDesk struct {
	RosterView
	Opens []ActView // acts of the procedure that open a matter and are the reader's
	List  ListView  // its matters that the reader may read, the newest first
}

const rosterShown = 100

// RosterDesks are the rosters with their matters and with what the reader may begin.
func (o *Office) RosterDesks(ctx context.Context, r Reader) ([]RosterDesk, error) {
	if !r.Official() {
		return nil, ErrNotFound
	}
	all, err := o.Rosters(ctx, r.Lang)
	if err != nil {
		return nil, err
	}
	var out []RosterDesk
	for _, v := range all {
		one := RosterDesk{RosterView: v}
		if one.List, err = o.List(ctx, r, Filter{Procedure: v.ID, Scope: "all", Closed: "all", Order: "new", Limit: rosterShown}); err != nil {
			return nil, err
		}
		if one.Opens, err = o.openings(ctx, r, v.ID); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// openings are the acts that open a matter of a procedure and that the reader may do.
func (o *Office) openings(ctx context.Context, r Reader, id string) ([]ActView, error) {
	var out []ActView
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.unopened(ctx, q, r, id)
		if err != nil {
			return err
		}
		for _, c := range d.choices() {
			if c.Open {
				out = append(out, d.actView(c))
			}
		}
		return nil
	})
	return out, err
}

// unopened is a matter of a procedure that there is not yet, to the reader: what may open it, or ErrNotFound.
func (o *Office) unopened(ctx context.Context, q *store.Query, r Reader, id string) (*dossier, error) {
	reg, err := o.registers(ctx, q)
	if err != nil {
		return nil, err
	}
	p, err := o.law.Find(id, o.Today())
	if err != nil {
		return nil, ErrNotFound
	}
	return &dossier{o: o, r: r, w: words{o, p, r.Lang}, actors: r.actors(""), snap: reg.snapshot(o.Today())}, nil
}
