package office

import (
	"context"
	"errors"
	"strings"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/store"
)

// sessionKept is how long a browser stays signed in after the password was given, used or not.
const sessionKept = 8 * time.Hour

// ErrCredentials: name or password is wrong; which of the two is not told.
var ErrCredentials = errors.New("office: wrong name or password")

// LockedOut: too many failures; another try is possible at Until, which is Wait from now by the clock of the office.
type LockedOut struct {
	Until time.Time
	Wait  time.Duration
}

func (l *LockedOut) Error() string { return "office: locked out" }

// SignIn checks a password and gives the token of a new session. Errors: ErrCredentials,
// *LockedOut.
func (o *Office) SignIn(ctx context.Context, login, password string) (string, error) {
	if login = strings.ToLower(strings.TrimSpace(login)); !isText(login) {
		login = "" // nobody's
	}
	var a store.Account
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		a, err = q.AccountByLogin(ctx, login)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		_, err = o.hasher.Hash(ctx, password) // take as long as for a name that exists
		if err == nil {
			err = ErrCredentials
		}
		return "", err
	}
	if err != nil {
		return "", err
	}
	if a.Until.After(o.now()) {
		return "", &LockedOut{a.Until, a.Until.Sub(o.now())}
	}
	ok, _, err := o.hasher.Check(ctx, a.Hash, password)
	if err != nil {
		return "", err
	}
	if !ok || a.Disabled {
		return "", o.failed(ctx, a)
	}
	return o.newSession(ctx, a)
}

// failed counts a failure and says from when the next try is possible.
func (o *Office) failed(ctx context.Context, a store.Account) error {
	now := o.now()
	failures := a.Failures + 1
	until, _, _ := identity.SignInPolicy.Wait([]identity.Failures{{Layer: identity.Account, Count: failures, Last: now}}, now)
	err := o.db.Write(ctx, func(tx *store.Tx) error { return tx.SetFailures(ctx, a.Person, failures, until) })
	if err != nil {
		return err
	}
	if until.After(now) {
		return &LockedOut{until, until.Sub(now)}
	}
	return ErrCredentials
}

func (o *Office) newSession(ctx context.Context, a store.Account) (string, error) {
	token, hash := identity.NewToken()
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetFailures(ctx, a.Person, 0, time.Time{}); err != nil {
			return err
		}
		return tx.PutSession(ctx, store.Session{ID: hash, Person: a.Person, Data: []byte{}, Expires: o.now().Add(sessionKept)})
	})
	return token, err
}

// SignOut ends a session; one that has ended already is no error.
func (o *Office) SignOut(ctx context.Context, token string) error {
	hash, err := identity.TokenHash(token)
	if err != nil {
		return nil
	}
	return o.db.Write(ctx, func(tx *store.Tx) error { return tx.DropSession(ctx, hash) })
}

// ReaderOf is who holds a session, with today's posts; ErrNotFound once it has ended.
func (o *Office) ReaderOf(ctx context.Context, token string, lang i18n.Lang) (Reader, error) {
	hash, err := identity.TokenHash(token)
	if err != nil {
		return Reader{}, ErrNotFound
	}
	var r Reader
	err = o.db.Read(ctx, func(q *store.Query) error {
		a, err := q.AccountOf(ctx, hash, o.now())
		if err != nil {
			return err
		}
		if a.Disabled {
			return ErrNotFound
		}
		r, err = o.reader(ctx, q, a, lang)
		return err
	})
	return r, notFound(err)
}
