package office

import (
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// The views below are what the doors show. Every text in them is already in the reader's
// language; a door lays them out and adds nothing.

// CiteView is a provision as a reader sees it.
type CiteView struct {
	Ref    string // gdjd/33.1
	Text   string // 广东省行政执法监督条例第三十三条第一款
	Gist   string // our own words
	Since  calendar.Date
	Status string // verified, partly, memory, platform
	Unsaid bool   // rests on an unverified source: show 平台设定
}

// WhyLine is one line of a derivation.
type WhyLine struct {
	When   string // the day or days, or empty
	Text   string
	Cite   string
	Unsaid bool // show 平台设定
	Answer bool
}

// SpanView is one line of a clock's ledger.
type SpanView struct {
	From, To calendar.Date // To zero: until today
	Kind     matter.SpanKind
	Count    int
	Ground   string
	By       string
}

// ClockView is one clock of a matter.
type ClockView struct {
	Name, Label string
	Cite        CiteView
	Status      matter.ClockStatus
	Late        bool
	Soon        bool // at most a tenth is left
	Left        int  // units left; when Late, units past
	Length      int
	Unit        string // in the reader's language: 个工作日
	Anchor, Due calendar.Date
	Ended       calendar.Date
	Today       calendar.Date
	Provisional bool
	Spans       []SpanView
	Why         []WhyLine
}

// FileView is a file the reader may open.
type FileView struct {
	Seq, Index int
	Class      matter.Class
	Name       string
	Media      string
	Size       int64
	Clean      bool // metadata-clean copy
	Openable   bool // false: sealed, or no clean copy exists
}

// Message is one message between filer and office, or an internal note.
type Message struct {
	Seq   int
	Mine  bool
	From  string
	On    calendar.Moment
	Text  string
	Files []FileView
	New   bool // the reader's side has not answered it
}

// TimelineItem is one thing that happened, happens now or comes next.
type TimelineItem struct {
	Seq    int
	State  string // done, now, next
	Title  string
	Note   string
	On     calendar.Moment
	By     string
	Number string
	Cites  []CiteView
	Voided bool
	Late   bool // recorded on a later day than it happened
	Files  []FileView
}

// RefusalView teaches: what cannot be done, why, on which ground, and what to do instead.
type RefusalView struct {
	What string
	Why  string
	Mend string
	Cite CiteView
}

// ActView is an act as it is offered to, or withheld from, a reader.
type ActView struct {
	Act, Label string
	Note       string
	Open       bool
	Refusal    *RefusalView
	Cites      []CiteView
	Unsaid     bool
	Form       bool // has fields to fill
	Likely     int  // lower comes first; 0: not marked
}

// FieldView is one field of an act's form, with what was typed.
type FieldView struct {
	Name     string
	Type     string       // as in forms: text, longtext, choice, choices, bool, date, moment, number, organ, officer, person, division, files, matter
	Class    matter.Class // "" for clear facts
	Label    string
	Hint     string
	Required bool
	Max      int
	Many     bool   // several may be given
	Show     string // condition over other fields under which it is asked, as in the form
	Options  []OptionView
	Value    []string
	Error    string
}

// OptionView is one choice of a field.
type OptionView struct {
	Value, Label, Hint string
}

// FormView is the page "do an act".
type FormView struct {
	Matter  Brief
	Act     ActView
	Rev     int
	Key     string // idempotency key to post back
	Fields  []FieldView
	Late    bool // offer 发生日期 for an act entered later
	Refusal *RefusalView
	Between []TimelineItem // what came between, after a conflict
}

// DueView is the day a brief shows.
type DueView struct {
	Label       string // 答复期限
	On          calendar.Date
	Left        int // units left, negative when late
	Unit        string
	Provisional bool
	Unsaid      bool
	Suspended   bool
	Mine        bool // binds the office; otherwise it waits for somebody else
}

// Brief is a matter in a list.
type Brief struct {
	ID        matter.ID
	Rev       int
	Title     string
	Number    string
	Procedure string // its title
	Stage     string // its label
	StageKey  string
	Organ     string // complained of, or ""
	Place     string
	Opened    calendar.Moment
	Due       *DueView
	Handlers  []string
	Next      string // the likely act, in words
	NextAct   string
	Closed    bool
	Waiting   bool // for somebody else
}

// DocumentView is a document of a matter.
type DocumentView struct {
	Name   string // acceptance_notice
	Label  string
	Number string
	Seq    int
	On     calendar.Date
	Class  matter.Class
}

// LinkView is another matter this one is joined to, if the reader may see it.
type LinkView struct {
	Kind  string // its label
	Brief Brief
}

// PartyField is a named text of the matter with who may see it.
type PartyField struct {
	Label string
	Value string
	Class matter.Class
}

// MatterView is the page of one matter.
type MatterView struct {
	Brief
	About     string       // 被反映单位
	Filer     string       // 匿名, or 实名（封存）
	Fields    []PartyField // what was reported
	Clocks    []ClockView
	Acts      []ActView
	Timeline  []TimelineItem
	Entries   int
	Messages  []Message
	Notes     []Message
	Documents []DocumentView
	Files     []FileView
	Links     []LinkView
	Today     calendar.Date
}

// Tracked is what a filer sees by receipt code.
type Tracked struct {
	MatterView
	CodeTail string // last four digits
	Status   string // the stage in plain words
	Result   string // what was found and done, once answered
	Next     []NextDay
	Remedies []Remedy
}

// NextDay is a day to come, with why.
type NextDay struct {
	On          calendar.Date
	Text        string
	Unsaid      bool
	Why         []WhyLine
	Provisional bool
}

// Remedy is another way open to the filer, with its last day where it can be computed.
type Remedy struct {
	Text   string
	On     calendar.Date
	Passed bool
	Cite   CiteView
	Why    []WhyLine
}

// Receipt is given once, when a report is filed.
type Receipt struct {
	Code      string // 16 digits, shown once
	ID        matter.ID
	At        time.Time
	Organ     string // reported
	Office    string // who handles it
	Anonymous bool
	Files     int
	Proof     string // hash of the entry, hex
	Next      NextDay
}

// OrganHit is an organ or officer found while reporting.
type OrganHit struct {
	Key  string
	Name string
	Hint string
	Kind string // organ, officer
}

// Draft is a report being written: sealed at rest, gone after 24 hours.
type Draft struct {
	ID      string // unguessable; in the address
	Fields  map[string][]string
	Files   []FileView
	Expires time.Time
	Filed   *Receipt // set once it was filed: the same answer again
}

// Outcome is one published result.
type Outcome struct {
	ID      matter.ID
	Title   string
	Summary string
	On      calendar.Date
	Place   string
	Result  string
}

// Figures are the public numbers of a period.
type Figures struct {
	From, To       calendar.Date
	Received       int
	Answered       int
	InTime         int // of Answered
	MedianDays     int // working days to the answer
	Rated, Pleased int
}

// DayLoad is one day of the two-week calendar.
type DayLoad struct {
	On    calendar.Date
	Kind  calendar.DayKind
	Due   int
	Today bool
}

// TodayView is the first page of the desk.
type TodayView struct {
	Today                            calendar.Date
	Kind                             calendar.DayKind
	Late, DueToday, Soon, Mine, Pool int
	First                            []Brief // late and due first
	Waiting                          []Brief // in the pool
	Days                             []DayLoad
	Unread                           []Brief // messages not answered
}

// Filter narrows a list; it is the query string of the list page.
type Filter struct {
	Procedure string // id; empty: all
	Scope     string // mine, pool, organ, all
	Stage     string
	Organ     string // complained of
	Due       string // late, today, soon
	Query     string // full text
	Closed    string // open (default), closed, all
	After     string // keyset cursor
	Limit     int
}

// ListView is a page of a list.
type ListView struct {
	Rows   []Brief
	Total  int  // counted up to 10,000
	More   bool // Total is a lower bound
	Next   string
	Stages []OptionView
	Organs []OptionView
}

// LateRow is one line of the leader's page.
type LateRow struct {
	Brief
	Person string
	Organ  string
	Opened calendar.Date // the clock's anchor
	Clock  string
	Due    calendar.Date
	By     int // units late
	Unit   string
	Why    string // what the matter waits for
}

// LeaderView says who is late, and with what.
type LeaderView struct {
	Today    calendar.Date
	ByOrgan  []LateCount
	ByPerson []LateCount
	Rows     []LateRow
	Extended []LateRow // extended, when and why
}

// LateCount is one organ or person with open and late matters.
type LateCount struct {
	Key, Name        string
	Open, Late, Soon int
}

// EntryView is one line of the whole record.
type EntryView struct {
	Seq      int
	Act      string
	Label    string
	Happened calendar.Moment
	Recorded time.Time
	By       string
	Stage    string
	Cites    []CiteView
	Hash     string
	Prev     string
	Voids    int
	Classes  []matter.Class
}

// DocumentText is a document in its first form: a readable page.
type DocumentText struct {
	DocumentView
	Issuer string
	Title  string
	Paras  []string // the last two are signature and date
	Matter Brief
}

// HowView is a procedure drawn from its data.
type HowView struct {
	ID, Title, Version string
	Basis              []CiteView
	Stages             []HowStage
	Clocks             []HowClock
	Diagram            string // SVG
}

// HowStage is one stage with what can be done in it.
type HowStage struct {
	Key, Label, Public string
	Acts               []HowAct
}

// HowAct is one act: who does it, under which provision.
type HowAct struct {
	Label, By, Note, To string
	Cites               []CiteView
	Unsaid              bool
}

// HowClock is one limit: how long, from what, and what follows when it runs out.
type HowClock struct {
	Label, Length, Starts, Stops, Lapse string
	Cite                                CiteView
	Unsaid                              bool
}
