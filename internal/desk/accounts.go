package desk

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"yifa/internal/access"
	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// What the pages of accounts lead to.
const (
	accountProcedure = "register.account"
	accountsPath     = "/desk/accounts"
	createPath       = "/desk/new/" + accountProcedure + "/create"
)

// accountsView is a page of accounts with what it is narrowed by.
type accountsView struct {
	office.AccountsView
	Fields   []web.Field
	Narrowed bool
	More     string // path of the next page
	Start    string // of the first, on a later one
}

// accounts serves GET /desk/accounts.
func (d *Desk) accounts(v visit) error {
	q := v.URL.Query()
	view, err := d.Office.Accounts(v.Context(), v.reader, office.AccountFilter{Query: q.Get("q"), State: q.Get("state"), Second: q.Get("second"), After: q.Get("after")})
	if err != nil {
		return missing(err)
	}
	states := []web.Option{{Label: v.t("desk.any")}}
	for _, s := range office.AccountStates {
		states = append(states, web.Option{Value: s, Label: v.t("account.state." + s)})
	}
	second := []web.Option{{Label: v.t("desk.any")}, {Value: "with", Label: v.t("account.with")}, {Value: "without", Label: v.t("account.without")}}
	out := accountsView{AccountsView: view, Fields: []web.Field{
		{Kind: web.TextField, Type: "search", Name: "q", Label: v.t("account.find"), Value: q.Get("q"), Autocomplete: "off"},
		{Kind: web.Select, Name: "state", Label: v.t("account.state"), Value: q.Get("state"), Options: states},
		{Kind: web.Select, Name: "second", Label: v.t("account.second"), Value: q.Get("second"), Options: second},
	}}
	kept := url.Values{}
	for _, name := range []string{"q", "second", "state"} {
		if q.Get(name) != "" {
			kept.Set(name, q.Get(name))
		}
	}
	out.Narrowed = len(kept) > 0
	if q.Get("after") != "" {
		out.Start = withQuery(accountsPath, kept)
	}
	if view.Next != "" {
		kept.Set("after", view.Next)
		out.More = withQuery(accountsPath, kept)
	}
	return v.show(page{title: v.t("account.accounts"), nav: organsPath, content: accountsPage(out)})
}

