package office

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"yifa/internal/identity"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// Kinds of second factor, as they are stored.
const (
	kindCodes    = "codes"     // a program shows codes that change with time
	kindNewCodes = "codes_new" // the same, until its first code has been typed
	kindRecovery = "recovery"  // one code on paper, good once
	kindPasskey  = "passkey"
)

// isSecond says whether a kind is asked for at sign-in: recovery codes only stand in for another.
func isSecond(kind string) bool { return kind == kindCodes || kind == kindPasskey }

// Factors are the second factors of a person.
type Factors struct {
	Codes    time.Time // since when a program shows codes; zero: none does
	Passkeys []Passkey
	Recovery int // recovery codes left
}

// Any says whether there is one.
func (f Factors) Any() bool { return !f.Codes.IsZero() || len(f.Passkeys) > 0 }

// Passkey is a passkey as its owner knows it.
type Passkey struct {
	ID, Name string
	Made     time.Time
}

// Factors are the reader's second factors.
func (o *Office) Factors(ctx context.Context, r Reader) (Factors, error) {
	var out Factors
	err := o.db.Read(ctx, func(q *store.Query) error {
		list, err := q.Factors(ctx, r.Person)
		out = factorsOf(list)
		return err
	})
	return out, err
}

func factorsOf(list []store.Factor) Factors {
	var out Factors
	for _, f := range list {
		switch f.Kind {
		case kindCodes:
			out.Codes = f.Made
		case kindRecovery:
			out.Recovery++
		case kindPasskey:
			out.Passkeys = append(out.Passkeys, Passkey{f.ID, f.Name, f.Made})
		}
	}
	return out
}

// SecondFactor goes on from a session that needs a second factor, with a code of a program or a recovery code. Errors:
// ErrNotFound where no such session waits, ErrCredentials, *LockedOut.
func (o *Office) SecondFactor(ctx context.Context, token, code string, from From) (Signed, error) {
	var out Signed
	var wrong error
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		s, a, err := o.session(ctx, &tx.Query, token)
		if err != nil {
			return err
		}
		if identity.Need(s.Needs) != identity.NeedFactor {
			return ErrNotFound
		}
		how, err := o.takeCode(ctx, tx, a, code, from)
		if how == "" || err != nil {
			wrong = err
			return nil // what was counted stays
		}
		s.How += "+" + string(how)
		out, err = o.advance(ctx, tx, a, s)
		return err
	})
	if err == nil {
		err = wrong
	}
	return out, notFound(err)
}

// takeCode takes a code of a second factor, or counts one that is wrong and says so.
func (o *Office) takeCode(ctx context.Context, tx *store.Tx, a store.Account, code string, from From) (identity.By, error) {
	now := o.now()
	if a.SecondUntil.After(now) {
		return "", &LockedOut{a.SecondUntil, a.SecondUntil.Sub(now)}
	}
	list, err := tx.Factors(ctx, a.Person)
	if err != nil {
		return "", err
	}
	for _, f := range list {
		how, err := o.codeOf(ctx, tx, f, code)
		if how != "" || err != nil {
			return how, err
		}
	}
	return "", o.wrongCode(ctx, tx, a, from)
}

// wrongCode counts a wrong code and says from when the next is taken.
func (o *Office) wrongCode(ctx context.Context, tx *store.Tx, a store.Account, from From) error {
	now, failures := o.now(), a.SecondFailures+1
	until, _, _ := identity.SecondPolicy.Wait([]identity.Failures{{Layer: identity.Account, Count: failures, Last: now}}, now)
	err := errors.Join(tx.SetSecondFailures(ctx, a.Person, failures, until), o.note(ctx, tx, a.Person, noted{identity.ByTOTP, resultWrong, from}))
	switch {
	case err != nil:
		return err
	case until.After(now):
		return &LockedOut{until, until.Sub(now)}
	}
	return ErrCredentials
}

// codeOf takes a code if it is one of this factor.
func (o *Office) codeOf(ctx context.Context, tx *store.Tx, f store.Factor, code string) (identity.By, error) {
	switch f.Kind {
	case kindCodes:
		secret, err := o.openFactor(f)
		if err != nil {
			return "", err
		}
		step, ok := identity.CheckCode(string(secret), code, o.now(), f.Used)
		if !ok {
			return "", nil
		}
		if first, err := tx.UseFactor(ctx, f.Person, f.ID, step); !first || err != nil {
			return "", err
		}
		return identity.ByTOTP, nil
	case kindRecovery:
		if typed := identity.RecoveryCode(code); typed == "" || o.recoveryID(f.Person, typed) != f.ID {
			return "", nil
		}
		if first, err := tx.DropFactor(ctx, f.Person, f.ID); !first || err != nil {
			return "", err
		}
		return identity.ByRecovery, nil
	}
	return "", nil
}

// recoveryPurpose is the purpose under which recovery codes are hashed.
const recoveryPurpose vault.Purpose = "recovery code"

// recoveryID is what is stored of a recovery code.
func (o *Office) recoveryID(person, code string) string {
	return hex.EncodeToString(o.vault.MAC(recoveryPurpose, []byte(person+"\x00"+code)))
}
