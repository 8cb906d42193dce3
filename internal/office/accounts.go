package office

import (
	"context"
	"strings"
	"time"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// This file shows accounts to those who keep them. What it shows is how people sign in, never a matter they handle.

// States of an account.
const (
	AccountActive = "active"
	AccountLocked = "locked"
	AccountEnded  = "ended"
	AccountUnused = "unused" // may sign in and never did
)

// AccountStates lists them as a page offers them.
var AccountStates = []string{AccountActive, AccountUnused, AccountLocked, AccountEnded}

// accountsPage is how many accounts a page lists.
const accountsPage = 50

// AccountFilter narrows the list of accounts. Zero fields do not narrow.
type AccountFilter struct {
	Query  string // parts of name, login, id, or the name of an organ
	State  string
	Second string // with, without
	After  string // person the page before ended with
}

// AccountsView is a page of accounts in order of person.
type AccountsView struct {
	Rows  []AccountLine
	Total int
	Next  string // person to go on after; "" on the last page
}

// AccountLine is one account.
type AccountLine struct {
	Person, Name, Login string
	State               string
	Second              bool      // there is a second factor
	SignedIn            time.Time // zero: never
	Posts               []PostLine
}

// Accounts lists accounts for those who keep them; ErrNotFound for others.
func (o *Office) Accounts(ctx context.Context, r Reader, f AccountFilter) (AccountsView, error) {
	var v AccountsView
	if !r.May(access.Accounts) {
		return v, ErrNotFound
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		list, err := q.Accounts(ctx)
		if err != nil {
			return err
		}
		second, err := q.PersonsWith(ctx, kindCodes, kindPasskey)
		if err != nil {
			return err
		}
		words := strings.Fields(f.Query)
		for _, a := range list {
			line := accountLine(a, second[a.Person])
			if !f.takes(line) || !hasAll(o.accountText(r, reg, a), words) {
				continue
			}
			v.Total++
			switch {
			case a.Person <= f.After:
			case len(v.Rows) == accountsPage:
				v.Next = v.Rows[accountsPage-1].Person
			default:
				v.Rows = append(v.Rows, line)
			}
		}
		for i, line := range v.Rows {
			v.Rows[i].Posts, _ = heldAndPast(staffing{o, r, reg, nil, o.Today()}.of(line.Person))
		}
		return nil
	})
	return v, err
}

func (f AccountFilter) takes(l AccountLine) bool {
	return (f.State == "" || f.State == l.State || f.State == AccountActive && l.State == AccountUnused) &&
		(f.Second == "" || (f.Second == "with") == l.Second)
}

// accountText is what an account is found by.
func (o *Office) accountText(r Reader, reg *register, a store.Account) string {
	text := a.Name + " " + a.Login + " " + a.Person
	for _, p := range reg.held(a.Person, o.Today()) {
		text += " " + o.nameIn(r.Lang, reg.Organs[p.Organ].Name)
	}
	return text
}

func accountLine(a store.Account, second bool) AccountLine {
	line := AccountLine{Person: a.Person, Name: a.Name, Login: a.Login, State: AccountActive, Second: second, SignedIn: a.SignedIn}
	switch {
	case a.Ended:
		line.State = AccountEnded
	case a.Disabled:
		line.State = AccountLocked
	case a.SignedIn.IsZero():
		line.State = AccountUnused
	}
	return line
}

// AccountView is one account.
type AccountView struct {
	AccountLine
	Own        bool      // the reader's own
	MustChange bool      // its password was given out and not changed yet
	Until      time.Time // wrong passwords or codes make it wait until then; zero: they do not
	Factors    Factors
	Sessions   []SessionView
	SignIns    []SignInView // the latest first
	More       time.Time    // older attempts are before this; zero: there are none
	Timeline   []TimelineItem
	Acts       []ActView // open to the reader
	Refusal    *RefusalView
}

// signInsShown is how many attempts to sign in a page of an account shows.
const signInsShown = 20

