package web

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"syscall"
)

// Handle makes a handler of a function that returns an error: nil, a Problem (or what Classify knows) shown with its
// status, or a fault: 500, one log line, and a number the person can name on the telephone.
func Handle(f func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stateOf(r.Context()).route = r.Pattern
		if err := f(w, r); err != nil {
			answer(w, r, err)
		}
	})
}

// NotFoundPage answers what no route knows; register it as "/".
func NotFoundPage() http.Handler {
	return Handle(func(http.ResponseWriter, *http.Request) error { return NotFound })
}

// answer shows an error as a page.
func answer(w http.ResponseWriter, r *http.Request, err error) {
	s := stateOf(r.Context())
	if r.Context().Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)) {
		return // the reader went away; there is nobody to tell
	}
	p := problemOf(err, s.classify)
	if p == nil {
		id := newFaultID()
		s.logger().Error("fault", "id", id, "route", s.route, "err", err)
		p = &Problem{Status: http.StatusInternalServerError, Key: "web.problem_fault", Args: []any{"id", id}}
	}
	if p.Retry > 0 {
		w.Header().Set("Retry-After", itoa(p.Retry))
	}
	area, home := Portal, "/"
	if strings.HasPrefix(r.URL.Path, "/desk") {
		area, home = Desk, "/desk"
	}
	args := append([]any{"phone", s.site.phone(), "seconds", p.Retry}, p.Args...)
	key := p.key()
	switch {
	case area == Desk && key == "web.problem_not_found":
		key = "web.problem_not_found_desk" // officials have no receipt code; what they may not see is not there
	case area == Desk && key == "web.problem_fault":
		key = "web.problem_fault_desk" // they tell their administrator, not the hotline
	}
	title := T(r.Context(), key+"_title", args...)
	w.Header().Set("Cache-Control", "no-store")
	if s.tell != nil && s.tell(w, r, p.Status, T(r.Context(), key+"_text", args...)) {
		return
	}
	page := NewPage(r, area, title)
	if err := Render(w, r, p.Status, page, problemPage(title, T(r.Context(), key+"_text", args...), home)); err != nil {
		s.logger().Error("fault", "route", s.route, "err", err)
		http.Error(w, title, p.Status)
	}
}

// recovered turns a panic into a fault.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				answer(w, r, fmt.Errorf("web: panic: %v\n%s", v, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// newFaultID is 10 characters read easily over the telephone. It says nothing about who or when.
func newFaultID() string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:])[:10])
}

func (s *state) logger() *slog.Logger {
	if s.log != nil {
		return s.log
	}
	return slog.Default()
}

func (s Site) phone() string {
	if s.Phone == "" {
		return "12345"
	}
	return s.Phone
}
