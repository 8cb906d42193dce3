package webtest

import (
	"strings"
	"sync"
	"testing"
)

// Log is a log that many requests write to.
type Log struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String is all that was written.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Quiet fails the test, when it ends, for each line written from now on that tells of more than what went on: a fault
// nobody expected.
func (l *Log) Quiet(t testing.TB) {
	from := len(l.String())
	t.Cleanup(func() {
		for line := range strings.Lines(l.String()[from:]) {
			if !strings.Contains(line, "level=INFO") {
				t.Error("the log says: " + line)
			}
		}
	})
}
