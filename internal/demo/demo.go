// Package demo builds the demo city: the organs and places of Jiangmen with invented people, and
// matters made by acting. It plays worked cases of the law through the office, day by day, with the
// sweeps of those days between; it never writes a row and holds no law.
package demo

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.yaml.in/yaml/v3"

	"yifa/internal/calendar"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/internal/procedure/proof"
)

//go:embed people.yaml
var peopleYAML []byte

// Password is what every account of the demo city signs in with. It opens nothing but invented data.
const Password = "Jiangmen-Demo-2026" //nolint:gosec // printed for everybody when the demo city starts

// Begin is the first day of the demo city: the day its procedures came into force.
var Begin = calendar.New(2026, beginMonth, 1)

const beginMonth = time.February

// seedBasis is why the organs and posts of the demo city are in its registers.
const seedBasis = "演示城市的种子名录。"

// person is a line of people.yaml.
type person struct {
	ID    string `yaml:"id"`
	Name  string `yaml:"name"`
	Login string `yaml:"login"`
	Try   string `yaml:"try"` // what somebody who signs in may try
	Posts []post `yaml:"posts"`
}

type post struct {
	Organ string `yaml:"organ"`
	Role  string `yaml:"role"`
}

// City is what a demo city is made of.
type City struct {
	Office *office.Office
	Law    *procedure.Law
	LawFS  fs.FS
	Clock  *Clock
	Today  calendar.Date

	// Ended lists the stories that the law ended early, and why.
	Ended []string
	// Made is how many matters the stories made.
	Made int

	mu       sync.Mutex
	people   []person
	posts    map[string][]post // by person
	organs   []installation.Organ
	register []procedure.Organ   // the organs as the law knows them
	byKey    map[string]bool     // the organs there are
	towns    map[string][]string // county-kind → organs of its towns
	plots    *plots
	counties []string
}

// DefaultSize is how many matters a demo city has.
const DefaultSize = 300

// Read reads the people and organs of the city.
func (c *City) Read() error {
	var p struct {
		Schema int      `yaml:"schema"`
		People []person `yaml:"people"`
	}
	if err := strict(peopleYAML, &p); err != nil {
		return fmt.Errorf("demo: people: %w", err)
	}
	organs, err := installation.ReadOrgans(c.LawFS)
	if err != nil {
		return err
	}
	c.people, c.organs = p.People, organs
	c.posts, c.byKey, c.towns = map[string][]post{}, map[string]bool{}, map[string][]string{}
	for _, one := range c.people {
		c.posts[one.ID] = one.Posts
	}
	for _, o := range organs {
		c.byKey[o.Key] = true
		c.register = append(c.register, procedure.Organ{Key: o.Key, Name: o.Name, Division: o.Division, Kind: o.Kind, Parent: o.Parent, Short: o.Short})
		if code, kind, _ := strings.Cut(o.Key, "-"); len(code) == 9 {
			c.towns[code[:6]+"-"+kind] = append(c.towns[code[:6]+"-"+kind], o.Key)
		}
	}
	return nil
}

func strict(raw []byte, into any) error {
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	return dec.Decode(into)
}

// Build founds the city: its organs, its people and their posts, then a past of matters up to Today.
func (c *City) Build(ctx context.Context) error {
	if err := c.Found(ctx); err != nil {
		return err
	}
	stories, err := c.stories(DefaultSize)
	if err != nil {
		return err
	}
	err = c.live(ctx, stories)
	c.Made = matters(stories)
	return err
}

// Found founds the city without a past: organs, people, posts.
func (c *City) Found(ctx context.Context) error {
	if err := c.Read(); err != nil {
		return err
	}
	c.Clock.Set(Begin.Midnight().Add(8 * time.Hour))
	if err := c.found(ctx); err != nil {
		return err
	}
	return c.sign(ctx)
}

