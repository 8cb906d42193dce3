package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"yifa/internal/matter"
)

// idSet writes ids as a JSON object from id to shard, which both databases read as rows.
func idSet(ids []matter.ID) (string, error) {
	m := make(map[string]matter.Shard, len(ids))
	for _, id := range ids {
		m[strconv.FormatUint(uint64(id), 10)] = id.Shard()
	}
	b, err := json.Marshal(m)
	return string(b), err
}

// StatesOf returns the states of matters by id, in one query; those that do not exist are left out. A
// state is never changed: others may hold the same.
func (q *Query) StatesOf(ctx context.Context, ids []matter.ID) (map[matter.ID]matter.State, error) {
	return q.statesOf(ctx, "", ids)
}

// statesOf takes a lock of that kind, "lock" or "share", on every matter it returns.
func (q *Query) statesOf(ctx context.Context, lock string, ids []matter.ID) (map[matter.ID]matter.State, error) {
	set, err := idSet(ids)
	if err != nil {
		return nil, fmt.Errorf("store: states: %w", err)
	}
	out := make(map[matter.ID]matter.State, len(ids))
	s := q.db.build("matter_states", []string{lock})
	err = q.eachOf(ctx, "matter_states", s, []any{set}, func(scan scanFunc) error {
		var id matter.ID
		var state string
		if err := scan(&id, &state); err != nil {
			return err
		}
		st, err := q.db.decodeState(id, state)
		out[id] = st
		return err
	})
	return out, err
}

// Revisions returns the revisions of matters by id, and holds them unchanged (FOR SHARE) until the
// transaction ends; matters that do not exist are left out.
func (tx *Tx) Revisions(ctx context.Context, ids []matter.ID) (map[matter.ID]int, error) {
	set, err := idSet(ids)
	if err != nil {
		return nil, fmt.Errorf("store: revisions: %w", err)
	}
	out := make(map[matter.ID]int, len(ids))
	err = tx.each(ctx, "matter_revs", []any{set}, func(scan scanFunc) error {
		var id matter.ID
		var rev int
		err := scan(&id, &rev)
		out[id] = rev
		return err
	})
	return out, err
}

// EachPartOf calls fn for every part of some classes of the matters, in order of seq, in one query.
func (q *Query) EachPartOf(ctx context.Context, ids []matter.ID, classes []matter.Class, fn func(StoredPart) error) error {
	set, err := idSet(ids)
	if err != nil {
		return fmt.Errorf("store: parts: %w", err)
	}
	return q.each(ctx, "part_of", []any{set, classKeys(classes)}, func(scan scanFunc) error {
		var p StoredPart
		var class string
		var commitment, hash []byte
		if err := scan(&p.Matter, &p.Seq, &class, &p.Party, &p.KeyID, &p.Wrapped, &p.Ciphertext, &commitment, &hash); err != nil {
			return err
		}
		p.Class = matter.Class(class)
		return errors.Join(fill(&p.Commitment, commitment), fill(&p.CipherHash, hash), fn(p))
	})
}

// HasActed reports whether there is an entry of anybody but the person.
func (q *Query) HasActed(ctx context.Context, but string) (bool, error) {
	var acted bool
	err := q.one(ctx, "entry_acted", []any{but}, &acted)
	return acted, err
}
