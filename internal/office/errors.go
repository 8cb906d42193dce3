package office

import (
	"errors"

	"yifa/internal/matter"
)

// ErrNotFound: there is no such thing, or the reader may not know of it. The two look the same.
var ErrNotFound = errors.New("office: not found")

// ErrCodeUsed: the receipt code was good for one use, and was used (422).
var ErrCodeUsed = errors.New("office: this code was used already")

// ErrKeyReused: the idempotency key was used for something else (422).
var ErrKeyReused = errors.New("office: this key was used for something else")

// Conflict: somebody was faster. Between is what came between, in the reader's language (409).
type Conflict struct {
	Between []TimelineItem
	Own     bool // the reader did all of it
}

func (c *Conflict) Error() string { return matter.ErrConflict.Error() }

// Unwrap lets errors.Is find matter.ErrConflict.
func (c *Conflict) Unwrap() error { return matter.ErrConflict }

// BadFields are messages for the fields of a form by name, in the reader's language (400).
type BadFields map[string]string

func (b BadFields) Error() string { return "office: fields need attention" }

// Refused is a refusal in the reader's language (422). It wraps the law's own.
type Refused struct {
	View RefusalView
	Err  error
}

func (r *Refused) Error() string { return r.Err.Error() }

// Unwrap gives the law's refusal.
func (r *Refused) Unwrap() error { return r.Err }
