package office

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// The registers of organs and posts, by the procedures that keep them.
const (
	organProcedure = "register.organ"
	postProcedure  = "register.post"
)

// Organs is the tree of organs on a day, for those who keep the registers; ErrNotFound for others.
func (o *Office) Organs(ctx context.Context, r Reader, f OrganFilter) (OrgansView, error) {
	v := OrgansView{On: cmp.Or(f.On, o.Today())}
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
		v.Kinds = w.kinds()
		v.Places, v.Total = o.placeTree(w, reg.organsOn(v.On, func(i store.RegisterItem) bool {
			organ := organOf(i)
			text := organ.Name + " " + o.nameIn(r.Lang, organ.Name) + " " + o.divisionName(r.Lang, organ.Division) + " " + organ.Key
			return (f.Kind == "" || organ.Kind == f.Kind) && hasAll(text, strings.Fields(f.Query))
		}), reg.postsOn(v.On))
		v.Pending, err = o.pending(ctx, q, r)
		return err
	})
	return v, err
}

// registerWords speaks the procedure of a register as it is today.
func (o *Office) registerWords(id string, lang i18n.Lang) (words, error) {
	p, err := o.law.Find(id, o.Today())
	return words{o, p, lang}, err
}

// kinds are the kinds of organ, as the form of the register offers them.
func (w words) kinds() []OptionView {
	var out []OptionView
	for _, form := range w.p.Asking("kind")[:1] {
		for _, x := range form.Field("kind").Options {
			out = append(out, w.option(form, form.Field("kind"), x))
		}
	}
	return out
}

// organsOn lists the organs of a day that a test lets through.
func (r *register) organsOn(on calendar.Date, test func(store.RegisterItem) bool) []store.RegisterItem {
	var out []store.RegisterItem
	for _, i := range r.items["organ"] {
		if i.IsValid(on) && test(i) {
			out = append(out, i)
		}
	}
	return out
}

// postsOn counts the posts held on a day, by organ.
func (r *register) postsOn(on calendar.Date) map[string]int {
	n := map[string]int{}
	for _, p := range r.Posts {
		if p.Holds(on) {
			n[p.Organ]++
		}
	}
	return n
}

// placeTree orders organs by place: the city, each county, and under it its towns.
func (o *Office) placeTree(w words, organs []store.RegisterItem, posts map[string]int) ([]PlaceView, int) {
	byPlace := map[string][]store.RegisterItem{}
	for _, i := range organs {
		byPlace[i.Attrs.Text("division")] = append(byPlace[i.Attrs.Text("division")], i)
	}
	var out []PlaceView
	for _, code := range sortedKeys(byPlace) {
		place := PlaceView{Code: code, Name: o.townName(w.lang, code), Organs: organLines(w, byPlace[code], posts), Count: len(byPlace[code])}
		if n := len(out); len(code) > 6 && n > 0 && strings.HasPrefix(code, out[n-1].Code) {
			out[n-1].Towns = append(out[n-1].Towns, place)
			out[n-1].Count += place.Count
			continue
		}
		if len(code) > 6 { // a town none of whose county's own organs is shown
			place = PlaceView{Code: code[:6], Name: o.townName(w.lang, code[:6]), Towns: []PlaceView{place}, Count: place.Count}
		}
		out = append(out, place)
	}
	return out, len(organs)
}

// organLines are the organs of one place, each below the one it belongs to.
func organLines(w words, items []store.RegisterItem, posts map[string]int) []OrganLine {
	here := map[string]bool{}
	for _, i := range items {
		here[i.Key] = true
	}
	var out []OrganLine
	var under func(parent string, depth int)
	under = func(parent string, depth int) {
		for _, i := range items {
			up := i.Attrs.Text("parent")
			if top := parent == "" && !here[up]; up == parent && parent != "" || top {
				line := w.organLine(i)
				line.Depth, line.Posts = depth, posts[i.Key]
				out = append(out, line)
				if depth < len(items) { // a circle of organs is shown once
					under(i.Key, depth+1)
				}
			}
		}
	}
	under("", 0)
	return out
}

func (w words) organLine(i store.RegisterItem) OrganLine {
	organ := organOf(i)
	return OrganLine{Key: i.Key, Name: w.o.nameIn(w.lang, organ.Name), Kind: w.value("kind", organ.Kind), From: i.From, To: i.To}
}

// actConfirm is the act by which a second administrator lets an entry of a register hold.
const actConfirm = "confirm"

// entered are the stages of registers in which a second person is waited for.
func (o *Office) entered() []string {
	out := []string{"-"} // no stage is called so
	for _, p := range o.law.All() {
		for _, stage := range p.Stages.Names {
			if p.Subject.Shard == "zero" && slices.ContainsFunc(p.Stages.Get(stage).Acts, func(a *procedure.Act) bool { return a.Name == actConfirm }) {
				out = append(out, stage)
			}
		}
	}
	return out
}

// pending are the entries of the registers that wait for a second person.
func (o *Office) pending(ctx context.Context, q *store.Query, r Reader) ([]Brief, error) {
	f := o.filter(r, Filter{Order: "new"})
	f.Cases, f.Limit, f.Stages = false, todayRows, o.entered()
	rows, err := q.List(ctx, f)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	shown, err := o.shelf(ctx, q, r, idsOf(rows))
	if err != nil {
		return nil, err
	}
	return shown.briefs(rows), nil
}
