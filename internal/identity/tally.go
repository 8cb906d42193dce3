package identity

import (
	"sync"
	"time"
)

// maxTallied bounds the memory of a tally: then the oldest memory goes, so that a flood of names cannot fill it.
const maxTallied = 20_000

// Tally counts failures by layer and key within this process and tells how long to wait. It remembers no
// address or name but as the caller's key, which should be a hash. What must hold across processes and
// restarts (the layer Account) is counted where accounts are stored.
type Tally struct {
	Policy Policy
	Now    func() time.Time

	mu   sync.Mutex
	seen map[tallied]Failures
}

type tallied struct {
	layer Layer
	key   string
}

// Wait is how long the next attempt under these keys is refused; 0: it may be made now.
func (t *Tally) Wait(keys map[Layer]string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.Now()
	var list []Failures
	for layer, key := range keys {
		if f, ok := t.seen[tallied{layer, key}]; ok {
			list = append(list, f)
		}
	}
	until, _, _ := t.Policy.Wait(list, now)
	return until.Sub(now)
}

// Fail counts a failure under each key. What lies further back than the window of its layer is forgotten.
func (t *Tally) Fail(keys map[Layer]string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.Now()
	if len(t.seen) >= maxTallied || t.seen == nil {
		t.seen = map[tallied]Failures{}
	}
	for layer, key := range keys {
		f := t.seen[tallied{layer, key}]
		if now.Sub(f.Last) >= t.Policy.Window(layer) {
			f.Count = 0
		}
		t.seen[tallied{layer, key}] = Failures{Layer: layer, Count: f.Count + 1, Last: now}
	}
}

// Forget takes back what was counted under one key: somebody has shown to be the right one.
func (t *Tally) Forget(layer Layer, key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.seen, tallied{layer, key})
}
