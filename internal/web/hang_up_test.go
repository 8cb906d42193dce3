package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"github.com/a-h/templ"
)

// hungUp is a reader who is gone when the page comes.
type hungUp struct {
	header   http.Header
	statuses []int
}

func (w *hungUp) Header() http.Header       { return w.header }
func (w *hungUp) WriteHeader(status int)    { w.statuses = append(w.statuses, status) }
func (w *hungUp) Write([]byte) (int, error) { return 0, syscall.EPIPE }

// Whoever hangs up is answered once and is no fault of ours.
func TestHungUp(t *testing.T) {
	var log strings.Builder
	page := Handle(func(w http.ResponseWriter, r *http.Request) error {
		return Render(w, r, http.StatusOK, NewPage(r, Portal, "x"), templ.Raw("<h1>x</h1>"))
	})
	w := &hungUp{header: http.Header{}}
	Stack(page, Options{Log: slog.New(slog.NewTextHandler(&log, nil))}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if len(w.statuses) != 1 || strings.Contains(log.String(), "fault") {
		t.Errorf("statuses %v\n%s", w.statuses, log.String())
	}
}
