package office

import (
	"context"
	"errors"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// register is what the registers say, every validity: organs, posts and calendar notices as known
// when shard 0 stood at entry Count. It is never changed, only replaced.
type register struct {
	Count    int
	Organs   map[string]procedure.Organ
	order    []string // keys of Organs
	Posts    []procedure.Post
	ByPerson map[string][]procedure.Post
	Calendar *calendar.Calendar
}

// registers returns the registers as of this transaction. All of them are on shard 0, whose head
// tells whether the copy in memory still holds.
func (o *Office) registers(ctx context.Context, q *store.Query) (*register, error) {
	head, err := q.Head(ctx, 0)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if have := o.register.Load(); have != nil && have.Count == head.Count {
		return have, nil
	}
	r := &register{Count: head.Count, Organs: map[string]procedure.Organ{}, ByPerson: map[string][]procedure.Post{}, Calendar: o.law.Calendar}
	for kind, add := range map[string]func(store.RegisterItem) error{"organ": r.organ, "post": r.post, "calendar": r.notice} {
		items, err := q.Items(ctx, kind, 0, time.Time{})
		if err != nil {
			return nil, err
		}
		for _, i := range items {
			if err := add(i); err != nil {
				return nil, err
			}
		}
	}
	r.order = sortedKeys(r.Organs)
	o.register.Store(r)
	return r, nil
}

// registersFor are the registers for a page of a reader: those by which the session was let in, a
// moment before, or as of this transaction.
func (o *Office) registersFor(ctx context.Context, q *store.Query, r Reader) (*register, error) {
	if have := o.register.Load(); have != nil && have == r.reg {
		return have, nil
	}
	return o.registers(ctx, q)
}

func (r *register) organ(i store.RegisterItem) error {
	a := i.Attrs
	r.Organs[i.Key] = procedure.Organ{Key: i.Key, Name: a.Text("name"), Division: a.Text("division"),
		Kind: a.Text("kind"), Parent: a.Text("parent"), Short: a.Text("short")}
	return nil
}

func (r *register) post(i store.RegisterItem) error {
	a := i.Attrs
	p := procedure.Post{ID: i.Key, Person: a.Text("person"), Organ: a.Text("organ"), Role: a.Text("role"),
		For: a.Text("for"), From: i.From, To: i.To}
	r.Posts = append(r.Posts, p)
	r.ByPerson[p.Person] = append(r.ByPerson[p.Person], p)
	return nil
}

// held returns the posts a person holds on a day.
func (r *register) held(person string, on calendar.Date) []procedure.Post {
	var out []procedure.Post
	for _, p := range r.ByPerson[person] {
		if p.Holds(on) {
			out = append(out, p)
		}
	}
	return out
}

// keys are the holder keys that follow from a person's posts on a day. Each organ appears with and
// without the role: rights are given to roles, denials to whole organs.
func (r *register) keys(person string, on calendar.Date) []string {
	keys := []string{"person:" + person}
	for _, p := range r.held(person, on) {
		keys = append(keys, "post:"+p.ID, "organ:"+p.Organ, "organ:"+p.Organ+":"+p.Role)
	}
	return keys
}
