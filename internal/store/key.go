package store

import (
	"context"
	"time"

	"yifa/internal/matter"
)

// KeyState is what a master key is still good for.
type KeyState string

// States of a master key, in the order in which it goes through them.
const (
	KeyActive  KeyState = "active"  // wraps and signs
	KeyFormer  KeyState = "former"  // opens what is not wrapped anew yet
	KeyClosing KeyState = "closing" // the database refuses new parts under it
	KeyRetired KeyState = "retired" // nothing is wrapped by it
)

// MasterKey is what the database knows of a master key: never the key itself.
type MasterKey struct {
	ID     string
	State  KeyState
	Public []byte    // Ed25519, checks the heads it signed
	Since  time.Time // of the state
}

// MasterKeys returns every master key the data was sealed with, in order of their last change.
func (q *Query) MasterKeys(ctx context.Context) ([]MasterKey, error) {
	var list []MasterKey
	err := q.each(ctx, "vault_key_list", nil, func(scan scanFunc) error {
		var k MasterKey
		var since int64
		if err := scan(&k.ID, &k.State, &k.Public, &since); err != nil {
			return err
		}
		k.Since = fromMicros(since)
		list = append(list, k)
		return nil
	})
	return list, err
}

// PutMasterKey writes a master key or its new state.
func (tx *Tx) PutMasterKey(ctx context.Context, k MasterKey) error {
	_, err := tx.exec(ctx, "vault_key_put", k.ID, string(k.State), k.Public, micros(k.Since))
	return err
}

// PartKeys returns the ids of all keys that parts are wrapped by. It reads every part.
func (q *Query) PartKeys(ctx context.Context) ([]string, error) {
	var list []string
	err := q.each(ctx, "part_keys", nil, func(scan scanFunc) error {
		var id string
		err := scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

// PartPlace is where a part stands; the zero value is before all of them.
type PartPlace struct {
	Shard  matter.Shard `json:"shard"`
	Matter matter.ID    `json:"matter,omitempty"`
	Seq    int          `json:"seq,omitempty"`
	Class  matter.Class `json:"class,omitempty"`
	Party  string       `json:"party,omitempty"`
}

// PartsOfOthers returns at most limit parts after a place, in order of place, that another key has wrapped. Of a
// part it reads only what names and wraps its data key.
func (q *Query) PartsOfOthers(ctx context.Context, key string, after PartPlace, limit int) ([]StoredPart, error) {
	var list []StoredPart
	err := q.each(ctx, "part_other", []any{after.Shard, after.Matter, after.Seq, string(after.Class), after.Party, key, limit}, func(scan scanFunc) error {
		var p StoredPart
		var shard matter.Shard
		var class string
		err := scan(&shard, &p.Matter, &p.Seq, &class, &p.Party, &p.KeyID, &p.Wrapped)
		p.Class = matter.Class(class)
		list = append(list, p)
		return err
	})
	return list, err
}

// CountPartsOfOthers says how many parts another key has wrapped. It reads every part.
func (q *Query) CountPartsOfOthers(ctx context.Context, key string) (int, error) {
	var n int
	err := q.one(ctx, "part_other_count", []any{key}, &n)
	return n, err
}

// AllDrafts returns every draft, expired or not.
func (q *Query) AllDrafts(ctx context.Context) ([]Draft, error) {
	var list []Draft
	err := q.each(ctx, "draft_all", nil, func(scan scanFunc) error {
		var d Draft
		var expires int64
		err := scan(&d.ID, &d.Sealed, &expires)
		d.Expires = fromMicros(expires)
		list = append(list, d)
		return err
	})
	return list, err
}

// RewrapDraft, RewrapFactor and RewrapOrder replace what a row of theirs seals by the same under another key, unless it
// was changed or dropped since it was read.
func (tx *Tx) RewrapDraft(ctx context.Context, d Draft, sealed []byte) error {
	_, err := tx.exec(ctx, "draft_rewrap", sealed, d.ID, d.Sealed)
	return err
}

// RewrapFactor: see RewrapDraft.
func (tx *Tx) RewrapFactor(ctx context.Context, f Factor, sealed []byte) error {
	_, err := tx.exec(ctx, "factor_rewrap", sealed, f.Person, f.ID, f.Sealed)
	return err
}

// RewrapOrder: see RewrapDraft.
func (tx *Tx) RewrapOrder(ctx context.Context, o ActOrder, sealed []byte) error {
	_, err := tx.exec(ctx, "order_rewrap", sealed, o.ID, o.Sealed)
	return err
}
