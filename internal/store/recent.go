package store

import (
	"fmt"
	"sync"

	"yifa/internal/matter"
)

// How many states and entries are kept decoded, twice at most: some 10 and 5 KiB each with their texts.
const keptStates, keptEntries = 512, 1024

// decoded is a value beside the text it was decoded from. Only the very text just read from the database tells
// whether it holds: none can be stale, nor of a transaction that was undone. Neither states nor headers hold what is
// sealed; parts are never kept.
type decoded[V any] struct {
	text  string
	value V
}

func (db *DB) decodeState(id matter.ID, text string) (matter.State, error) {
	if have, found := db.states.get(id); found && have.text == text {
		return have.value, nil
	}
	st, err := decodeState(text)
	if err != nil {
		return st, fmt.Errorf("store: state of %s: %w", id, err)
	}
	db.states.put(id, decoded[matter.State]{text, st})
	return st, nil
}

func (db *DB) decodeEntry(header string, hash []byte) (matter.Entry, error) {
	if have, found := db.entries.get(string(hash)); found && have.text == header {
		return have.value, nil
	}
	e, err := newEntry(header, hash)
	if err == nil {
		db.entries.put(string(hash), decoded[matter.Entry]{header, e})
	}
	return e, err
}

// recent keeps up to 2*limit values, those asked for last. What fills up is put aside whole, and what is
// not asked for before the next time goes. It is safe for use by many goroutines.
type recent[K comparable, V any] struct {
	limit int

	mu         sync.Mutex
	young, old map[K]V
}

func newRecent[K comparable, V any](limit int) *recent[K, V] {
	return &recent[K, V]{limit: limit, young: map[K]V{}}
}

func (r *recent[K, V]) get(k K) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, found := r.young[k]
	if !found {
		if v, found = r.old[k]; found {
			r.keep(k, v)
		}
	}
	return v, found
}

func (r *recent[K, V]) put(k K, v V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(k, v)
}

func (r *recent[K, V]) keep(k K, v V) {
	if _, has := r.young[k]; !has && len(r.young) >= r.limit {
		r.young, r.old = make(map[K]V, r.limit), r.young
	}
	r.young[k] = v
}
