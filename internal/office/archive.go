package office

import (
	"context"
	"errors"
	"slices"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Procedures by which records past their term are dealt with.
const (
	destroyProcedure = "register.destruction"
	holdProcedure    = "register.hold"
	actDrawUp        = "draw_up"
)

// Limits of lists.
const (
	listedMost   = 200 // matters on one list
	archiveShown = 50  // lists and holds on the page
)

// ErrNothingDue: no matter is past its term that could be put on a list.
var ErrNothingDue = errors.New("office: nothing is past its term")

// ArchiveView is what is past its term in the organs of a reader, and the lists and holds there.
type ArchiveView struct {
	Due   []ExpiredView
	Lists []Brief
	Holds []HoldView
	Draws bool // the reader may draw up a list
}

// ExpiredView is how many matters of a kind are past their term.
type ExpiredView struct {
	Organ, OrganName string
	Kind, Title      string
	Scope, ScopeName string
	Count            int
}

// HoldView is a matter that is kept from destruction.
type HoldView struct {
	Hold, Matter matter.ID
	Name         string // number of the matter, or its id
	Ground       string
	Since        calendar.Date
}

// Archive is what is past its term, for the archivists and heads of an organ; ErrNotFound for others.
func (o *Office) Archive(ctx context.Context, r Reader) (ArchiveView, error) {
	if !r.May(access.Archive) {
		return ArchiveView{}, ErrNotFound
	}
	var v ArchiveView
	organs := r.organsOf(access.Archive.Posts()...)
	err := o.db.Read(ctx, func(q *store.Query) error {
		counts, err := q.CountExpired(ctx, organs, o.Today())
		if err != nil {
			return err
		}
		for _, c := range counts {
			p, err := o.law.Procedure(c.Procedure, o.Today())
			if err != nil {
				continue // of a law that knows no such matters any more
			}
			v.Due = append(v.Due, ExpiredView{Organ: c.Holder, OrganName: o.organName(r.Lang, c.Holder), Kind: c.Procedure,
				Title: (words{o, p, r.Lang}).title(), Scope: c.Scope, ScopeName: o.scopeName(r.Lang, c.Scope), Count: c.Count})
		}
		v.Holds, err = o.holds(ctx, q, r, organs)
		return err
	})
	if err != nil {
		return v, err
	}
	lists, err := o.List(ctx, r, Filter{Procedure: destroyProcedure, Scope: "all", Closed: "all", Order: "new", Limit: archiveShown})
	v.Lists, v.Draws = lists.Rows, r.Has(access.Archivist)
	return v, err
}

// organsOf are the organs in which the reader holds a post of some kinds.
func (r Reader) organsOf(roles ...string) []string {
	var out []string
	for _, p := range r.posts {
		if slices.Contains(roles, p.Role) && !slices.Contains(out, p.Organ) {
			out = append(out, p.Organ)
		}
	}
	return out
}

// scopeName words what a list destroys.
func (o *Office) scopeName(lang i18n.Lang, scope string) string {
	p, err := o.law.Procedure(destroyProcedure, o.Today())
	if err != nil {
		return scope
	}
	return words{o, p, lang}.value("scope", scope)
}

// holds are the matters of some organs that are on hold, but for those from which the reader has to stand aside.
func (o *Office) holds(ctx context.Context, q *store.Query, r Reader, organs []string) ([]HoldView, error) {
	reg, err := o.registersFor(ctx, q, r)
	if err != nil {
		return nil, err
	}
	p, err := o.law.Procedure(holdProcedure, o.Today())
	if err != nil {
		return nil, err
	}
	var ids []matter.ID
	var items []store.RegisterItem
	for _, i := range reg.items[holdItem] {
		if id, err := matter.ParseID(i.Key); err == nil && i.IsValid(o.Today()) {
			ids, items = append(ids, id), append(items, i)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	states, err := q.StatesOf(ctx, ids)
	var out []HoldView
	for n, i := range items {
		st := states[ids[n]]
		if !slices.Contains(organs, st.Holder) || o.standsAside(st, r.keys) {
			continue
		}
		out = append(out, HoldView{Hold: i.Matter, Matter: st.ID, Name: nameOf(st), Ground: words{o, p, r.Lang}.value("ground", i.Attrs.Text("ground")), Since: i.From})
	}
	return out, err
}

// nameOf is a matter's number, or its id where it has none.
func nameOf(st matter.State) string {
	if n := st.Number("matter"); n != "" {
		return n
	}
	return st.ID.String()
}

// DrawUp puts the matters of a kind that have been past their term for longest on a list of destruction: none that is on hold,
// on another open list, or from which the reader has to stand aside. Errors: ErrNotFound, ErrNothingDue, *Refused.
func (o *Office) DrawUp(ctx context.Context, r Reader, of ExpiredView, key string) (Done, error) {
	if !r.Has(access.Archivist) || !slices.Contains(r.organsOf(access.Archivist), of.Organ) {
		return Done{}, ErrNotFound
	}
	view, err := o.Archive(ctx, r)
	if err != nil {
		return Done{}, err
	}
	var names []string
	err = o.db.Read(ctx, func(q *store.Query) error {
		taken, err := onLists(ctx, q, view.Lists)
		if err != nil {
			return err
		}
		ids, err := q.Expired(ctx, store.Retention{Holder: of.Organ, Procedure: of.Kind, Scope: of.Scope, Due: o.Today()}, 2*listedMost+len(taken))
		if err != nil {
			return err
		}
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		kept, err := o.keeping(ctx, q, reg, idTexts(ids), r.keys)
		for _, id := range ids {
			if k := kept(id); len(names) < listedMost && k.Organ == of.Organ && !k.Held && !taken[id.String()] {
				names = append(names, id.String())
			}
		}
		return err
	})
	if err == nil && len(names) == 0 {
		err = ErrNothingDue
	}
	if err != nil {
		return Done{}, err
	}
	return o.Perform(ctx, r, Act{Procedure: destroyProcedure, Act: actDrawUp, Key: key,
		Fields: map[string][]string{"kind": {of.Kind}, "scope": {of.Scope}, "listed": names}})
}

// onLists are the matters that stand on open lists.
func onLists(ctx context.Context, q *store.Query, lists []Brief) (map[string]bool, error) {
	var open []matter.ID
	for _, b := range lists {
		if !b.Closed {
			open = append(open, b.ID)
		}
	}
	out := map[string]bool{}
	if len(open) == 0 {
		return out, nil
	}
	states, err := q.StatesOf(ctx, open)
	for _, st := range states {
		for _, id := range st.Facts.List("listed") {
			out[id] = true
		}
	}
	return out, err
}

// ArchiveList is a list of destruction with its lines.
type ArchiveList struct {
	MatterView
	Kind, ScopeName string
	Lines           []ArchiveLine
	Judges          bool // the reader may appraise now
	Rev             int
}

// ArchiveLine is one matter of a list, by what stands in the clear: what is in it its own page tells whoever may read it.
type ArchiveLine struct {
	ID       matter.ID
	Name     string
	Opened   calendar.Date
	Ended    calendar.Date
	Stage    string
	Judged   string // waiting, cleared, kept, destroyed, left_out
	Held     bool
	Readable bool
}

// ArchiveList is one list, for whoever may know of it; ErrNotFound also for what is no list.
func (o *Office) ArchiveList(ctx context.Context, r Reader, id matter.ID) (ArchiveList, error) {
	var v ArchiveList
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return err
		}
		if d.w.p.ID != destroyProcedure {
			return ErrNotFound
		}
		v.MatterView, v.Rev = d.view(), d.st.Rev
		v.ScopeName = o.scopeName(r.Lang, d.st.Facts.Text("scope"))
		if p, err := o.law.Procedure(d.st.Facts.Text("kind"), o.Today()); err == nil {
			v.Kind = words{o, p, r.Lang}.title()
		}
		for _, a := range v.Acts {
			v.Judges = v.Judges || a.Act == "clear" && a.Open
		}
		v.Lines, err = o.archiveLines(ctx, q, d)
		return err
	})
	return v, notFound(err)
}

