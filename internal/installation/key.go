package installation

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"yifa/internal/store"
	"yifa/internal/vault"
)

// Keys says where the keys come from. At most one field is set; with none it is KeyFile of the data folder.
type Keys struct {
	File       string // key file
	Secret     string // a key file's text or one bare secret
	Credential string // a file the service manager lays before the program
}

func openVault(opt Options) (*vault.Vault, error) {
	switch {
	case opt.Keys.Secret != "":
		return vault.OpenSecret(opt.Keys.Secret)
	case opt.Keys.Credential != "":
		return vault.OpenCredential(opt.Keys.Credential)
	}
	path := opt.Keys.File
	if path == "" {
		path = filepath.Join(opt.Dir, KeyFile)
	}
	if opt.MakeKey {
		if err := vault.Create(path, opt.Suite); err != nil && !errors.Is(err, vault.ErrKeyExists) {
			return nil, err
		}
	}
	return vault.Open(path)
}

// keyCheck is the name of the check value in the database.
const keyCheck = "key check"

// admit holds the keys to the data, before anything is written with them: vault.ErrOtherKey where they are not
// the ones it was begun with or one still needed is missing. A database that was never held to any remembers these.
func admit(ctx context.Context, db *store.DB, v *vault.Vault, now time.Time) error {
	var check string
	var keys []store.MasterKey
	err := db.Read(ctx, func(q *store.Query) (err error) {
		if check, err = q.Meta(ctx, keyCheck); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		keys, err = q.MasterKeys(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if check == "" {
		return adopt(ctx, db, v, now)
	}
	if !v.IsKeyOf(check) {
		return fmt.Errorf("installation: %w: nothing was opened or written; put back the key file this data was sealed with", vault.ErrOtherKey)
	}
	for _, k := range keys {
		if k.State != store.KeyRetired && !v.Holds(k.ID) {
			return fmt.Errorf("installation: %w: key %s is missing, with which part of it is sealed; put back the newest key file", vault.ErrOtherKey, k.ID)
		}
		if err := v.Know(k.ID, k.Public); err != nil {
			return err
		}
		if k.State == store.KeyActive {
			if err := v.Use(k.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// adopt remembers the keys of a database that does not know any yet, if they open what it holds.
func adopt(ctx context.Context, db *store.DB, v *vault.Vault, now time.Time) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		used, err := tx.PartKeys(ctx)
		if err != nil {
			return err
		}
		for _, id := range used {
			if !v.Holds(id) {
				return fmt.Errorf("installation: %w: it is sealed with key %s; put back the key file this data was sealed with", vault.ErrOtherKey, id)
			}
		}
		for _, k := range v.Keys() {
			state := store.KeyFormer
			switch {
			case k.ID == v.ActiveKey():
				state = store.KeyActive
			case !slices.Contains(used, k.ID):
				continue // it stands by
			}
			if err := tx.PutMasterKey(ctx, store.MasterKey{ID: k.ID, State: state, Public: k.Public, Since: now}); err != nil {
				return err
			}
		}
		return tx.PutMeta(ctx, keyCheck, v.Check())
	})
}
