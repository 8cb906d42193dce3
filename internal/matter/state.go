package matter

import "yifa/internal/calendar"

// Facts are clear values by name: string (enumeration, id or YYYY-MM-DD), bool, int64 or
// []string. Never personal text. A nil value in a Delta takes the fact away.
type Facts map[string]any

// Delta is everything one act changes, decided once by Fire and folded for ever by Apply.
// It holds ids, enumerations, days and amounts, never personal text.
type Delta struct {
	Stage    string              `json:"stage,omitempty"` // new stage; empty: unchanged
	Facts    Facts               `json:"facts,omitempty"`
	Clocks   map[string]Clock    `json:"clocks,omitempty"` // whole new value of each clock touched
	Holder   string              `json:"holder,omitempty"` // organ that now holds the matter
	Assign   map[string][]string `json:"assign,omitempty"` // role → persons; empty list: nobody
	Numbers  []Number            `json:"numbers,omitempty"`
	Links    []Link              `json:"links,omitempty"`
	Unlinks  []Link              `json:"unlinks,omitempty"` // links that stand no longer
	Opens    []Opening           `json:"opens,omitempty"`
	Carries  []Carried           `json:"carries,omitempty"`
	Access   []Access            `json:"access,omitempty"`
	Items    []Item              `json:"items,omitempty"`
	Booking  *Booking            `json:"booking,omitempty"`  // what the matter takes up from now on, the whole of it
	Tell     []Notice            `json:"tell,omitempty"`     // outbox
	Undone   *Snapshot           `json:"undone,omitempty"`   // where the matter stands without the entry voided
	Redone   *Snapshot           `json:"redone,omitempty"`   // where it stands after an entry that came late: what follows it in law was decided anew
	Destroys []string            `json:"destroys,omitempty"` // "seq/class[/party]"
	Filed    *Filed              `json:"filed,omitempty"`
}

// Filed says which paper an entry of KindDocument files, by what template, and where its bytes lie. What they hash to
// and the key to them are in the entry's one part, whose class is that of the paper's readers.
type Filed struct {
	Of       int    `json:"of"`             // seq of the entry that made the paper
	Name     string `json:"name"`           // the document's name
	Template string `json:"template"`       // SHA-256 of the template, hex
	Blob     string `json:"blob"`           // address in the evidence store
	Seal     string `json:"seal,omitempty"` // SHA-256 of the certificate it was sealed with, hex; empty: not sealed
}

// Number is a document or matter number drawn from a gap-free series of an organ and year.
type Number struct {
	Series string `json:"series"` // act's series, e.g. complaint
	Organ  string `json:"organ"`
	Year   int    `json:"year"`
	N      int    `json:"n"`
	Text   string `json:"text"`          // 江蓬执监诉〔2026〕86号
	For    string `json:"for"`           // "matter" or the document's name
	Seq    int    `json:"seq,omitempty"` // of the entry that drew it; set by Apply
}

// Link joins two matters. Kind: split_from, split_to, about, transferred_to, part_of, reopens, joined_to, has_joined.
type Link struct {
	Kind string `json:"kind"`
	To   ID     `json:"to"`
}

// Opening is a matter that the act creates in the same transaction; its first entry is made by
// firing Act under Procedure with the facts and (from the attempt) the parts it takes along.
type Opening struct {
	ID        ID     `json:"id"`
	Procedure string `json:"procedure"`
	Act       string `json:"act"`
	Link      string `json:"link"`
	Given     Facts  `json:"given,omitempty"`
}

// Carried is an entry that the act makes in another matter in the same transaction.
type Carried struct {
	Matter ID     `json:"matter"`
	Act    string `json:"act"`
}

// Booking is what a matter takes up for a time: rooms, persons. Keys are KIND:ID, person:he-yuning.
type Booking struct {
	Keys    []string        `json:"keys"`
	From    calendar.Moment `json:"from"`
	Minutes int             `json:"minutes"`
	Off     bool            `json:"off,omitempty"` // called off: nothing is taken up
	Turn    int             `json:"turn"`          // 1, 2, 3 …: how often it was made, moved or called off
}

// Access gives or (Deny) takes a right from a holder key: organ:KEY:ROLE, post:ID, person:ID.
type Access struct {
	Holder string        `json:"holder"`
	Right  string        `json:"right"` // read, act
	From   calendar.Date `json:"from"`
	To     calendar.Date `json:"to,omitzero"`
	Deny   bool          `json:"deny,omitempty"`
}

// Item is one version of a register item: valid from its day to (exclusive) its end.
type Item struct {
	Kind  string        `json:"kind"` // organ, post, officer, calendar
	Key   string        `json:"key"`
	From  calendar.Date `json:"from"`
	To    calendar.Date `json:"to,omitzero"` // zero: open end
	Attrs Facts         `json:"attrs,omitempty"`
}

// Notice is something the outbox does after commit: tell a role or person, render a document.
type Notice struct {
	Kind string `json:"kind"` // tell, document, index
	To   string `json:"to"`   // role, person or document name
	What string `json:"what"` // message key or act
}

// ClockStatus says what a clock is doing.
type ClockStatus string

// A lapsed clock keeps its due day; a stopped one its day of stopping in Ended.
const (
	Running   ClockStatus = "running"
	Suspended ClockStatus = "suspended"
	Stopped   ClockStatus = "stopped"
	Lapsed    ClockStatus = "lapsed"
)

// SpanKind says how the days of a span count.
type SpanKind string

