package portal

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// This file lets anybody follow published results by mail: what is asked, the letter that asks to confirm, and the page to
// which the links of all later mails lead. A GET changes nothing: mail servers open links.

const subscribePath = "/subscribe"

// subscriptionView is what may be followed, or is.
type subscriptionView struct {
	office.SubscriptionView
	Can    bool // mails can be sent here
	Hidden url.Values
	Email  web.Field
	Proof  proofView
	Link   string // of the link that was opened
	Sent   bool   // a letter asks to confirm
	Left   bool   // there is nothing to follow by this link
	Now    bool   // confirmed this moment
	Fault  string
}

// subscribeAsk reads what an address or a form asks to follow.
func subscribeAsk(q url.Values) (office.SubscriptionAsk, error) {
	a := office.SubscriptionAsk{Filter: outcomeFilter(q)}
	a.Filter.Period, a.Filter.After = "", ""
	if one := q.Get("one"); one != "" {
		id, err := matter.ParseID(one)
		if err != nil {
			return a, web.NotFound
		}
		a.One = id
	}
	return a, nil
}

// whatSubscribed are the parts of an address or a form that say what is followed.
func whatSubscribed(asked url.Values) url.Values {
	out := url.Values{}
	for _, name := range []string{"q", "organ", "place", "kind", "result", "only", "one"} {
		if asked.Get(name) != "" {
			out.Set(name, asked.Get(name))
		}
	}
	return out
}

// subscribeAt is where a list, or one result, is followed.
func subscribeAt(f office.OutcomeFilter) string {
	f.Period, f.After = "", ""
	return subscribePath + outcomeQuery(f)
}

func subscribeOne(o office.Outcome) string { return subscribePath + "?one=" + o.ID.String() }

// subscribe serves GET /subscribe: what would be followed, and the address it is told to.
func (p *Portal) subscribe(w http.ResponseWriter, r *http.Request) error {
	return p.showSubscribe(w, r, r.URL.Query(), subscriptionView{Sent: r.URL.Query().Get("said") == "sent"})
}

func (p *Portal) showSubscribe(w http.ResponseWriter, r *http.Request, asked url.Values, v subscriptionView) error {
	a, err := subscribeAsk(asked)
	if err != nil {
		return err
	}
	if v.SubscriptionView, err = p.Office.SubscriptionAsked(r.Context(), langOf(r), a); err != nil {
		return absent(err)
	}
	v.Can, v.Hidden = p.Office.CanSubscribe(), whatSubscribed(asked)
	v.Email.Kind, v.Email.Type, v.Email.Name, v.Email.Autocomplete, v.Email.Max = web.TextField, "email", "email", "email", 200
	v.Email.Label, v.Email.Hint = web.T(r.Context(), "subscribe.email"), web.T(r.Context(), "subscribe.email_hint")
	v.Proof = p.guards.proof(r)
	status := http.StatusOK
	if v.Fault != "" {
		status = http.StatusUnprocessableEntity
	}
	web.Secret(w)
	return show(w, r, status, web.T(r.Context(), "subscribe.title"), subscribePage(v))
}

// startSubscribe serves POST /subscribe: has a letter sent that asks the owner of the address to confirm. The answer is the same
// whether or not the address is known here.
func (p *Portal) startSubscribe(w http.ResponseWriter, r *http.Request) error {
	if err := door.ReadText(r); err != nil {
		return err
	}
	a, err := subscribeAsk(r.PostForm)
	if err != nil {
		return err
	}
	if err := p.guards.sendCode(r); err != nil {
		return err
	}
	err = p.Office.Subscribe(r.Context(), langOf(r), a, r.PostForm.Get("email"), p.subscribeProof(r))
	var why unproved
	var bad office.BadFields
	v := subscriptionView{Email: web.Field{Value: r.PostForm.Get("email")}}
	switch {
	case errors.As(err, &bad):
		v.Fault, v.Email.Error = bad["email"], bad["email"]
		return p.showSubscribe(w, r, r.PostForm, v)
	case errors.As(err, &why):
		v.Fault = web.T(r.Context(), string(why))
		return p.showSubscribe(w, r, r.PostForm, v)
	case err != nil:
		return absent(err)
	}
	q := whatSubscribed(r.PostForm)
	q.Set("said", "sent")
	return redirect(w, r, subscribePath+"?"+q.Encode())
}

