package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/office"
)

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
	case form.Get(proveCodeField) != "":
		return d.takeProof(v, d.Office.ProveByCode, proveCodeField)
	case form.Has(proveField):
		return d.takeProof(v, d.Office.Prove, proveField)
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

// takeProof takes the password or code of somebody who is signed in and has to show it.
func (d *Desk) takeProof(v visit, prove func(context.Context, string, string, office.From) (office.Signed, error), field string) (signInView, error) {
	r, err := d.Office.ReaderOf(v.Context(), d.heldToken(v.Request), v.lang())
	if errors.Is(err, office.ErrNotFound) {
		return signInView{Step: stepName, Field: loginField, Error: v.t("desk.sign_in_again")}, nil
	}
	if err != nil {
		return signInView{}, err
	}
	name, wrong := r.Login, "desk.prove_wrong"
	if field == proveCodeField {
		name, wrong = name+"#", "desk.code_wrong"
	}
	return d.tried(v, secret{signInView{Step: stepProve, Field: proveField}, name, wrong}, func() (office.Signed, error) {
		return prove(v.Context(), d.heldToken(v.Request), v.PostForm.Get(field), d.from(v))
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
