package office

import (
	"context"
	"encoding/hex"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// touchEvery is how exactly a session keeps when it was last used: a page should not write each time.
const touchEvery = time.Minute

// ReaderOf is who holds a session, with today's posts; ErrNotFound once it has ended, was idle too long, or while it
// still needs a step. One whose posts ask for a second factor he does not have yet holds no post until he has one.
func (o *Office) ReaderOf(ctx context.Context, token string, lang i18n.Lang) (Reader, error) {
	var r Reader
	var s store.Session
	err := o.db.Read(ctx, func(q *store.Query) error {
		var a store.Account
		var err error
		if s, a, err = o.session(ctx, q, token); err != nil {
			return err
		}
		if need := identity.Need(s.Needs); need != identity.NeedNothing && need != identity.NeedEnrol {
			return ErrNotFound
		}
		if r, err = o.reader(ctx, q, a, lang); err != nil {
			return err
		}
		if r.reg.over(a.Person, o.Today()) {
			return ErrNotFound
		}
		r.session, r.how, r.proof, r.Login = s.ID, s.How, matter.Proof{How: s.By, At: s.Proved}, a.Login
		if identity.Need(s.Needs) == identity.NeedEnrol {
			r.MustEnrol, r.posts, r.Roles, r.keys = true, nil, nil, nil
		}
		return nil
	})
	if err != nil {
		return r, notFound(err)
	}
	if now := o.now(); now.Sub(s.Used) >= touchEvery {
		err = o.beside(ctx, func(tx *store.Tx) error { return tx.TouchSession(o.ctx, s.ID, now) })
	}
	return r, err
}

// session is an open session and its account; ErrNotFound where it has ended, or its account was closed.
func (o *Office) session(ctx context.Context, q *store.Query, token string) (store.Session, store.Account, error) {
	hash, err := identity.TokenHash(token)
	if err != nil {
		return store.Session{}, store.Account{}, ErrNotFound
	}
	s, a, err := q.Session(ctx, hash, o.now())
	if err == nil && (a.Disabled || o.now().Sub(s.Used) >= o.rules.Idle) {
		err = ErrNotFound
	}
	return s, a, err
}

// Half is a sign-in that still needs a step.
type Half struct {
	Login, Name string
	Needs       identity.Need
	Codes       bool // codes of a program are taken
	Passkeys    bool
}

// HalfOf is the sign-in that waits under a token; ErrNotFound where none does.
func (o *Office) HalfOf(ctx context.Context, token string) (Half, error) {
	var h Half
	err := o.db.Read(ctx, func(q *store.Query) error {
		s, a, err := o.session(ctx, q, token)
		if err != nil {
			return err
		}
		h = Half{Login: a.Login, Name: a.Name, Needs: identity.Need(s.Needs)}
		if h.Needs != identity.NeedFactor && h.Needs != identity.NeedPassword {
			return ErrNotFound
		}
		list, err := q.Factors(ctx, a.Person)
		for _, f := range list {
			h.Codes = h.Codes || f.Kind == kindCodes
			h.Passkeys = h.Passkeys || f.Kind == kindPasskey
		}
		return err
	})
	return h, notFound(err)
}

// Rules are what the installation asks of those who sign in.
func (o *Office) Rules() identity.Rules { return o.rules }

// SessionView is one of a person's sessions.
type SessionView struct {
	ID          string // to end it by; opens nothing
	Begun, Used time.Time
	How         string
	From        From
	This        bool
}

// Sessions are the reader's open sessions, the latest begun first.
func (o *Office) Sessions(ctx context.Context, r Reader) ([]SessionView, error) {
	var out []SessionView
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		out, err = o.sessionsOf(ctx, q, r, r.Person)
		return err
	})
	return out, err
}

// sessionsOf are the open sessions of a person, as the reader looks at them.
func (o *Office) sessionsOf(ctx context.Context, q *store.Query, r Reader, person string) ([]SessionView, error) {
	list, err := q.SessionsOf(ctx, person, o.now())
	var out []SessionView
	for _, s := range list {
		if need := identity.Need(s.Needs); need != identity.NeedNothing && need != identity.NeedEnrol || o.now().Sub(s.Used) >= o.rules.Idle {
			continue
		}
		out = append(out, SessionView{ID: hex.EncodeToString(s.ID), Begun: s.Begun, Used: s.Used, How: s.How,
			From: From{s.Origin, s.Agent}, This: string(s.ID) == string(r.session)})
	}
	return out, err
}

// EndSession ends another session of the reader; id "" ends all others.
func (o *Office) EndSession(ctx context.Context, r Reader, id string) error {
	if r.session == nil {
		return ErrNotFound
	}
	return o.db.Write(ctx, func(tx *store.Tx) error {
		if id == "" {
			return tx.DropSessionsOf(ctx, r.Person, r.session)
		}
		list, err := tx.SessionsOf(ctx, r.Person, o.now())
		for _, s := range list {
			if err == nil && hex.EncodeToString(s.ID) == id {
				err = tx.DropSession(ctx, s.ID)
			}
		}
		return err
	})
}

// SignInView is a line of the history of attempts to sign in.
type SignInView struct {
	At          time.Time
	How, Result string
	From        From
}

// SignIns are the attempts to sign in to the reader's account before an instant (zero: all), the latest first.
func (o *Office) SignIns(ctx context.Context, r Reader, before time.Time, limit int) ([]SignInView, error) {
	var out []SignInView
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		out, err = signInsOf(ctx, q, r.Person, before, limit)
		return err
	})
	return out, err
}

func signInsOf(ctx context.Context, q *store.Query, person string, before time.Time, limit int) ([]SignInView, error) {
	list, err := q.SignIns(ctx, person, before, limit)
	var out []SignInView
	for _, s := range list {
		out = append(out, SignInView{s.At, s.How, s.Result, From{s.Origin, s.Agent}})
	}
	return out, err
}
