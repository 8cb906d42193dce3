package office

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// This file lets anybody follow published results by mail. Nothing of it stands in the record: who follows what is nobody's
// business but hers.

// The limits of following (ptsd/215, ptsd/217). Beyond how many a day nothing is sent, and nobody is told, as with codes.
const (
	confirmWithin     = 24 * time.Hour       // within which the owner of an address confirms
	askedDay          = 5                    // letters that ask an address to confirm, within a day
	subscribedFor     = 365 * 24 * time.Hour // after it was last confirmed
	subscriptionsMost = 20                   // that one address confirms
)

// ErrSubscriptions: the address follows as much as one may.
var ErrSubscriptions = errors.New("office: the address follows too much already")

// SubscriptionAsk is what somebody wants to be told of: the results that fit a filter, or one alone.
type SubscriptionAsk struct {
	Filter OutcomeFilter // period and place in the list count for nothing
	One    matter.ID     // 0: a list
}

// SubscriptionView is what is followed, in words.
type SubscriptionView struct {
	SubscriptionAsk
	Said      []string // what the list is narrowed to
	Title     string   // of the one result
	Confirmed bool
	Until     calendar.Date // the last day
	over      bool          // the one was withdrawn: nothing more can become of it
}

// subscription is what is sealed of a follower.
type subscription struct {
	To   string        `json:"to"`
	Lang i18n.Lang     `json:"lang"`
	F    OutcomeFilter `json:"filter,omitzero"`
	One  matter.ID     `json:"one,omitzero"`
}

// same says whether both follow the same thing, in whatever language.
func (f subscription) same(other subscription) bool { return f.F == other.F && f.One == other.One }

// CanSubscribe says whether results can be followed by mail here: mails can be sent, and say where to look.
func (o *Office) CanSubscribe() bool {
	return o.courier != nil && o.courier.Carries(ContactEmail) && o.origin != ""
}

// SubscriptionAsked is what would be followed. ErrNotFound where it asks for what there is not: it would be followed without
// anybody noticing.
func (o *Office) SubscriptionAsked(ctx context.Context, lang i18n.Lang, a SubscriptionAsk) (SubscriptionView, error) {
	a.Filter.Period, a.Filter.After, a.Filter.Words = "", "", strings.Join(strings.Fields(a.Filter.Words), " ")
	v := SubscriptionView{SubscriptionAsk: a}
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		v, err = o.subscriptionView(ctx, q, lang, a)
		return err
	})
	if err == nil && v.over {
		err = ErrNotFound
	}
	return v, notFound(err)
}

func (o *Office) subscriptionView(ctx context.Context, q *store.Query, lang i18n.Lang, a SubscriptionAsk) (SubscriptionView, error) {
	v := SubscriptionView{SubscriptionAsk: a}
	if a.One != 0 {
		one, err := o.outcomeOf(ctx, q, lang, a.One)
		if err == nil && one == nil || a.Filter != (OutcomeFilter{}) {
			err = ErrNotFound
		}
		if err == nil {
			v.Title, v.over = one.Title, one.Withdrawn != nil
		}
		return v, err
	}
	organs, err := q.OutcomeOrgans(ctx)
	if err != nil {
		return v, err
	}
	list := o.outcomeChoices(lang, organs, a.Filter)
	if list.Filter != a.Filter {
		return v, ErrNotFound
	}
	v.Said = list.Said(lang)
	return v, nil
}

// subscriptionStands is subscriptionView of what was asked long ago: what is there no more is told of and left all the same.
func (o *Office) subscriptionStands(ctx context.Context, q *store.Query, lang i18n.Lang, a SubscriptionAsk) (SubscriptionView, error) {
	v, err := o.subscriptionView(ctx, q, lang, a)
	if errors.Is(err, ErrNotFound) {
		gone := i18n.T(lang, "subscribe.gone")
		return SubscriptionView{SubscriptionAsk: a, Title: gone, Said: []string{gone}}, nil
	}
	return v, err
}

