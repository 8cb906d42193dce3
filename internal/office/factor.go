package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"yifa/internal/identity"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// NewCodes begins to set up a program that shows codes: its secret, until the first code is typed.
func (o *Office) NewCodes(ctx context.Context, r Reader, issuer string) (identity.CodeSecret, error) {
	if err := o.mayChange(r); err != nil {
		return identity.CodeSecret{}, err
	}
	s, err := identity.NewCodeSecret(issuer, r.Login)
	if err != nil {
		return s, fmt.Errorf("office: codes: %w", err)
	}
	return s, o.db.Write(ctx, func(tx *store.Tx) error {
		return o.putFactor(ctx, tx, store.Factor{Person: r.Person, ID: kindNewCodes, Kind: kindNewCodes}, []byte(s.Secret))
	})
}

// ConfirmCodes ends the setting up with the first code; the program before it, if any, counts no more. It gives new
// recovery codes where there are none. Errors: ErrCredentials for a wrong code, ErrNotFound where nothing was begun.
func (o *Office) ConfirmCodes(ctx context.Context, r Reader, code string, from From) (recovery []string, err error) {
	if err := o.mayChange(r); err != nil {
		return nil, err
	}
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		list, err := tx.Factors(ctx, r.Person)
		if err != nil {
			return err
		}
		begun, left := store.Factor{}, 0
		for _, f := range list {
			if f.Kind == kindNewCodes {
				begun = f
			}
			if f.Kind == kindRecovery {
				left++
			}
		}
		if begun.ID == "" {
			return ErrNotFound
		}
		secret, err := o.openFactor(begun)
		if err != nil {
			return err
		}
		step, ok := identity.CheckCode(string(secret), code, o.now(), 0)
		if !ok {
			return ErrCredentials
		}
		if err := errors.Join(tx.DropFactors(ctx, r.Person, kindNewCodes), tx.DropFactors(ctx, r.Person, kindCodes)); err != nil {
			return err
		}
		if err := o.putFactor(ctx, tx, store.Factor{Person: r.Person, ID: kindCodes, Kind: kindCodes, Used: step}, secret); err != nil {
			return err
		}
		recovery, err = o.enrolled(ctx, tx, r, left, from)
		return err
	})
	return recovery, err
}

// enrolled ends the adding of a second factor: the first one brings recovery codes, and lets in who was waiting for it.
func (o *Office) enrolled(ctx context.Context, tx *store.Tx, r Reader, left int, from From) (recovery []string, err error) {
	if left == 0 {
		if recovery, err = o.putRecovery(ctx, tx, r); err != nil {
			return nil, err
		}
	}
	if err := o.note(ctx, tx, r.Person, noted{"", resultChanged, from}); err != nil || !r.MustEnrol {
		return recovery, err
	}
	list, err := tx.SessionsOf(ctx, r.Person, o.now())
	for _, s := range list {
		if err == nil && string(s.ID) == string(r.session) {
			s.Needs = ""
			err = tx.PutSession(ctx, s)
		}
	}
	return recovery, err
}

// NewRecovery gives new recovery codes in place of those there are. They are told once.
func (o *Office) NewRecovery(ctx context.Context, r Reader, from From) (codes []string, err error) {
	if err := o.mayChange(r); err != nil {
		return nil, err
	}
	return codes, o.db.Write(ctx, func(tx *store.Tx) error {
		if codes, err = o.putRecovery(ctx, tx, r); err != nil {
			return err
		}
		return o.note(ctx, tx, r.Person, noted{"", resultChanged, from})
	})
}

func (o *Office) putRecovery(ctx context.Context, tx *store.Tx, r Reader) ([]string, error) {
	if err := tx.DropFactors(ctx, r.Person, kindRecovery); err != nil {
		return nil, err
	}
	codes := identity.NewRecoveryCodes()
	for _, code := range codes {
		f := store.Factor{Person: r.Person, ID: o.recoveryID(r.Person, identity.RecoveryCode(code)), Kind: kindRecovery, Sealed: []byte{}, Made: o.now()}
		if err := tx.PutFactor(ctx, f); err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// DropFactor takes a second factor of the reader away: id "codes" or that of a passkey. With the last one its recovery
// codes go too. Where a post asks for a second factor the last one stays: ErrLastFactor.
func (o *Office) DropFactor(ctx context.Context, r Reader, id string, from From) error {
	if err := o.mayChange(r); err != nil {
		return err
	}
	return o.db.Write(ctx, func(tx *store.Tx) error {
		list, err := tx.Factors(ctx, r.Person)
		if err != nil {
			return err
		}
		found, others := false, false
		for _, f := range list {
			found = found || f.ID == id && isSecond(f.Kind)
			others = others || f.ID != id && isSecond(f.Kind)
		}
		switch {
		case !found:
			return ErrNotFound
		case !others && o.asksSecond(r):
			return ErrLastFactor
		case !others:
			err = tx.DropFactors(ctx, r.Person, "")
		default:
			_, err = tx.DropFactor(ctx, r.Person, id)
		}
		return errors.Join(err, o.note(ctx, tx, r.Person, noted{"", resultChanged, from}))
	})
}

// ErrLastFactor: a post of the reader asks for a second factor, and this is the last one.
var ErrLastFactor = errors.New("office: the last second factor stays")

// asksSecond says whether a post of the reader asks for a second factor.
func (o *Office) asksSecond(r Reader) bool {
	for _, role := range o.rules.SecondFor {
		if r.Has(role) || r.MustEnrol {
			return true
		}
	}
	return false
}

// mayChange is nil for somebody signed in who has lately shown who he is.
func (o *Office) mayChange(r Reader) error {
	if r.session == nil {
		return ErrNotFound
	}
	return o.proven(r)
}

// putFactor seals a secret for its owner and place.
func (o *Office) putFactor(ctx context.Context, tx *store.Tx, f store.Factor, secret []byte) error {
	s, err := o.vault.Seal(secret, factorPlace(f))
	if err != nil {
		return err
	}
	if f.Sealed, err = json.Marshal(s); err != nil {
		return fmt.Errorf("office: factor: %w", err)
	}
	f.Made = o.now()
	return tx.PutFactor(ctx, f)
}

func (o *Office) openFactor(f store.Factor) ([]byte, error) {
	var s vault.Sealed
	if err := json.Unmarshal(f.Sealed, &s); err != nil {
		return nil, fmt.Errorf("office: factor of %s: %w", f.Person, err)
	}
	return o.vault.Open(s, factorPlace(f))
}

// factorPlace binds a sealed secret to its owner, so that nobody who can write rows can give one person another's.
func factorPlace(f store.Factor) []byte { return []byte("factor\x01" + f.Person + "\x00" + f.ID) }