// Account is one account, with attempts to sign in before an instant (zero: all), for those who keep the accounts;
// ErrNotFound for others and for a person without one.
func (o *Office) Account(ctx context.Context, r Reader, person string, before time.Time) (AccountView, error) {
	var v AccountView
	if !r.May(access.Accounts) || !isText(person) {
		return v, ErrNotFound
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		a, err := q.Account(ctx, person)
		if err != nil {
			return err
		}
		factors, err := q.Factors(ctx, person)
		if err != nil {
			return err
		}
		v = AccountView{Factors: factorsOf(factors), Own: person == r.Person, MustChange: a.MustChange && a.Hash != ""}
		v.AccountLine = accountLine(a, v.Factors.Any())
		v.Posts, _ = heldAndPast(staffing{o, r, reg, nil, o.Today()}.of(person))
		if until := later(a.Until, a.SecondUntil); until.After(o.now()) {
			v.Until = until
		}
		if v.Sessions, err = o.sessionsOf(ctx, q, r, person); err != nil {
			return err
		}
		if v.SignIns, err = signInsOf(ctx, q, person, before, signInsShown+1); err != nil {
			return err
		}
		if len(v.SignIns) > signInsShown {
			v.SignIns = v.SignIns[:signInsShown]
			v.More = v.SignIns[signInsShown-1].At
		}
		return o.accountRecord(ctx, q, r, a, &v)
	})
	return v, notFound(err)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// accountRecord adds what the register tells of an account, and what the reader can do in it.
func (o *Office) accountRecord(ctx context.Context, q *store.Query, r Reader, a store.Account, v *AccountView) error {
	d, err := o.accountDossier(ctx, q, r, a)
	if err != nil {
		return err
	}
	if a.Matter != 0 {
		if d.entries, err = q.Entries(ctx, a.Matter, 0); err != nil {
			return err
		}
		if d.names, err = o.names(ctx, q); err != nil {
			return err
		}
		if err := d.readParts(ctx, q); err != nil {
			return err
		}
		v.Timeline = d.timeline()
	}
	for _, c := range d.choices() {
		switch view := d.actView(c); {
		case c.Open:
			v.Acts = append(v.Acts, view)
		case v.Own:
			v.Refusal = view.Refusal
		}
	}
	return nil
}

// accountDossier is the matter of an account for one who keeps the accounts; he needs no right to it beside. An account
// that was there before the register is entered in it with the first act on it, and stands until then where the account does.
func (o *Office) accountDossier(ctx context.Context, q *store.Query, r Reader, a store.Account) (*dossier, error) {
	if a.Matter != 0 {
		return o.stand(ctx, q, r, a.Matter)
	}
	reg, err := o.registersFor(ctx, q, r)
	if err != nil {
		return nil, err
	}
	p, err := o.law.Find(registerAccount, o.Today())
	if err != nil {
		return nil, err
	}
	st := matter.State{Stage: AccountActive, Facts: matter.Facts{"person": a.Person}}
	if a.Disabled {
		st.Stage = AccountLocked
	}
	return &dossier{o: o, r: r, w: words{o, p, r.Lang}, st: st, actors: r.actors(""), snap: reg.snapshot(o.Today())}, nil
}

// AccountForm is the page of an act on an account, with what was typed; ErrNotFound for those who do not keep the accounts,
// for a person without one, and for an act it knows nothing of.
func (o *Office) AccountForm(ctx context.Context, r Reader, person, act string, typed map[string][]string) (FormView, error) {
	var v FormView
	if !r.May(access.Accounts) || !isText(person) {
		return v, ErrNotFound
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		a, err := q.Account(ctx, person)
		if err != nil {
			return err
		}
		d, err := o.accountDossier(ctx, q, r, a)
		if err != nil {
			return err
		}
		choice, known := d.choice(act)
		if !known || choice.Act.Name == accountCreate {
			return ErrNotFound
		}
		v = d.form(choice, Brief{Title: i18n.T(r.Lang, "account.of", "name", a.Name), Number: a.Login}, typed)
		v.Late, v.LateOnly = false, false
		return nil
	})
	return v, notFound(err)
}