// subscribeProof holds the proof of the form, and spends it.
func (p *Portal) subscribeProof(r *http.Request) func(office.Spend) error {
	return func(spend office.Spend) error {
		sent, err := p.guards.issuer.Look(r.PostForm.Get("pow"), r.PostForm.Get("pow_nonce"))
		if err != nil {
			return unprovedBy(err)
		}
		fresh, err := spend(r.Context(), sent.ID, sent.Until)
		if err == nil && !fresh {
			err = unproved("portal.pow_again")
		}
		return err
	}
}

// subscription serves GET /subscribe/{link} and /subscribe/{link}/leave: to confirm, to look, to end; each by a button.
func (p *Portal) subscription(w http.ResponseWriter, r *http.Request) error {
	return p.showSubscription(w, r, http.StatusOK, subscriptionView{Now: r.URL.Query().Get("said") == "confirmed"})
}

func (p *Portal) showSubscription(w http.ResponseWriter, r *http.Request, status int, v subscriptionView) error {
	var err error
	v.Link = r.PathValue("link")
	v.SubscriptionView, err = p.Office.Subscription(r.Context(), langOf(r), v.Link)
	if errors.Is(err, office.ErrNotFound) {
		v.Left, status = true, http.StatusNotFound
		err = nil
	}
	if err != nil {
		return err
	}
	web.Secret(w)
	return show(w, r, status, web.T(r.Context(), "subscribe.title"), subscriptionPage(v))
}

// confirmSubscription serves POST /subscribe/{link}.
func (p *Portal) confirmSubscription(w http.ResponseWriter, r *http.Request) error {
	err := p.Office.ConfirmSubscription(r.Context(), r.PathValue("link"))
	switch {
	case errors.Is(err, office.ErrSubscriptions):
		return p.showSubscription(w, r, http.StatusUnprocessableEntity, subscriptionView{Fault: web.T(r.Context(), "subscribe.too_many")})
	case errors.Is(err, office.ErrNotFound):
		return p.showSubscription(w, r, http.StatusNotFound, subscriptionView{})
	case err != nil:
		return err
	}
	return redirect(w, r, subscribePath+"/"+r.PathValue("link")+"?said=confirmed")
}

// endSubscription serves POST /subscribe/{link}/leave: by a person, or by the program that reads her mail (RFC 8058), which
// follows no redirect and holds no cookie.
func (p *Portal) endSubscription(w http.ResponseWriter, r *http.Request) error {
	if err := p.Office.EndSubscription(r.Context(), r.PathValue("link")); err != nil {
		return absent(err)
	}
	web.Secret(w)
	return show(w, r, http.StatusOK, web.T(r.Context(), "subscribe.left"), subscriptionEndedPage())
}

// absent shows what is not there as such.
func absent(err error) error {
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	return err
}

// back is where what is followed can be read.
func (v subscriptionView) back() string {
	if v.One != 0 {
		return outcomesPath + "/" + v.One.String()
	}
	return outcomesAt(v.Filter)
}

// feed is the same without an address: for a reader of feeds.
func (v subscriptionView) feed() string { return feedPath + outcomeQuery(v.Filter) }

func (v subscriptionView) names() []string { return slices.Sorted(maps.Keys(v.Hidden)) }

func (v subscriptionView) errors() []web.FieldError {
	field := ""
	if v.Email.Error != "" {
		field = v.Email.Name
	}
	return []web.FieldError{{Field: field, Text: v.Fault}}
}