// archiveLines are the lines of a list, in its order, but for matters from which the reader has to stand aside.
func (o *Office) archiveLines(ctx context.Context, q *store.Query, d *dossier) ([]ArchiveLine, error) {
	var ids []matter.ID
	for _, text := range d.st.Facts.List("listed") {
		if id, err := matter.ParseID(text); err == nil {
			ids = append(ids, id)
		}
	}
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	reg, err := o.registersFor(ctx, q, d.r)
	if err != nil {
		return nil, err
	}
	var out []ArchiveLine
	for _, id := range ids {
		st := states[id]
		p := o.procedureOf(st)
		if p == nil || o.standsAside(st, d.r.keys) {
			continue
		}
		l := ArchiveLine{ID: id, Name: nameOf(st), Opened: st.Opened.Day, Ended: procedure.Ended(st), Held: reg.onHold(id, o.Today()),
			Judged: judged(d.st, id.String()), Readable: access.To(project(st, p).Access, o.accessReader(d.r.keys)).Read}
		l.Stage, _ = words{o, p, d.r.Lang}.stage(st.Stage)
		out = append(out, l)
	}
	return out, nil
}

// judged is what came of a matter on a list so far.
func judged(list matter.State, id string) string {
	for _, fact := range []string{"destroyed", "left_out", "waiting", "cleared"} {
		if slices.Contains(list.Facts.List(fact), id) {
			return fact
		}
	}
	return "kept"
}
