package pow

import (
	"context"
	"sync"
	"time"
)

// Memory remembers spent tokens of one process: for the demo and for a single node. Several nodes share a table.
type Memory struct {
	Now func() time.Time

	mu    sync.Mutex
	spent map[string]time.Time
	swept time.Time
}

// Spend says whether a token is new, and forgets those whose time is over.
func (m *Memory) Spend(_ context.Context, id string, until time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.Now()
	if m.spent == nil {
		m.spent = map[string]time.Time{}
	}
	if now.Sub(m.swept) > time.Hour {
		m.swept = now
		for k, t := range m.spent {
			if t.Before(now) {
				delete(m.spent, k)
			}
		}
	}
	if _, used := m.spent[id]; used {
		return false, nil
	}
	m.spent[id] = until
	return true, nil
}
