package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// dossier is a matter as one reader may see it: entries with the parts open to him.
type dossier struct {
	o       *Office
	r       Reader
	circle  matter.Class // not empty: read by everybody who may read a paper of that class
	outside bool         // may read and not act: an organ to which papers are addressed; sees what is for parties
	w       words
	st      matter.State
	row     store.Row
	entries []store.StoredEntry
	parts   map[int][]matter.Part // by seq
	names   map[string]string     // person → name as shown
	snap    procedure.Snapshot
	actors  []matter.Actor // the reader in each of his posts
	chosen  []procedure.Choice
}

// open loads a matter for a reader; ErrNotFound where he may not know of it.
func (o *Office) open(ctx context.Context, q *store.Query, r Reader, id matter.ID) (*dossier, error) {
	outside, err := o.outside(ctx, q, r, id)
	if err != nil {
		return nil, err
	}
	d, err := o.load(ctx, q, r, id)
	if err != nil {
		return nil, err
	}
	d.outside = outside
	return d, d.readParts(ctx, q)
}

// load reads a matter without its parts, for whoever was found to have a right to it.
func (o *Office) load(ctx context.Context, q *store.Query, r Reader, id matter.ID) (*dossier, error) {
	d, err := o.stand(ctx, q, r, id)
	if err != nil {
		return nil, err
	}
	if d.row, err = q.Matter(ctx, id); err != nil {
		return nil, err
	}
	if d.entries, err = q.Entries(ctx, id, 0); err != nil {
		return nil, err
	}
	d.names, err = o.names(ctx, q)
	return d, err
}

// stand reads where a matter stands, all that the law asks to say which acts are open, and no entry.
func (o *Office) stand(ctx context.Context, q *store.Query, r Reader, id matter.ID) (*dossier, error) {
	reg, err := o.registersFor(ctx, q, r)
	if err != nil {
		return nil, err
	}
	d := &dossier{o: o, r: r, parts: map[int][]matter.Part{}}
	states, err := q.States(ctx, id)
	if err != nil {
		return nil, err
	}
	d.st = states[0]
	p := o.procedureOf(d.st)
	if p == nil {
		return nil, matter.ErrBrokenRecord
	}
	d.w, d.actors = words{o, p, r.Lang}, r.actors(d.st.Holder)
	d.snap = reg.snapshot(o.Today())
	if id.Shard() == 0 {
		if d.snap.Kept, err = o.keeping(ctx, q, reg, namedMatters(p, d.st, nil), r.keys); err != nil {
			return nil, err
		}
		d.snap.Work = func(person, post, organ string) bool {
			left, err := o.leaves(ctx, q, reg, procedure.Post{ID: post, Person: person, Organ: organ})
			return err == nil && left > 0 // asked once more when the act is done
		}
	}
	return d, d.readLinked(ctx, q)
}

// outside says whether the reader may read the matter and not act for the organ that holds it;
// ErrNotFound where he may not even read.
func (o *Office) outside(ctx context.Context, q *store.Query, r Reader, id matter.ID) (bool, error) {
	if r.Filer != 0 {
		return false, o.mayRead(ctx, q, r, id)
	}
	rights, err := o.rights(ctx, q, r, id)
	return !rights.Act, err
}

// readParts opens the parts the reader may see. What a filer wrote herself stays hers to read,
// except what is sealed: a stolen receipt code must not tell who she is.
func (d *dossier) readParts(ctx context.Context, q *store.Query) error {
	stored, err := q.Parts(ctx, d.st.ID)
	if err != nil {
		return err
	}
	for _, p := range stored {
		if !d.mayOpen(p.Class, p.Seq) {
			continue
		}
		part, err := d.o.unseal(d.st.ID, p.Seq, sealedOf(p))
		if err != nil {
			return err
		}
		if d.r.Filer != 0 && p.Class == matter.Staff {
			d.ownWords(&part)
		}
		d.parts[p.Seq] = append(d.parts[p.Seq], part)
	}
	d.onlyNewest()
	return nil
}

func (d *dossier) mayOpen(c matter.Class, seq int) bool {
	if d.circle != "" {
		return seq <= len(d.entries) && access.Within(d.circle, c)
	}
	switch d.standing().Sees(c) {
	case access.All:
		return true
	case access.Own:
		e, known := d.entry(seq)
		return known && (e.Actor.Person == matter.PersonFiler || seq == 1)
	}
	return false
}

// standing is how the reader, who may know of the matter, stands to it.
func (d *dossier) standing() access.Standing {
	return access.Stand(d.r.Filer != 0, d.r.Official(), access.Rights{Read: true, Act: !d.outside})
}

