package procedure

import (
	"regexp"
	"slices"

	"yifa/internal/calendar"
)

// Roster makes the items of a kind that the procedure keeps a public list: who or what stands in it today, never a text
// somebody wrote in confidence, since items hold facts alone.
type Roster struct {
	Line    int
	Item    string   `yaml:"item" doc:"kind of register item of its acts; what stands in the list is what is valid on the day"`
	Label   string   `yaml:"label" doc:"name of the list"`
	About   string   `yaml:"about" doc:"what the list is for, to the public"`
	Columns []string `yaml:"columns" doc:"facts shown, in this order; the first names the line"`
	By      string   `yaml:"by" doc:"fact of type division: lines are told apart by the county it is in"`
	Cite    []string `yaml:"cite"`
}

// Rosters are the procedures in force on a day that keep a public list, in the order of the law.
func (l *Law) Rosters(on calendar.Date) []*Procedure {
	var out []*Procedure
	for _, p := range l.all {
		if now, err := l.Procedure(p.ID, on); err == nil && now == p && p.Roster.Item != "" {
			out = append(out, p)
		}
	}
	return out
}

// kindsOfItems are the kinds of register items the office itself reads. Any other kind is one of a roster.
var kindsOfItems = []string{"organ", "post", "officer", "certificate", "calendar", "key", "hold", "room", "intake"}

var isKindOfItem = regexp.MustCompile(`^[a-z][a-z_]*$`)

// itemKind holds the kind of an item to those that somebody reads.
func (c *checker) itemKind(where string, i *ItemRule) {
	if i.Kind != c.p.Roster.Item && !slices.Contains(kindsOfItems, i.Kind) {
		c.fault(i.Line, where+": nobody reads items of kind "+i.Kind, "make it the item of the roster, or one of the registers")
	}
}

// roster holds the public list to the facts and items there are.
func (c *checker) roster() {
	r := c.p.Roster
	if r.Item == "" {
		return
	}
	c.cites(r.Line, "roster", r.Cite)
	if slices.Contains(kindsOfItems, r.Item) || !isKindOfItem.MatchString(r.Item) {
		c.fault(r.Line, "roster: "+r.Item+" is no kind of item of its own", "give its items a kind that no other register has, in small letters")
	}
	if r.Label == "" || r.About == "" || len(r.Columns) == 0 {
		c.fault(r.Line, "roster: a public list has a label, says what it is for, and shows something", "write label, about and columns")
	}
	for _, fact := range append(slices.Clone(r.Columns), optional(r.By)...) {
		c.known(r.Line, "roster", named{"fact", fact}, c.p.Facts.Names)
		for _, a := range c.p.AllActs() {
			for _, i := range a.Items {
				if i.Kind == r.Item && !i.Close && !slices.Contains(i.Attrs, fact) && i.Key != fact {
					c.fault(i.Line, "roster: "+a.Name+" makes an item without "+fact, "add it to attrs")
				}
			}
		}
	}
	if def := c.p.Facts.Get(r.By); def != nil && def.Type != "division" {
		c.fault(r.Line, "roster: by is a fact of type division", "name one, or leave by out")
	}
}
