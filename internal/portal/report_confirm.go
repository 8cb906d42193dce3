package portal

import (
	"errors"
	"net/http"
	"net/url"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// confirmView is the page on which a filer who gives her name confirms where she can be reached. She need not.
type confirmView struct {
	Draft    office.Draft
	Contacts []confirmRow
	Provider string // address that leads to the provider of identities; empty: there is none
	Named    string // what it is called
	Error    string
	Field    string // the field the error is about
}

// confirmRow is one contact, with the form it asks for.
type confirmRow struct {
	office.DraftContact
	Label string
	Can   bool // a code can be sent to it here
	Code  web.Field
}

// reportConfirm serves GET /report/d/{draft}/confirm.
func (p *Portal) reportConfirm(w http.ResponseWriter, r *http.Request) error {
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	return p.showConfirm(w, r, http.StatusOK, confirmView{Draft: d})
}

func (p *Portal) showConfirm(w http.ResponseWriter, r *http.Request, status int, v confirmView) error {
	ctx := r.Context()
	can := map[string]bool{}
	for _, kind := range p.Office.Confirmable() {
		can[kind] = true
	}
	account := false
	for _, c := range v.Draft.Contacts {
		row := confirmRow{DraftContact: c, Label: web.T(ctx, "contact.kind."+c.Kind), Can: can[c.Kind] && !c.CannotBeSentHere, Code: codeField(r, "code-"+c.Kind)}
		if v.Field == row.Code.Name {
			row.Code.Error = v.Error
		}
		account = account || c.Kind == office.ContactAccount
		v.Contacts = append(v.Contacts, row)
	}
	if p.Provider != nil && !account && chosen(v.Draft, "identity", "named") {
		v.Provider, v.Named = "/identify?"+url.Values{"draft": {v.Draft.ID}}.Encode(), p.providerName(r)
	}
	web.Secret(w)
	return show(w, r, status, web.T(ctx, "contact.confirm_title"), reportConfirmPage(v))
}

// codeField asks for a code that was sent.
func codeField(r *http.Request, name string) web.Field {
	return web.Field{Kind: web.TextField, Name: name, Label: web.T(r.Context(), "contact.code"), Hint: web.T(r.Context(), "contact.code_hint"),
		InputMode: "numeric", Autocomplete: "one-time-code", Width: 10}
}

// confirmReport serves POST /report/d/{draft}/confirm: sends a code, or checks one.
func (p *Portal) confirmReport(w http.ResponseWriter, r *http.Request) error {
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	if err := door.ReadText(r); err != nil {
		return err
	}
	kind := r.PostForm.Get("kind")
	field := "code-" + kind
	v := confirmView{Draft: d, Field: field}
	if r.PostForm.Get("do") == "send" {
		if err := p.guards.sendCode(r); err != nil {
			return err
		}
		err = p.Office.SendDraftCode(r.Context(), d.ID, kind, langOf(r))
		v.Field = "send-" + kind
	} else {
		if err := p.guards.tryContact(r); err != nil {
			return err
		}
		err = p.Office.CheckDraftCode(r.Context(), d.ID, kind, r.PostForm.Get(field))
	}
	if v.Error = codeFault(r, err); v.Error != "" {
		return p.showConfirm(w, r, http.StatusUnprocessableEntity, v)
	}
	if err != nil {
		return gone(err)
	}
	return redirect(w, r, draftPath(d.ID, "confirm"))
}

// codeFault is what to say of a code that did not do; "" for what is none of a person's faults.
func codeFault(r *http.Request, err error) string {
	var bad office.BadFields
	switch {
	case errors.Is(err, office.ErrCode):
		return web.T(r.Context(), "contact.code_wrong")
	case errors.Is(err, office.ErrCodeOver):
		return web.T(r.Context(), "contact.code_over")
	case errors.As(err, &bad):
		return bad["contact"]
	}
	return ""
}
