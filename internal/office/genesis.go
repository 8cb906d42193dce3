package office

import (
	"context"
	"errors"

	"yifa/internal/calendar"
	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// ErrBegun: the record has begun; the operator's seed list is closed.
var ErrBegun = errors.New("office: the record has begun")

// seedAct is the act of the seed list, in every register that has one.
const seedAct = "genesis"

// Seed makes a register entry of the seed list, by actor operator: organs and the first posts, before
// the platform is used. It is refused with ErrBegun once anybody else has acted.
func (o *Office) Seed(ctx context.Context, register string, fields map[string][]string) error {
	now := o.now()
	try := procedure.Attempt{Procedure: register, Act: seedAct, By: matter.Actor{Person: matter.PersonOperator},
		Happened: calendar.MomentAt(now), Recorded: now, Fields: fields}
	_, err := o.submit(ctx, request{try: try})
	return err
}

// Person is somebody who can sign in. What he may do follows from posts alone.
type Person struct {
	ID, Login, Name, Password string // Password empty: cannot sign in
}

// PutPerson writes an account.
func (o *Office) PutPerson(ctx context.Context, p Person) error {
	hash := ""
	if p.Password != "" {
		if err := identity.CheckPassword(p.Password, p.Login, p.Name); err != nil {
			return err
		}
		var err error
		if hash, err = o.hasher.Hash(ctx, p.Password); err != nil {
			return err
		}
	}
	defer o.known.Store(nil)
	return o.db.Write(ctx, func(tx *store.Tx) error {
		return tx.PutAccount(ctx, store.Account{Person: p.ID, Login: p.Login, Name: p.Name, Hash: hash}) // without a password it lets nobody in
	})
}
