package office

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"time"

	"yifa/internal/identity"
	"yifa/internal/store"
)

// ErrCredentials: name, password or code is wrong, or there is no such account; which of these is not told.
var ErrCredentials = errors.New("office: wrong name or password")

// LockedOut: too many failures; another try is possible at Until, which is Wait from now by the clock of the office.
type LockedOut struct {
	Until time.Time
	Wait  time.Duration
}

func (l *LockedOut) Error() string { return "office: locked out" }

// From is where somebody signs in from: an address, and browser and system as the door names them.
type From struct{ Address, Agent string }

// Signed is a session as a door keeps it. While it needs something it lets nobody in; only the step it needs goes on
// from it, and that gives another token.
type Signed struct {
	Token string
	Needs identity.Need
}

// Results of attempts to sign in, as the history keeps them.
const (
	resultIn      = "in"
	resultWrong   = "wrong"
	resultChanged = "changed"
	resultProved  = "proved"
)

// SignIn checks a password and begins a session. Names without an account are answered like wrong passwords, as
// slowly, and make wait as often. Errors: ErrCredentials, *LockedOut.
func (o *Office) SignIn(ctx context.Context, login, password string, from From) (Signed, error) {
	if login = strings.ToLower(strings.TrimSpace(login)); !isText(login) {
		login = "" // nobody's
	}
	a, err := o.accountBy(ctx, login)
	if errors.Is(err, store.ErrNotFound) {
		return Signed{}, o.unknownAccount(ctx, login, password, from)
	}
	if err != nil {
		return Signed{}, err
	}
	if err := o.checkPassword(ctx, a, password, from); err != nil {
		return Signed{}, err
	}
	return o.begin(ctx, a, identity.ByPassword, o.now(), from)
}

func (o *Office) accountBy(ctx context.Context, login string) (a store.Account, err error) {
	err = o.db.Read(ctx, func(q *store.Query) error {
		a, err = q.AccountByLogin(ctx, login)
		return err
	})
	return a, err
}

// unknownAccount does for a name without an account what a wrong password does for one with: it takes as long, counts,
// and writes a line, which does not say what was typed.
func (o *Office) unknownAccount(ctx context.Context, login, password string, from From) error {
	keys := map[identity.Layer]string{identity.Account: string(o.vault.MAC(unknownName, []byte(login)))}
	if wait := o.unknown.Wait(keys); wait > 0 {
		return &LockedOut{o.now().Add(wait), wait}
	}
	if _, err := o.hasher.Hash(ctx, password); err != nil {
		return err
	}
	o.unknown.Fail(keys)
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		return o.note(ctx, tx, "", noted{identity.ByPassword, resultWrong, from})
	})
	if err != nil {
		return err
	}
	if wait := o.unknown.Wait(keys); wait > 0 {
		return &LockedOut{o.now().Add(wait), wait}
	}
	return ErrCredentials
}

// unknownName is the purpose under which names without an account are counted.
const unknownName = "unknown account"

// checkPassword is nil for the right password of an account that may sign in.
func (o *Office) checkPassword(ctx context.Context, a store.Account, password string, from From) error {
	if a.Until.After(o.now()) {
		return &LockedOut{a.Until, a.Until.Sub(o.now())}
	}
	ok, _, err := o.hasher.Check(ctx, a.Hash, password)
	if err != nil {
		return err
	}
	closed, err := o.closed(ctx, a)
	if err != nil {
		return err
	}
	if !ok || closed {
		return o.failed(ctx, a, from)
	}
	return nil
}

// closed says whether an account lets nobody in: locked, ended, or every post of its person is over (ptsd/125).
func (o *Office) closed(ctx context.Context, a store.Account) (bool, error) {
	if a.Disabled {
		return true, nil
	}
	var reg *register
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		reg, err = o.registers(ctx, q)
		return err
	})
	return err == nil && reg.over(a.Person, o.Today()), err
}

// failed counts a wrong password and says from when the next try is possible.
func (o *Office) failed(ctx context.Context, a store.Account, from From) error {
	now := o.now()
	failures := a.Failures + 1
	until, _, _ := identity.SignInPolicy.Wait([]identity.Failures{{Layer: identity.Account, Count: failures, Last: now}}, now)
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.SetFailures(ctx, a.Person, failures, until), o.note(ctx, tx, a.Person, noted{identity.ByPassword, resultWrong, from}))
	})
	if err != nil {
		return err
	}
	if until.After(now) {
		return &LockedOut{until, until.Sub(now)}
	}
	return ErrCredentials
}

