package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"yifa/internal/store"
)

// How long the database may take to answer, and how long an answer holds: asking often costs nothing.
const (
	readyTime = 2 * time.Second
	readyKept = time.Second
)

// readiness tells whether requests can be answered: not while the database does not answer.
type readiness struct {
	db *store.DB

	mu   sync.Mutex
	at   time.Time
	last error
}

// ServeHTTP answers 200 "ok", or 503 "database" with the fault in the log.
func (h *readiness) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if err := h.check(r.Context()); err != nil {
		http.Error(w, "database", http.StatusServiceUnavailable)
		return
	}
	_, _ = fmt.Fprintln(w, "ok")
}

func (h *readiness) check(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now := time.Now(); now.Sub(h.at) > readyKept {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyTime)
		defer cancel()
		h.last = h.db.Read(ctx, func(q *store.Query) error {
			_, err := q.Meta(ctx, "program")
			return err
		})
		if h.at = time.Now(); h.last != nil {
			slog.Error("not ready", "fault", h.last)
		}
	}
	return h.last
}
