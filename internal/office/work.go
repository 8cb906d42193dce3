package office

import (
	"context"
	"slices"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// handlerRole is the role that a matter's work is.
const handlerRole = "handler"

// leaves is how many open matters of a post's organ its holder handles that none of his other posts there lets him go
// on with.
func (o *Office) leaves(ctx context.Context, q *store.Query, reg *register, post procedure.Post) (int, error) {
	work, err := q.WorkOf(ctx, post.Person, post.Organ)
	n := 0
	for _, w := range work {
		p, known := o.law.ByKey(w.Procedure + "@" + w.Version)
		if known != nil || p.Roles.Get(handlerRole) == nil {
			continue
		}
		kinds := p.Roles.Get(handlerRole).Posts
		if !slices.ContainsFunc(reg.held(post.Person, o.Today()), func(x procedure.Post) bool {
			return x.ID != post.ID && x.For == "" && x.Organ == post.Organ && slices.Contains(kinds, x.Role)
		}) {
			n += w.N
		}
	}
	return n, err
}

// HandlersView is who handles how much of what the reader may read, in the organs where the reader holds a post.
type HandlersView struct {
	Rows []HandlerLine
}

// HandlerLine is one person with open matters.
type HandlerLine struct {
	ID, Name string
	N        int
	Left     bool // holds no post there any more
}

// Handlers lists who handles open matters, for heads of supervision; ErrNotFound for others.
func (o *Office) Handlers(ctx context.Context, r Reader) (HandlersView, error) {
	var v HandlersView
	if !r.May(access.Tasks) {
		return v, ErrNotFound
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		names, err := o.names(ctx, q)
		if err != nil {
			return err
		}
		f := store.Filter{Reader: o.accessReader(r.keys), Open: true, Cases: true, Holders: r.organs()}
		tally, err := q.Tally(ctx, f, store.ByAssignee)
		for _, person := range sortedKeys(tally) {
			if person == "" {
				continue
			}
			v.Rows = append(v.Rows, HandlerLine{ID: person, Name: o.nameOf(names, person), N: tally[person],
				Left: !slices.ContainsFunc(reg.held(person, o.Today()), func(p procedure.Post) bool { return slices.Contains(f.Holders, p.Organ) })})
		}
		return err
	})
	return v, err
}

// organs are those in which the reader holds a post.
func (r Reader) organs() []string {
	var out []string
	for _, p := range r.posts {
		if !slices.Contains(out, p.Organ) {
			out = append(out, p.Organ)
		}
	}
	return out
}

// WorkView is what a person handles, as far as the reader may read it.
type WorkView struct {
	Person, Name string
	Own          bool
	Total        int
	Rows         []Brief      // at most workShown
	To           []OptionView // who may take it over
}

// workShown is how many matters the page of a hand-over lists.
const workShown = 50

// workMost is how many matters one hand-over takes.
const workMost = 5000

// WorkPage is what a person handles, for that person and for heads of supervision; ErrNotFound for others.
func (o *Office) WorkPage(ctx context.Context, r Reader, person string) (WorkView, error) {
	v := WorkView{Person: person, Own: person == r.Person}
	err := o.db.Read(ctx, func(q *store.Query) error {
		rows, err := o.workRows(ctx, q, r, person, workMost)
		if err != nil {
			return err
		}
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		names, err := o.names(ctx, q)
		if err != nil {
			return err
		}
		if names[person] == "" && len(reg.ByPerson[person]) == 0 {
			return ErrNotFound
		}
		v.Total, v.Name = len(rows), o.nameOf(names, person)
		shown, err := o.shelf(ctx, q, r, idsOf(rows[:min(len(rows), workShown)]))
		if err != nil {
			return err
		}
		v.Rows = shown.briefs(rows[:min(len(rows), workShown)])
		v.To = o.takers(r, reg, names, person)
		return nil
	})
	return v, err
}

// workRows are the open matters a person handles that the reader may read.
func (o *Office) workRows(ctx context.Context, q *store.Query, r Reader, person string, limit int) ([]store.Row, error) {
	if person == "" || person != r.Person && !r.May(access.Tasks) || !isText(person) {
		return nil, ErrNotFound
	}
	return q.List(ctx, store.Filter{Reader: o.accessReader(r.keys), Open: true, Cases: true, Holders: r.organs(), Assignee: person, Limit: limit})
}