func withQuery(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func accountPath(person string) string { return accountsPath + "/" + url.PathEscape(person) }

// accountView is the page of one account.
type accountView struct {
	office.AccountView
	Items []web.TimelineItem
	Older string // path of older attempts to sign in
	Done  string // the act that has just been done
}

// accountOf serves GET /desk/accounts/{person}.
func (d *Desk) accountOf(v visit) error {
	before, _ := time.Parse(time.RFC3339Nano, v.URL.Query().Get("before"))
	view, err := d.Office.Account(v.Context(), v.reader, v.PathValue("person"), before)
	if err != nil {
		return missing(err)
	}
	out := accountView{AccountView: view, Items: timelineOf(v.Context(), view.Timeline)}
	if !view.More.IsZero() {
		out.Older = withQuery(accountPath(view.Person), url.Values{"before": {view.More.Format(time.RFC3339Nano)}})
	}
	if done := v.URL.Query().Get("done"); done != "" {
		form, err := d.Office.AccountForm(v.Context(), v.reader, view.Person, done, nil)
		if err != nil && !errors.Is(err, office.ErrNotFound) {
			return err
		}
		out.Done = form.Act.Label
	}
	return v.show(page{title: v.t("account.of", "name", view.Name), nav: organsPath, content: accountOfPage(out)})
}

// accountAct serves GET /desk/accounts/{person}/acts/{act}.
func (d *Desk) accountAct(v visit) error {
	form, err := d.Office.AccountForm(v.Context(), v.reader, v.PathValue("person"), v.PathValue("act"), nil)
	if err != nil {
		return missing(err)
	}
	return v.showAccountAct(form, nil)
}

// showAccountAct shows the form of an act on an account, or of one that makes an account, after cause with what was typed.
func (v visit) showAccountAct(form office.FormView, cause error) error {
	status := http.StatusOK
	var bad office.BadFields
	var refused *office.Refused
	switch {
	case errors.As(cause, &bad):
		status = http.StatusBadRequest
		form = form.BadForm(bad)
	case errors.As(cause, &refused):
		form.Refusal = &refused.View
	case cause != nil:
		return missing(cause)
	}
	if form.Refusal != nil {
		status = http.StatusUnprocessableEntity
	}
	form.Late = false
	f := formOf(v.Context(), form)
	f.Late, f.Sent = nil, cause != nil
	f.Action, f.Back = v.URL.Path, accountsPath
	f.Trail = []web.Crumb{{Path: accountsPath, Text: v.t("account.accounts")}}
	if person := v.PathValue("person"); person != "" {
		f.Back = accountPath(person)
		f.Trail = append(f.Trail, web.Crumb{Path: f.Back, Text: form.Matter.Title})
	}
	return v.show(page{status: status, title: form.Act.Label, nav: organsPath, content: actPage(f)})
}

// changeAccount serves POST /desk/accounts/{person}/acts/{act}.
func (d *Desk) changeAccount(v visit) error {
	person, act := v.PathValue("person"), v.PathValue("act")
	form, err := d.Office.AccountForm(v.Context(), v.reader, person, act, nil)
	if err != nil {
		return missing(err)
	}
	typed := door.Typed(v.Request, form.Fields)
	login := form.Matter.Number
	first, err := d.Office.ChangeAccount(v.Context(), v.reader, office.AccountChange{Login: login, Act: act, Reason: typedOne(typed, "reason")})
	if err != nil {
		again, fault := d.Office.AccountForm(v.Context(), v.reader, person, act, typed)
		if fault != nil {
			return missing(fault)
		}
		return v.showAccountAct(again, err)
	}
	if first != "" {
		return v.giveOut(givenOut{Title: form.Act.Label, Person: person, Login: login, Password: first})
	}
	return v.redirect(accountPath(person) + "?done=" + act)
}

func typedOne(typed map[string][]string, name string) string {
	if len(typed[name]) == 0 {
		return ""
	}
	return typed[name][0]
}

// newAccount serves GET /desk/new/register.account/create: for somebody of the register, or somebody new.
func (d *Desk) newAccount(v visit) error {
	known := map[string][]string{}
	if person := v.URL.Query().Get("person"); person != "" {
		known["person"] = []string{person}
	}
	form, err := d.openAccount(v, known)
	if err != nil {
		return missing(err)
	}
	return v.showAccountAct(form, nil)
}

func (d *Desk) openAccount(v visit, typed map[string][]string) (office.FormView, error) {
	if !v.reader.May(access.Accounts) {
		return office.FormView{}, office.ErrNotFound
	}
	return d.Office.OpenForm(v.Context(), v.reader, accountProcedure, "create", typed)
}

// makeAccount serves POST /desk/new/register.account/create. The password drawn is shown once, in the answer itself.
func (d *Desk) makeAccount(v visit) error {
	form, err := d.openAccount(v, nil)
	if err != nil {
		return missing(err)
	}
	typed := door.Typed(v.Request, form.Fields)
	n := office.NewAccount{Person: typedOne(typed, "person"), Login: typedOne(typed, "login"), Name: typedOne(typed, "name"),
		Organ: typedOne(typed, "organ"), Reason: typedOne(typed, "reason")}
	first, err := d.Office.CreateAccount(v.Context(), v.reader, n)
	if err != nil {
		again, fault := d.openAccount(v, typed)
		if fault != nil {
			return missing(fault)
		}
		return v.showAccountAct(again, err)
	}
	return v.giveOut(givenOut{Title: form.Act.Label, Person: n.Person, Login: n.Login, Password: first})
}

// givenOut is a password that was drawn: told to whoever keeps the accounts, once.
type givenOut struct{ Title, Person, Login, Password string }

func (v visit) giveOut(g givenOut) error {
	web.Secret(v.w)
	return v.show(page{title: g.Title, nav: organsPath, content: givenOutPage(g)})
}

// accountTag is the state of an account as a tag.
func accountTag(ctx context.Context, state string) web.Tag {
	kind := map[string]string{office.AccountActive: "green", office.AccountUnused: "blue", office.AccountLocked: "red", office.AccountEnded: "grey"}[state]
	return web.Tag{Text: i18n.T(i18n.From(ctx), "account.state."+state), Kind: kind}
}
