package office

import (
	"context"
	"errors"

	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/store"
)

// ErrSamePassword: the password chosen is the one there was.
var ErrSamePassword = errors.New("office: the new password is the old one")

// FirstPassword goes on from a session whose password was given out, with one of its owner's own. Errors: ErrNotFound
// where no such session waits, *identity.BadPassword, ErrSamePassword.
func (o *Office) FirstPassword(ctx context.Context, token, password string) (Signed, error) {
	var a store.Account
	err := o.db.Read(ctx, func(q *store.Query) error {
		s, held, err := o.session(ctx, q, token)
		if err == nil && identity.Need(s.Needs) != identity.NeedPassword {
			err = ErrNotFound
		}
		a = held
		return err
	})
	if err != nil {
		return Signed{}, notFound(err)
	}
	hash, err := o.newHash(ctx, a, password)
	if err != nil {
		return Signed{}, err
	}
	var out Signed
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		s, a, err := o.session(ctx, &tx.Query, token)
		if err != nil {
			return err
		}
		a.Hash, a.MustChange = hash, false
		if err := errors.Join(tx.PutAccount(ctx, a), tx.DropSessionsOf(ctx, a.Person, s.ID)); err != nil {
			return err
		}
		out, err = o.advance(ctx, tx, a, s)
		return err
	})
	return out, notFound(err)
}

// newHash is the hash of a password somebody chose for himself.
func (o *Office) newHash(ctx context.Context, a store.Account, password string) (string, error) {
	if err := o.checkWords(ctx, a, password); err != nil {
		return "", err
	}
	if a.Hash != "" {
		same, _, err := o.hasher.Check(ctx, a.Hash, password)
		if err != nil {
			return "", err
		}
		if same {
			return "", ErrSamePassword
		}
	}
	return o.hasher.Hash(ctx, password)
}

// checkWords refuses a password that is easily guessed: a common one, one with words of its owner or of the organs he
// serves, and one of the operator's list of breaches.
func (o *Office) checkWords(ctx context.Context, a store.Account, password string) error {
	names := []string{a.Login, a.Name, a.Person}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registers(ctx, q)
		if err != nil {
			return err
		}
		for _, p := range reg.ByPerson[a.Person] {
			names = append(names, reg.Organs[p.Organ].Name, p.Organ, o.divisionName(i18n.ZhHans, reg.Organs[p.Organ].Division))
		}
		return nil
	})
	if err == nil {
		err = identity.CheckPassword(password, names...)
	}
	if err != nil {
		return err
	}
	found, err := o.rules.Breached.Has(password)
	if err == nil && found {
		err = &identity.BadPassword{Fault: identity.InBreach}
	}
	return err
}

// ChangePassword gives the reader another password, against the one he has; his other sessions end. Errors:
// ErrCredentials and *LockedOut for the old one, *identity.BadPassword and ErrSamePassword for the new one.
func (o *Office) ChangePassword(ctx context.Context, r Reader, old, password string, from From) error {
	if r.session == nil {
		return ErrNotFound
	}
	a, err := o.accountBy(ctx, r.Login)
	if err != nil {
		return notFound(err)
	}
	if err := o.checkPassword(ctx, a, old, from); err != nil {
		return err
	}
	hash, err := o.newHash(ctx, a, password)
	if err != nil {
		return err
	}
	return o.db.Write(ctx, func(tx *store.Tx) error {
		a, err := tx.Account(ctx, r.Person)
		if err != nil {
			return err
		}
		a.Hash, a.Failures = hash, 0
		return errors.Join(tx.PutAccount(ctx, a), tx.DropSessionsOf(ctx, r.Person, r.session),
			o.note(ctx, tx, r.Person, noted{identity.ByPassword, resultChanged, from}))
	})
}
