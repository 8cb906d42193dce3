package store

import (
	"context"
	"time"
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