// Kinds of span in a clock's ledger.
const (
	Counted   SpanKind = "counted"
	Excluded  SpanKind = "excluded"
	Withheld  SpanKind = "suspended"
	LateSince SpanKind = "late"
)

// Span is a stretch of a clock's ledger, first and last day inclusive; To zero: still open.
type Span struct {
	From   calendar.Date `json:"from"`
	To     calendar.Date `json:"to,omitzero"`
	Kind   SpanKind      `json:"kind"`
	Count  int           `json:"count"`            // units counted in it, in the term's own unit; months and years in days
	Ground string        `json:"ground,omitempty"` // act that opened it
	Cite   string        `json:"cite,omitempty"`
	By     string        `json:"by,omitempty"` // person who did that act
}

// Clock is a term running in a matter: what clock decides and Apply only stores.
type Clock struct {
	Name        string        `json:"name"`
	Party       string        `json:"party,omitempty"`
	Term        string        `json:"term"`    // term id
	Version     string        `json:"version"` // the term's version: its from-day
	Length      int           `json:"length"`  // budget in Unit, extensions included
	Unit        string        `json:"unit"`
	Direction   string        `json:"direction,omitempty"` // backward or not_before; empty: forward
	Rolls       bool          `json:"rolls,omitempty"`     // a last day of rest moves to the next working day
	Anchor      calendar.Date `json:"anchor"`              // the day of the event; not counted
	Due         calendar.Date `json:"due,omitzero"`        // zero while suspended
	Provisional bool          `json:"provisional,omitempty"`
	Status      ClockStatus   `json:"status"`
	Left        int           `json:"left,omitempty"`     // remainder while suspended, in Unit; months and years in days
	Extended    int           `json:"extended,omitempty"` // times extended
	Ended       calendar.Date `json:"ended,omitzero"`     // day it stopped
	Calendar    string        `json:"calendar"`           // version of the calendar it was counted with
	// Since and DueAt are anchor and end of a term in hours, with their minute where known.
	Since calendar.Moment `json:"since,omitzero"`
	DueAt calendar.Moment `json:"due_at,omitzero"`
	Spans []Span          `json:"spans,omitempty"`
	// More are the extensions in another unit than the term's, counted one after the other from its last day.
	More []Added `json:"more,omitempty"`
}

// Added is an extension counted in a unit of its own.
type Added struct {
	N    int    `json:"n"`
	Unit string `json:"unit"`
}

// Done is one standing act.
type Done struct {
	Seq   int             `json:"seq"`
	Act   string          `json:"act"`
	On    calendar.Moment `json:"on"`
	By    Actor           `json:"by"`
	Stage string          `json:"stage"` // stage after it
	// Stopped is the due day of each clock the act stopped, zero where it was suspended: a clock that
	// runs again forgets its earlier run.
	Stopped map[string]calendar.Date `json:"stopped,omitempty"`
}

// State is where a matter stands: the fold of its entries.
type State struct {
	ID        ID                  `json:"id"`
	Procedure string              `json:"procedure"` // id@version
	Hash      string              `json:"procedure_hash"`
	Rev       int                 `json:"rev"`   // seq of the last entry
	Acted     int                 `json:"acted"` // seq of the last entry that is not of KindDocument
	Opened    calendar.Moment     `json:"opened"`
	Stage     string              `json:"stage"`
	Holder    string              `json:"holder"`
	Facts     Facts               `json:"facts"`
	Clocks    map[string]Clock    `json:"clocks"` // by name or name:party
	Assigned  map[string][]string `json:"assigned"`
	Numbers   []Number            `json:"numbers"`
	Links     []Link              `json:"links"`
	Access    []Access            `json:"access"`
	Items     []Item              `json:"items"`
	Booking   *Booking            `json:"booking,omitempty"`
	Done      []Done              `json:"done"`            // standing acts in order of seq, after a correction in legal order: by day, then seq
	Voided    map[int]int         `json:"voided"`          // seq → seq of the void
	Filed     map[int]int         `json:"filed,omitempty"` // seq of the entry that made a paper → seq of its filing
	Destroyed []Destroyed         `json:"destroyed,omitempty"`
}

// Destroyed is what one destruction took out of a matter: nobody reads these parts any more, whoever held their keys.
type Destroyed struct {
	Seq         int           `json:"seq"` // of the entry
	On          calendar.Date `json:"on"`
	List        string        `json:"list"`        // id of the list by which it was approved
	Certificate string        `json:"certificate"` // number of the certificate of destruction
	Scope       string        `json:"scope"`       // whole, or the class that went
	Files       int           `json:"files"`       // how many files went with the parts
	Parts       []string      `json:"parts"`       // "seq/class[/party]"
}

// Snapshot is the part of a State that a correction gives anew: all of it but links and numbers, which stay.
type Snapshot struct {
	Stage    string              `json:"stage"`
	Holder   string              `json:"holder"`
	Facts    Facts               `json:"facts"`
	Clocks   map[string]Clock    `json:"clocks"`
	Assigned map[string][]string `json:"assigned"`
	Access   []Access            `json:"access"`
	Items    []Item              `json:"items"`
	Booking  *Booking            `json:"booking,omitempty"`
	Done     []Done              `json:"done,omitempty"` // after an entry in the middle was voided or came late; none: those that stood
	Fell     []int               `json:"fell,omitempty"` // acts of the system that did not happen, as is known now: voided with it
}
