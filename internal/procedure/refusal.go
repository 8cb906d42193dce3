package procedure

import (
	"errors"
	"fmt"
	"strings"
)

// ErrUnknownAct: no act of that name stands in the procedure.
var ErrUnknownAct = errors.New("procedure: unknown act")

// Refusal is the law's no. It is an answer, not a fault: shown with its provision (422).
type Refusal struct {
	Act, Cite, Reason string
	Args              map[string]string // ids, days and enumerations, never personal text
	In                string            // id@version of the linked matter's procedure that refuses, and In's act; empty: the act's own
	InAct             string
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("procedure: %s refused: %s (%s)", r.Act, r.Reason, r.Cite)
}

// FieldError is what is wrong with one answer; shown at the field (400).
type FieldError struct {
	Field, Key string // Key: required, too_long, not_an_option …
	Args       map[string]string
}

// FieldErrors is every fault of a form at once, in the form's order.
type FieldErrors []FieldError

func (e FieldErrors) Error() string {
	s := make([]string, len(e))
	for i, f := range e {
		s[i] = f.Field + " " + f.Key
	}
	return "procedure: form: " + strings.Join(s, ", ")
}

// Reasons the engine itself gives. Procedures add their own under `reasons`.
const (
	NotYourAct    = "not_your_act"    // the act belongs to another role
	NotYourOrgan  = "not_your_organ"  // the post is in an organ that does not hold the matter
	NotAssigned   = "not_assigned"    // the matter is not assigned to this person
	Recused       = "recused"         // named or complained of in the matter, or access denied
	PersonRecused = "person_recused"  // somebody named for a task is kept away from the matter
	SecondPerson  = "second_person"   // another person must do this
	WrongStage    = "wrong_stage"     // args: stage
	FutureDay     = "future_day"      // args: day (today)
	BeforeLastAct = "before_last_act" // args: day (of the last act)
	NeedsAct      = "needs_act"       // args: act
	NeedsPart     = "needs_part"      // args: part, stage
	NoCertificate = "no_certificate"  // args: day: on that day the actor holds no certificate of the kind asked
	NotBeforeDay  = "not_before"      // args: day (from which it is open)
	AlreadyDone   = "already_done"    // args: day
	AlreadyOpen   = "already_open"    // the matter the act would open is there
	TooShort      = "too_short"       // args: day, last (day on which it could still be done), first (day for which it can be done now)
	TakenThen     = "taken_then"      // args: thing, from, to: another matter takes it up then
	NotKnownYet   = "not_known_yet"   // args: fact
	NoHolder      = "no_holder"       // no competent organ is registered
	NoExtension   = "no_extension"    // args: clock
	NotRunning    = "not_running"     // args: clock
	NoSuchAct     = "no_such_act"     // the version has no act of that name; only where one version is tried on the record of another
	CannotVoid    = "cannot_void"     // args: why (opening, served, published, system, opened_others, carried, voided)
	LaterAct      = "later_act"       // args: act, day: corrected so, the law would have refused that later act
	RestsOnIt     = "rests_on_it"     // args: act, day: what that later act sent out, published or opened would have been other
)
