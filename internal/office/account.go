package office

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// registerAccount is the procedure that tells how accounts came to be, changed and ended. What it never tells is a
// password or a second factor: those stand beside the account alone.
const registerAccount = "register.account"

// Acts on an account that is there.
const (
	AccountReset    = "reset"         // a password is given out anew
	AccountFactor   = "remove_factor" // its second factors are lost
	AccountSessions = "end_sessions"  // whoever is signed in has to do so again
	AccountLock     = "lock"
	AccountUnlock   = "unlock"
	AccountEnd      = "end"
	AccountRenew    = "renew"
	accountCreate   = "create"
	fieldReason     = "reason"
)

// Operator is the reader who runs the program at its machine: he enters accounts and mends them, and reads nothing. No
// door gives it to anybody.
func (o *Office) Operator() Reader { return Reader{Person: matter.PersonOperator, Lang: i18n.En} }

// NewAccount is an account to be made.
type NewAccount struct {
	Person string // id, as posts name it; empty: the login
	Login  string
	Name   string
	Organ  string // key
	Reason string

	Password string // of its owner's own, which needs no change; empty: one is drawn and given out
}

var personID = regexp.MustCompile(`^[a-z][a-z0-9-]{1,39}$`)

// mayKeep is nil for those who keep the accounts: administrators and the operator.
func mayKeep(r Reader) error {
	if r.Person == matter.PersonOperator || r.May(access.Accounts) {
		return nil
	}
	return ErrNotFound
}

// CreateAccount makes an account and gives its first password, which its owner must change. Errors: BadFields, *Refused,
// ErrNotFound for whoever does not keep the accounts.
func (o *Office) CreateAccount(ctx context.Context, r Reader, n NewAccount) (first string, err error) {
	if err := mayKeep(r); err != nil {
		return "", err
	}
	n.Login = strings.ToLower(strings.TrimSpace(n.Login))
	n.Person = cmp.Or(n.Person, n.Login)
	if err := o.checkNew(ctx, r, n); err != nil {
		return "", err
	}
	a := store.Account{Person: n.Person, Login: n.Login, Name: n.Name}
	if first, a.Hash, err = o.givenOut(ctx, a, n.Password); err != nil {
		return "", err
	}
	a.MustChange = first != ""
	fields := map[string][]string{"person": {n.Person}, "organ": {n.Organ}, "login": {n.Login}, "name": {n.Name}, fieldReason: {n.Reason}}
	return first, o.accountAct(ctx, r, Act{Matter: a.Matter, Act: accountCreate, Fields: fields}, func(ctx context.Context, tx *store.Tx, done Done) error {
		a.Matter = done.Matter
		return tx.PutAccount(ctx, a)
	})
}

// givenOut is a drawn password and its hash, or the hash alone of one that its owner chose.
func (o *Office) givenOut(ctx context.Context, a store.Account, own string) (first, hash string, err error) {
	if own != "" {
		hash, err = o.newHash(ctx, a, own)
		return "", hash, err
	}
	first = identity.NewPassword()
	hash, err = o.hasher.Hash(ctx, first)
	return first, hash, err
}

// checkNew says what of a new account cannot be.
func (o *Office) checkNew(ctx context.Context, r Reader, n NewAccount) error {
	bad := BadFields{}
	word := func(field, key string) { bad[field] = i18n.T(r.Lang, key) }
	if !personID.MatchString(n.Login) {
		word("login", "office.account_login_wrong")
	}
	if !personID.MatchString(n.Person) || slices.Contains([]string{matter.PersonOperator, matter.PersonSystem, matter.PersonFiler}, n.Person) {
		word("person", "office.account_person_wrong")
	}
	if strings.TrimSpace(n.Name) == "" {
		word("name", "office.account_name_missing")
	}
	if strings.TrimSpace(n.Reason) == "" {
		word(fieldReason, "office.account_reason_missing")
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registers(ctx, q)
		if err != nil {
			return err
		}
		if _, known := reg.Organs[n.Organ]; !known {
			word("organ", "office.account_organ_wrong")
		}
		if _, err := q.AccountByLogin(ctx, n.Login); !errors.Is(err, store.ErrNotFound) {
			word("login", "office.account_login_taken")
			return err
		}
		_, err = q.Account(ctx, n.Person)
		if err == nil {
			word("person", "office.account_person_taken")
		}
		if errors.Is(err, store.ErrNotFound) {
			err = nil
		}
		return err
	})
	if err == nil && len(bad) > 0 {
		err = bad
	}
	return err
}

// AccountChange is an act on an account that is there.
type AccountChange struct {
	Login, Act, Reason string
	Password           string // of AccountReset: what its owner chose, so that it needs no change; empty: one is drawn
}

