package procedure

import (
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Snapshot is everything outside the matter that an act may read. Office loads it in the same
// transaction in which it stores what Fire decides.
type Snapshot struct {
	Posts    []Post           // all posts of the organs concerned, at least the actor's and the holder's
	Organs   map[string]Organ // by key
	Denied   bool             // the actor is denied by matter_access
	Calendar *calendar.Calendar
	Linked   map[matter.ID]matter.State
	Numbers  func(series, organ string, year int) int // next number
	NewID    func() matter.ID                         // id for a matter the act opens, on the same shard
	// Alias is by what whoever the words name is known within a matter and its parts: the same words give the same, and
	// it tells nothing to who does not hold the key.
	Alias func(whole matter.ID, words string) string
	Today calendar.Date // the office's day; the zero Date is a fault

	// Knows says whether there is a person of that id; nil: not asked. Taken says whether a register has, or ever had, an
	// item of a kind under a key; nil: not asked.
	Knows func(person string) bool
	Taken func(kind, key string) bool

	Certificates []Certificate

	// Item says whether a register of the organ that holds the matter has an item of a kind under a key; nil: not asked.
	// Clash names the first of what is wanted that another matter takes up then; nil: nothing is.
	Item  func(kind, key, organ string) bool
	Clash func(want matter.Booking) (Clash, bool)

	// Kept says how long a matter of an organ is kept, and whether somebody has put it on hold; nil: of none is anything known.
	Kept func(id matter.ID) Keeping

	// Work says whether open matters of an organ would be left without a handler if a person lost a post there; nil: none.
	Work func(person, post, organ string) bool

	// Record is every entry of the matter, for acts that correct it: those that void, and those that come late. Without it
	// nothing is corrected. Known is the calendar as it was known when an entry was recorded; nil: Calendar.
	Record []matter.Entry
	Known  func(recorded time.Time) *calendar.Calendar

	// Standing are the answers to a field of type filling as they stand, by name of what is filled in; nil: none. Lacks is
	// what a paper of a kind cannot be issued without on a day, filled in so; nil: not asked.
	Standing func(field string) map[string]string
	Lacks    func(kind string, on calendar.Date, filled map[string]string) []Lack

	// Seen, if set, hears how each condition came out; the compiler uses it.
	Seen func(r *Rule, held bool)
}

// Post is a role of a person in an organ for a period; To is exclusive, zero: open.
type Post struct {
	ID, Person, Organ, Role string
	For                     string // person whose post is exercised by delegation
	Of                      string // that post's id
	From, To                calendar.Date
}

// Certificate is what a person shows for what he may do; To is exclusive, zero: open.
type Certificate struct {
	Number, Person, Kind string
	From, To             calendar.Date
}

// Holds says whether the post stands on the day.
func (p Post) Holds(on calendar.Date) bool {
	return p.From <= on && (p.To.IsZero() || on < p.To)
}

// Organ is an organ as procedures see it.
type Organ struct {
	Key, Name, Division, Kind, Parent, Short string
	Symbol                                   string // with which the numbers of its papers begin; empty: Short
	ReviewBody                               string // key of the organ that reconsiders what it does; empty: not registered
	Court                                    string // before which it is sued; empty: not registered
}

// Attempt is an act somebody wants to do.
type Attempt struct {
	Matter    matter.ID
	Procedure string // id@version, or id: for opening acts
	Act       string
	By        matter.Actor
	Happened  calendar.Moment // legal day
	Recorded  time.Time
	Rev       int // revision the page showed; 0: not known (filer, system)
	Fields    map[string][]string
	Files     map[string][]matter.File
	Links     []matter.Link // of a matter opened from another, or joined to it
	Unlinks   []matter.Link // of a matter no longer joined to another
	Party     string        // of an act the law does because a party's clock ran out: whose
	From      matter.ID     // the matter whose act opens or carries this one; zero: somebody attempts it
	Key       string        // idempotency key
	Proved    *matter.Proof // by what an official has lately shown who he is; the office asks for it (prove), Fire does not
}

// LateProof is the field in which an entry made after the day it happened says how that day is
// proved. It is asked of every late entry, in no form, and lies in the staff part.
const LateProof = "late_proof"

// VoidsField is the field in which an act that may void any entry (voids: any) says which, by its seq. It is asked in
// no form; left out it is the last one.
const VoidsField = "voids"

// PartyField is the clear field, and the fact, that names the party or parties an act concerns: clocks that run per
// party start, stop and lapse for each by itself.
const PartyField = "party"

// Decision is what an act does, ready to be stored.
type Decision struct {
	Procedure *Procedure
	Act       *Act
	Kind      matter.Kind
	Given     matter.Facts
	Delta     matter.Delta
	Parts     []matter.Part
	Cite      []string
	Voids     int
	Opens     []Attempt // one for each Delta.Opens, in order; to be fired in the same transaction
	Carries   []Attempt // one for each Delta.Carries, in order; to be fired in the same transaction
}

// Choice is an act as a person sees it: open, or refused with its reason.
type Choice struct {
	Act     *Act
	Open    bool
	Refusal *Refusal
}
