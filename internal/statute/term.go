package statute

import (
	"fmt"

	"yifa/internal/calendar"
)

// Direction says which way a term runs from its anchor.
type Direction string

// Forward: act by the last day. Backward: act at the latest so long before the anchor.
// NotBefore: do not act sooner than so long after it.
const (
	Forward   Direction = "forward"
	Backward  Direction = "backward"
	NotBefore Direction = "not_before"
)

// Whom a term binds, as values of Term.Binds.
const (
	Organ = "organ"
	Party = "party"
	Court = "court"
)

// NextWorkday as value of Term.Roll: a last day that is a rest day moves to the next working day.
const NextWorkday = "next_workday"

// Term is a length of time the law sets, in all its versions.
type Term struct {
	ID        string        `yaml:"id"`
	Aliases   []string      `yaml:"aliases"`
	Title     string        `yaml:"title"`
	Direction Direction     `yaml:"direction"`
	Binds     string        `yaml:"binds"`      // organ, party or court
	Anchor    string        `yaml:"anchor"`     // the event it counts from, in words
	Roll      string        `yaml:"roll"`       // next_workday or none
	StartCite Cite          `yaml:"start_cite"` // why the day of the event is not counted
	RollCite  Cite          `yaml:"roll_cite"`
	Follows   Cite          `yaml:"follows"`   // the provision by which the counting rules of another statute hold for this term
	PostCite  Cite          `yaml:"post_cite"` // what is posted in time is in time; zero: as the statute of StartCite says
	Service   bool          `yaml:"service"`   // the event is that a paper reaches the one the term binds
	After     []string      `yaml:"after"`     // the event is that the last of these terms has run out
	Expiry    string        `yaml:"expiry"`    // what follows when it has run out
	Versions  []TermVersion `yaml:"versions"`
	Examples  []Example     `yaml:"examples"`
	En        TermWords     `yaml:"en"`
	Hant      TermWords     `yaml:"zh-Hant"`
}

// TermWords are a term's texts in another language, for information only.
type TermWords struct {
	Title  string `yaml:"title"`
	Anchor string `yaml:"anchor"`
	Expiry string `yaml:"expiry"`
}

// TermVersion is a term's value from a day on. To is exclusive; zero: still in force.
type TermVersion struct {
	From     calendar.Date     `yaml:"from"`
	To       calendar.Date     `yaml:"to"`
	Length   Length            `yaml:"length"`
	Cite     Cite              `yaml:"cite"`
	Profiles map[string]string `yaml:"profiles"` // profile → id of the term that holds instead
	Extend   []Extension       `yaml:"extend"`
	Suspend  []Ground          `yaml:"suspend"` // the clock stands still
	Exclude  []Ground          `yaml:"exclude"` // time that is not counted in
	Status   Status            `yaml:"status"`
}

// Extension is a prolongation somebody may grant so many times. Length is the most one of them may
// add; one without number (合理期限) sets no limit.
type Extension struct {
	Length Length `yaml:"length"`
	By     string `yaml:"by"` // of vocabulary.yaml, and the role in a procedure
	Times  int    `yaml:"times"`
	Cite   Cite   `yaml:"cite"`
}

// Ground is why time stands still or is not counted.
type Ground struct {
	Ground string `yaml:"ground"`
	Cite   Cite   `yaml:"cite"`
}

// Words returns the term's texts in zh-Hans, zh-Hant or en.
func (t Term) Words(lang string) TermWords {
	switch lang {
	case "en":
		return t.En
	case "zh-Hant":
		return t.Hant
	}
	return TermWords{t.Title, t.Anchor, t.Expiry}
}

// inForce returns the version that holds on a day.
func (t Term) inForce(on calendar.Date) (TermVersion, error) {
	for _, v := range t.Versions {
		if v.From <= on && (v.To == 0 || on < v.To) {
			return v, nil
		}
	}
	err := &NotInForce{Term: t.ID, On: on}
	for _, v := range t.Versions {
		if on < v.From && err.From == 0 {
			err.From = v.From
		}
		if v.To != 0 && v.To <= on {
			err.To = v.To
		}
	}
	return TermVersion{}, err
}

// UnknownTerm is the error for an id that is no term's id or alias.
type UnknownTerm string

func (e UnknownTerm) Error() string { return fmt.Sprintf("statute: there is no term %q", string(e)) }

// NotInForce is the error for a day on which a term has no version. From is the first day after
// it on which one holds, To the day on which the last one before it ended; zero: there is none.
type NotInForce struct {
	Term     string
	On       calendar.Date
	From, To calendar.Date
}

func (e *NotInForce) Error() string {
	s := fmt.Sprintf("statute: term %s is not in force on %s", e.Term, e.On)
	if e.To != 0 {
		s += fmt.Sprintf(": it ended on %s", e.To)
	}
	if e.From != 0 {
		s += fmt.Sprintf(": it holds from %s", e.From)
	}
	return s
}
