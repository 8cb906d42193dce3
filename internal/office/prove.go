package office

import (
	"context"
	"errors"
	"strings"
	"time"

	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file asks officials to show once more who they are, where the law says so of an act (prove), or before they
// change by what they sign in (ptsd/128).

// ErrProve: the act asks its doer to show once more who he is. Nothing was done.
var ErrProve = errors.New("office: who acts must show once more who he is")

// proven is ErrProve where a session has not lately shown who holds it.
func (o *Office) proven(r Reader) error {
	if r.session != nil && o.proof(r) == nil {
		return ErrProve
	}
	return nil
}

// proof is by what a reader has shown who he is, and lately enough for an act that asks for it; otherwise nil.
func (o *Office) proof(r Reader) *matter.Proof {
	p := matter.Proof{How: r.proof.How, At: r.proof.At.UTC().Truncate(time.Minute)}
	switch {
	case p.How == matter.ProofPlayed:
		p.At = o.now().UTC().Truncate(time.Minute)
	case p.How == "", !r.ordered && o.now().Sub(r.proof.At) >= o.rules.Prove:
		return nil
	}
	return &p
}

// proved is ErrProve where an act asks an official to show who he is and he has not lately. It is asked in the
// transaction, of the act as the law of the matter has it, whichever door, form or order it came by.
func (b *batch) proved(r *request, st matter.State) error {
	p, act := b.o.actOf(st, r.try)
	if act == nil || len(p.Proves(act.Name)) == 0 {
		r.try.Proved = nil
		return nil
	}
	if r.try.By.Post != "" && r.try.Proved == nil {
		return ErrProve
	}
	return nil
}

// asksProof says whether the page of an act asks its doer to show who he is: his proof would be too old by the time a
// form is filled in.
func (o *Office) asksProof(r Reader, p *procedure.Procedure, act string) bool {
	return r.session != nil && len(p.Proves(act)) > 0 && o.now().Sub(r.proof.At) >= o.rules.Prove/2
}

// Ways are by what a person can show who he is.
type Ways struct{ Password, Codes, Passkeys, Provider bool }

// ByProvider says whether the reader signed in by a provider of identities.
func (r Reader) ByProvider() bool { return strings.HasPrefix(r.how, string(identity.ByProvider)) }

// Ways are those of the reader.
func (o *Office) Ways(ctx context.Context, r Reader) (Ways, error) {
	var w Ways
	err := o.db.Read(ctx, func(q *store.Query) error {
		a, err := q.Account(ctx, r.Person)
		if err != nil {
			return err
		}
		w.Password = a.Hash != ""
		list, err := q.Factors(ctx, r.Person)
		for _, f := range list {
			w.Codes, w.Passkeys = w.Codes || f.Kind == kindCodes, w.Passkeys || f.Kind == kindPasskey
		}
		return err
	})
	return w, notFound(err)
}

// Prove shows by the password once more who holds a session, which goes on under another token. Errors: ErrNotFound
// where the session has ended, ErrCredentials, *LockedOut.
func (o *Office) Prove(ctx context.Context, token, password string, from From) (Signed, error) {
	var a store.Account
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		_, a, err = o.session(ctx, q, token)
		return err
	})
	if err != nil {
		return Signed{}, notFound(err)
	}
	if err := o.checkPassword(ctx, a, password, from); err != nil {
		return Signed{}, err
	}
	return o.provedBy(ctx, token, identity.ByPassword, from)
}

// ProveByCode is Prove by a code of a second factor.
func (o *Office) ProveByCode(ctx context.Context, token, code string, from From) (Signed, error) {
	var how identity.By
	var wrong error
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		s, a, err := o.session(ctx, &tx.Query, token)
		if err == nil && s.Needs != "" {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		how, wrong = o.takeCode(ctx, tx, a, code, from)
		if wrong != nil && !errors.Is(wrong, ErrCredentials) && !isLocked(wrong) {
			return wrong
		}
		return nil // what was counted stays
	})
	if err = errors.Join(err, wrong); err != nil {
		return Signed{}, notFound(err)
	}
	return o.provedBy(ctx, token, how, from)
}

func isLocked(err error) bool {
	var locked *LockedOut
	return errors.As(err, &locked)
}

// provedBy notes that the holder of a session has shown who he is, and gives it another token: whoever had copied the
// old one is out.
func (o *Office) provedBy(ctx context.Context, token string, how identity.By, from From) (Signed, error) {
	next, hash := identity.NewToken()
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		s, a, err := o.session(ctx, &tx.Query, token)
		if err != nil {
			return err
		}
		old := s.ID
		s.ID, s.Proved, s.Used, s.By = hash, o.now(), o.now(), string(how)
		forgive := tx.SetFailures // of that way alone
		if how == identity.ByTOTP || how == identity.ByRecovery {
			forgive = tx.SetSecondFailures
		}
		return errors.Join(tx.DropSession(ctx, old), tx.PutSession(ctx, s), forgive(ctx, a.Person, 0, time.Time{}),
			o.note(ctx, tx, a.Person, noted{how, resultProved, from}))
	})
	return Signed{Token: next}, notFound(err)
}