// ownWords leaves of a staff part what the filer herself told: the questions of the public's report,
// also where staff wrote the answers down for her.
func (d *dossier) ownWords(part *matter.Part) {
	def := d.w.definition(fileReport)
	part.Files = nil
	for name := range part.Fields {
		if def == nil || d.w.p.Form(def).Field(name) == nil {
			delete(part.Fields, name)
		}
	}
}

func (d *dossier) entry(seq int) (matter.Entry, bool) {
	if seq < 1 || seq > len(d.entries) {
		return matter.Entry{}, false
	}
	return d.entries[seq-1].Entry, true
}

// readLinked loads the states of linked matters, which conditions may ask about.
func (d *dossier) readLinked(ctx context.Context, q *store.Query) error {
	if len(d.st.Links) == 0 {
		return nil
	}
	ids := make([]matter.ID, len(d.st.Links))
	for i, l := range d.st.Links {
		ids[i] = l.To
	}
	var err error
	if d.snap.Linked, err = q.StatesOf(ctx, ids); err != nil {
		return err
	}
	return wholes(ctx, q, d.st, d.snap.Linked)
}

// known are the persons of the place as they were read at an instant.
type known struct {
	names map[string]string
	at    time.Time
}

// knownFor is how long names are kept in memory: another node shows a changed one so much later.
const knownFor = 10 * time.Second

// names are the persons of the place as pages show them.
func (o *Office) names(ctx context.Context, q *store.Query) (map[string]string, error) {
	now := time.Now() // not the office's: a city's clock may stand still
	if k := o.known.Load(); k != nil && now.Sub(k.at) < knownFor {
		return k.names, nil
	}
	accounts, err := q.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(accounts))
	for _, a := range accounts {
		out[a.Person] = a.Name
	}
	o.known.Store(&known{out, now})
	return out, nil
}

// text is the newest standing text of a name that the reader may see, or "".
func (d *dossier) text(name string) string {
	for _, e := range slices.Backward(d.entries) {
		if _, voided := d.st.Voided[e.Entry.Seq]; voided {
			continue
		}
		if t := d.textOf(e.Entry.Seq, name); t != "" {
			return t
		}
	}
	return ""
}

// textOf is a text of one entry that the reader may see, or "".
func (d *dossier) textOf(seq int, name string) string {
	for _, p := range d.parts[seq] {
		if t := p.Fields[name]; t != "" {
			return t
		}
	}
	return ""
}

// title is the title staff gave, or what kind of problem it is.
func (d *dossier) title() string {
	if t := d.text("title"); t != "" {
		return t
	}
	return d.o.kindTitle(d.w, d.st)
}

// kindTitle names a matter by what a public list calls it, or by the kinds of problem reported and the town where it happened.
func (o *Office) kindTitle(w words, st matter.State) string {
	if shown := w.p.Roster.Columns; len(shown) > 0 && st.Facts.Text(shown[0]) != "" {
		return st.Facts.Text(shown[0])
	}
	if kind, known := o.law.Paper(st.Facts.Text(w.p.PaperFact()), o.Today()); known {
		return kind.Title
	}
	var labels []string
	for _, v := range st.Facts.List("problem") {
		labels = append(labels, w.value("problem", v))
	}
	if len(labels) == 0 {
		return w.title()
	}
	kind := strings.Join(labels, i18n.T(w.lang, "office.list_items"))
	if place := o.townName(w.lang, st.Facts.Text("division")); place != "" {
		return i18n.T(w.lang, "office.kind_at", "kind", kind, "place", place)
	}
	return kind
}

// who names the actor of an entry as this reader may hear it. To the filer every official is 承办人.
func (d *dossier) who(a matter.Actor) string {
	switch {
	case a.Person == matter.PersonFiler && d.r.Filer != 0:
		return i18n.T(d.r.Lang, "office.you")
	case a.Person == matter.PersonFiler && d.w.p.Filer() != "":
		return d.w.role(d.w.p.Filer())
	case a.Person == matter.PersonFiler:
		return i18n.T(d.r.Lang, "office.filer")
	case a.Person == matter.PersonSystem:
		return i18n.T(d.r.Lang, "office.system")
	case d.r.Filer != 0:
		return i18n.T(d.r.Lang, "office.handler")
	}
	name := d.o.nameOf(d.names, a.Person)
	if a.For != "" {
		return i18n.T(d.r.Lang, "office.for", "a", name, "b", d.o.nameOf(d.names, a.For))
	}
	return name
}

func (o *Office) nameOf(names map[string]string, person string) string {
	if n := names[person]; n != "" {
		return n
	}
	return person
}
