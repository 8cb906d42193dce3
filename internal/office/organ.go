package office

import (
	"cmp"
	"context"
	"slices"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// Organ is the page of one organ as of a day, zero: today, for those who keep the registers; ErrNotFound for
// others and for an organ that never was.
func (o *Office) Organ(ctx context.Context, r Reader, key string, on calendar.Date) (OrganView, error) {
	v := OrganView{On: cmp.Or(on, o.Today())}
	if !r.May(access.People) {
		return v, ErrNotFound
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		w, err := o.registerWords(organProcedure, r.Lang)
		if err != nil {
			return err
		}
		if !v.fill(w, reg, key) {
			return ErrNotFound
		}
		names, err := o.names(ctx, q)
		if err != nil {
			return err
		}
		v.Posts, v.Past = heldAndPast(staffing{o, r, reg, names, v.On}.posts(func(i store.RegisterItem) bool { return i.Attrs.Text("organ") == key }))
		return o.registerActs(ctx, q, r, &v)
	})
	return v, err
}

// fill takes what the register says of an organ; false: it never was.
func (v *OrganView) fill(w words, reg *register, key string) bool {
	posts := reg.postsOn(v.On)
	for _, i := range reg.items["organ"] {
		organ := organOf(i)
		if i.IsValid(v.On) && organ.Parent == key {
			line := w.organLine(i)
			line.Posts = posts[i.Key]
			v.Below = append(v.Below, line)
		}
		if i.Key != key {
			continue
		}
		line := w.organLine(i)
		line.Posts = posts[key]
		v.History = append(v.History, line)
		if !v.Valid { // the day's own, else the newest
			v.OrganLine, v.Matter, v.Short, v.Place = line, i.Matter, organ.Short, w.o.divisionName(w.lang, organ.Division)
			v.Under = nil
			if up, known := reg.Organs[organ.Parent]; known {
				v.Under = &OrganLine{Key: up.Key, Name: w.o.nameIn(w.lang, up.Name)}
			}
		}
		v.Valid = v.Valid || i.IsValid(v.On)
	}
	slices.Reverse(v.History)
	return len(v.History) > 0
}

// staffing is who holds which post on a day, as a reader is told.
type staffing struct {
	o     *Office
	r     Reader
	reg   *register
	names map[string]string
	on    calendar.Date
}

// posts are those that a test lets through: those held first, then those to come, then those ended, each in order of
// their first day.
func (s staffing) posts(test func(store.RegisterItem) bool) []PostLine {
	var out []PostLine
	for _, i := range s.reg.items["post"] {
		if !test(i) {
			continue
		}
		p := postOf(i)
		line := PostLine{ID: p.ID, Person: p.Person, Name: s.o.nameOf(s.names, p.Person), Organ: p.Organ, OrganName: s.o.nameIn(s.r.Lang, s.reg.Organs[p.Organ].Name),
			Role: i18n.T(s.r.Lang, "office.post."+p.Role), For: p.For, From: p.From, To: p.To, Matter: i.Matter, State: "held"}
		if p.For != "" {
			line.ForName = s.o.nameOf(s.names, p.For)
		}
		switch {
		case s.on < p.From:
			line.State = "coming"
		case !p.Holds(s.on):
			line.State = "ended"
		}
		out = append(out, line)
	}
	order := []string{"held", "coming", "ended"}
	slices.SortStableFunc(out, func(a, b PostLine) int {
		return cmp.Or(slices.Index(order, a.State)-slices.Index(order, b.State), cmp.Compare(a.From, b.From), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// heldAndPast parts posts that stand or come from those ended.
func heldAndPast(all []PostLine) (now, past []PostLine) {
	i := slices.IndexFunc(all, func(p PostLine) bool { return p.State == "ended" })
	if i < 0 {
		return all, nil
	}
	return all[:i], all[i:]
}

// actsShown is for how many posts a page offers what can be done.
const actsShown = 200

// registerActs offers what the reader can do with an organ and with each of its posts.
func (o *Office) registerActs(ctx context.Context, q *store.Query, r Reader, v *OrganView) error {
	acts, err := o.openActs(ctx, q, r, append(mattersOf(v.Posts), v.Matter))
	if err != nil {
		return err
	}
	v.Acts, v.Stage = acts[v.Matter].acts, acts[v.Matter].stage
	offer(v.Posts, acts)
	return nil
}

func offer(posts []PostLine, acts map[matter.ID]offered) {
	for i, p := range posts {
		posts[i].Acts = acts[p.Matter].acts
	}
}

func mattersOf(posts []PostLine) []matter.ID {
	var ids []matter.ID
	for _, p := range posts[:min(len(posts), actsShown)] {
		ids = append(ids, p.Matter)
	}
	return ids
}

// offered is what a reader can do in a matter of a register, and where it stands.
type offered struct {
	stage string
	acts  []ActView
}

// openActs are the acts open to the reader in matters of the registers that he may read.
func (o *Office) openActs(ctx context.Context, q *store.Query, r Reader, ids []matter.ID) (map[matter.ID]offered, error) {
	out := map[matter.ID]offered{}
	if len(ids) == 0 {
		return out, nil
	}
	reg, err := o.registersFor(ctx, q, r)
	if err != nil {
		return nil, err
	}
	may, err := q.Readable(ctx, ids, o.accessReader(r.keys))
	if err != nil {
		return nil, err
	}
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	for id, st := range states {
		p := o.procedureOf(st)
		if p == nil || !may[id] {
			continue
		}
		d := &dossier{o: o, r: r, w: words{o, p, r.Lang}, st: st, actors: r.actors(st.Holder), snap: reg.snapshot(o.Today())}
		one := offered{}
		one.stage, _ = d.w.stage(st.Stage)
		for _, c := range d.choices() {
			if c.Open && c.Act.Voids == "" {
				one.acts = append(one.acts, ActView{Act: c.Act.Name, Label: d.w.act(c.Act.Name), Open: true})
			}
		}
		out[id] = one
	}
	return out, nil
}