// Subscribe sends a letter to an address that asks its owner to confirm; nothing else is sent before. BadFields name "email"
// where it is none. What comes back, and when, does not hang on whether the address is known here. admit is asked as by
// FileReport.
func (o *Office) Subscribe(ctx context.Context, lang i18n.Lang, a SubscriptionAsk, typed string, admit func(Spend) error) error {
	to := plainContact(ContactEmail, typed)
	if to == "" || !o.CanSubscribe() {
		return BadFields{"email": i18n.T(lang, "subscribe.bad")}
	}
	v, err := o.SubscriptionAsked(ctx, lang, a)
	if err != nil {
		return err
	}
	f := store.Subscription{ID: make([]byte, subscriptionID), Blind: o.contactBlind("subscription", to), Made: o.now(), Expires: o.now().Add(confirmWithin)}
	_, _ = rand.Read(f.ID) // never fails: crypto/rand ends the program instead
	if f.Sealed, err = o.sealSubscription(f.ID, subscription{To: to, Lang: lang, F: v.Filter, One: v.One}); err != nil {
		return err
	}
	send := false
	var said error
	err = o.beside(ctx, func(tx *store.Tx) error {
		send, said = false, nil
		if said = admit(func(ctx context.Context, id string, until time.Time) (bool, error) { return tx.UsePoW(ctx, id, until) }); said != nil {
			return nil
		}
		before, err := tx.SubscriptionsOf(ctx, f.Blind, o.now())
		today := 0
		for _, other := range before {
			if other.Made.After(o.now().Add(-confirmWithin)) {
				today++
			}
		}
		if send = err == nil && today < askedDay; !send {
			return err
		}
		return tx.PutSubscription(ctx, f)
	})
	if err = errors.Join(err, said); err == nil && send {
		o.post(Letter{Kind: ContactEmail, To: to, Subject: i18n.T(lang, "subscribe.ask_subject"),
			Text: i18n.T(lang, "subscribe.ask_text", "what", v.what(lang), "hours", int(confirmWithin/time.Hour), "address", o.subscriptionAddress(lang, f.ID, ""))})
	}
	return err
}

// what is what is followed, in one line.
func (v SubscriptionView) what(lang i18n.Lang) string {
	switch {
	case v.One != 0:
		return v.Title
	case len(v.Said) == 0:
		return i18n.T(lang, "subscribe.all")
	}
	return strings.Join(v.Said, " · ")
}

// Subscription is what the link of a mail stands for, or ErrNotFound: it was ended, or never confirmed within its day.
func (o *Office) Subscription(ctx context.Context, lang i18n.Lang, token string) (SubscriptionView, error) {
	id, err := o.subscriptionOf(token)
	if err != nil {
		return SubscriptionView{}, err
	}
	var v SubscriptionView
	err = o.db.Read(ctx, func(q *store.Query) error {
		row, err := q.Subscription(ctx, id, o.now())
		if err != nil {
			return err
		}
		f, err := o.openSubscription(row)
		if err != nil {
			return err
		}
		v, err = o.subscriptionStands(ctx, q, lang, SubscriptionAsk{f.F, f.One})
		v.Confirmed, v.Until = !row.Confirmed.IsZero(), calendar.On(row.Expires)
		return err
	})
	return v, notFound(err)
}

// ConfirmSubscription begins to tell the owner of an address, or goes on for another year. What she followed of the same before
// ends. ErrNotFound as Subscription; ErrSubscriptions.
func (o *Office) ConfirmSubscription(ctx context.Context, token string) error {
	id, err := o.subscriptionOf(token)
	if err != nil {
		return err
	}
	var said error
	err = o.beside(ctx, func(tx *store.Tx) error {
		row, err := tx.Subscription(ctx, id, o.now())
		if err != nil {
			said = ErrNotFound
			return ignoreAbsent(err)
		}
		said, err = o.joinSubscriptions(ctx, tx, row)
		if err != nil || said != nil {
			return err
		}
		return tx.ConfirmSubscription(ctx, id, o.now(), o.now().Add(subscribedFor))
	})
	return errors.Join(err, said)
}

// joinSubscriptions ends what an address followed of the same before; ErrSubscriptions where it follows too much else.
func (o *Office) joinSubscriptions(ctx context.Context, tx *store.Tx, row store.Subscription) (said, err error) {
	mine, err := o.openSubscription(row)
	if err != nil {
		return nil, err
	}
	others, err := tx.SubscriptionsOf(ctx, row.Blind, o.now())
	if err != nil {
		return nil, err
	}
	n := 0
	for _, other := range others {
		f, err := o.openSubscription(other)
		if err != nil {
			return nil, err
		}
		switch {
		case string(other.ID) == string(row.ID) || other.Confirmed.IsZero():
		case f.same(mine):
			if err := tx.DropSubscription(ctx, other.ID); err != nil {
				return nil, err
			}
		default:
			n++
		}
	}
	if n >= subscriptionsMost {
		return ErrSubscriptions, nil
	}
	return nil, nil
}

// EndSubscription forgets who follows by the link of a mail; done twice it comes to the same.
func (o *Office) EndSubscription(ctx context.Context, token string) error {
	id, err := o.subscriptionOf(token)
	if err != nil {
		return err
	}
	return o.beside(ctx, func(tx *store.Tx) error { return tx.DropSubscription(ctx, id) })
}

func ignoreAbsent(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