// noted is what the history keeps of an attempt.
type noted struct {
	how    identity.By
	result string
	from   From
}

// note writes a line of the history of attempts to sign in.
func (o *Office) note(ctx context.Context, tx *store.Tx, person string, n noted) error {
	id := make([]byte, 16)
	rand.Read(id)
	return tx.AddSignIn(ctx, id, store.SignIn{Person: person, At: o.now(), How: string(n.how), Result: n.result, Origin: n.from.Address, Agent: n.from.Agent})
}

// begin begins a session of somebody who has shown who he is, at an instant.
func (o *Office) begin(ctx context.Context, a store.Account, how identity.By, proved time.Time, from From) (Signed, error) {
	now := o.now()
	var out Signed
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		s := store.Session{Person: a.Person, How: string(how), Begun: now, Proved: proved, Origin: from.Address, Agent: from.Agent}
		out, err = o.advance(ctx, tx, a, s)
		return err
	})
	return out, err
}

// advance writes a session anew under a token of its own, with what it still needs. Where that is nothing the sign-in
// is over: failures are forgotten and a line is written.
func (o *Office) advance(ctx context.Context, tx *store.Tx, a store.Account, s store.Session) (Signed, error) {
	need, err := o.needs(ctx, tx, a, identity.By(s.How))
	if err != nil {
		return Signed{}, err
	}
	token, hash := identity.NewToken()
	old := s.ID
	s.ID, s.Needs, s.Used, s.By = hash, string(need), o.now(), s.How
	s.Expires = s.Begun.Add(o.rules.Absolute)
	inside := need == identity.NeedNothing || need == identity.NeedEnrol
	if !inside {
		s.Expires = o.now().Add(o.rules.Half)
	}
	if old != nil {
		if err := tx.DropSession(ctx, old); err != nil {
			return Signed{}, err
		}
	}
	if err := tx.PutSession(ctx, s); err != nil || !inside {
		return Signed{token, need}, err
	}
	if o.rules.OneSession {
		if err := tx.DropSessionsOf(ctx, a.Person, hash); err != nil {
			return Signed{}, err
		}
	}
	return Signed{token, need}, errors.Join(tx.SetSignedIn(ctx, a.Person, o.now()), tx.SetFailures(ctx, a.Person, 0, time.Time{}), tx.SetSecondFailures(ctx, a.Person, 0, time.Time{}),
		o.note(ctx, tx, a.Person, noted{identity.By(s.How), resultIn, From{s.Origin, s.Agent}}))
}

// needs is what is still missing of somebody who has shown who he is in these ways.
func (o *Office) needs(ctx context.Context, tx *store.Tx, a store.Account, how identity.By) (identity.Need, error) {
	second := strings.Contains(string(how), "+") || how == identity.ByPasskey
	list, err := tx.Factors(ctx, a.Person)
	if err != nil {
		return "", err
	}
	has := slices.ContainsFunc(list, func(f store.Factor) bool { return isSecond(f.Kind) })
	switch {
	case has && !second && how != identity.ByProvider:
		return identity.NeedFactor, nil
	case a.MustChange && a.Hash != "" && how != identity.ByProvider:
		return identity.NeedPassword, nil
	case has || second || how == identity.ByProvider || len(o.rules.SecondFor) == 0:
		return identity.NeedNothing, nil
	}
	reg, err := o.registers(ctx, &tx.Query)
	if err != nil {
		return "", err
	}
	for _, post := range reg.held(a.Person, o.Today()) {
		if slices.Contains(o.rules.SecondFor, post.Role) {
			return identity.NeedEnrol, nil
		}
	}
	return identity.NeedNothing, nil
}

// SignOut ends a session; one that has ended already is no error.
func (o *Office) SignOut(ctx context.Context, token string) error {
	hash, err := identity.TokenHash(token)
	if err != nil {
		return nil
	}
	return o.db.Write(ctx, func(tx *store.Tx) error { return tx.DropSession(ctx, hash) })
}
