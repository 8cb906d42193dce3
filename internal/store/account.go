package store

import (
	"context"
	"time"

	"yifa/internal/matter"
)

// Account is how a person signs in. Posts, and with them permissions, are in the registers.
type Account struct {
	Person   string    // id of the person, as in matter.Actor
	Login    string    // unique, in lower case
	Name     string    // as shown on pages
	Hash     string    // argon2id, encoded; empty: no password
	Failures int       // failed sign-ins in a row
	Until    time.Time // no sign-in before; zero: none
	Disabled bool

	Matter     matter.ID // of register.account, which tells how it came to be; 0: none yet
	MustChange bool      // the password is known to whoever gave it out: its owner chooses another first

	SecondFailures int // wrong codes of second factors in a row
	SecondUntil    time.Time

	Ended    bool      // disabled for good, not only locked
	SignedIn time.Time // when its owner last came in; zero: never. Written by SetSignedIn alone
}

// PutAccount writes an account, new or changed, whole but for SignedIn.
func (tx *Tx) PutAccount(ctx context.Context, a Account) error {
	_, err := tx.exec(ctx, "account_put", a.Person, a.Login, a.Name, a.Hash, a.Failures, micros(a.Until), a.Disabled,
		a.Matter, a.MustChange, a.SecondFailures, micros(a.SecondUntil), a.Ended)
	return err
}

// SetSignedIn notes when a person came in.
func (tx *Tx) SetSignedIn(ctx context.Context, person string, at time.Time) error {
	n, err := tx.exec(ctx, "account_signed_in", micros(at), person)
	return oneRow("account "+person, n, err)
}

// SetFailures notes failed sign-ins of a person, and until when none is possible.
func (tx *Tx) SetFailures(ctx context.Context, person string, failures int, until time.Time) error {
	n, err := tx.exec(ctx, "account_fail", failures, micros(until), person)
	return oneRow("account "+person, n, err)
}

// SetSecondFailures notes wrong codes of a person's second factors, and until when none is taken.
func (tx *Tx) SetSecondFailures(ctx context.Context, person string, failures int, until time.Time) error {
	n, err := tx.exec(ctx, "account_fail_second", failures, micros(until), person)
	return oneRow("account "+person, n, err)
}

// Account returns the account of a person, or ErrNotFound.
func (q *Query) Account(ctx context.Context, person string) (Account, error) {
	return q.account(ctx, "account_find", person)
}

// AccountByLogin returns the account with a login name, or ErrNotFound.
func (q *Query) AccountByLogin(ctx context.Context, login string) (Account, error) {
	return q.account(ctx, "account_login", login)
}

// Accounts returns all accounts in order of person.
func (q *Query) Accounts(ctx context.Context) ([]Account, error) {
	return q.accounts(ctx, "account_list")
}

func (q *Query) account(ctx context.Context, name string, args ...any) (Account, error) {
	list, err := q.accounts(ctx, name, args...)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Account{}, err
	}
	return list[0], nil
}

func (q *Query) accounts(ctx context.Context, name string, args ...any) ([]Account, error) {
	var list []Account
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var a Account
		err := a.scan(scan)
		list = append(list, a)
		return err
	})
	return list, err
}

// scan reads the columns of an account after others.
func (a *Account) scan(scan scanFunc, before ...any) error {
	var until, second, id, in int64
	err := scan(append(before, &a.Person, &a.Login, &a.Name, &a.Hash, &a.Failures, &until, &a.Disabled,
		&id, &a.MustChange, &a.SecondFailures, &second, &a.Ended, &in)...)
	a.Until, a.SecondUntil, a.Matter = fromMicros(until), fromMicros(second), matter.ID(id)
	a.SignedIn = fromMicros(in)
	return err
}
