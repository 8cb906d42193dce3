package office

import (
	"context"
	"errors"
	"slices"
	"time"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// register is what the registers say, every validity: organs, posts and calendar notices as known
// when shard 0 stood at entry Count. It is never changed, only replaced.
type register struct {
	Count        int
	Day          calendar.Date              // Organs and InForce are as of this day
	Organs       map[string]procedure.Organ // every organ there ever was, for its name
	InForce      map[string]procedure.Organ // those of the day: only they can be given work
	order        []string                   // keys of Organs
	Posts        []procedure.Post
	ByPerson     map[string][]procedure.Post
	Certificates []procedure.Certificate
	Calendar     *calendar.Calendar
	items        map[string][]store.RegisterItem // by kind, in order of key and first day
	intake       []Intake                        // each time that only reports with a proof are taken, and that is not over
	reaches      func(own, other string) bool    // kinds of post: procedure.Law.Reaches
}

// registers returns the registers as of this transaction. All of them are on shard 0, whose head
// tells whether the copy in memory still holds.
func (o *Office) registers(ctx context.Context, q *store.Query) (*register, error) {
	head, err := q.Head(ctx, 0)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	today := o.registerDay()
	if have := o.register.Load(); have != nil && have.Count == head.Count && have.Day == today {
		return have, nil
	}
	r := &register{Count: head.Count, Day: today, Organs: map[string]procedure.Organ{}, InForce: map[string]procedure.Organ{},
		ByPerson: map[string][]procedure.Post{}, Calendar: o.law.Calendar, items: map[string][]store.RegisterItem{}, reaches: o.law.Reaches}
	only := func(store.RegisterItem) error { return nil }
	for kind, add := range map[string]func(store.RegisterItem) error{"organ": r.organ, "post": r.post, "calendar": r.notice, "certificate": r.certificate, holdItem: only, roomItem: only, intakeItem: only} {
		items, err := q.Items(ctx, kind, 0, time.Time{})
		if err != nil {
			return nil, err
		}
		r.items[kind] = items
		for _, i := range items {
			if err := add(i); err != nil {
				return nil, err
			}
		}
	}
	if err := r.readIntake(ctx, q); err != nil {
		return nil, err
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

// registerDay is the day as of which the registers are read; an office that was only lent its database has no clock.
func (o *Office) registerDay() calendar.Date {
	if o.now == nil {
		return 0
	}
	return o.Today()
}

// organ takes an organ as it is on the day: the validity of that day, else the last before it, else the first to come.
func (r *register) organ(i store.RegisterItem) error {
	organ := organOf(i)
	if _, known := r.Organs[i.Key]; !known || r.Day == 0 || i.From <= r.Day {
		r.Organs[i.Key] = organ
	}
	if r.Day == 0 || i.IsValid(r.Day) {
		r.InForce[i.Key] = organ
	}
	return nil
}

func organOf(i store.RegisterItem) procedure.Organ {
	a := i.Attrs
	return procedure.Organ{Key: i.Key, Name: a.Text("name"), Division: a.Text("division"),
		Kind: a.Text("kind"), Parent: a.Text("parent"), Short: a.Text("short"), Symbol: a.Text("symbol"), ReviewBody: a.Text("review_body"), Court: a.Text("court")}
}

func (r *register) post(i store.RegisterItem) error {
	p := postOf(i)
	r.Posts = append(r.Posts, p)
	r.ByPerson[p.Person] = append(r.ByPerson[p.Person], p)
	return nil
}

func postOf(i store.RegisterItem) procedure.Post {
	a := i.Attrs
	return procedure.Post{ID: i.Key, Person: a.Text("person"), Organ: a.Text("organ"), Role: a.Text("role"),
		For: a.Text("for"), Of: a.Text("of"), From: i.From, To: i.To}
}

func (r *register) certificate(i store.RegisterItem) error {
	r.Certificates = append(r.Certificates, procedure.Certificate{Number: i.Key, Person: i.Attrs.Text("person"), Kind: i.Attrs.Text("kind"), From: i.From, To: i.To})
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

// over says whether a person has held posts and holds none any more, nor will.
func (r *register) over(person string, on calendar.Date) bool {
	for _, p := range r.ByPerson[person] {
		if p.To.IsZero() || on < p.To {
			return false
		}
	}
	return len(r.ByPerson[person]) > 0
}

// keys are the holder keys that follow from a person's posts on a day.
func (r *register) keys(person string, on calendar.Date) []string {
	return access.Keys(person, r.held(person, on), r.reaches)
}

// taken says whether an item of a kind ever had a key.
func (r *register) taken(kind, key string) bool {
	return slices.ContainsFunc(r.items[kind], func(i store.RegisterItem) bool { return i.Key == key })
}

// snapshot is what the registers tell an act.
func (r *register) snapshot(today calendar.Date) procedure.Snapshot {
	return procedure.Snapshot{Posts: r.Posts, Certificates: r.Certificates, Organs: r.InForce, Calendar: r.Calendar, Today: today}
}