// found makes the seed registers, many at once so that they share transactions.
func (c *City) found(ctx context.Context) error {
	root, rest := c.organs[0], c.organs[1:]
	if err := c.organ(ctx, root); err != nil {
		return err
	}
	for seeded := map[string]bool{root.Key: true}; len(rest) > 0; { // an organ after the one it belongs to
		var now, later []installation.Organ
		for _, o := range rest {
			if seeded[o.Parent] || o.Parent == "" {
				now = append(now, o)
			} else {
				later = append(later, o)
			}
		}
		if len(now) == 0 {
			return fmt.Errorf("demo: %s belongs to no organ that is listed", later[0].Key)
		}
		if err := each(now, func(o installation.Organ) error { return c.organ(ctx, o) }); err != nil {
			return err
		}
		for _, o := range now {
			seeded[o.Key] = true
		}
		rest = later
	}
	if err := each(c.organs, func(o installation.Organ) error { return c.room(ctx, o) }); err != nil {
		return err
	}
	return each(c.people, func(p person) error {
		for _, post := range p.Posts {
			fields := map[string][]string{"post": {p.ID + "." + post.Organ}, "person": {p.ID}, "organ": {post.Organ},
				"role": {post.Role}, "from": {Begin.String()}, "basis": {seedBasis}}
			if err := c.Office.Seed(ctx, "register.post", fields); err != nil {
				return fmt.Errorf("demo: post of %s: %w", p.ID, err)
			}
		}
		return nil
	})
}

// room gives every bureau a room for hearings.
func (c *City) room(ctx context.Context, o installation.Organ) error {
	if o.Kind != "justice" {
		return nil
	}
	fields := map[string][]string{"room": {o.Key + "-1"}, "organ": {o.Key}, "name": {"第一听证室"}, "place": {"三楼"}, "seats": {"30"},
		"accessible": {"true"}, "recording": {"true"}, "from": {Begin.String()}}
	if err := c.Office.Seed(ctx, "register.room", fields); err != nil {
		return fmt.Errorf("demo: room of %s: %w", o.Key, err)
	}
	return nil
}

func (c *City) organ(ctx context.Context, o installation.Organ) error {
	if err := o.Seed(ctx, c.Office, Begin, seedBasis); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}

// sign gives everybody a name, and those with a login a password.
func (c *City) sign(ctx context.Context) error {
	return each(c.people, func(p person) error {
		one := office.Person{ID: p.ID, Login: p.ID, Name: p.Name}
		if p.Login != "" {
			one.Login, one.Password = p.Login, Password
		}
		return c.Office.PutPerson(ctx, one)
	})
}

// Accounts are the accounts that can sign in, one for each role first.
func (c *City) Accounts() []office.DemoAccount {
	var out []office.DemoAccount
	names := map[string]string{}
	for _, o := range c.organs {
		names[o.Key] = o.Name
	}
	for _, p := range c.people {
		if p.Login != "" {
			out = append(out, office.DemoAccount{Login: p.Login, Password: Password, Name: p.Name,
				Organ: names[p.Posts[0].Organ], Post: p.Posts[0].Role, Try: p.Try})
		}
	}
	return out
}

// each calls fn for all of a list, 32 at a time, and returns the first error.
func each[T any](list []T, fn func(T) error) error {
	var wg sync.WaitGroup
	var first atomic.Pointer[error]
	gate := make(chan struct{}, 32)
	for _, x := range list {
		gate <- struct{}{}
		wg.Add(1)
		go func() {
			defer func() { <-gate; wg.Done() }()
			if err := fn(x); err != nil {
				first.CompareAndSwap(nil, &err)
			}
		}()
	}
	wg.Wait()
	if err := first.Load(); err != nil {
		return *err
	}
	return nil
}

// Staff is who holds which post in which organ of the demo city on a day, and the names of persons. Read first.
func (c *City) Staff(on calendar.Date) (proof.Staff, map[string]string) {
	out, names := proof.Staff{On: on}, map[string]string{}
	for _, o := range c.organs {
		out.Organs = append(out.Organs, procedure.Organ{Key: o.Key, Name: o.Name, Division: o.Division, Kind: o.Kind, Parent: o.Parent, Short: o.Short})
	}
	for _, p := range c.people {
		names[p.ID] = p.Name
		for _, x := range p.Posts {
			out.Posts = append(out.Posts, procedure.Post{ID: p.ID + "." + x.Organ, Person: p.ID, Organ: x.Organ, Role: x.Role, From: Begin})
		}
	}
	return out, names
}