// ChangeAccount does an act on an account, and gives the password drawn where it is AccountReset. Errors: ErrNotFound
// without such an account and for whoever does not keep the accounts, BadFields without a reason, *identity.BadPassword, *Refused.
func (o *Office) ChangeAccount(ctx context.Context, r Reader, c AccountChange) (first string, err error) {
	if err := mayKeep(r); err != nil {
		return "", err
	}
	if strings.TrimSpace(c.Reason) == "" {
		return "", BadFields{fieldReason: i18n.T(r.Lang, "office.account_reason_missing")}
	}
	a, err := o.accountBy(ctx, strings.ToLower(strings.TrimSpace(c.Login)))
	if err != nil {
		return "", notFound(err)
	}
	next := passwordGiven{}
	if c.Act == AccountReset {
		if first, next.hash, err = o.givenOut(ctx, a, c.Password); err != nil {
			return "", err
		}
		next.mustChange = first != ""
	}
	if a.Matter == 0 {
		if err := o.enterAccount(ctx, r, &a, c.Reason); err != nil {
			return "", err
		}
	}
	return first, o.accountAct(ctx, r, Act{Matter: a.Matter, Act: c.Act, Fields: map[string][]string{fieldReason: {c.Reason}}}, func(ctx context.Context, tx *store.Tx, _ Done) error {
		return changeAccount(ctx, tx, a.Person, c.Act, next)
	})
}

// passwordGiven is what an account gets by AccountReset.
type passwordGiven struct {
	hash       string
	mustChange bool
}

// changeAccount makes an account what an act on it says; its sessions end.
func changeAccount(ctx context.Context, tx *store.Tx, person, act string, next passwordGiven) error {
	a, err := tx.Account(ctx, person)
	if err != nil {
		return err
	}
	switch act {
	case AccountReset:
		a.Hash, a.MustChange, a.Failures, a.Until = next.hash, next.mustChange, 0, time.Time{}
	case AccountFactor:
		a.SecondFailures, a.SecondUntil = 0, time.Time{}
		if err := tx.DropFactors(ctx, person, ""); err != nil {
			return err
		}
	case AccountSessions:
	case AccountLock, AccountEnd:
		a.Disabled, a.Ended = true, act == AccountEnd
	case AccountUnlock, AccountRenew:
		a.Disabled, a.Ended, a.Failures, a.Until = false, false, 0, time.Time{}
	default:
		return fmt.Errorf("office: account: %w: %q", procedure.ErrUnknownAct, act)
	}
	return errors.Join(tx.PutAccount(ctx, a), tx.DropSessionsOf(ctx, person, []byte{}))
}

// enterAccount enters an account in the register that was there before it: of the demo city, or of an older program.
func (o *Office) enterAccount(ctx context.Context, r Reader, a *store.Account, reason string) error {
	organ, err := o.organOfPerson(ctx, a.Person)
	if err != nil {
		return err
	}
	fields := map[string][]string{"person": {a.Person}, "organ": {organ}, "login": {a.Login}, "name": {a.Name}, fieldReason: {reason}}
	err = o.accountAct(ctx, r, Act{Matter: a.Matter, Act: accountCreate, Fields: fields}, func(ctx context.Context, tx *store.Tx, done Done) error {
		now, err := tx.Account(ctx, a.Person)
		if err != nil {
			return err
		}
		now.Matter, a.Matter = done.Matter, done.Matter
		return tx.PutAccount(ctx, now)
	})
	if err != nil || !a.Disabled {
		return err
	}
	return o.accountAct(ctx, r, Act{Matter: a.Matter, Act: AccountLock, Fields: map[string][]string{fieldReason: {reason}}}, func(context.Context, *store.Tx, Done) error { return nil })
}

// organOfPerson is the organ of a person's latest post; the first organ of the register without one.
func (o *Office) organOfPerson(ctx context.Context, person string) (string, error) {
	var reg *register
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		reg, err = o.registers(ctx, q)
		return err
	})
	if err != nil {
		return "", err
	}
	if posts := reg.ByPerson[person]; len(posts) > 0 {
		return posts[len(posts)-1].Organ, nil
	}
	if len(reg.order) == 0 {
		return "", ErrNotFound
	}
	return reg.order[0], nil
}

// accountAct does an act of the register and, in the same transaction, what it means for the account.
func (o *Office) accountAct(ctx context.Context, r Reader, a Act, also func(context.Context, *store.Tx, Done) error) error {
	now, by := o.now(), r.actors("")
	defer o.known.Store(nil)
	a.Procedure = registerAccount
	_, err := o.submit(ctx, request{others: by[1:], also: also, try: procedure.Attempt{Matter: a.Matter, Procedure: a.Procedure, Act: a.Act, By: by[0],
		Happened: calendar.MomentAt(now), Recorded: now, Fields: a.Fields, Proved: o.proof(r)}})
	return o.explain(ctx, r, a, err)
}

// overReason is the reason in the record where an account ends with its owner's last post.
const overReason = "最后一个岗位终止，账号随之停用。"

// endAccounts ends, as the system, the accounts of those whose last post is over: they let nobody in from that day on
// anyway, and the register says so.
func (o *Office) endAccounts(ctx context.Context) error {
	var over []store.Account
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registers(ctx, q)
		if err != nil {
			return err
		}
		list, err := q.Accounts(ctx)
		for _, a := range list {
			if a.Matter != 0 && !a.Disabled && reg.over(a.Person, o.Today()) {
				over = append(over, a)
			}
		}
		return err
	})
	fields := map[string][]string{fieldReason: {overReason}}
	for _, a := range over {
		if err == nil {
			err = o.accountAct(ctx, Reader{Person: matter.PersonSystem}, Act{Matter: a.Matter, Act: AccountEnd, Fields: fields}, func(ctx context.Context, tx *store.Tx, _ Done) error {
				return changeAccount(ctx, tx, a.Person, AccountEnd, passwordGiven{})
			})
		}
	}
	return err
}
