package statute

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"yifa/internal/calendar"
)

// Example is a count somebody worked out by hand, kept beside the rule: of a term, or of a bare 日
// of a statute, which then gives its Length. internal/clock plays them.
type Example struct {
	File string `yaml:"-"`
	Line int    `yaml:"-"`

	Length  Length          `yaml:"length"`
	From    calendar.Moment `yaml:"from"`
	Pauses  []Pause         `yaml:"suspend"`
	Extend  []int           `yaml:"extend"` // units granted one after the other
	Profile string          `yaml:"profile"`
	Due     string          `yaml:"due"` // day or moment, " provisional" after it; none; not in force
	Note    string          `yaml:"note"`
}

// What Example.Due says where there is no day: the length has no number, or no version holds.
const (
	DueNone       = "none"
	DueNotInForce = "not in force"
)

// Pause is a stretch in which a clock stands still: from the day of the act that opens it to the
// day of the one that closes it. Ground is empty where the term knows one only.
type Pause struct {
	Ground   string
	From, To calendar.Date // To zero: it is still open
}

// ParsePause reads A..B, A.. or GROUND:A..B, each day YYYY-MM-DD.
func ParsePause(s string) (Pause, error) {
	ground, days, named := strings.Cut(s, ":")
	if !named {
		ground, days = "", s
	}
	a, b, ok := strings.Cut(days, "..")
	p := Pause{Ground: ground}
	var err error
	if p.From, err = calendar.Parse(a); err != nil || !ok {
		return p, fmt.Errorf("statute: %q is not a stretch such as 2026-03-10..2026-03-20", s)
	}
	if b == "" {
		return p, nil
	}
	if p.To, err = calendar.Parse(b); err != nil || p.To < p.From {
		return p, fmt.Errorf("statute: %q does not end on a day after it begins", s)
	}
	return p, nil
}

// UnmarshalYAML reads what ParsePause reads; a fault names its line.
func (p *Pause) UnmarshalYAML(n *yaml.Node) (err error) {
	if *p, err = ParsePause(n.Value); err != nil || n.Kind != yaml.ScalarNode {
		return calendar.ValueFault(n, fmt.Sprintf("%q is not a stretch of days", n.Value), "write 2026-03-10..2026-03-20, or hearing:2026-03-10..2026-03-20")
	}
	return nil
}
