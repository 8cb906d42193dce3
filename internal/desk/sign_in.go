package desk

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"yifa/internal/door"
	"yifa/internal/identity"
	"yifa/internal/office"
	"yifa/internal/web"
)

// Names of the two fields of the sign-in page; no field of the law has such a name.
const (
	loginField    = "desk-login"
	passwordField = "desk-password"
)

// signInView is the sign-in page.
type signInView struct {
	Status int
	Action string
	To     string
	Login  string
	Error  string
	Ended  bool        // left the desk
	Kept   []web.Field // a form that waits
	Files  bool        // the form had files, which no page can keep
	Demo   []office.DemoAccount
	// Password is the one of every account of the demo city; empty where they differ.
	Password string
}

// signInPage serves GET /desk/sign-in.
func (d *Desk) signInPage(v visit) error {
	to := backTo(v.URL.Query().Get("to"))
	_, err := d.Office.ReaderOf(v.Context(), heldToken(v.Request), v.lang())
	switch {
	case err == nil:
		return v.redirect(to)
	case !errors.Is(err, office.ErrNotFound):
		return err
	}
	return d.showSignIn(v, signInView{Status: http.StatusOK, Action: "/desk/sign-in", To: to, Ended: v.URL.Query().Has("out")})
}

func (d *Desk) showSignIn(v visit, s signInView) error {
	for i, a := range d.Office.DemoAccounts(v.lang()) {
		s.Demo = append(s.Demo, a)
		if i == 0 {
			s.Password = a.Password
		} else if a.Password != s.Password {
			s.Password = ""
		}
	}
	web.Secret(v.w)
	return v.show(page{status: s.Status, title: v.t("desk.sign_in"), content: signInPage(s)})
}

// signIn serves POST /desk/sign-in.
func (d *Desk) signIn(v visit) error {
	to := backTo(v.PostForm.Get("to"))
	token, why, err := d.tryPassword(v)
	if err != nil {
		return err
	}
	if why != "" {
		return d.showSignIn(v, signInView{Status: http.StatusUnauthorized, Action: "/desk/sign-in", To: to, Login: v.PostForm.Get(loginField), Error: why})
	}
	d.keepToken(v.w, token, 0)
	return v.redirect(to)
}

// tryPassword gives a session token, or in why what to tell a person who gets none.
func (d *Desk) tryPassword(v visit) (token, why string, err error) {
	if err := d.limits.Allow(v.Request, classSignIn); err != nil {
		return "", "", err
	}
	login, password := door.Clean(v.PostForm.Get(loginField)), v.PostForm.Get(passwordField)
	if login == "" || password == "" {
		return "", v.t("desk.sign_in_missing"), nil
	}
	line := d.limits.Line(v.Request)
	here := map[identity.Layer]string{identity.AccountAtAddress: strings.ToLower(login) + "@" + line, identity.Address: line}
	if wait := d.wrong.Wait(here); wait > 0 {
		return "", v.lockedFor(wait), nil
	}
	token, err = d.Office.SignIn(v.Context(), login, password)
	var locked *office.LockedOut
	switch {
	case err == nil:
		d.wrong.Forget(identity.AccountAtAddress, here[identity.AccountAtAddress])
	case errors.Is(err, office.ErrCredentials):
		d.wrong.Fail(here)
		if wait := d.wrong.Wait(here); wait > 0 {
			return "", v.lockedFor(wait), nil
		}
		return "", v.t("desk.sign_in_wrong"), nil
	case errors.As(err, &locked):
		return "", v.lockedFor(locked.Wait), nil
	}
	return token, "", err
}

// lockedFor says how long to wait after too many wrong passwords, in seconds or, where it is longer, minutes.
func (v visit) lockedFor(wait time.Duration) string {
	if wait < time.Minute {
		return v.t("desk.sign_in_locked_seconds", "n", int(wait.Seconds())+1)
	}
	return v.t("desk.sign_in_locked", "n", int(wait.Minutes())+1)
}

// signOut serves POST /desk/sign-out.
func (d *Desk) signOut(v visit) error {
	if err := d.Office.SignOut(v.Context(), heldToken(v.Request)); err != nil {
		return err
	}
	d.keepToken(v.w, "", -1)
	return v.redirect("/desk/sign-in?out=1")
}
