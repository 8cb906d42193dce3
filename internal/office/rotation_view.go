package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// keyProcedure is the procedure by which two administrators put a master key to use.
const keyProcedure = "register.key"

// KeyView is a master key as administrators see it.
type KeyView struct {
	ID       string
	National bool          // it works by SM4 and SM2
	State    string        // standby, active, former, closing, retired
	Since    calendar.Date // of the state; of a key that stands by none
	Gone     bool          // it is no longer in the key file: retired for good
}

// KeysView is the master keys, and how far a rotation is.
type KeysView struct {
	Keys    []KeyView
	Rotated *Rotated // nil: none waits or runs
	Asked   []Brief  // requests that wait for a second administrator
}

// Rotated is how far a rotation is.
type Rotated struct {
	Key       string
	Done, All int
	Waiting   bool // all is wrapped anew; the former keys are held a little longer, until no program can still use them
}

// Keys are the master keys and the requests to use one, for an administrator; ErrNotFound else.
func (o *Office) Keys(ctx context.Context, r Reader) (KeysView, error) {
	if !r.May(access.Keyring) {
		return KeysView{}, ErrNotFound
	}
	v, err := o.MasterKeys(ctx)
	if err != nil {
		return v, err
	}
	list, err := o.List(ctx, r, Filter{Procedure: keyProcedure, Limit: keysShown})
	v.Asked = list.Rows
	return v, err
}

// MasterKeys are the master keys as the database and the key file know them now, for the operator.
func (o *Office) MasterKeys(ctx context.Context) (KeysView, error) {
	var v KeysView
	if err := o.vault.Reload(); err != nil {
		return v, err
	}
	var jobs []store.Job
	var known []store.MasterKey
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		if known, err = q.MasterKeys(ctx); err != nil {
			return err
		}
		jobs, err = q.WaitingJobs(ctx, jobRotate)
		return err
	})
	if err != nil {
		return v, err
	}
	seen, national := map[string]bool{}, map[string]bool{}
	for _, k := range o.vault.Keys() {
		national[k.ID] = k.Suite == vault.National
	}
	for _, k := range known {
		seen[k.ID] = true
		v.Keys = append(v.Keys, KeyView{ID: k.ID, National: national[k.ID], State: string(k.State), Since: calendar.On(k.Since), Gone: !o.vault.Holds(k.ID)})
	}
	for _, k := range o.vault.Keys() {
		if !seen[k.ID] {
			v.Keys = append(v.Keys, KeyView{ID: k.ID, National: national[k.ID], State: "standby"})
		}
	}
	if len(jobs) == 0 {
		return v, nil
	}
	var a rotateArgs
	if err := json.Unmarshal([]byte(jobs[0].Args), &a); err != nil {
		return v, fmt.Errorf("office: rotate: %w", err)
	}
	v.Rotated = &Rotated{Key: a.Key, Done: a.Done, All: a.All, Waiting: a.Phase != phaseWrapping}
	return v, nil
}

// keysShown is how many requests are looked through for open ones.
const keysShown = 20

// standsBy refuses, at its field, a request for a key that does not stand by.
func (o *Office) standsBy(ctx context.Context, r Reader, a Act) error {
	if a.Matter != 0 || a.Procedure != keyProcedure {
		return nil
	}
	v, err := o.Keys(ctx, r)
	if errors.Is(err, ErrNotFound) {
		return nil // the law refuses
	}
	if err != nil {
		return err
	}
	asked := ""
	if given := a.Fields[keyItem]; len(given) > 0 {
		asked = given[0]
	}
	for _, k := range v.Keys {
		if k.ID == asked && k.State == "standby" {
			return nil
		}
	}
	if asked == "" {
		return nil // the form asks for it
	}
	return BadFields{keyItem: i18n.T(r.Lang, "office.key_unknown")}
}

// keyHolds: a part may not name a key that was retired.
func (v *verifier) keyHolds(key string) error {
	if v.retired[key] {
		return fmt.Errorf("it is wrapped by the retired key %s", key)
	}
	return nil
}
