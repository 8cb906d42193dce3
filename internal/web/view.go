package web

import (
	"strconv"
	"strings"

	"yifa/internal/calendar"
)

// SeenBy is the class of readers of a field, message or file (design.md §6).
type SeenBy string

// The five classes.
const (
	SeenByAll     SeenBy = "public"
	SeenByParties SeenBy = "parties"
	SeenByFiler   SeenBy = "filer"
	SeenByStaff   SeenBy = "staff"
	SeenByNone    SeenBy = "sealed"
)

func (s SeenBy) icon() string {
	switch s {
	case SeenByAll:
		return "globe"
	case SeenByParties:
		return "people"
	case SeenByFiler:
		return "person"
	case SeenByStaff:
		return "office"
	}
	return "lock"
}

// key is the message that names the readers; the portal speaks to the filer, the desk about the filer.
// Key is the message that names the class to officials.
func (s SeenBy) Key() string { return s.key(false) }

func (s SeenBy) key(toFiler bool) string {
	switch s {
	case SeenByAll:
		return "web.sees_public"
	case SeenByParties:
		return "web.sees_parties"
	case SeenByFiler:
		if toFiler {
			return "web.sees_filer_you"
		}
		return "web.sees_filer"
	case SeenByStaff:
		return "web.sees_staff"
	}
	return "web.sees_sealed"
}

// Tag is a small label; Kind "" (brand), "green", "yellow", "red" or "grey".
type Tag struct{ Text, Kind string }

// Crumb is a path without language prefix and the words that lead there.
type Crumb struct{ Path, Text string }

// StepView is where a journey stands: step N of Of.
type StepView struct {
	Journey, Name string
	N, Of         int
}

// Note is one line of an assurance panel.
type Note struct{ Icon, Title, Text string }

// Refusal is what the law does not let happen now: why, by which provision, and what can be done instead.
type Refusal struct {
	Title, Why string
	Cites      []Cite
	Unverified bool
	Next       string
	NextLink   Crumb
}

// PagesView holds the paths (with their cursor) of the neighbouring pages; empty where there is none.
type PagesView struct{ Prev, Next string }

// Cite is a provision as a page shows it: Key `xzcf/60` names the card, Label is what stands in the sentence.
// A Cite without Gist is shown as plain text.
type Cite struct {
	Key        string
	Label      string // 第三十三条
	Title      string // 广东省行政执法监督条例第三十三条
	Gist       string // in our own words
	InForce    calendar.Date
	Unverified string // what is not verified about it; empty when it is
	Path       string // 看全文, without language prefix; empty when the text is not held
}

func (c Cite) id() string {
	return "cite-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '_'
	}, strings.ToLower(c.Key))
}

// Why is a derivation: how a day came about.
type Why struct {
	Summary string // words of the fold; empty: 为什么是这一天
	Open    bool
	Lines   []WhyLine
}

// WhyLine is one line of a derivation. The left column is Label, or the days From to To.
type WhyLine struct {
	Label      string
	From, To   calendar.Date
	Text       string
	Cites      []Cite
	Source     string // a source that is not a provision: 送达回证
	Unverified bool
	End        bool // the answer
}

// Act is something that can be done now, or cannot, with its reason.
type Act struct {
	Name       string
	Others     []string // closed: further acts that wait for the same thing
	Path       string   // empty when closed
	Note       string   // open: what follows; closed: why not, what to do instead, from which day
	Cite       *Cite
	Unverified bool
	Waiting    bool // closed only because its time has not come: a clock instead of a crossed circle
}

// actsSpread is from how many acts beside the first a line of closed acts folds their names.
const actsSpread = 3

// TimelineItem is one thing that happened or will. State "next" (hollow), "now" (yellow), "" (done).
type TimelineItem struct {
	State  string
	Title  string
	Note   string
	Said   []Answer // what else was answered
	At     calendar.Moment
	To     calendar.Date // last day of a span
	When   string        // words instead of a day: 现在
	Before bool          // 11月16日前
	Detail []string      // number, who
	Cite   *Cite
}

// Answer is a question and what was answered.
type Answer struct {
	Asked, Said string
	Day         calendar.Date // of one that is a day; zero of any other
}

// Message is one message of a dialogue; Mine stands at the right.
type Message struct {
	Mine bool
	Text string
	Who  string
	At   calendar.Moment
	Link Crumb
	Tag  *Tag
	Sees SeenBy // only where it differs from the group's
}

// Fact is a key with its value; Path makes the value a link, Sees marks it.
type Fact struct {
	Key, Value string
	Whole      string          // the beginning of Value, a number, that stays on one line
	At         calendar.Moment // shown with its year instead of Value
	Path       string
	Sees       SeenBy
}

// Receipt is the slip a filer keeps. QR holds the tracking address with the code after `#`.
type Receipt struct {
	Title  string
	Code   string // 16 digits
	Facts  []Fact
	QR     QR
	Proof  string // the promise of the ledger; empty until there is one
	Verify string // path of 怎样核验
}

// File is a document or attachment.
type File struct {
	Icon string // draft, clip or lock
	Name string
	Path string
	On   calendar.Date // of a paper
	Meta []string
	Sees SeenBy
}

// Figure is a number that leads to the matters it counts.
type Figure struct{ Value, Unit, Label, Path string }

// Sum is one box of the line of figures on the desk; Kind "late", "soon" or "".
type Sum struct {
	Value       int
	Label, Path string
	Kind        string
}

// DayCell is one day of the two weeks.
type DayCell struct {
	Day     calendar.Date
	Off     bool // 休
	Workday bool // 班: a working weekend
	Today   bool
	Count   int
}

// Task is one row of a list of work; Kind "late", "soon" or "".
type Task struct {
	Kind  string
	Due   calendar.Date // zero: no day
	Today bool          // 今天 instead of the day
	Tag   *Tag
	Title string
	Path  string
	Meta  []string // number, place
	Next  string   // 要做
	May   bool     // Next may be done or left: 可以
	Whose string   // who does Next, where it is not the reader: 等某人
	Link  Crumb    // or a link: 认领
}

// todo is the key of the word over what comes next.
func todo(t Task) string {
	if t.May {
		return "web.may_do"
	}
	return "web.to_do"
}

// SummaryRow is one answer of a check page.
type SummaryRow struct {
	Key    string
	Values []string // one paragraph each
	Note   string
	Change string // path; empty where it cannot be changed
}

func itoa(n int) string { return strconv.Itoa(n) }

func nonEmpty(parts []string) []string {
	kept := make([]string, 0, len(parts))
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return kept
}
