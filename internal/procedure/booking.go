package procedure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Books says what a matter takes up for a time, so that no other matter has it then.
type Books struct {
	Line    int
	From    string   `yaml:"from" need:"1" doc:"moment fact: when it begins"`
	Minutes string   `yaml:"minutes" need:"1" doc:"number fact: how long it takes"`
	Of      []string `yaml:"of" need:"1" doc:"facts of type item and roles: a room, and the persons assigned"`
	Stages  []string `yaml:"stages" need:"1" doc:"stages in which it is taken up"`
	Cite    []string `yaml:"cite" need:"1"`
}

// Clash is what another matter takes up at a time at which it is wanted.
type Clash struct {
	Key string
	By  matter.Booking
}

// books decides what the matter takes up once the act is done.
func (s *scene) books(a *Act, d *matter.Delta) *Refusal {
	want, now := s.wants(d), s.st.Booking
	turn := 0
	if now != nil {
		turn = now.Turn
	}
	switch {
	case want == nil && (now == nil || now.Off):
		return nil
	case want == nil:
		off := *now
		off.Off, off.Turn = true, turn+1
		d.Booking = &off
		return nil
	case now != nil && now.Same(*want):
		return nil
	}
	want.Turn = turn + 1
	d.Booking = want
	return s.clash(a, *want)
}

// wants is what the matter takes up as the act leaves it; nil for nothing.
func (s *scene) wants(d *matter.Delta) *matter.Booking {
	b := s.p.Books
	if b.From == "" || !slices.Contains(b.Stages, cmp.Or(d.Stage, s.st.Stage)) {
		return nil
	}
	facts := s.left(d)
	from, err := calendar.ParseMoment(facts.Text(b.From))
	minutes, counted := facts[b.Minutes].(int64)
	if err != nil || !counted || from.Minute < 0 {
		return nil
	}
	out := &matter.Booking{From: from, Minutes: int(minutes)}
	for _, name := range b.Of {
		kind, ids := name, facts.List(name)
		if s.p.Roles.Get(name) != nil {
			kind, ids = "person", s.st.Assigned[name]
			if now, set := d.Assign[name]; set {
				ids = now
			}
		}
		for _, id := range ids {
			if key := kind + ":" + id; !slices.Contains(out.Keys, key) {
				out.Keys = append(out.Keys, key)
			}
		}
	}
	return out
}

// clash refuses an act that would take up what another matter takes up then. What that matter is, is not told.
func (s *scene) clash(a *Act, want matter.Booking) *Refusal {
	if s.snap.Clash == nil || want.Off {
		return nil
	}
	c, taken := s.snap.Clash(want)
	if !taken {
		return nil
	}
	no := s.refuse(a, TakenThen, map[string]string{"thing": c.Key, "from": hour(c.By.From), "to": hour(c.By.Ends()), "day": c.By.From.Day.String()})
	no.Cite = first(s.p.Books.Cite)
	return no
}

func hour(m calendar.Moment) string {
	_, at, _ := strings.Cut(m.String(), "T")
	return at
}

// bookedAgain refuses a correction that would take up again what another matter has taken up since.
func (s *scene) bookedAgain(a *Act, want *matter.Booking) *Refusal {
	if want == nil || s.st.Booking != nil && s.st.Booking.Same(*want) {
		return nil
	}
	return s.clash(a, *want)
}

// books holds what is taken up to facts, roles and stages.
func (c *checker) books() {
	b := c.p.Books
	if b.From == "" {
		return
	}
	c.cites(b.Line, "books", b.Cite)
	for name, typ := range map[string]string{b.From: "moment", b.Minutes: "number"} {
		if def := c.p.Facts.Get(name); def == nil || def.Type != typ {
			c.fault(b.Line, fmt.Sprintf("books: %s is no fact of type %s", name, typ), "declare it under facts")
		}
	}
	for _, name := range b.Of {
		if def := c.p.Facts.Get(name); c.p.Roles.Get(name) == nil && (def == nil || def.Type != "item") {
			c.fault(b.Line, "books: "+name+" is no role and no fact of type item", "name one")
		}
	}
	for _, name := range b.Stages {
		c.known(b.Line, "books", named{"stage", name}, c.p.Stages.Names)
	}
}
