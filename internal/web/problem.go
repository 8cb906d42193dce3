package web

import (
	"errors"
	"fmt"
	"net/http"
)

// Problem is an answer that is not the page asked for: nothing is broken, and a person is told what to do next.
type Problem struct {
	Status int
	Key    string // <Key>_title and <Key>_text of the catalogue; empty: the words of the status
	Args   []any  // name, value for the placeholders
	Field  string // the field at fault, for handlers that show the form again
	Retry  int    // seconds to wait, of a 429 and a 503
}

// Error names the problem for logs and tests; pages use the catalogue.
func (p *Problem) Error() string {
	return fmt.Sprintf("web: %d %s %s", p.Status, p.key(), p.Field)
}

// The problems that need no more words.
var (
	NotFound  = &Problem{Status: http.StatusNotFound}
	Forbidden = &Problem{Status: http.StatusForbidden}
	Conflict  = &Problem{Status: http.StatusConflict}
	TooLarge  = &Problem{Status: http.StatusRequestEntityTooLarge}
	Gone      = &Problem{Status: http.StatusGone} // a draft that has run out
	LookOnly  = &Problem{Status: http.StatusServiceUnavailable, Retry: 600}
)

// BadInput is a value no form of ours would send, or a field to be asked again.
func BadInput(field, key string, args ...any) *Problem {
	return &Problem{Status: http.StatusBadRequest, Key: key, Args: args, Field: field}
}

// TooMany asks to come back after so many seconds.
func TooMany(seconds int) *Problem {
	return &Problem{Status: http.StatusTooManyRequests, Retry: max(seconds, 1)}
}

// key is the stem of the two messages of the problem.
func (p *Problem) key() string {
	if p.Key != "" {
		return p.Key
	}
	switch p.Status {
	case http.StatusForbidden:
		return "web.problem_forbidden"
	case http.StatusNotFound:
		return "web.problem_not_found"
	case http.StatusMethodNotAllowed:
		return "web.problem_method"
	case http.StatusConflict:
		return "web.problem_conflict"
	case http.StatusGone:
		return "web.problem_gone"
	case http.StatusRequestEntityTooLarge:
		return "web.problem_too_large"
	case http.StatusUnprocessableEntity:
		return "web.problem_refused"
	case http.StatusTooManyRequests:
		return "web.problem_too_many"
	case http.StatusServiceUnavailable:
		return "web.problem_look_only"
	}
	return "web.problem_bad_input"
}

// Classify turns an error of the layers below into a Problem; it returns nil where it does not know the error.
// The doors give it to Stack, so that this package needs to know neither law nor storage.
type Classify func(error) *Problem

// problemOf is the one map from errors to statuses. nil means a fault: we broke.
func problemOf(err error, classify Classify) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return TooLarge
	}
	if classify != nil {
		return classify(err)
	}
	return nil
}
