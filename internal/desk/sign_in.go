package desk

import (
	"errors"
	"net/http"
	"time"

	"yifa/internal/identity"
	"yifa/internal/office"
	"yifa/internal/web"
)

// Names of the fields of the steps of signing in; no field of the law has such a name.
const (
	loginField    = "desk-login"
	passwordField = "desk-password"
	codeField     = "desk-code"
	newField      = "desk-new-password"
	againField    = "desk-new-again"
	proveField    = "desk-prove"
	lostField     = "desk-files-lost" // the form that waits had files
	passkeyField  = "desk-passkey"    // "ask", or the browser's answer
	waitingField  = "desk-passkey-id"

	proveCodeField = "desk-prove-code"
)

var stepFields = []string{loginField, passwordField, codeField, newField, againField, proveField, proveCodeField, passkeyField, waitingField}

// The steps of signing in, each with a form of its own.
const (
	stepName     = "name" // account and password
	stepCode     = "code"
	stepPassword = "password" // one of its owner's own
	stepProve    = "prove"    // who is signed in shows it once more
	stepPasskey  = "passkey"  // the browser asks for a passkey
)

// signInView is the page of one step of signing in.
type signInView struct {
	Step   string // "": the first
	Status int
	Action string
	To     string
	Login  string
	Name   string // of whoever got that far
	Error  string
	Field  string      // of the error
	Ended  bool        // left the desk
	Kept   []web.Field // a form that waits
	Files  bool        // the form had files, which no page can keep
	Demo   []office.DemoAccount
	// Password is the one of every account of the demo city; empty where they differ.
	Password string
	Token    string // to be kept with the answer
	Hours    int    // how long a session lasts
	Minutes  int    // and how long unused
	Passkey  office.Ceremony
	Passkeys bool        // can be used at this address
	Provider string      // name of who else says who somebody is; empty: nobody
	Ways     office.Ways // of whoever has to show once more who he is
}

// signInPage serves GET /desk/sign-in.
func (d *Desk) signInPage(v visit) error {
	to := backTo(v.URL.Query().Get("to"))
	_, err := d.Office.ReaderOf(v.Context(), d.heldToken(v.Request), v.lang())
	switch {
	case err == nil:
		return v.redirect(to)
	case !errors.Is(err, office.ErrNotFound):
		return err
	}
	out := signInView{Status: http.StatusOK, Action: "/desk/sign-in", To: to, Ended: v.URL.Query().Has("out")}
	if !out.Ended {
		half, err := d.Office.HalfOf(v.Context(), d.heldToken(v.Request))
		if err != nil && !errors.Is(err, office.ErrNotFound) {
			return err
		}
		out.Step, out.Name = stepOf(half.Needs), half.Name
	}
	return d.showSignIn(v, out)
}

// stepOf is the step that a need asks for.
func stepOf(need identity.Need) string {
	switch need {
	case identity.NeedFactor:
		return stepCode
	case identity.NeedPassword:
		return stepPassword
	}
	return ""
}

func (d *Desk) showSignIn(v visit, s signInView) error {
	s.Step = orText(s.Step, stepName)
	if s.Step == stepName {
		s.Demo = d.Office.DemoAccounts(v.lang())
	}
	for i, a := range s.Demo {
		if i == 0 {
			s.Password = a.Password
		} else if a.Password != s.Password {
			s.Password = ""
		}
	}
	rules := d.Office.Rules()
	s.Hours, s.Minutes = int(rules.Absolute/time.Hour), int(rules.Idle/time.Minute)
	s.Passkeys = s.Step != stepPassword && s.Step != stepPasskey && office.PasskeysAt(d.origin(v.Request))
	if d.Provider != nil && s.Step == stepName && len(s.Kept) == 0 {
		s.Provider = d.providerName(v)
	}
	if s.Step == stepProve {
		var err error
		if s.Ways, err = d.waysOf(v); err != nil {
			return err
		}
	}
	if s.Files {
		s.Kept = append(s.Kept, web.Field{Kind: web.Hidden, Name: lostField, Value: "1"})
	}
	web.Secret(v.w)
	out := page{status: s.Status, title: v.t("desk.step." + s.Step), content: signInPage(s)}
	if s.Step == stepPasskey {
		out.scripts = []string{"passkey.js"}
	}
	return v.show(out)
}

// only is the error of a page where it is that of a field.
func only(v signInView, field string) string {
	if v.Field == field {
		return v.Error
	}
	return ""
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// signIn serves POST /desk/sign-in.
func (d *Desk) signIn(v visit) error {
	to := backTo(v.PostForm.Get("to"))
	next, err := d.takeStep(v)
	if err != nil {
		return err
	}
	if next.Error != "" || next.Step == stepPasskey {
		next.Status, next.Action, next.To = http.StatusUnauthorized, "/desk/sign-in", to
		return d.showSignIn(v, next)
	}
	d.keepToken(v.w, next.Token, 0)
	if next.Step != "" {
		return v.redirect("/desk/sign-in?to=" + queryEscape(to))
	}
	return v.redirect(to)
}

// signOut serves POST /desk/sign-out.
func (d *Desk) signOut(v visit) error {
	if err := d.Office.SignOut(v.Context(), d.heldToken(v.Request)); err != nil {
		return err
	}
	d.keepToken(v.w, "", -1)
	return v.redirect("/desk/sign-in?out=1")
}
