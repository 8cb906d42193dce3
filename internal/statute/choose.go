package statute

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"yifa/internal/calendar"
)

// This file chooses between an old and a new law by the day of the conduct (从旧兼从轻, xzcf/37): the law of that day, and the
// law of the day of the decision where it is lighter or no longer regards the conduct as unlawful. Which is lighter is for
// a human to state; nothing here weighs penalties. Procedure goes by the day of each act and is not chosen.

// What somebody states of the new law beside the old one.
const (
	NotStated  = ""            // nobody has compared them yet
	NotLighter = "not_lighter" // as heavy or heavier
	Lighter    = "lighter"
	Lawful     = "lawful" // the new law does not regard the conduct as unlawful
)

// Why a law was chosen, as values of Choice.Why.
const (
	Unchanged  = "unchanged" // one text holds on both days
	OldHolds   = "old"       // the new one is not lighter
	NewLighter = "lighter"   // the new one is
	NewLawful  = "lawful"    // the new one does not regard it as unlawful
	Undecided  = "undecided" // the texts differ, and nobody has stated which is lighter
	NoneThen   = "none_then" // no such text held on the day of the conduct
)

// Conduct is what was done, on a day or over a stretch: To is zero for one day.
type Conduct struct{ From, To calendar.Date }

// ParseConduct reads A or A..B, each YYYY-MM-DD.
func ParseConduct(s string) (Conduct, error) {
	a, b, on := strings.Cut(s, "..")
	from, err := calendar.Parse(a)
	if err != nil || !on {
		return Conduct{From: from}, err
	}
	to, err := calendar.Parse(b)
	if err == nil && to < from {
		err = fmt.Errorf("statute: conduct %q ends before it begins", s)
	}
	return Conduct{from, to}, err
}

// UnmarshalYAML reads what ParseConduct reads; a fault names its line.
func (c *Conduct) UnmarshalYAML(n *yaml.Node) (err error) {
	if *c, err = ParseConduct(n.Value); err != nil || n.Kind != yaml.ScalarNode {
		return calendar.ValueFault(n, fmt.Sprintf("%q is not a day or a stretch of days", n.Value), "write 2026-08-10, or 2026-08-10..2026-09-01")
	}
	return nil
}

// Text is one version of a statute.
type Text struct {
	Key     string
	Version Version
}

// String writes key@version, "" for none.
func (t Text) String() string {
	if t.Key == "" {
		return ""
	}
	return t.Key + "@" + t.Version.ID
}

// Choice is which of two laws applies, and why.
type Choice struct {
	On      calendar.Date // day of the conduct that decides: its last
	Decided calendar.Date
	Ongoing bool   // the conduct went on over more than a day
	Old     Text   // of the day of the conduct; zero: none held
	New     []Text // of the day of the decision, where another than Old; several where several replaced it
	Applies []Text // empty: Undecided, NoneThen, or no law regards it as unlawful any more
	Why     string
}

// UnknownStatute is the error for a key that names no statute.
type UnknownStatute string

func (e UnknownStatute) Error() string {
	return fmt.Sprintf("statute: there is no statute %q", string(e))
}

// Choose says which version of a statute, or of what replaced it, applies to conduct on which is decided on a day. Errors:
// UnknownStatute, or a statement that is none of the four, or a decision before the conduct.
func (b *Book) Choose(key string, c Conduct, decided calendar.Date, stated string) (Choice, error) {
	s, ok := b.statutes[key]
	if !ok {
		return Choice{}, UnknownStatute(key)
	}
	out := Choice{On: max(c.From, c.To), Decided: decided, Ongoing: c.To > c.From}
	switch stated {
	case NotStated, NotLighter, Lighter, Lawful:
	default:
		return out, fmt.Errorf("statute: %q is no statement: write lighter, not_lighter or lawful", stated)
	}
	if decided < out.On {
		return out, fmt.Errorf("statute: decided on %s, before the conduct of %s", decided, out.On)
	}
	then, held := s.inForce(out.On)
	if !held {
		out.Why = NoneThen
		return out, nil
	}
	out.Old = Text{key, then}
	if then.To == 0 || decided < then.To {
		out.Why, out.Applies = Unchanged, []Text{out.Old}
		return out, nil
	}
	out.New = b.successors(s, then, decided)
	switch {
	case stated == NotStated:
		out.Why = Undecided
	case stated == NotLighter:
		out.Why, out.Applies = OldHolds, []Text{out.Old}
	case stated == Lawful:
		out.Why, out.Applies = NewLawful, out.New
	case len(out.New) == 0:
		return out, fmt.Errorf("statute: %s ended on %s and nothing replaced it: no new law is lighter", out.Old, then.To)
	default:
		out.Why, out.Applies = NewLighter, out.New
	}
	return out, nil
}

// successors are the texts that hold on a day in the place of a version that has ended.
func (b *Book) successors(s Statute, v Version, on calendar.Date) []Text {
	if now, ok := s.inForce(on); ok {
		return []Text{{s.Key, now}}
	}
	last := v
	for _, x := range s.Versions { // the version that ended last says what replaced the statute
		if x.To != 0 && x.To <= on && x.From >= last.From {
			last = x
		}
	}
	var out []Text
	for _, key := range last.By {
		if now, ok := b.statutes[key].inForce(on); ok {
			out = append(out, Text{key, now})
		}
	}
	return out
}

// ChoiceExample is a choice somebody worked out by hand, kept beside the statute.
type ChoiceExample struct {
	Conduct Conduct       `yaml:"conduct"`
	Decided calendar.Date `yaml:"decided"`
	Stated  string        `yaml:"stated"`
	Applies string        `yaml:"applies"` // key@version, several apart by a space; empty: none
	Why     string        `yaml:"why"`
	Note    string        `yaml:"note"`
}

// playChoices makes every choice of a statute and reports those that come out otherwise.
func (l *loader) playChoices(src calendar.Source, s Statute) {
	for i, e := range s.Choices {
		got, err := l.book.Choose(s.Key, e.Conduct, e.Decided, e.Stated)
		var applies []string
		for _, t := range got.Applies {
			applies = append(applies, t.String())
		}
		switch all := strings.Join(applies, " "); {
		case err != nil:
			l.faults = append(l.faults, src.Fault(err.Error(), "correct the example", "choices", i))
		case all != e.Applies || got.Why != e.Why:
			l.faults = append(l.faults, src.Fault(fmt.Sprintf("the example applies %q because %s, choosing comes to %q because %s", e.Applies, e.Why, all, got.Why),
				"work it out by hand again, and mend the example or the versions", "choices", i))
		}
	}
}
