package office

import (
	"time"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/matter"
)

// Tracked is what a filer sees by receipt code.
type Tracked struct {
	MatterView
	CodeTail  string // last four digits
	Status    string // the stage in plain words
	Result    string // what was found and done, once answered
	Next      []NextDay
	Remedies  []Remedy
	Splits    []Brief       // split off this one; see SplitOff
	Paper     *DocumentView // served on the reader; see OpenServed
	Continues *Outcome      // the published outcome from which the filer reports on
	Published matter.ID     // its outcome that everybody can read; 0: none
	Inspected bool          // belongs to an inspection of the reader; see Inspections
}

// NextDay is a day to come, with why.
type NextDay struct {
	Name        string // of the clock
	On          calendar.Date
	Text        string
	Unsaid      bool
	Why         []WhyLine
	Provisional bool
	Passed      bool // the day is over and nothing was done
}

// Receipt is given once, when a report is filed: a Slip in words.
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
	Filed   *Slip // set once it was filed: the same answer again

	Contacts []DraftContact // those of a filer who gives her name
}

// Outcome is one published result.
type Outcome struct {
	ID        matter.ID
	Title     string
	Summary   string          // what was reported
	On        calendar.Date   // first published
	At        calendar.Moment // the same
	Corrected calendar.Date   // zero: never
	Changed   calendar.Moment // of the last act that everybody notices
	Place     string          // no finer than its county
	PlaceKey  string
	Organ     string // concerned
	OrganKey  string
	Kinds     []string // of problem, in words
	KindKeys  []string
	Finding   string // in a word: substantiated or not
	FindingIs string // its value
	Result    string // what was found
	Did       string // what the organ did
	Comment   string // of the head, on a typical case
	Hidden    []HiddenView
	Withdrawn *WithdrawnView // set: it was taken back, and none of its texts is here
}

// OutcomeFilter is what a reader asks of published results; empty fields do not narrow, and what is unknown in them narrows
// nothing.
type OutcomeFilter struct {
	Words  string // all of which stand in the public text; what was withdrawn is not found by words
	Organ  string // key
	Place  string // code of a county
	Kind   string // of problem
	Result string
	Period string // as Period has it; empty: since the first
	Only   string // typical: typical cases alone
	After  string // place of the page
}

// OutcomesView is a page of published results, with what may be asked of them.
type OutcomesView struct {
	Rows                                    []Outcome
	Next                                    string // place of the next page, empty on the last
	Total                                   int
	More                                    bool          // there are more than Total
	Filter                                  OutcomeFilter // as it was understood
	Organs, Places, Kinds, Results, Periods []Choice
}

// Choice is a value that may be asked for, in words.
type Choice struct{ Value, Label string }

// HiddenView is a kind of thing hidden in a published text, and how often.
type HiddenView struct {
	Kind  string
	Times int
}

// WithdrawnView says that a published result was taken back, and why.
type WithdrawnView struct {
	On  calendar.Date
	Why string
}

// DayLoad is one day of the two-week calendar.
type DayLoad struct {
	On    calendar.Date
	Kind  calendar.DayKind
	Due   int
	Today bool
}

// NoticeView is something the reader was told and has not yet opened.
type NoticeView struct {
	Brief
	On   calendar.Moment
	Text string
	Late bool
}

// TodayView is the first page of the desk.
type TodayView struct {
	Notices                          []NoticeView
	Today                            calendar.Date
	Kind                             calendar.DayKind
	Late, DueToday, Soon, Mine, Pool int
	Held                             int     // look as if sent in bulk: for somebody to look at
	Outside                          bool    // the reader's organs hold no matters; there is no pool
	First                            []Brief // late and due first
	Waiting                          []Brief // in the pool
	Days                             []DayLoad
	Unread                           []Brief    // messages not answered
	StandIn                          []PostLine // posts of others in which the reader stands in today
}

// Filter narrows a list; it is the query string of the list page.
type Filter struct {
	Procedure string // id; empty: all
	Scope     string // mine, pool, organ, all
	Stage     string
	Organ     string // complained of
	Due       string // late, today, soon
	Holder    string // organ that holds it
	Area      string // division in which the organ that holds it lies
	Handler   string // person
	Order     string // due: due first; new: newest first; empty: due first where open matters are listed
	Query     string // full text
	Closed    string // open (default), closed, all
	After     string // keyset cursor
	Limit     int

	// What a figure counts: the id of an indicator, the key of a period, and the row of the table. "-" stands
	// for what is not known. Organ, Holder and Handler narrow the figure where one is given.
	Figure, Period, Kind, County, Problem, Channel string
}

// Chip is one thing a list is narrowed to by the figure it was opened from, in words, with the parameters
// that go when it is taken away.
type Chip struct {
	Text string
	Drop []string
}

// ListView is a page of a list.
type ListView struct {
	Rows   []Brief
	Total  int  // counted up to 10,000
	More   bool // Total is a lower bound
	Few    bool // the reader's organs hold no matters: what there is was addressed to them
	Next   string
	Stages []OptionView
	Organs []OptionView
	Order  string   // due or new: how it is ordered
	Within []string // what the list is narrowed to besides what its form shows, in words
	Chips  []Chip
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
	Whole    bool // counts all organs of a division, also those whose matters the reader may not read
	ByCounty []LateCount
	ByOrgan  []LateCount
	ByPerson []LateCount
	Rows     []LateRow
	Extended []LateRow // extended, when and why
}

// LateCount is one county, organ or person with open and late matters.
type LateCount struct {
	Key              string // division, organ, or organ/person
	Name             string // empty: nobody has claimed them
	Organ            string // of a person
	Open, Late, Soon int
	Readable         int // of Open: those the reader may open
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
	Proved   *matter.Proof // to the office that holds the matter: by what the doer had shown who he is
	Gone     string        // what says that parts of it were destroyed; empty: none were
}

// DocumentText is a document as a readable page.
type DocumentText struct {
	DocumentView
	Paper       document.Paper
	Matter      Brief
	Missing     string // the character that no font has, for which it cannot be made
	MissingCode string // U+20BB7
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
	Label, Note, To string
	By              []string // the roles that may do it
	Cites           []CiteView
	Unsaid          bool
}

// HowClock is one limit: how long, from what, and what follows when it runs out.
type HowClock struct {
	Label, Length, Lapse string
	Starts               []string // the acts it is counted from
	Cite                 CiteView
	Unsaid               bool
}
