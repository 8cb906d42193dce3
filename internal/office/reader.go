package office

import (
	"context"
	"slices"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Reader is who looks or acts: an official with today's posts, a filer by receipt code, or the public.
type Reader struct {
	Person string
	Name   string
	Post   string // label of the first post
	Organ  string // its organ's name
	Roles  []string
	Lang   i18n.Lang
	Filer  matter.ID // not zero: reads by receipt code
	Login  string    // of whoever is signed in
	// MustEnrol: one of the posts asks for a second factor, and until there is one none of them counts.
	MustEnrol bool

	keys  []string
	news  []byte    // of a filer by code: the key that finds her matter in the lists of news
	reg   *register // of which keys and posts were taken
	posts []procedure.Post

	session []byte       // of whoever is signed in at a door
	proof   matter.Proof // by what and when its holder last showed who he is
	how     string       // by what he signed in
	ordered bool         // he asked for this while his proof was fresh; it is done later
}

// reader builds the reader of an account from today's posts, which are the only source of rights.
func (o *Office) reader(ctx context.Context, q *store.Query, a store.Account, lang i18n.Lang) (Reader, error) {
	reg, err := o.registers(ctx, q)
	if err != nil {
		return Reader{}, err
	}
	today := o.Today()
	r := Reader{Person: a.Person, Name: a.Name, Lang: lang, reg: reg, keys: reg.keys(a.Person, today), posts: reg.held(a.Person, today)}
	for i, p := range r.posts {
		r.Roles = append(r.Roles, p.Role)
		if i == 0 {
			r.Post, r.Organ = i18n.T(lang, "office.post."+p.Role), o.nameIn(lang, reg.Organs[p.Organ].Name)
		}
	}
	return r, nil
}

// Has says whether the reader holds a post of that role anywhere today.
func (r Reader) Has(role string) bool { return slices.Contains(r.Roles, role) }

// May says whether one of the reader's posts opens a room of the desk.
func (r Reader) May(room access.Room) bool { return room.Opens(r.Roles) }

// Official says whether the reader is signed in and holds a post.
func (r Reader) Official() bool { return r.Person != "" && len(r.posts) > 0 }

// handles is whose work is the reader's own today: his, and of those in whose post he stands in what they handle in its
// organ; none where he stands in for nobody.
func (r Reader) handles() []string {
	out := []string{r.Person}
	for _, p := range r.posts {
		if p.For != "" {
			out = append(out, p.For+"@"+p.Organ)
		}
	}
	if len(out) == 1 {
		return nil
	}
	return out
}

// standsFor is the person among some for whom the reader handles a matter of an organ; "" where he does for nobody, or is
// one of them.
func (r Reader) standsFor(handlers []string, organ string) string {
	if slices.Contains(handlers, r.Person) {
		return ""
	}
	for _, p := range r.posts {
		if p.For != "" && p.Organ == organ && slices.Contains(handlers, p.For) {
			return p.For
		}
	}
	return ""
}

// mayRead says whether the reader may know of a matter at all.
func (o *Office) mayRead(ctx context.Context, q *store.Query, r Reader, id matter.ID) error {
	if r.Filer != 0 {
		if r.Filer == id {
			return nil
		}
		return ErrNotFound
	}
	_, err := o.rights(ctx, q, r, id)
	return err
}

// rights are what an official may do with a matter he may read; ErrNotFound where he may not.
func (o *Office) rights(ctx context.Context, q *store.Query, r Reader, id matter.ID) (access.Rights, error) {
	rights, err := q.May(ctx, id, o.accessReader(r.keys))
	if err == nil && !rights.Read {
		err = ErrNotFound
	}
	return rights, err
}

// organ looks an organ up in the register as it stood when last read.
func (o *Office) organ(key string) (procedure.Organ, bool) {
	reg := o.register.Load()
	if reg == nil || key == "" {
		return procedure.Organ{}, false
	}
	organ, known := reg.Organs[key]
	return organ, known
}

// ReaderFor is the reader of a person with today's posts, or of whoever filed the matter where person
// is empty. It is for playing worked cases; a door has ReaderOf and ByCode.
func (o *Office) ReaderFor(person string, filed matter.ID) Reader {
	if person == "" {
		return Reader{Lang: i18n.ZhHans, Filer: filed}
	}
	r := Reader{Person: person, Lang: i18n.ZhHans, keys: []string{"person:" + person}, proof: matter.Proof{How: matter.ProofPlayed}}
	if reg := o.register.Load(); reg != nil {
		r.keys, r.posts = reg.keys(person, o.Today()), reg.held(person, o.Today())
	}
	for _, p := range r.posts {
		r.Roles = append(r.Roles, p.Role)
	}
	return r
}
