package desk

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"yifa/internal/door"
	"yifa/internal/i18n"
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
	passkeyField  = "desk-passkey" // "ask", or the browser's answer
	waitingField  = "desk-passkey-id"
)

var stepFields = []string{loginField, passwordField, codeField, newField, againField, proveField, passkeyField, waitingField}

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
	Passkeys bool // can be used at this address
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

// takeStep takes the step of signing in that a form brings. It gives the next step, with a token; where the step was
// not taken, the same one with what to tell; and no step once nothing is missing.
func (d *Desk) takeStep(v visit) (signInView, error) {
	if err := d.limits.Allow(v.Request, classSignIn); err != nil {
		return signInView{}, err
	}
	form := v.PostForm
	switch {
	case form.Has(passkeyField):
		return d.takePasskey(v)
	case form.Has(codeField):
		return d.takeCode(v)
	case form.Has(newField):
		return d.takePassword(v)
	case form.Has(proveField):
		return d.takeProof(v)
	}
	out := signInView{Step: stepName, Field: loginField, Login: door.Clean(form.Get(loginField))}
	password := form.Get(passwordField)
	if out.Login == "" || password == "" {
		out.Error = v.t("desk.sign_in_missing")
		return out, nil
	}
	return d.tried(v, secret{out, strings.ToLower(out.Login), "desk.sign_in_wrong"}, func() (office.Signed, error) {
		return d.Office.SignIn(v.Context(), out.Login, password, d.from(v))
	})
}

// takeCode takes the code of a second factor.
func (d *Desk) takeCode(v visit) (signInView, error) {
	half, err := d.Office.HalfOf(v.Context(), d.heldToken(v.Request))
	if errors.Is(err, office.ErrNotFound) {
		return signInView{Step: stepName, Field: loginField, Error: v.t("desk.sign_in_again")}, nil
	}
	if err != nil {
		return signInView{}, err
	}
	out := signInView{Step: stepCode, Field: codeField, Name: half.Name}
	return d.tried(v, secret{out, half.Login + "#", "desk.code_wrong"}, func() (office.Signed, error) {
		return d.Office.SecondFactor(v.Context(), d.heldToken(v.Request), v.PostForm.Get(codeField), d.from(v))
	})
}

// takePasskey asks the browser for a passkey, or takes its answer.
func (d *Desk) takePasskey(v visit) (signInView, error) {
	origin, answer := d.origin(v.Request), v.PostForm.Get(passkeyField)
	out := signInView{Step: stepName, Field: loginField}
	if !office.PasskeysAt(origin) {
		out.Error = v.t("desk.passkey_wrong")
		return out, nil
	}
	if answer == "ask" {
		asked, err := d.Office.AskPasskey(v.Context(), origin)
		return signInView{Step: stepPasskey, Passkey: asked}, err
	}
	return d.tried(v, secret{out, "passkey", "desk.passkey_wrong"}, func() (office.Signed, error) {
		return d.Office.SignInByPasskey(v.Context(), d.heldToken(v.Request), office.PasskeyAnswer{Origin: origin,
			Ceremony: v.PostForm.Get(waitingField), Answer: answer, From: d.from(v)})
	})
}

// takePassword takes the password that somebody chose in place of the one he was given.
func (d *Desk) takePassword(v visit) (signInView, error) {
	out := signInView{Step: stepPassword, Field: newField}
	if v.PostForm.Get(newField) != v.PostForm.Get(againField) {
		out.Error, out.Field = v.t("desk.password_differs"), againField
		return out, nil
	}
	signed, err := d.Office.FirstPassword(v.Context(), d.heldToken(v.Request), v.PostForm.Get(newField))
	if errors.Is(err, office.ErrNotFound) {
		return signInView{Step: stepName, Field: loginField, Error: v.t("desk.sign_in_again")}, nil
	}
	if why := v.passwordFault(err); why != "" {
		out.Error = why
		return out, nil
	}
	return signInView{Token: signed.Token, Step: stepOf(signed.Needs)}, err
}

// takeProof takes the password of somebody who is signed in and has to show it.
func (d *Desk) takeProof(v visit) (signInView, error) {
	r, err := d.Office.ReaderOf(v.Context(), d.heldToken(v.Request), v.lang())
	if errors.Is(err, office.ErrNotFound) {
		return signInView{Step: stepName, Field: loginField, Error: v.t("desk.sign_in_again")}, nil
	}
	if err != nil {
		return signInView{}, err
	}
	return d.tried(v, secret{signInView{Step: stepProve, Field: proveField}, r.Login, "desk.prove_wrong"}, func() (office.Signed, error) {
		return d.Office.Prove(v.Context(), d.heldToken(v.Request), v.PostForm.Get(proveField), d.from(v))
	})
}

// secret is something only one person knows: whose, the page that asks for it, and the key of what to tell where it is wrong.
type secret struct {
	page        signInView
	name, wrong string
}

// tried makes one try at a secret under the waiting times of the address, and words what came of it.
func (d *Desk) tried(v visit, s secret, try func() (office.Signed, error)) (signInView, error) {
	out, name := s.page, s.name
	line := d.limits.Line(v.Request)
	here := map[identity.Layer]string{identity.AccountAtAddress: name + "@" + line, identity.Address: line}
	if wait := d.wrong.Wait(here); wait > 0 {
		out.Error = v.lockedFor(wait)
		return out, nil
	}
	signed, err := try()
	var locked *office.LockedOut
	switch {
	case err == nil:
		d.wrong.Forget(identity.AccountAtAddress, here[identity.AccountAtAddress])
		return signInView{Token: signed.Token, Step: stepOf(signed.Needs)}, nil
	case errors.Is(err, office.ErrCredentials):
		d.wrong.Fail(here)
		out.Error = v.t(s.wrong)
		if wait := d.wrong.Wait(here); wait > 0 {
			out.Error = v.lockedFor(wait)
		}
	case errors.As(err, &locked):
		out.Error = v.lockedFor(locked.Wait)
	case errors.Is(err, office.ErrNotFound):
		return signInView{Step: stepName, Field: loginField, Error: v.t("desk.sign_in_again")}, nil
	default:
		return out, err
	}
	return out, nil
}

// lockedFor says how long to wait after too many wrong passwords, in seconds or, where it is longer, minutes.
func (v visit) lockedFor(wait time.Duration) string {
	if wait < time.Minute {
		return v.t("desk.sign_in_locked_seconds", "n", int(wait.Seconds())+1)
	}
	return v.t("desk.sign_in_locked", "n", int(wait.Minutes())+1)
}

// passwordFault words why a password cannot be chosen; "" for any other error.
func (v visit) passwordFault(err error) string {
	var bad *identity.BadPassword
	switch {
	case errors.As(err, &bad):
		return i18n.T(v.lang(), "desk.fault."+string(bad.Fault), "min", identity.MinPassword, "max", identity.MaxPassword)
	case errors.Is(err, office.ErrSamePassword):
		return v.t("desk.password_same")
	}
	return ""
}

// signOut serves POST /desk/sign-out.
func (d *Desk) signOut(v visit) error {
	if err := d.Office.SignOut(v.Context(), d.heldToken(v.Request)); err != nil {
		return err
	}
	d.keepToken(v.w, "", -1)
	return v.redirect("/desk/sign-in?out=1")
}
