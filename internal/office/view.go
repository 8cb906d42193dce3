package office

import (
	"yifa/internal/calendar"
	"yifa/internal/i18n"
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
	On     calendar.Date // a day on which the version cited held, where today another does; else zero
	Status string        // verified, partly, memory, platform
	Unsaid bool          // rests on an unverified source: show 平台设定
}

// WhyLine is one line of a derivation.
type WhyLine struct {
	When   string // the day or days, or empty
	Text   string
	Cite   CiteView // the provision; empty: none
	Source string   // what it rests on in words: the provision and whether it is applied by analogy, or a notice
	Unsaid bool     // show 平台设定
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
	Left        int  // units left; when Late, days past
	Used        int  // units it took, once it has ended
	Over        int  // days it was over when it ended
	Missed      bool // it ended with nobody having acted in its time
	Length      int
	Unit        string // in the reader's language: 个工作日
	Counts      string // workday, day, hour, month or year: what the term counts
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

	Why   string // of one without a clean copy: kind, pixels, damaged, encrypted, long or virus
	Found string // what a virus scanner called it

	Of     string // of a redacted copy: the file it is of
	Former bool   // another redacted copy has taken its place, or the one that made it was taken back
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
	Said   []PartyField // to officials: what else the act was answered with
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
	lang i18n.Lang
}

// Said is why not and what to do instead in one line, in the reader's language.
func (v RefusalView) Said() string { return i18n.Sentences(v.lang, v.Why, v.Mend) }

// ActView is an act as it is offered to, or withheld from, a reader.
type ActView struct {
	Act, Label string
	Note       string
	Open       bool
	Refusal    *RefusalView
	Cites      []CiteView
	Unsaid     bool
	Form       bool // has fields to fill
	Imports    bool // takes existing papers in, on a page of its own
	Likely     int  // lower comes first; 0: not marked
	Late       bool // refused today, but may be entered for an earlier day
	Way        *PaperWay
}

// FieldView is one field of an act's form, with what was typed.
type FieldView struct {
	Name     string
	Type     string       // as in forms: text, longtext, choice, choices, bool, date, moment, number, organ, officer, person, division, files, matter, url, holidays, rows
	Class    matter.Class // "" for clear facts
	Label    string
	Hint     string
	Required bool
	Max      int
	Many     bool     // several may be given
	Posts    []string // of person: kinds of post that are offered
	Show     string   // condition over other fields under which it is asked, as in the form
	Asked    bool     // of a report: its condition holds for what has been typed
	Options  []OptionView
	Value    []string
	Error    string
	Year     string // of holidays in a matter: the year they are of
	Filled   bool   // is a field of the paper at hand
	Wordings []WordingView
}

// WordingView is a way to write an answer, filled with what is known of the matter.
type WordingView struct{ Name, Label, Text string }

// OptionView is one choice of a field.
type OptionView struct {
	Value, Label, Hint string
	Group              string // heading it stands under
	Stops              string // key of the advice given to whoever chooses it: what it is belongs elsewhere
}

// FormView is the page "do an act".
type FormView struct {
	Matter   Brief
	Act      ActView
	Rev      int
	Key      string // idempotency key to post back
	Fields   []FieldView
	Late     bool // offer 发生日期 for an act entered later
	LateOnly bool // refused today, but may be entered for an earlier day
	Refusal  *RefusalView
	Between  []TimelineItem // what came between, after a conflict
	Prove    bool           // the act asks its doer to show who he is, who has not lately
	Notice   *HolidaysView  // the act brings holidays into force: what it moves can be asked of Forecast
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
	For       string // whose matter it is, where the reader stands in for its handler
	Next      string // the likely act, in words
	NextAct   string
	Whose     string // who does Next, where it is not the reader
	May       bool   // Next is a right, not a duty
	Closed    bool
	Waiting   bool // for somebody else
	Outside   bool // the reader's organ is a party; Opened is the day it was told
}

// DocumentView is a document of a matter.
type DocumentView struct {
	In     matter.ID // the part of the matter it lies in; zero: in the matter itself
	Name   string    // acceptance_notice
	Label  string
	Number string
	Seq    int
	On     calendar.Date
	Class  matter.Class
	Filed  *FiledView // nil: its bytes are not made yet
	Making bool       // and will be without being asked for
	Gone   string     // what says that it was destroyed; empty: it was not
}

// FiledView is the bytes of a document, as they were filed.
type FiledView struct {
	Seal   string // SHA-256 of the certificate it is sealed with, hex; empty: it is not sealed
	On     calendar.Moment
	Size   int64
	SHA256 string // hex
	SM3    string // hex
	file   matter.File
}

// LinkView is another matter this one is joined to, if the reader may see it.
type LinkView struct {
	Kind  string // its label
	Part  bool   // is part of the matter
	Brief Brief
}

// PartyField is a named text of the matter with who may see it.
type PartyField struct {
	Label string
	Value string
	Class matter.Class
	Day   calendar.Date // of an answer that is a day or a moment; zero of any other
}

// MatterView is the page of one matter.
type MatterView struct {
	Brief
	About      string       // the organ it is about, or that it is not yet known
	AboutAs    string       // what that organ is called in the procedure: 被反映单位, 被监督机关; empty where there is none
	Office     string       // the organ that holds it
	Own        bool         // which is one of the reader's own organs
	Booked     bool         // a time is set for it, which a calendar program can be told
	Beside     []PartyField // who is assigned in roles beside the handler's
	Identity   bool         // who filed it is open to the reader
	Talk       bool         // the procedure has a filer with whom the office talks
	Filer      string       // 匿名, or 实名（封存）
	Fields     []PartyField // what was reported
	Clocks     []ClockView
	Acts       []ActView
	Timeline   []TimelineItem
	Entries    int
	Messages   []Message
	Notes      []Message
	Documents  []DocumentView
	Files      []FileView
	Existing   []ExistingView // papers taken in that were there before, in their order
	Links      []LinkView
	PartTables []PartsView
	Slip       bool // a link to what it serves can be handed over; see LinkSlip
	Today      calendar.Date
	Forms      []FormView      // of the acts that were asked for and are open
	Gone       []string        // what of it was destroyed, in words
	Parts      []DocumentView  // papers of the matters that are part of it, oldest first
	Served     *DocumentView   // what it serves, for whoever may open it; see OpenServed
	Drafted    bool            // it is about a paper that its office makes
	Sorting    *SortingView    // help for whoever may sort it now
	Unseen     bool            // the reader was told something of it and has not looked since
	Publishing *DisclosureView // what it publishes; nil where it publishes nothing
	Unsolved   []Brief         // reports that go on from an outcome it published, newest first, those the reader may see
}
