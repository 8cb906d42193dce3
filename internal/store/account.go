package store

import (
	"context"
	"time"
)

// Account is how a person signs in. Posts, and with them permissions, are in the registers.
type Account struct {
	Person   string    // id of the person, as in matter.Actor
	Login    string    // unique, in lower case
	Name     string    // as shown on pages
	Hash     string    // argon2id, encoded
	Failures int       // failed sign-ins in a row
	Until    time.Time // no sign-in before; zero: none
	Disabled bool
}

// PutAccount writes an account, new or changed, whole.
func (tx *Tx) PutAccount(ctx context.Context, a Account) error {
	_, err := tx.exec(ctx, "account_put", a.Person, a.Login, a.Name, a.Hash, a.Failures, micros(a.Until), a.Disabled)
	return err
}

// SetFailures notes failed sign-ins of a person, and until when none is possible.
func (tx *Tx) SetFailures(ctx context.Context, person string, failures int, until time.Time) error {
	n, err := tx.exec(ctx, "account_fail", failures, micros(until), person)
	return oneRow("account "+person, n, err)
}

// Account returns the account of a person, or ErrNotFound.
func (q *Query) Account(ctx context.Context, person string) (Account, error) {
	return q.account(ctx, "account_find", person)
}

// AccountOf returns the account that holds a session not expired at now, or ErrNotFound.
func (q *Query) AccountOf(ctx context.Context, session []byte, now time.Time) (Account, error) {
	return q.account(ctx, "account_session", session, micros(now))
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
		return Account{}, ErrNotFound
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
		var until int64
		err := scan(&a.Person, &a.Login, &a.Name, &a.Hash, &a.Failures, &until, &a.Disabled)
		a.Until = fromMicros(until)
		list = append(list, a)
		return err
	})
	return list, err
}
