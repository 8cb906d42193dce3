package statute

import (
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
)

// Status says how far a provision or term was held against its source. Pages mark everything
// that is not Verified with 平台设定.
type Status string

// Verified: the full article was read. Partly: an excerpt or official summary. Memory: not read.
// Platform: our own default, which rests on no text of law.
const (
	Verified Status = "verified"
	Partly   Status = "partly"
	Memory   Status = "memory"
	Platform Status = "platform"
)

// Statuses lists every status, surest first.
var Statuses = []Status{Verified, Partly, Memory, Platform}

// Weakest returns the least sure of several statuses: a day is no surer than what it rests on.
func Weakest(all ...Status) Status {
	worst := Verified
	for _, s := range all {
		if slices.Index(Statuses, s) > slices.Index(Statuses, worst) {
			worst = s
		}
	}
	return worst
}

// Levels lists the ranks of legal texts, highest first; judicial are interpretations of the courts,
// platform is our own rules.
var Levels = []string{"law", "regulation", "party", "judicial", "provincial", "rule", "city", "policy", "platform"}

// Statute is one file of law/statutes.
type Statute struct {
	Schema     int             `yaml:"schema"`
	Key        string          `yaml:"key"`
	Title      string          `yaml:"title"` // in full, as published
	Short      string          `yaml:"short"` // as citations name it
	Number     string          `yaml:"number"`
	Level      string          `yaml:"level"`
	Source     string          `yaml:"source"` // row of the research registries
	Status     Status          `yaml:"status"` // of the text as a whole
	Numbering  string          `yaml:"numbering"`
	Counts     Counts          `yaml:"counts"`
	Versions   []Version       `yaml:"versions"`
	Provisions []Provision     `yaml:"provisions"`
	Examples   []Example       `yaml:"examples"` // of how a bare 日 of this text counts
	Choices    []ChoiceExample `yaml:"choices"`  // of an old and a new law, worked out by hand
	En         Name            `yaml:"en"`
	Hant       Name            `yaml:"zh-Hant"`
}

// Name is a statute's title and short title in another language, for information only.
type Name struct {
	Title string `yaml:"title"`
	Short string `yaml:"short"`
}

// Name returns the title and short title in zh-Hans, zh-Hant or en.
func (s Statute) Name(lang string) Name {
	switch lang {
	case "en":
		return s.En
	case "zh-Hant":
		return s.Hant
	}
	return Name{s.Title, s.Short}
}

// Version is a statute's text from a day on. To is exclusive; zero: still in force.
type Version struct {
	ID   string        `yaml:"id"` // the day it took effect
	From calendar.Date `yaml:"from"`
	To   calendar.Date `yaml:"to"`
	By   []string      `yaml:"by"` // keys of the statutes that replaced it on To
}

// Provision is one provision some rule cites, with its gist in our own words.
type Provision struct {
	At      string `yaml:"at"`      // 64.1.2
	Version string `yaml:"version"` // empty: in every version
	Sole    bool   `yaml:"sole"`    // its article has one paragraph, which citations then do not name
	Gist    string `yaml:"gist"`
	En      string `yaml:"en"`
	Hant    string `yaml:"zh-Hant"`
	Status  Status `yaml:"status"`
}

// Words returns the gist in zh-Hans, zh-Hant or en.
func (p Provision) Words(lang string) string {
	switch lang {
	case "en":
		return p.En
	case "zh-Hant":
		return p.Hant
	}
	return p.Gist
}

// Counts is how a statute counts a bare 日. Workdays lists the numbers that are working days
// ("2 3 5 7"), a bound ("<=10") or "all"; empty: none. Everything else is calendar days.
type Counts struct {
	Workdays string `yaml:"workdays"`
	Rest     string `yaml:"rest"` // calendar
	At       string `yaml:"at"`   // the provision that says so; empty where the statute is silent

	Follows map[string]Cite `yaml:"follows"` // statute whose rules on periods hold here too → the provision that says so
	Posted  string          `yaml:"posted"`  // the provision by which what is posted in time is in time
}

// unit says whether n bare days of this statute are working days.
func (c Counts) unit(n int) Unit {
	if bound, ok := strings.CutPrefix(c.Workdays, "<="); ok {
		if most, err := strconv.Atoi(bound); err == nil && n <= most {
			return Workday
		}
		return Day
	}
	if c.Workdays == "all" || slices.Contains(strings.Fields(c.Workdays), strconv.Itoa(n)) {
		return Workday
	}
	return Day
}

// inForce returns the version whose days include on.
func (s Statute) inForce(on calendar.Date) (Version, bool) {
	for _, v := range s.Versions {
		if v.From <= on && (v.To == 0 || on < v.To) {
			return v, true
		}
	}
	return Version{}, false
}