// takers are the colleagues of the reader who can handle matters, in the organs where he holds a post.
func (o *Office) takers(r Reader, reg *register, names map[string]string, but string) []OptionView {
	var out []OptionView
	for _, p := range reg.Posts {
		if p.Person == but || p.For != "" || !p.Holds(o.Today()) || !slices.Contains(r.organs(), p.Organ) || !o.handles(p.Role) ||
			slices.ContainsFunc(out, func(x OptionView) bool { return x.Value == p.Person }) {
			continue
		}
		out = append(out, OptionView{Value: p.Person, Label: o.nameOf(names, p.Person),
			Hint: i18n.T(r.Lang, "office.post_at", "organ", o.organName(r.Lang, p.Organ), "post", i18n.T(r.Lang, "office.post."+p.Role))})
	}
	return out
}

// handles says whether a kind of post handles matters of some procedure.
func (o *Office) handles(role string) bool {
	return slices.ContainsFunc(o.law.All(), func(p *procedure.Procedure) bool {
		h := p.Roles.Get(handlerRole)
		return h != nil && slices.Contains(h.Posts, role)
	})
}

// HandOver hands all that a person handles to others, in turn, each by an act of its own with the reason given, done by
// the reader. It returns the order by which this is done. Errors: BadFields, ErrNotFound.
func (o *Office) HandOver(ctx context.Context, r Reader, person string, to []string, reason string) (string, error) {
	content := order{Kind: "hand_over", Reason: reason}
	err := o.db.Read(ctx, func(q *store.Query) error {
		rows, err := o.workRows(ctx, q, r, person, workMost)
		if err != nil {
			return err
		}
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		bad := BadFields{}
		may := o.takers(r, reg, nil, person)
		if len(to) == 0 || slices.ContainsFunc(to, func(x string) bool {
			return !slices.ContainsFunc(may, func(y OptionView) bool { return y.Value == x })
		}) {
			bad["to"] = i18n.T(r.Lang, "people.to_missing")
		}
		if reason == "" {
			bad["reason"] = i18n.T(r.Lang, "people.reason_missing")
		}
		if len(bad) > 0 {
			return bad
		}
		if len(rows) == 0 {
			return ErrNotFound
		}
		content.Lines, err = handingOver{o, r, reg, to, reason}.lines(ctx, q, rows)
		return err
	})
	if err != nil {
		return "", err
	}
	return o.newOrder(ctx, r, content)
}

// handingOver is who hands over to whom, and why.
type handingOver struct {
	o      *Office
	r      Reader
	reg    *register
	to     []string
	reason string
}

// lines are the acts that hand matters over: of each procedure the one open to the reader that names a handler.
func (h handingOver) lines(ctx context.Context, q *store.Query, rows []store.Row) ([]orderLine, error) {
	o, r := h.o, h.r
	states, err := q.StatesOf(ctx, idsOf(rows))
	if err != nil {
		return nil, err
	}
	var out []orderLine
	for i, row := range rows {
		st := states[row.ID]
		p := o.procedureOf(st)
		if p == nil {
			continue
		}
		d := &dossier{o: o, r: r, w: words{o, p, r.Lang}, st: st, actors: r.actors(st.Holder), snap: h.reg.snapshot(o.Today())}
		line := orderLine{Label: row.Number, Matter: row.ID, Act: "hand_over", Fields: map[string][]string{"person": {h.to[i%len(h.to)]}, "reason": {h.reason}}}
		if line.Label == "" {
			line.Label = o.kindTitle(d.w, st)
		}
		for _, c := range d.choices() {
			if field := handlerField(p, c.Act); c.Open && field != "" {
				line.Act, line.Fields = c.Act.Name, map[string][]string{field: {h.to[i%len(h.to)]}, "reason": {h.reason}}
				break
			}
		}
		out = append(out, line)
	}
	return out, nil
}

// handlerField is the field in which an act names the handler; "" where it names none, or asks more than who and why.
func handlerField(p *procedure.Procedure, a *procedure.Act) string {
	to := a.Assign.Get(handlerRole)
	form := p.Form(a)
	if to == nil || form == nil {
		return ""
	}
	for _, f := range form.Fields {
		if *to == "field:"+f.Name {
			for _, other := range form.Fields {
				if other.Required && other != f && other.Name != "reason" {
					return ""
				}
			}
			if form.Field("reason") == nil {
				return ""
			}
			return f.Name
		}
	}
	return ""
}
