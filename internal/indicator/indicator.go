package indicator

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// Unit is what a figure counts in.
type Unit string

// The units of figures. Days are calendar days.
const (
	Matters Unit = "matters"
	Percent Unit = "percent"
	Days    Unit = "days"
)

// Values of a measure that has a clock.
const (
	InTime = "in_time"
	Late   = "late"
)

// Indicator is one definition: law/indicators/<id>@<from>.yaml. Exactly one of Counts, Share and
// Median is given.
type Indicator struct {
	Schema     int            `yaml:"schema"`
	ID         string         `yaml:"id"`
	From       calendar.Date  `yaml:"from"` // first day on which the figure is counted this way
	Label      string         `yaml:"label"`
	Meaning    string         `yaml:"meaning"`
	Population Population     `yaml:"population"`
	Unit       Unit           `yaml:"unit"`
	Measure    *Measure       `yaml:"measure"` // declared here, once
	Counts     *Counts        `yaml:"counts"`
	Share      *Share         `yaml:"share"`
	Median     *Median        `yaml:"median"`
	Cite       []statute.Cite `yaml:"cite"`
	Status     statute.Status `yaml:"status"`
	Hant       Words          `yaml:"zh-Hant"`
	En         Words          `yaml:"en"`

	Hash string `yaml:"-"` // SHA-256 of the file
}

// Words are label and meaning in one language.
type Words struct {
	Label   string `yaml:"label"`
	Meaning string `yaml:"meaning"`
}

// Population says which matters are counted and by which query of the store.
type Population struct {
	Procedure string `yaml:"procedure"`
	Query     string `yaml:"query"`
}

// Measure is a fact kept of every matter of the population: on which day, with which value.
type Measure struct {
	Name  string   `yaml:"name"`
	Day   string   `yaml:"day"` // opened, act (the latest of Acts), due (the next day the office must keep)
	Acts  []string `yaml:"acts"`
	Fact  string   `yaml:"fact"`  // the value; a list gives one row for each
	Clock string   `yaml:"clock"` // the acts stop it: the value is in_time or late
}

// Counts is a predicate over the rows of one measure.
type Counts struct {
	Measure string   `yaml:"measure"`
	Values  []string `yaml:"values"`  // empty: every value
	Overdue bool     `yaml:"overdue"` // the day lies before today, whatever the period
}

// Share is the percentage of one count among another.
type Share struct {
	Of    string `yaml:"of"`
	Among string `yaml:"among"`
}

// Median is the middle of the days from receipt to what an indicator counts.
type Median struct {
	Of string `yaml:"of"`
}

// Key is id@from, under which the definition is locked.
func (i *Indicator) Key() string { return "indicator/" + i.ID + "@" + i.From.String() }

// Words are label and meaning in zh-Hans, zh-Hant or en.
func (i *Indicator) Words(lang string) Words {
	switch lang {
	case "zh-Hant":
		return i.Hant
	case "en":
		return i.En
	}
	return Words{i.Label, i.Meaning}
}

// Takes reports whether a row of the measure counts, its day aside.
func (c *Counts) Takes(name, value string) bool {
	return c.Measure == name && (len(c.Values) == 0 || slices.Contains(c.Values, value))
}

// Rule is law/statistics.yaml: what is published of the figures, and who sees those of others.
type Rule struct {
	Schema int     `yaml:"schema"`
	Small  Small   `yaml:"small"`
	Named  Named   `yaml:"named"`
	Whole  []Whole `yaml:"whole"`
}

// Small says below how many a figure is not published.
type Small struct {
	Below int          `yaml:"below"`
	Cite  statute.Cite `yaml:"cite"`
}

// Named says from how many matters received an organ complained of is named.
type Named struct {
	From int          `yaml:"from"`
	Cite statute.Cite `yaml:"cite"`
}

// Whole gives the holders of posts in organs of a kind the counts of the organ's whole division.
type Whole struct {
	Kind  string       `yaml:"kind"`
	Posts []string     `yaml:"posts"`
	Cite  statute.Cite `yaml:"cite"`
}

// Set is every indicator with the rule. It is never changed once loaded.
type Set struct {
	Rule Rule

	all      []*Indicator // by id, then day
	measures map[string][]Measure
}

// All lists every definition, by id and day.
func (s *Set) All() []*Indicator { return slices.Clone(s.all) }

// On returns the definition of id in force on a day; nil where there is none.
func (s *Set) On(id string, on calendar.Date) *Indicator {
	var best *Indicator
	for _, i := range s.all {
		if i.ID == id && i.From <= on {
			best = i
		}
	}
	return best
}

// Measures lists what is measured of the matters of a procedure, by name.
func (s *Set) Measures(procedure string) []Measure { return s.measures[procedure] }
